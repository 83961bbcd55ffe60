"""Short questions that lean on the one before: "and 27?", "same for case 13", "what about women?", "why?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.question import Args, Argument, Asked, Condition, Node, Question
from assistant.understanding.assembly import RANKED
from assistant.understanding.changes import changes
from assistant.understanding.conditions import SIGNS, cases_filter, rows_filter
from assistant.understanding.labels import UNBOUND
from assistant.understanding.slots import Slots
from explainers.base import Feature, Schema

BARE = 4
"""A question of at most so many words, naming nothing, is about the rows of the question before."""


def carried(slots: Slots, previous: Question | None, schema: Schema) -> tuple[Question, ...]:
    """The readings of a question that is only a new slot for the one before; () where it is more than that."""
    if previous is None or not previous.operations:
        return ()
    if slots.has("also") and any(o.op == "what_if" for o in previous.operations):
        added = changes(slots, schema, ())
        if added and not slots.has("if"):
            return tuple(_added(previous, more) for more in added)
    if (other := _other_argument(slots, previous)) is not None:
        return (other,)
    if not _leans(slots):
        return ()
    if slots.ids:
        return (replace(previous, filters=cases_filter(slots)),)
    told = [c for reading in changes(slots, schema, ())[:1] for c in reading]
    hypothetical = [o for o in previous.operations if o.op == "what_if"]
    if hypothetical:
        return _other_change(slots, previous, hypothetical, told, schema)
    rows = rows_filter(slots, schema)
    if rows and (not slots.amounts or any(slots.has(name) for name, _ in SIGNS)):
        return (replace(previous, filters=_merged(previous.filters, rows)),)
    if slots.counts and previous.operations[0].op in RANKED:
        first = previous.operations[0]
        return (
            replace(
                previous, operations=(Asked(op=first.op, args={**first.args, "top_k": int(slots.counts[0].value)}),)
            ),
        )
    about = previous.operations[0].args.get("feature")
    if slots.amounts and about and not slots.features:
        moved = {"feature": about, "change": "set", "value": slots.amounts[-1].of(schema.feature(str(about)))}
        return (replace(previous, operations=(Asked(op="what_if", args=moved), Asked(op="predict"))),)
    if slots.features and not slots.amounts and not slots.values:
        return tuple(q for t in slots.features[0].targets if (q := _other_feature(previous, t)))
    return ()


def resumed(asked: Asked, before: Sequence[Question], offered: Sequence[Question]) -> tuple[Question, ...]:
    """What "again", "go back" and "not that one" come to, from the questions before and what the last one offered."""
    answered = [q for q in before if q.operations and q.operations[0].op not in UNBOUND]
    if asked.op == "restyle":
        told = {name: value for name, value in asked.args.items() if name != "level" or "language" not in asked.args}
        return tuple(_restyled(q, told) for q in answered[-1:])
    match asked.args.get("kind"):
        case "repeat":
            return tuple(answered[-1:])
        case "back":
            return tuple([q for q in answered if q != answered[-1]][-1:])
        case "other":
            return tuple(offered)
    return ()


def _restyled(question: Question, told: Args) -> Question:
    """The question told otherwise: the last wish counts."""
    asked = tuple(o for o in question.operations if o.op != "restyle")
    return replace(question, operations=(*asked, Asked(op="restyle", args=told)))


def in_context(question: Question, slots: Slots, previous: Question | None) -> Question:
    """A new question, with the rows of the one before where it is bare, and its changes where it says "also"."""
    if previous is None or not question.operations:
        return question
    hypothetical = {o.args["feature"] for o in question.operations if o.op == "what_if"}
    if hypothetical and slots.has("also"):
        more = tuple(o for o in question.operations if o.op == "what_if")
        return replace(_added(previous, more), filters=question.filters or previous.filters)
    if slots.has("then") and question.operations[0].op in CASES and not hypothetical:
        kept = tuple(o for o in previous.operations if o.op == "what_if")
        return replace(question, operations=(*kept, *question.operations), filters=question.filters or previous.filters)
    if slots.has("rows") and previous.filters and not slots.ids:
        return replace(question, filters=_merged(previous.filters, question.filters))
    bare = (
        (len(slots.words) <= BARE or slots.has("pointing"))
        and question.operations[0].op in CASES
        and not (slots.features or slots.values)
    )
    going_on = slots.words[0].text == "and" and question.operations[0].op not in UNBOUND
    if (bare or going_on) and not slots.has("mine") and not question.filters:
        return replace(question, filters=previous.filters)
    return question


def _added(previous: Question, more: tuple[Asked, ...]) -> Question:
    """The question before with more changes; a new change of a feature replaces its old one."""
    moved = {o.args["feature"] for o in more}
    kept = [o for o in previous.operations if o.op == "what_if" and o.args["feature"] not in moved]
    return replace(previous, operations=(*kept, *more, *(o for o in previous.operations if o.op != "what_if")))


def _merged(old: tuple[Node, ...], new: tuple[Node, ...]) -> tuple[Node, ...]:
    """The old conditions but those on features that the new ones are about, then the new ones."""
    renewed = {n.feature for n in new if isinstance(n, Condition)}
    return (*(n for n in old if not (isinstance(n, Condition) and n.feature in renewed)), *new)


CASES = frozenset(("predict", "confidence", "why", "why_not", "for_and_against", "counterfactual", "similar", "labels",
                   "compare", "token_attribution", "rationalize", "show", "influence", "known", "stay"))  # fmt: skip


def _other_argument(slots: Slots, previous: Question) -> Question | None:
    """ "and the f1?", "now with attention": the question before with another argument; None where it is more."""
    first = previous.operations[0]
    told = {
        name: value for name, values in slots.lexicon.arguments.get(first.op, {}).items()
        for value, phrases in values.items() if any(slots.spoken(phrase) for phrase in phrases)
    }  # fmt: skip
    said = {word for values in slots.lexicon.arguments.get(first.op, {}).values() for phrases in values.values()
            for phrase in phrases for word in phrase.split()}  # fmt: skip
    rest = [w.text for w in slots.words if w.text not in said and w.text not in slots.lexicon.words["again"]]
    if not told or rest or slots.named:
        return None
    return replace(previous, operations=(Asked(op=first.op, args={**first.args, **told}), *previous.operations[1:]))


def _leans(slots: Slots) -> bool:
    """Whether all its words are slots or such words as "and", "what about", "same for"."""
    covered = slots.named
    if not covered or slots.outcomes:
        return False
    rest = [w.text for i, w in enumerate(slots.words) if i not in covered]
    if rest[:2] == ["what", "if"] and (slots.features or slots.values):
        return False
    about = rest[:2] in (["what", "is"], ["what", "was"])
    said = {*slots.lexicon.words["again"]}
    if slots.amounts and not slots.features:
        said |= {*slots.lexicon.words["more"], *slots.lexicon.words["less"]}
    return not about and all(word in said for word in rest)


def _other_change(
    slots: Slots, previous: Question, old: list[Asked], told: list[Asked], schema: Schema
) -> tuple[Question, ...]:
    after = [o for o in previous.operations if o.op != "what_if"]
    last = old[-1]
    feature = str(last.args["feature"])
    if told and (slots.features or slots.values):
        moved = {str(c.args["feature"]) for c in told}
        kept = [o for o in old if o.args["feature"] not in moved] if slots.has("also") or len(old) > 1 else []
        return (replace(previous, operations=(*kept, *told, *after)),)
    if slots.amounts and not slots.features:
        new = Asked(op="what_if", args={**last.args, **_other_amount(slots, last, schema.feature(feature))})
        return (replace(previous, operations=(*old[:-1], new, *after)),)
    if slots.features and (last.args.get("change") != "set" or slots.has("meant")):
        return tuple(
            replace(previous, operations=(Asked(op="what_if", args={**last.args, "feature": target}), *after))
            for target in slots.features[0].targets
        )
    return ()


def _other_amount(slots: Slots, last: Asked, feature: Feature) -> dict[str, Argument]:
    """The new amount of a change: "and 50?"; "2,000 less" than what was set, or than it is."""
    amount, before = slots.amounts[-1], last.args.get("value")
    sign = slots.has("more") - slots.has("less")
    if not sign:
        return {"value": _alike(amount.of(feature), before)}
    factor = round(1 + sign * amount.value / 100, 9) if amount.percent and feature.unit != "%" else None
    if last.args.get("change") == "set" and isinstance(before, float | int):
        return {"value": round(before * factor if factor else before + sign * amount.of(feature), 9)}
    if factor:
        return {"change": "multiply", "value": factor}
    return {"change": "increase" if sign > 0 else "decrease", "value": amount.of(feature)}


def _alike(value: float, before: Argument | None) -> Argument:
    """ "50" after "42,000" means 50,000."""
    thousands = isinstance(before, float | int) and before >= 10_000 and before % 100 == 0
    return value * 1000 if thousands and 0 < value < 1000 else value


def _other_feature(previous: Question, target: str) -> Question | None:
    """The question before, about another feature; None where it was about none."""
    if len(previous.operations) != 1 or "feature" not in previous.operations[0].args:
        return None
    asked = previous.operations[0]
    return replace(previous, operations=(Asked(op=asked.op, args={**asked.args, "feature": target}),))
