"""From a question to what is said about it: facts in words, or words alone where there is nothing to compute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from assistant.domains.domain import no_such_case
from assistant.facts import Facts
from assistant.narration.answer import Answer
from assistant.narration.faithful import certified
from assistant.narration.follow_ups import follow_ups
from assistant.narration.narrate import narrate, talk
from assistant.narration.restate import stated
from assistant.narration.speech import Speech
from assistant.narration.style import LEVELS, Level, Style
from assistant.question import Args, Asked, Question
from assistant.questions import QUESTIONS, Context, Move, Operation, WhatIf
from assistant.questions.moves import moved
from prompts import Words

ANSWERED = frozenset(kind.kind for kind in QUESTIONS)
OF_ROWS = frozenset(
    {
        "count",
        "show",
        "labels",
        "performance",
        "mistakes",
        "interactions",
        "statistics",
        "data_summary",
        "predict",
        "confidence",
        "why",
        "importance",
        "what_if",
    }
)
"""Kinds that can be carried out for a group of rows."""
MOST_NAMES = 12
FOLDED = frozenset({"predict", "confidence"})
"""What the facts of a what-if hold already."""
FOLDED_OF_ROWS = FOLDED | {"count"}
"""What they hold over a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer, the facts it rests on (None where nothing was computed), and the questions offered after it."""

    answer: Answer
    facts: Facts | None
    follow_ups: tuple[str, ...]


def carry_out(question: Question, context: Context, words: Words) -> Said:
    """Answers what was asked. Raises PlainwhyError where the case or the values do not allow it."""
    question, level = _unstyled(question)
    several = bool(question.filters) and question.case_id is None
    kinds = {asked.op for asked in question.operations}
    if several and not kinds <= OF_ROWS:
        return say("group", {}, context, words)
    if several and "what_if" in kinds and kinds - FOLDED_OF_ROWS != {"what_if"}:
        return say("group", {"about": "changed"}, context, words)
    context = _in_scope(question, context, words)
    if any(asked.op == "what_if" and "value" not in asked.args for asked in question.operations):
        return say("how_much", {}, context, words)
    operations = [
        operation
        for asked in _folded(question.operations, FOLDED_OF_ROWS if several else FOLDED)
        if (operation := _operation(asked, question))
    ]
    if not operations:
        return say(question.operations[0].op, question.operations[0].args, context, words)
    facts = _found(operations, context)
    offered = follow_ups(facts.kind, OF_ROWS if several else ANSWERED, _slots(context, facts), words)
    answer = narrate(facts, context.reader, words, level)
    answer = certified(answer, facts, words, Style.of(words, context.reader.name, level))
    return Said(answer=answer, facts=facts, follow_ups=offered)


def say(kind: str, args: Mapping[str, Any], context: Context, words: Words) -> Said:
    """Words for what has no facts: help, a greeting, a question that is not answered, one that was not understood."""
    tags = tuple(str(value) for name, value in args.items() if name in ("topic", "about", "kind"))
    tags += tuple(name for name in args if name == "language")
    if kind == "social":
        tags = tuple(filter(None, (*tags, Speech.of(words).remark(context.text))))
    slots = _slots(context, None) | {name: str(value) for name, value in args.items() if name in ("term", "names")}
    answer = talk(kind, tags, slots, context.reader, words)
    return Said(answer=answer, facts=None, follow_ups=follow_ups(kind, ANSWERED, slots, words))


def known_names(context: Context, words: Words) -> str:
    """The labels of what is known of a case, the first twelve."""
    labels = [context.label(feature.name) for feature in context.domain.schema.features]
    return Speech.of(words).some(labels, MOST_NAMES)


def _unstyled(question: Question) -> tuple[Question, Level | None]:
    """What is asked, and the level at which it is to be told; a wish for a level alone asks for nothing else."""
    asked = tuple(a for a in question.operations if a.op != "restyle")
    levels = [str(a.args["level"]) for a in question.operations if a.op == "restyle" and "level" in a.args]
    if not asked:
        return question, None
    return replace(question, operations=asked), next((level for level in LEVELS if level in levels[-1:]), None)


def _in_scope(question: Question, context: Context, words: Words) -> Context:
    """The case or the rows a question names. A person asks about the own case only: any other is E404."""
    named = question.case_id
    if question.filters and named is None:
        text = stated(question.filters, context.domain.vocabulary, context.language, words)
        return replace(context, scope=question.filters, scope_text=text)
    if named is None:
        return context
    if named == context.case.id:
        return replace(context, named=True)
    if context.reader.name == "person":
        raise no_such_case()
    return replace(context, case=context.domain.case(named), named=True)


def _folded(operations: tuple[Asked, ...], held: frozenset[str]) -> tuple[Asked, ...]:
    """One operation for all changes of a what-if, without what its facts hold anyway."""
    changes = [asked for asked in operations if asked.op == "what_if"]
    if not changes:
        return operations
    return (changes[0], *(asked for asked in operations if asked.op not in held | {"what_if"}))


def _operation(asked: Asked, question: Question) -> Operation | None:
    if asked.op == "what_if":
        moves = [a.args for a in question.operations if a.op == "what_if"]
        named = (a.args.get("class") for a in question.operations if a.op == "confidence")
        outcome = next((str(name) for name in named if name), None)
        return WhatIf(moves=tuple(_move(args) for args in moves), outcome=outcome)
    for kind in QUESTIONS:
        if kind.kind == asked.op:
            slots = {f.name.rstrip("_"): f.name for f in fields(kind)}  # type: ignore[arg-type]  # every operation is a dataclass
            return kind(**{slots[name]: value for name, value in asked.args.items() if name in slots})
    return None


def _move(args: Args) -> Move:
    return Move(feature=str(args["feature"]), change=args["change"], value=args["value"])  # type: ignore[arg-type]  # one of its four words


def _found(operations: Sequence[Operation], context: Context) -> Facts:
    """The facts of the first question, and beside them those of the others; beside a change, as they are after it."""
    first, *others = operations
    facts = first.facts(context)
    change = first if isinstance(first, WhatIf) and not context.scope else None
    if change and others:
        context = context.about(moved(context, change.moves))
    also = tuple(replace(other.facts(context), changed=True if change else None) for other in others)
    return replace(facts, also=also or None)


def _slots(context: Context, facts: Facts | None) -> dict[str, str]:
    """Names that buttons and fixed texts may use."""
    vocabulary, language = context.domain.vocabulary, context.language
    subject = context.subject().noun
    slots = {"subject": subject, "title": vocabulary.title.get(language) or vocabulary.title.get("", "")}
    if facts and facts.outcome and facts.outcome.alternatives:
        slots |= {"outcome": facts.outcome.name, "other": facts.outcome.alternatives[0]}
    return slots
