"""How closely weights add up to the model's own margin: `python -m benchmarks.additivity`.

The margin is asked of the native library, not of our adapter, in the unit the method works in: log-odds, of a forest
its probability. Bound: 1e-6, of xgboost's single precision 1e-4.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from explainers.attribution import choose
from explainers.base import Array, Feature, Frame, Model, Outcome, Schema
from explainers.models.tabular import open_model

KINDS = ("logistic", "gradient boosting", "random forest", "xgboost", "lightgbm")
HOMES, JOBS = ("other", "own", "rent"), ("fixed", "free", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Of one kind of model: the largest miss in margins, and how many rows miss by more than the bound."""

    kind: str
    method: str
    rows: int
    worst: float
    bound: float
    over: int
    milliseconds: float
    """For one row, in a batch of all."""


def measured(kind: str, *, rows: int, reference: int) -> Measured:
    frame = applicants(3_000)
    native, margin = trained(kind, frame)
    model = opened(native, frame.head(reference))
    cases = frame.tail(rows).reset_index(drop=True)
    method = choose(model, "repaid")
    started = time.process_time()
    found = method.explain(model, cases, "repaid")
    seconds = time.process_time() - started
    missed = np.abs(found.margin_base + found.blocks.mean(axis=1).sum(axis=1) - margin(cases))
    bound = 1e-4 if kind == "xgboost" else 1e-6
    return Measured(
        kind=kind,
        method=method.name,
        rows=len(cases),
        worst=float(missed.max()),
        bound=bound,
        over=int((missed > bound).sum()),
        milliseconds=1e3 * seconds / len(cases),
    )


def applicants(rows: int) -> Frame:
    """Made-up applicants with rounded numbers, as forms have them: eight numbers and two categories."""
    rng = np.random.default_rng(0)
    values = {f"number {i}": rng.gamma(2 + i, 10, rows).round(1) for i in range(8)}
    categories = {"home": rng.choice(HOMES, rows), "job": rng.choice(JOBS, rows)}
    return pd.DataFrame({**values, **{name: pd.Series(c, dtype="str") for name, c in categories.items()}})


def repaid(frame: Frame) -> Array:
    wish = 0.05 * frame["number 0"] - 0.04 * frame["number 1"] + (frame["home"] == "own") * (frame["number 2"] > 40)
    wish += (frame["job"] == "fixed") * 0.7 - 0.01 * frame["number 3"]
    chance = 1 / (1 + np.exp(-wish + wish.mean()))
    return (np.random.default_rng(1).random(len(frame)) < chance).to_numpy().astype(int)


def trained(kind: str, frame: Frame) -> tuple[Any, Callable[[Frame], Array]]:
    """A fitted one-hot pipeline, and the margin of "repaid" as its own library gives it."""
    from sklearn.compose import make_column_transformer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder

    encoder = make_column_transformer(
        (OneHotEncoder(sparse_output=False), ["home", "job"]), remainder="passthrough", verbose_feature_names_out=False
    )
    pipeline = make_pipeline(encoder, estimator(kind)).fit(frame, repaid(frame))
    head, last = pipeline[:-1], pipeline[-1]
    margins: dict[str, Callable[[Frame], Array]] = {
        "random forest": lambda rows: pipeline.predict_proba(rows)[:, 1],
        "xgboost": lambda rows: last.predict(head.transform(rows), output_margin=True),
        "lightgbm": lambda rows: last.predict(head.transform(rows), raw_score=True),
    }
    return pipeline, margins.get(kind, lambda rows: last.decision_function(head.transform(rows)))


def estimator(kind: str) -> Any:
    from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
    from sklearn.linear_model import LogisticRegression

    match kind:
        case "logistic":
            return LogisticRegression(max_iter=5_000)
        case "gradient boosting":
            return GradientBoostingClassifier(n_estimators=100, random_state=0)
        case "random forest":
            return RandomForestClassifier(50, max_depth=8, random_state=0)
        case "xgboost":
            from xgboost import XGBClassifier

            return XGBClassifier(n_estimators=100, max_depth=6, n_jobs=1)
    from lightgbm import LGBMClassifier

    return LGBMClassifier(n_estimators=50, verbose=-1, n_jobs=1)


def opened(native: Any, reference: Frame) -> Model:
    numbers = tuple(Feature(name=n, label=n, kind="number") for n in reference if n.startswith("number"))
    categories = tuple(
        Feature(name=n, label=n, kind="category", categories=c) for n, c in (("home", HOMES), ("job", JOBS))
    )
    outcomes = (Outcome(name="repaid", key="1", favourable=True), Outcome(name="not repaid", key="0"))
    schema = Schema(features=(*numbers, *categories), outcomes=outcomes, cutoff=0.5)
    return open_model(native, schema, reference.reset_index(drop=True), name="applicants")


def main() -> None:
    print("| model | method | rows | largest miss | bound | rows over it | CPU ms a row |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for kind in KINDS:
        m = measured(kind, rows=1_000, reference=200)
        print(
            f"| {m.kind} | {m.method} | {m.rows:,} | {m.worst:.1e} | {m.bound:.0e} | {m.over} | {m.milliseconds:.1f} |"
        )


if __name__ == "__main__":
    main()
