"""Native models opened over a schema that is made from the rows."""

from __future__ import annotations

from sklearn.compose import ColumnTransformer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from explainers.base import Frame, Schema
from explainers.models.tabular import TabularModel, open_model
from tests.models_by_hand import applicants, numbers, repaid, schema_of

PEOPLE = applicants(400)
REPAID = repaid(PEOPLE)
NUMBERS = numbers(300, 3)
POSITIVE = (NUMBERS["a"] + 2 * NUMBERS["b"] > 0.3).astype(int)
HOMES = ["income", "debt"], ["home", "job"]


def opened(native: object, frame: Frame, named: tuple[str, ...] = ("no", "yes"), **schema: object) -> TabularModel:
    described = schema_of(frame, named)
    return open_model(native, Schema(**{**_fields(described), **schema}), frame.head(200), name="a model")


def _fields(schema: Schema) -> dict[str, object]:
    return {name: getattr(schema, name) for name in Schema.__slots__}


def encoded(encoder: object, last: object, frame: Frame = PEOPLE, y: object = REPAID) -> object:
    columns = ColumnTransformer([("numbers", StandardScaler(), HOMES[0]), ("texts", encoder, HOMES[1])])
    return make_pipeline(columns, last).fit(frame, y)
