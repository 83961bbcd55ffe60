"""Methods of attribution, most exact first, and the choice among them."""

from functools import lru_cache

from explainers.attribution.linear import Linear
from explainers.attribution.sampled_shap import SampledShap
from explainers.attribution.tree_shap import TreeShap
from explainers.base import Model
from explainers.evidence import Explainer

ATTRIBUTIONS: tuple[Explainer, ...] = (Linear(), TreeShap(), SampledShap())


@lru_cache(maxsize=64)
def choose(model: Model, target: str) -> Explainer:
    """The most exact method that supports a model."""
    return next(explainer for explainer in ATTRIBUTIONS if explainer.supports(model, target))


def named(name: str) -> Explainer:
    """The method of that name; KeyError where there is none."""
    return {explainer.name: explainer for explainer in ATTRIBUTIONS}[name]
