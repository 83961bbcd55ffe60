"""From a kind and what the question names to whole readings, well formed by construction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.question import Argument, Asked, Condition, Node, Question
from assistant.understanding.changes import READINGS, changes
from assistant.understanding.conditions import cases_filter, rows_filter
from assistant.understanding.labels import ABOUT_FEATURE, ROWLESS
from assistant.understanding.quoted import of_texts, quoted_change, quoted_rows
from assistant.understanding.roles import Parted
from assistant.understanding.slots import Slots
from explainers.base import Schema

NEEDS_FEATURE = frozenset(("effect", "statistics"))
SEVERAL = frozenset(("importance", "statistics", "effect"))
"""Kinds that are asked of one feature after the other."""
OUTCOME_SLOT = {"confidence": "class", "image_attribution": "class", "token_attribution": "class", "why_not": "outcome",
                "typical": "outcome", "performance": "class"}  # fmt: skip
RANKED = frozenset(("why", "importance", "similar", "influence", "keywords", "token_attribution", "mistakes"))
BY_OUTCOME = frozenset(("count", "show", "statistics"))
_TERM = re.compile(
    r"(?:mean(?:t|ing)? by|what do(?:es)?|what is|what are|what's|whats|defin(?:e|ition of)|meaning of|explain|clarify"
    r"|describe|understand|(?:concept|idea|notion|purpose) (?:of|behind)|overview of|about|how (?:does|do|is|can)|is"
    r"|are)\s+(?:the |an? |word |term |concept (?:of|behind) |idea (?:of|behind) |meaning of |what )*(?P<term>.+?)"
    r"(?: mean| stand for| is| are| works?| entail| do| used| refer to| about| in (?:nlp|general|(?:this|the) .*))*"
    r"[?.! ]*$",
    re.IGNORECASE,
)


def assemble(kind: str, args: Mapping[str, str], parted: Parted, schema: Schema) -> tuple[Question, ...]:
    """The readings as this kind: none where the question lacks what the kind needs, several for an unclear name."""
    if kind == "unclear":
        return (Question(),)
    if kind == "what_if":
        moved = changes(parted.moved, schema, ()) or _texts(schema, quoted_change(parted.moved.text))
        return tuple(_question(_filters(kind, parted, schema), (*moves, _then(parted.asked))) for moves in moved)
    if kind == "compare":
        return _compare(parted.rows)
    if kind == "correct":
        return _correct(parted.moved, schema)
    asked = parted.asked
    if kind == "why_not" and schema.quantity is not None and not asked.has("not"):
        kind = "why"  # a figure has no other outcome
    filters = _filters(kind, parted, schema)
    base = {**args, **_worded(kind, asked), **_numbered(kind, asked), **_outcome(kind, asked)}
    if kind == "performance":
        metrics = [{"metric": metric} for metric in _all_worded(kind, "metric", asked)] or [{}]
        told = tuple(Asked(op=kind, args={**base, **metric}) for metric in metrics)
        return (_question(filters, told),)
    if kind not in ABOUT_FEATURE:
        return (_question(filters, (Asked(op=kind, args=base),)),)
    return _about_features(_blamed(kind, asked, schema), base, filters, asked)


def _question(filters: tuple[Node, ...], operations: tuple[Asked, ...]) -> Question:
    return Question(filters=filters, operations=operations)


def _filters(kind: str, parted: Parted, schema: Schema) -> tuple[Node, ...]:
    case = cases_filter(parted.rows)
    if kind in ROWLESS:
        return case
    counted = parted.asked.outcomes if kind in BY_OUTCOME and not parted.rows.outcomes else ()
    quoted = quoted_rows(parted.rows.text, kind) if of_texts(schema) else ()
    return (*case, *quoted, *rows_filter(replace(parted.rows, outcomes=(*parted.rows.outcomes, *counted)), schema))


def _texts(schema: Schema, moved: tuple[Asked, ...]) -> tuple[tuple[Asked, ...], ...]:
    """A change of the words, where the cases are texts."""
    return (moved,) if moved and of_texts(schema) else ()


def _worded(kind: str, slots: Slots) -> dict[str, Argument]:
    """Arguments that a word of the question says outright."""
    names = slots.lexicon.arguments.get(kind, {})
    return {name: found[0] for name in names if (found := _all_worded(kind, name, slots))}


def _all_worded(kind: str, name: str, slots: Slots) -> list[str]:
    """Every value of an argument that a word of the question says: "precision and recall"."""
    values = slots.lexicon.arguments.get(kind, {}).get(name, {})
    return [v for v, phrases in values.items() if any(slots.spoken(phrase) for phrase in phrases)]


def _numbered(kind: str, slots: Slots) -> dict[str, Argument]:
    """ "top 3" and the like: a small whole number that no feature has taken."""
    if kind not in RANKED:
        return {}
    words = slots.words
    for i, word in enumerate(words):
        if kind == "importance" and word.text in slots.lexicon.ordinals and slots.has("more", i) is False:
            rank = slots.lexicon.ordinals[word.text]
            if rank > 1:
                return {"rank": rank}
    told: dict[str, Argument] = {"top_k": int(slots.counts[0].value)} if slots.counts else {}
    if kind == "importance" and {"least", "hardly"} & {w.text for w in words}:
        told["order"] = "least"
    return told


def _outcome(kind: str, slots: Slots) -> dict[str, Argument]:
    slot = OUTCOME_SLOT.get(kind)
    named = [m for m in slots.outcomes if m.outcome]
    if slot is None or not named:
        return {}
    if kind != "why_not":
        return {slot: str(named[0].outcome)}
    other = re.search(r"rather than|instead of|and not|over", slots.text.lower())
    chosen = next((m for m in named if m.negated), named[-1] if other else named[0])
    return {slot: str(chosen.outcome)}


def _about_features(
    kind: str, base: Mapping[str, Argument], filters: tuple[Node, ...], slots: Slots
) -> tuple[Question, ...]:
    found = [*slots.features, *slots.values]
    if kind == "define":
        return _define(slots)
    if not found:
        return () if kind in NEEDS_FEATURE else (_question(filters, (Asked(op=kind, args=base),)),)
    targets = tuple(dict.fromkeys(f.targets[0] for f in found))
    if kind in SEVERAL and len(targets) > 1:
        several = tuple(Asked(op=kind, args={**base, "feature": target}) for target in targets[:READINGS])
        return (_question(filters, several),)
    if kind == "counterfactual" and slots.has("besides"):
        fixed = tuple(t for f in found for t in f.targets[:1])
        return (_question(filters, (Asked(op=kind, args={**base, "fixed": fixed}),)),)
    return tuple(
        _question(filters, (Asked(op=kind, args={**base, "feature": target}),))
        for target in found[0].targets[:READINGS]
    )


def _blamed(kind: str, slots: Slots, schema: Schema) -> str:
    """ "Is it because of my debt?" asks whether that counted; of a sensitive feature it asks whether that is fair."""
    named = [target for found in (*slots.features, *slots.values) for target in found.targets]
    spoken = f" {slots.neutral} "
    outright = any(f" {cue} " in spoken for cue in slots.lexicon.cues.get("fairness", ()))
    if kind != "fairness" or not named or outright or any(schema.feature(name).sensitive for name in named):
        return kind
    return "why"


def _define(slots: Slots) -> tuple[Question, ...]:
    terms: tuple[str, ...] = slots.features[0].targets[:READINGS] if slots.features else ()
    if not terms:
        outcome = next((m.outcome for m in slots.outcomes if m.outcome), None)
        match = _TERM.search(slots.text)
        terms = (outcome,) if outcome else (match["term"] if match else slots.text.rstrip("?.! "),)
    return tuple(Question(operations=(Asked(op="define", args={"term": term}),)) for term in terms)


def _compare(slots: Slots) -> tuple[Question, ...]:
    if not slots.ids:
        return ()
    focus = tuple(Condition(feature="@id", op="==", value=c.id) for c in slots.ids[:-1][:1])
    return (Question(filters=focus, operations=(Asked(op="compare", args={"other": slots.ids[-1].id}),)),)


def _correct(slots: Slots, schema: Schema) -> tuple[Question, ...]:
    told = changes(slots, schema, ())
    facts = [
        tuple(Asked(op="correct", args={k: v for k, v in c.args.items() if k != "change"}) for c in reading)
        for reading in told
    ]  # fmt: skip
    if not facts:
        targets = slots.features[0].targets[:READINGS] if slots.features else ()
        facts = [(Asked(op="correct", args={"feature": t}),) for t in targets] or [(Asked(op="correct"),)]
    help_ = bool(told) and "help" in {w.text for w in slots.words}
    also = (*told[0], Asked(op="predict")) if help_ else ()
    return tuple(Question(operations=(*fact, *also)) for fact in facts)


def _then(slots: Slots) -> Asked:
    """What is asked about the changed case."""
    if slots.has("chance") or "how many" in slots.text.lower():
        outcome = next((m.outcome for m in slots.outcomes if m.outcome), None)
        return Asked(op="confidence", args={"class": outcome} if outcome else {})
    return Asked(op="why" if slots.has("why") else "predict")
