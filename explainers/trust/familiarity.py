"""Whether a case is unlike the data a model has learned from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from explainers.base import Array, Feature, Frame, Schema
from explainers.overview.summary import width

Single = npt.NDArray[np.float32]

NEIGHBOURS = 5
MOST_ROWS = 2_000
JUDGED = 1_000
"""Training rows whose own distances set what is usual."""
SHARE = 0.1
"""A feature is named where it holds at least this share of what is unusual about the distance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`because`: up to three features that put an unusual case far away, the furthest first."""

    unusual: bool
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Familiarity:
    """Mean distance to the five nearest training rows, against those rows' own: a nearest-neighbour outlier score.

    The distance is the mean over features, after Gower (1971): numbers by their difference in units of the middle 90 %
    of the data, categories 0 or 1, a gap its own level. Unusual: further than 99 % of those rows are from the others.
    It sees one feature at a time and does not know which features matter to the model.
    """

    features: tuple[Feature, ...]
    columns: Single
    """The training rows, feature by feature, (d, m): scaled numbers, places of categories, NaN for gaps."""
    scale: Single
    """Unit of each feature, (d,)."""
    usual: Array
    """Mean distance of training rows in each feature, (d,)."""
    limit: float

    @classmethod
    def of(cls, frame: Frame, schema: Schema, seed: int = 0) -> Familiarity:
        """Learns what is usual from (at most 2,000 of) the training rows; from five or fewer, that everything is."""
        features = tuple(f for f in schema.features if f.input)
        raw = _values(frame.iloc[np.random.default_rng(seed).permutation(len(frame))[:MOST_ROWS]], features)
        scale = [width(column) if f.numeric else 1.0 for column, f in zip(raw, features, strict=True)]
        learned = cls(
            features=features,
            columns=(raw / np.array(scale)[:, None]).astype(np.float32),
            scale=np.array(scale, dtype=np.float32),
            usual=np.zeros(len(features)),
            limit=np.inf,
        )
        if raw.shape[1] <= NEIGHBOURS:
            return learned
        own = np.array([learned._apart(learned.columns[:, i], but=i) for i in range(min(JUDGED, raw.shape[1]))])
        return replace(learned, usual=own.mean(axis=0), limit=float(np.quantile(own.mean(axis=1), 0.99)))

    def verdict(self, case: Frame) -> Verdict:
        """Of the first row of a frame."""
        apart = self._apart(self.scaled(case.head(1))[:, 0])
        if apart.mean() <= self.limit:
            return Verdict(unusual=False)
        excess = np.clip(apart - self.usual, 0, None)
        furthest = np.argsort(-excess, kind="stable")[:3]
        named = [self.features[j].name for j in furthest if excess[j] >= SHARE * excess.sum()]
        return Verdict(unusual=True, because=tuple(named))

    def scaled(self, frame: Frame) -> Single:
        """Rows as distances are taken between them, shape (d, n)."""
        return (_values(frame, self.features) / self.scale[:, None]).astype(np.float32)

    def distances(self, row: Single, columns: Single) -> Single:
        """Gower's, of one scaled row (d,) to scaled rows (d, n), feature by feature: shape (d, n)."""
        apart = np.empty_like(columns)
        for j, feature in enumerate(self.features):
            column, value = columns[j], row[j]
            gaps = np.isnan(column)
            if np.isnan(value):
                apart[j] = ~gaps
            else:
                apart[j] = np.where(gaps, 1.0, np.abs(column - value) if feature.numeric else column != value)
        return apart

    def _apart(self, row: Single, but: int | None = None) -> Array:
        """Mean distance to the nearest training rows (`but` one of them), feature by feature, shape (d,)."""
        apart = self.distances(row, self.columns)
        total = apart.sum(axis=0)
        if but is not None:
            total[but] = np.inf
        near = np.argsort(total, kind="stable")[:NEIGHBOURS]
        nearest: Array = apart[:, near].mean(axis=1, dtype="float64")
        return nearest

    def save(self, path: Path) -> None:
        """Writes the arrays as npz; the features are the schema's."""
        with path.open("wb") as file:
            np.savez(file, columns=self.columns, scale=self.scale, usual=self.usual, limit=np.array(self.limit))

    @classmethod
    def load(cls, path: Path, schema: Schema) -> Familiarity:
        """Reads what `save` has written, for the same schema."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(
                features=tuple(f for f in schema.features if f.input),
                columns=kept["columns"],
                scale=kept["scale"],
                usual=kept["usual"],
                limit=float(kept["limit"]),
            )


def _values(frame: Frame, features: tuple[Feature, ...]) -> Array:
    """Numbers as they are, categories as their place in the schema, NaN for gaps: shape (d, n)."""
    columns = []
    for feature in features:
        values = frame[feature.name].to_numpy()
        if not feature.numeric:
            places = {c: float(i) for i, c in enumerate(feature.categories)}
            values = np.array([places.get(v, np.nan) for v in values])
        columns.append(values.astype("float64"))
    return np.stack(columns)
