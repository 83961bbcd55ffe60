"""From a kind and what the question names to whole readings, well formed by construction."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.question import Argument, Asked, Condition, Node, Question
from assistant.understanding.changes import READINGS, changes
from assistant.understanding.conditions import SIGNS, Filter, case_filter, group_filter, is_group
from assistant.understanding.slots import Slots
from explainers.base import Schema

ABOUT_FEATURE = frozenset(
    ("why", "importance", "known", "stay", "effect", "fairness", "correct", "statistics", "counterfactual", "define")
)
NEEDS_FEATURE = frozenset(("effect", "statistics"))
OUTCOME_SLOT = {"confidence": "class", "image_attribution": "class", "token_attribution": "class", "why_not": "outcome",
                "typical": "outcome", "performance": "class"}  # fmt: skip
RANKED = frozenset(("why", "importance", "similar", "influence", "keywords", "token_attribution", "mistakes"))
OF_GROUPS = frozenset(
    (
        "predict",
        "confidence",
        "why",
        "importance",
        "interactions",
        "mistakes",
        "performance",
        "count",
        "show",
        "labels",
        "statistics",
        "what_if",
        "counterfactual",
    )
)
"""Kinds that can be asked of a stated group of rows."""
BY_OUTCOME = frozenset(("count", "show", "statistics"))
_OF_WHOM = re.compile(
    r"\b(?:for|of|to|among) (?:the |all |any )?"
    r"(?:people|those|someone|anyone|persons?|everyone|individuals|women|men)\b"
)
_TERM = re.compile(
    r"(?:mean(?:t|ing)? by|what does|what is|what's|whats|define|definition of|meaning of|explain|is)\s+"
    r"(?:the |an? |word |term )*(?P<term>.+?)(?: mean| stand for| is)?[?.! ]*$",
    re.IGNORECASE,
)
UNBOUND = frozenset(
    (
        "help",
        "social",
        "out_of_scope",
        "unclear",
        "method",
        "restyle",
        "followup",
        "letter",
        "contest",
        "model_info",
        "define",
        "domain",
    )
)
"""Kinds that are about no rows."""
ALONE = UNBOUND | {"data_summary", "effect", "trust", "surrogate", "readiness", "known"}
"""Kinds whose rows are never filtered by features."""


def assemble(kind: str, args: Mapping[str, str], slots: Slots, schema: Schema) -> tuple[Question, ...]:
    """The readings as this kind: none where the question lacks what the kind needs, several for an unclear name."""
    if kind == "unclear":
        return (Question(),)
    if kind == "what_if":
        return _what_if(slots, schema)
    if kind == "compare":
        return _compare(slots)
    filters = _filters(kind, slots, schema)
    base = {**args, **_worded(kind, slots), **_numbered(kind, slots), **_outcome(kind, slots)}
    if kind == "correct":
        return _correct(slots, schema)
    if kind not in ABOUT_FEATURE:
        return (_question(filters, (Asked(op=kind, args=base),)),)
    return _about_features(_blamed(kind, slots, schema), base, filters, slots)


def _question(filters: Filter, operations: tuple[Asked, ...]) -> Question:
    return Question(filters=filters.nodes, operations=operations)


def _filters(kind: str, slots: Slots, schema: Schema) -> Filter:
    case = case_filter(slots)
    if kind in ALONE or (kind not in OF_GROUPS) or not (kind == "count" or is_group(slots)):
        return case
    group = group_filter(slots, schema, len(slots.words))
    outcomes: tuple[Node, ...] = ()
    if kind in BY_OUTCOME:
        whose = "@label" if slots.has("truly") else "@prediction"
        outcomes = tuple(
            Condition(feature=whose, op="!=" if m.negated else "==", value=m.outcome)
            for m in slots.outcomes[:1] if m.outcome
        )  # fmt: skip
    return Filter(nodes=(*case.nodes, *group.nodes, *outcomes), used=case.used | group.used)


def _worded(kind: str, slots: Slots) -> dict[str, Argument]:
    """Arguments that a word of the question says outright."""
    spoken = f" {' '.join(w.text for w in slots.words)} "
    told: dict[str, Argument] = {}
    for name, values in slots.lexicon.arguments.get(kind, {}).items():
        found = [v for v, phrases in values.items() if any(f" {phrase} " in spoken for phrase in phrases)]
        told |= {name: found[0]} if found else {}
    return told


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
    if slots.counts:
        return {"top_k": int(slots.counts[0].value)}
    if kind == "importance" and slots.has("less") is False and {"least", "hardly"} & {w.text for w in words}:
        return {"order": "least"}
    return {}


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


def _about_features(kind: str, base: Mapping[str, Argument], filters: Filter, slots: Slots) -> tuple[Question, ...]:
    found = [f for f in (*slots.features, *slots.values) if f.first not in filters.used]
    if kind == "define":
        return _define(slots)
    if not found:
        return () if kind in NEEDS_FEATURE else (_question(filters, (Asked(op=kind, args=base),)),)
    if kind == "importance" and len(found) > 1:
        pair = tuple(Asked(op=kind, args={**base, "feature": f.targets[0]}) for f in found[:2])
        return (_question(filters, pair),)
    if kind == "counterfactual" and re.search("other than|without|except|apart", slots.text):
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
        terms = (outcome,) if outcome else (match["term"],) if match else ()
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


def _what_if(slots: Slots, schema: Schema) -> tuple[Question, ...]:
    case = case_filter(slots)
    group = Filter()
    if is_group(slots) or slots.has("above") or slots.has("below"):
        group = group_filter(slots, schema, _whose(slots), _after_whom(slots))
    filters = Filter(nodes=(*case.nodes, *group.nodes), used=case.used | group.used)
    return tuple(
        _question(filters, (*moved, _then(slots))) for moved in changes(slots, schema, filters.used)
    )  # fmt: skip


def _whose(slots: Slots) -> int:
    """The last token of what tells the rows: "for women over 45" before an "if", "women over 45" within it."""
    hypothesis = slots.where("if") or 0
    compared = [a.last for a in slots.amounts if any(slots.has(name, a.first - 3, a.first - 1) for name, _ in SIGNS)]
    return max((*compared, hypothesis if hypothesis >= 3 else -1), default=-1)


def _after_whom(slots: Slots) -> int:
    """The token from which "for people who …" tells the rows after the change; past the end where nothing does."""
    match = _OF_WHOM.search(slots.text.lower())
    end = len(slots.words)
    return next((i for i, w in enumerate(slots.words) if match and w.start >= match.start()), end)


def _then(slots: Slots) -> Asked:
    """What is asked about the changed case."""
    if slots.has("chance") or "how many" in slots.text.lower():
        outcome = next((m.outcome for m in slots.outcomes if m.outcome), None)
        return Asked(op="confidence", args={"class": outcome} if outcome else {})
    return Asked(op="why" if slots.has("why") else "predict")
