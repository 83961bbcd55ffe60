"""Which column of a model's probabilities belongs to which outcome."""

from __future__ import annotations

from collections.abc import Sequence

from explainers.base import Outcome
from explainers.errors import ModelError


def spelled(value: object) -> str:
    """One text for True, "true", 1, 1.0 and "1", and so on: how labels and categories are compared."""
    text = str(value).strip()
    if text.lower() in ("true", "false"):
        return "1" if text.lower() == "true" else "0"
    try:
        number = float(text)
    except ValueError:
        return text
    return f"{number:.15g}"


def in_order(keys: Sequence[str]) -> tuple[str, ...]:
    """Outcomes as classes are numbered: by size where all are numbers, else as texts."""
    numbers = all(_is_number(spelled(key)) for key in keys)
    return tuple(sorted(keys, key=(lambda key: float(spelled(key))) if numbers else str))


def outcome_columns(labels: Sequence[object], outcomes: Sequence[Outcome]) -> tuple[int, ...]:
    """For each outcome the position of its label.

    Labels 0 .. k-1 that no outcome is written with are codes: they number the outcomes' keys in sorted order, as
    scikit-learn's `LabelEncoder` does. Raises ModelError E215 where labels and outcomes are not the same.
    """
    keys = [outcome.key for outcome in outcomes]
    for write in (str, spelled):
        found = {write(label): place for place, label in enumerate(labels)}
        if len(found) == len(labels) and set(found) == {write(key) for key in keys}:
            return tuple(found[write(key)] for key in keys)
    codes = [spelled(label) for label in labels]
    if codes == [str(i) for i in range(len(keys))] and not any(_is_number(key) for key in keys):
        return tuple(sorted(keys).index(key) for key in keys)
    raise ModelError(
        "E215",
        f"The model's outcomes ({', '.join(map(str, labels))}) are not those described ({', '.join(keys)}).",
        where="outcomes",
        hint="Write each line of [outcomes] as the model's own label.",
    )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
