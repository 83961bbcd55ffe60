"""Small domains made for tests of understanding; no data, no model."""

from __future__ import annotations

import functools

from assistant.domains.description import Description
from assistant.domains.reading import schema_of, vocabulary_of
from assistant.domains.vocabulary import Vocabulary
from explainers.base import Schema

LOAN = {
    "title": "personal loans",
    "subject": "applicant",
    "outcomes": {"1": {"name": "approved", "favourable": True}, "0": {"name": "declined", "favourable": False}},
    "features": {
        "income": {"label": "income", "kind": "number", "unit": "EUR/year", "range": [0, 500000]},
        "existing_debt": {"label": "existing debt", "kind": "number", "unit": "EUR", "range": [0, 500000]},
        "debt_ratio": {"label": "debt-to-income ratio", "kind": "number", "unit": "%", "range": [0, 200]},
        "term_months": {"label": "loan term", "kind": "number", "unit": "months", "range": [6, 120]},
        "age": {"label": "age", "kind": "number", "unit": "years", "range": [18, 90]},
        "housing": {"label": "housing situation", "kind": "category", "values": ["own", "rent", "family"]},
        "sex": {"label": "sex", "kind": "category", "sensitive": True, "values": ["female", "male"]},
        "employed": {"label": "permanent contract", "kind": "flag"},
    },
}
TISSUE = {
    "title": "tissue samples",
    "subject": "sample",
    "outcomes": {"0": {"name": "malignant", "favourable": False}, "1": {"name": "benign", "favourable": True}},
    "features": {
        f"{part} {of}" if part != "error" else f"{of} error": {"kind": "number", "range": [0, high]}
        for of, high in (("radius", 40), ("texture", 50), ("smoothness", 0.25))
        for part in ("mean", "worst", "error")
    },
}
PROGRESS = {
    "title": "progress after one year",
    "subject": "patient",
    "outcome": {"name": "progression score", "favourable": "low"},
    "features": {
        "bmi": {"label": "body mass index", "also": ["BMI"], "kind": "number", "range": [14, 50]},
        "blood_pressure": {"label": "blood pressure", "kind": "number", "unit": "mm Hg", "range": [50, 150]},
    },
}


@functools.cache
def domain(name: str) -> tuple[Schema, Vocabulary]:
    table = {"loan": LOAN, "tissue": TISSUE, "progress": PROGRESS}[name]
    description = Description.model_validate(table)
    return schema_of(description), vocabulary_of(description)
