"""Real data: 442 diabetes patients, ten measurements and the progression a year later (Efron et al., 2004)."""

from __future__ import annotations

import pandas as pd

_NAMES = {"bp": "blood_pressure"}


def table() -> pd.DataFrame:
    """In the original units (`scaled=False`) and scikit-learn's order; shape (442, 11)."""
    from sklearn.datasets import load_diabetes

    bunch = load_diabetes(as_frame=True, scaled=False)
    sexes = bunch.data["sex"].map({1.0: "female", 2.0: "male"})
    table: pd.DataFrame = bunch.data.assign(sex=sexes, progression=bunch.target).rename(columns=_NAMES)
    return table
