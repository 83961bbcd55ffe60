"""Several kinds in one question: a change with what is asked of it, or two things asked of the same rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.question import Question
from assistant.understanding.assembly import assemble
from assistant.understanding.labels import args_of, kind_of
from assistant.understanding.quoted import of_texts
from assistant.understanding.roles import Parted, Tagger
from assistant.understanding.slots import Slots
from explainers.base import Schema

Args = Mapping[str, str]


def assemble_set(labels: Sequence[str], slots: Slots, schema: Schema, tagger: Tagger) -> tuple[Question, ...]:
    """The readings as these labels at once; none where one lacks what it needs."""
    kinds = _of_one_case({kind_of(label): args_of(label) for label in labels}, slots, schema)
    parted = tagger.parted(slots, schema, labels)
    if len(kinds) == 1:
        ((kind, args),) = kinds.items()
        return assemble(kind, args, parted, schema)
    if "what_if" in kinds:
        return _of_a_change({k: a for k, a in kinds.items() if k != "what_if"}, parted, schema)
    parts = [assemble(kind, args, parted, schema) for kind, args in kinds.items()]
    if not all(parts):
        return ()
    filters = max((readings[0].filters for readings in parts), key=len)
    return (Question(filters=filters, operations=tuple(o for readings in parts for o in readings[0].operations)),)


def _of_one_case(kinds: Mapping[str, Args], slots: Slots, schema: Schema) -> dict[str, Args]:
    """Importance is over all cases: of one case it is the words of its text, or its reasons, that are asked for."""
    in_words = of_texts(schema)
    method = any(slots.spoken(phrase) for phrase in _methods(slots))
    if "importance" in kinds and (slots.ids or method):
        return {("token_attribution" if in_words else "why") if k == "importance" else k: a for k, a in kinds.items()}
    if "why" in kinds and method and in_words:
        return {"token_attribution" if k == "why" else k: a for k, a in kinds.items()}
    return dict(kinds)


def _with_outcomes_then(parted: Parted) -> Parted:
    """ "How many would be approved if …" asks for an outcome; it tells no rows."""
    then = tuple(m for m in parted.rows.outcomes if parted.rows.has("hypothesis", m.first - 3, m.first - 1))
    rows = tuple(m for m in parted.rows.outcomes if m not in then)
    asked = replace(parted.asked, outcomes=(*parted.asked.outcomes, *then))
    return replace(parted, rows=replace(parted.rows, outcomes=rows), asked=asked)


def _methods(slots: Slots) -> tuple[str, ...]:
    """Words for methods that tell which words counted."""
    said = slots.lexicon.arguments.get("token_attribution", {}).get("method", {})
    return tuple(phrase for phrases in said.values() for phrase in phrases)


def _of_a_change(kinds: Mapping[str, Args], parted: Parted, schema: Schema) -> tuple[Question, ...]:
    """Every reading of the change, with what is asked of the changed rows in place of the bare result."""
    parted = _with_outcomes_then(parted) if "count" in kinds else parted
    if "count" in kinds and any(m.outcome for m in parted.asked.outcomes):  # how many would then be approved
        kinds = {"confidence" if kind == "count" else kind: args for kind, args in kinds.items()}
    parts = [assemble(kind, args, parted, schema) for kind, args in kinds.items()]
    if not all(parts):
        return ()
    asked = tuple(o for readings in parts for o in readings[0].operations)
    return tuple(
        replace(changed, operations=(*(o for o in changed.operations if o.op == "what_if"), *asked))
        for changed in assemble("what_if", {}, parted, schema)
    )
