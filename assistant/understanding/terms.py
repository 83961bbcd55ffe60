"""Questions for the meaning of a word: "what is a cut-off?", "what do you mean by score?", "what is overfitting?"."""

from __future__ import annotations

import re

from assistant.domains.vocabulary import Vocabulary
from assistant.question import Asked, Question
from assistant.understanding.slots import Slots
from prompts.glossary import glossary, plain

_MEANING = re.compile(
    r"^(?:and |but |so |ok,? |sorry,? |please )*"
    r"(?:what (?:does|do) (?:the |an? |your )?(?P<meant>[\w -]+?) (?:mean|stand for)"
    r"|what (?:do you|is|are) mean(?:t)? by (?:the |an? )?(?P<by>[\w -]+?)"
    r"|(?:please )?(?:define|definition of|meaning of|the meaning of) (?:the |an? )?(?P<defined>[\w -]+?)"
    r"|what(?: is|'s|s) an? (?P<one>[\w -]+?)"
    r"|what(?: is|'s|s| are) (?P<any>[\w-]+))"
    r"(?: here| exactly| anyway)?[?.! ]*$",
    re.IGNORECASE,
)


def meaning(slots: Slots, vocabulary: Vocabulary, language: str) -> tuple[Question, ...]:
    """The question for a word of the glossary, or for the quantity by its name, where the text asks for nothing else.

    A feature's own name is none of these.
    """
    match = _MEANING.match(slots.text)
    if match is None or slots.features:
        return ()
    term = next(found for found in match.groups() if found)
    by_meaning = match["meant"] or match["by"] or match["defined"]
    named = by_meaning and plain(term) in map(plain, vocabulary.quantity.values())
    if named or plain(term) in glossary(language, "explanation"):
        return (Question(operations=(Asked(op="define", args={"term": term}),)),)
    if plain(term) in glossary(language, "field"):
        return (Question(operations=(Asked(op="domain"),)),)
    return ()
