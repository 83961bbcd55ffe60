"""Methods of attribution and the choice among them: the most exact that fits, or one that is named."""

from functools import lru_cache

from explainers.attribution.integrated_gradients import IntegratedGradients
from explainers.attribution.lime import Lime
from explainers.attribution.linear import Linear
from explainers.attribution.occlusion import Occlusion
from explainers.attribution.sampled_shap import SampledShap
from explainers.attribution.tree_shap import TreeShap
from explainers.base import Model
from explainers.errors import DomainError, ModelError
from explainers.evidence import Explainer

ATTRIBUTIONS: tuple[Explainer, ...] = (Linear(), TreeShap(), IntegratedGradients(), SampledShap())
"""Most exact first. Their weights add up to the score."""
BY_NAME: tuple[Explainer, ...] = (Occlusion(), Lime())
"""Never chosen unless somebody names them. Their weights need not add up."""


@lru_cache(maxsize=64)
def choose(model: Model, target: str, name: str | None = None) -> Explainer:
    """The method of that name or, without one, the most exact that supports a model.

    Raises ModelError E217 where a named method does not support the model, DomainError E607 where there is none.
    """
    if name is None:
        return next(explainer for explainer in ATTRIBUTIONS if explainer.supports(model, target))
    explainer = named(name)
    if not explainer.supports(model, target):
        fitting = [e.name for e in (*ATTRIBUTIONS, *BY_NAME) if e.supports(model, target)]
        raise ModelError(
            "E217", f"The method {name} cannot explain {model.name}.", where="model.explain",
            hint=f"These can: {', '.join(fitting)}.",
        )  # fmt: skip
    return explainer


def named(name: str) -> Explainer:
    """The method of that name. Raises DomainError E607 where there is none."""
    known = {explainer.name: explainer for explainer in (*ATTRIBUTIONS, *BY_NAME)}
    if name not in known:
        raise DomainError(
            "E607", f"There is no method of explaining called {name!r}.", where="model.explain",
            hint=f"There are: {', '.join(known)}. Without `explain`, the most exact one that fits is taken.",
        )  # fmt: skip
    return known[name]
