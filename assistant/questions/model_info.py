"""What the model is: its kind, what it learned from, what it answers, how it was trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Literal

from assistant.facts import Facts, ModelInfoFact
from assistant.questions.context import Context

Family = Literal["boosting", "forest", "tree", "linear", "network", "other"]

_FAMILIES: Mapping[str, Family] = MappingProxyType(
    {
        "boost": "boosting", "xgb": "boosting", "lgbm": "boosting", "forest": "forest", "extratrees": "forest",
        "tree": "tree", "logistic": "linear", "linear": "linear", "ridge": "linear", "lasso": "linear",
        "elasticnet": "linear", "sgd": "linear", "mlp": "network", "module": "network", "sequential": "network",
    }
)  # fmt: skip
"""Parts of the names of estimators; the first that fits holds."""
_TRAINING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "learning_rate": ("learning_rate", "learning_rate_init", "eta"),
        "loss": ("loss", "objective", "criterion"),
        "optimizer": ("optimizer", "solver"),
        "epochs": ("epochs", "n_epochs"),
    }
)
"""What people ask about training, and what estimators call it."""
LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInfo:
    """For example: what kind of model is this? `field` asks for one thing about it."""

    kind: ClassVar[str] = "model_info"
    field: str | None = None

    def facts(self, context: Context) -> Facts:
        domain, schema = context.domain, context.domain.schema
        found = _parameters(context)
        asked = self.field if self.field in (*_TRAINING, "task") else None
        names = _TRAINING.get(asked or "", ())
        numbers = {1: "number", 2: "two outcomes"}
        return Facts(
            kind=self.kind,
            language=context.language,
            model=context.model_fact(),
            model_info=ModelInfoFact(
                task=numbers.get(len(schema.targets), "several outcomes"),  # type: ignore[arg-type]  # one of three
                features=len(schema.inputs),
                learned=int(domain.cases.learned.sum()),
                reference=len(domain.model.reference),
                outcomes=tuple(context.outcome(name) for name in schema.targets),
                family=_family(context),
                cutoff=domain.cutoff,
                cutoff_of=context.outcome(schema.decisive) if domain.cutoff is not None else None,
                calibrated=domain.calibrated if schema.quantity is None else None,
                asked=asked,
                answer=next((found[name] for name in names if name in found), None),
                parameters=found or None,
            ),
            medical=domain.vocabulary.medical,
        )


def _estimator(context: Context) -> Any:
    return getattr(getattr(context.domain.model, "native", None), "estimator", None)


def _family(context: Context) -> Family:
    bases = " ".join(cls.__name__.lower() for cls in type(_estimator(context)).__mro__)
    return next((family for part, family in _FAMILIES.items() if part in bases), "other")


def _parameters(context: Context) -> dict[str, str]:
    """The estimator's own, as short texts; nothing where it does not tell them."""
    ask = getattr(_estimator(context), "get_params", None)
    if not callable(ask):
        return {}
    try:
        found = ask(deep=False)
    except TypeError:  # some libraries' own
        found = ask()
    shown = {str(name): " ".join(str(value).split()) for name, value in found.items() if value is not None}
    return {name: text if len(text) <= LONGEST else text[: LONGEST - 1] + "…" for name, text in shown.items()}
