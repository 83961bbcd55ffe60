"""Real data: 569 needle biopsies of breast tissue (Wolberg, Street and Mangasarian, 1995), from scikit-learn."""

from __future__ import annotations

import pandas as pd


def table() -> pd.DataFrame:
    """30 measurements of cell nuclei and the `diagnosis`, in scikit-learn's order; shape (569, 31)."""
    from sklearn.datasets import load_breast_cancer

    bunch = load_breast_cancer(as_frame=True)
    table: pd.DataFrame = bunch.data.assign(diagnosis=[bunch.target_names[i] for i in bunch.target])
    return table
