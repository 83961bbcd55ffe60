"""A what-if over a group: the change made in each of its rows, and how many would then get which outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.facts import CountFact, Facts, FlipFact, GroupWhatIfFact, MoveFact
from assistant.questions.context import Context
from assistant.questions.group_why import target_of
from assistant.questions.groups import group_facts, group_of
from assistant.questions.moves import Move, check_moves, moved
from assistant.questions.reasons import toward
from assistant.questions.rows import answers, ruled, values_of
from explainers.base import Array, Case, Frame
from explainers.decision import decided
from explainers.errors import InputError, QuestionError, RangeError
from explainers.models.guard import row_by_row, scored
from explainers.schema import check_value

SLIGHT = 0.005
"""A change of probability that whole percentages do not show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Changed:
    """The rows in which the change was made (`places`, n of them), as they then are, with what the model says then.

    `stuck`: in so many it cannot be made; `outside`: in so many it leads to values that the model has not seen.
    """

    places: npt.NDArray[np.int64]
    cases: tuple[Case, ...]
    frame: Frame
    scores: Array
    stuck: int
    outside: int


def group_what_if(kind: str, context: Context, moves: Sequence[Move], outcome: str | None) -> Facts:
    """The facts; `outcome` names the one asked about.

    Raises as `moved` what is wrong with the change whatever the row; what is wrong in single rows leaves these out.
    """
    check_moves(context, moves)
    mask, population = group_of(context)
    facts = replace(group_facts(kind, context, population), limits=context.domain.limits)
    if not population.n:
        return facts
    changed = _changed(context, np.flatnonzero(mask), moves)
    if context.too_few(len(changed.places)) or not len(changed.places):
        return replace(facts, group_what_if=_told(context, moves, GroupWhatIfFact(too_few=True)))
    target = outcome if outcome in context.domain.schema.targets else target_of(context, mask)
    fact = _noted(context, changed, moves, _results(context, changed, _scores(context, changed, target)))
    asked = context.outcome(target) if target == outcome else None
    return replace(facts, group_what_if=_told(context, moves, replace(fact, asked=asked)))


def _told(context: Context, moves: Sequence[Move], fact: GroupWhatIfFact) -> GroupWhatIfFact:
    return replace(fact, moves=tuple(_move_fact(context, move) for move in moves))


def _move_fact(context: Context, move: Move) -> MoveFact:
    feature = context.domain.schema.feature(move.feature)
    value = check_value(move.value, feature, context.language) if move.change == "set" else float(move.value)
    return MoveFact(
        feature=move.feature,
        label=context.label(move.feature),
        kind=feature.kind,
        change=move.change,
        value=context.shown(feature, value),
        unit=None if move.change == "multiply" else context.unit(move.feature),
    )


def _changed(context: Context, places: npt.NDArray[np.int64], moves: Sequence[Move]) -> _Changed:
    domain, kept, stuck, outside = context.domain, {}, 0, 0
    for place, values in zip(places, values_of(domain.cases.frame.iloc[places]), strict=True):
        try:
            kept[place] = moved(context.about(Case(id=domain.cases.ids[place], values=values)), moves)
        except RangeError:
            outside += 1
        except (InputError, QuestionError):
            stuck += 1
    frame = domain.schema.frame(kept.values())
    scores = row_by_row(domain.model.predict, frame, len(domain.schema.targets))
    fine = scored(scores)
    return _Changed(
        places=np.array(list(kept), dtype=np.int64)[fine],
        cases=tuple(case for case, known in zip(kept.values(), fine, strict=True) if known),
        frame=frame[fine],
        scores=scores[fine],
        stuck=stuck + int((~fine).sum()),
        outside=outside,
    )


def _scores(context: Context, changed: _Changed, target: str) -> GroupWhatIfFact:
    """The scores of the target before and after."""
    domain, schema = context.domain, context.domain.schema
    place = schema.targets.index(target)
    before, after = domain.cases.scores[changed.places, place], changed.scores[:, place]
    difference = float(after.mean() - before.mean())
    return GroupWhatIfFact(
        n=len(before),
        stuck=changed.stuck or None,
        outside=changed.outside or None,
        of=context.outcome(target),
        unit=schema.quantity.unit if schema.quantity else None,
        calibrated=None if schema.quantity else domain.calibrated,
        before=float(before.mean()),
        after=float(after.mean()),
        direction=toward(context, target, difference),
        slight=None if schema.quantity else (abs(difference) < SLIGHT or None),
        raised=int((after > before).sum()),
        lowered=int((after < before).sum()),
    )


def _results(context: Context, changed: _Changed, fact: GroupWhatIfFact) -> GroupWhatIfFact:
    """How many get which outcome before and after, rules included, and how many change from which to which."""
    schema = context.domain.schema
    if schema.quantity is not None:
        return fact
    before = answers(context.domain)[changed.places]
    after = ruled(decided(changed.scores, schema, context.domain.cutoff), changed.frame, schema)
    flips = Counter((old, new) for old, new in zip(before, after, strict=True) if old != new)
    return replace(
        fact,
        counts_before=_counts(context, before),
        counts_after=_counts(context, after),
        flips=tuple(
            FlipFact(from_=context.outcome(old), to=context.outcome(new), n=n)
            for (old, new), n in sorted(flips.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
    )


def _counts(context: Context, names: npt.NDArray[Any]) -> tuple[CountFact, ...]:
    """Of every outcome, in the order of the schema."""
    found = Counter(names.tolist())
    return tuple(
        CountFact(name=context.outcome(name), n=found[name], share=found[name] / len(names))
        for name in context.domain.schema.targets
    )


def _noted(context: Context, changed: _Changed, moves: Sequence[Move], fact: GroupWhatIfFact) -> GroupWhatIfFact:
    """What else moved, what the model is not given, and in how many rows few cases are like the changed ones."""
    schema, seen = context.domain.schema, context.domain.seen
    features = [schema.feature(name) for name in dict.fromkeys(move.feature for move in moves)]
    names = {feature.name for feature in features}
    linked = []
    for link in schema.links:
        if names & link.formula.names:
            names.add(link.set)
            linked.append(context.label(link.set))
    sparse = sum(any(seen.sparse(f, case.values[f.name]) for f in features) for case in changed.cases)
    return replace(
        fact,
        linked=tuple(linked),
        unused=tuple(context.label(f.name) for f in features if not f.input),
        sparse=sparse or None,
    )
