"""A question said back in words: the reading shown with each answer and on the buttons that ask back."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.domains.vocabulary import Vocabulary, said
from assistant.narration.realise import Claim, Said, Voice
from assistant.narration.speech import Speech
from assistant.question import All, Any_, Argument, Asked, Condition, Node, Question
from prompts import Words

NAMED = frozenset({"feature", "value", "outcome", "class", "term", "other", "filter", "top_k", "rank"})
"""Slots whose values come from outside; the values of all others are names of closed lists and may be tags."""


def restate(question: Question, vocabulary: Vocabulary, language: str, words: Words) -> str:
    """What was understood, as one phrase: "what if mean radius were 12". Raises KeyError for a kind without words."""
    scope = _Scope(vocabulary=vocabulary, language=language, words=words)
    kinds = [asked.op for asked in question.operations]
    style = next((asked for asked in question.operations if asked.op == "restyle" and len(kinds) > 1), None)
    left = {"predict"} if "what_if" in kinds else set()
    told = [asked for asked in question.operations if asked.op not in left and asked is not style]
    readings = list(dict.fromkeys(scope.reading(asked, question) for asked in told)) or [scope.named("unclear")]
    text = scope.joined(readings, told)
    text = text if question.case_id or not question.filters else scope.about(text, question.filters)
    return scope.styled(text, scope.reading(style, question)) if style else text


def stated(filters: tuple[Node, ...], vocabulary: Vocabulary, language: str, words: Words) -> str:
    """Which rows, in words: "age is above 30 and home is rent"."""
    return _Scope(vocabulary=vocabulary, language=language, words=words).filter(filters)


def undecided(kind: str, vocabulary: Vocabulary, language: str, words: Words) -> str:
    """What is shown as the reading where none is carried out, by the kind of what is said instead."""
    return _Scope(vocabulary=vocabulary, language=language, words=words).named(kind)


def second_hand(reading: str, words: Words) -> str:
    """A reading by a language model, said to be one."""
    return str(Speech.of(words).table["second_reader"]).format(reading=reading)


class _Scope:
    """The vocabulary and the words of one restating."""

    __slots__ = ("language", "speech", "vocabulary", "words")

    def __init__(self, *, vocabulary: Vocabulary, language: str, words: Words) -> None:
        self.vocabulary, self.language, self.words = vocabulary, language, words
        self.speech = Speech.of(words)

    def reading(self, asked: Asked, question: Question) -> str:
        slots = {name: self._argument(name, value, asked) for name, value in asked.args.items()}
        closed = [str(value) for name, value in asked.args.items() if name not in NAMED and isinstance(value, str)]
        slots |= self._case(question)
        scope = ["numbered"] if question.case_id else ["group"] if question.filters else []
        return self._word(asked.op, tags=(*asked.args, *closed, *scope), slots=slots)

    def named(self, kind: str) -> str:
        return self._word(kind, tags=(), slots={})

    def joined(self, readings: list[str], told: list[Asked]) -> str:
        """Several changes are one what-if; other operations are listed."""
        changes = [text for text, asked in zip(readings, told, strict=False) if asked.op == "what_if"]
        if len(changes) < 2:
            return self.speech.joined(readings, "clauses")
        lead = str(self.speech.table["what_if_lead"])
        others = [text for text in readings if text not in changes]
        first, rest = changes[0], [text.removeprefix(lead) for text in changes[1:]]
        one = str(self.speech.table["operators"]["and"]).join([first, *rest])
        return self.speech.joined([one, *others], "clauses")

    def about(self, text: str, filters: tuple[Node, ...]) -> str:
        return str(self.speech.table["operators"]["where"]).format(text=text, filter=self.filter(filters))

    def styled(self, text: str, style: str) -> str:
        return str(self.speech.table["operators"]["styled"]).format(text=text, style=style)

    def filter(self, filters: tuple[Node, ...]) -> str:
        return self._node(All(nodes=filters)) if len(filters) > 1 else self._node(filters[0])

    def _word(self, kind: str, tags: tuple[str, ...], slots: Mapping[str, str]) -> str:
        voice = Voice(words=self.words, numbers=self.speech.numbers, reader="", seed="")
        claim = Claim(
            name=f"reading of {kind}",
            tags=dict.fromkeys(tags, ""),
            slots={name: Said(text=text) for name, text in slots.items()},
        )
        return voice.word(self.words.plan(kind).reading, claim).text

    def _case(self, question: Question) -> Mapping[str, str]:
        noun = said(self.vocabulary.subject, self.language)
        forms = self.speech.table["case"]["numbered" if question.case_id else "any"]
        return {
            f"case:{form}": text.format(noun=noun, id=(question.case_id or "").removesuffix(".0"))
            for form, text in forms.items()
        }

    def _argument(self, name: str, value: Argument, asked: Asked) -> str:
        if isinstance(value, tuple):
            return self.speech.numbers.listed(self._argument(name, inner, asked) for inner in value)
        if name in ("feature", "fixed"):
            return self._feature(str(value))
        if name in ("outcome", "class") or (name == "term" and value in self.vocabulary.outcomes):
            return self.vocabulary.outcome(str(value), self.language)
        if name == "term" and value in self.vocabulary.features:
            return self._feature(str(value))
        if name == "value" and asked.args.get("change") != "multiply":
            return self._value(str(asked.args.get("feature")), value)
        if isinstance(value, float | int) and not isinstance(value, bool):
            return self.speech.numbers.amount(float(value))
        return str(value)

    def _feature(self, name: str) -> str:
        names = self.speech.table["names"]
        return str(names[name]) if name in names else self.vocabulary.label(name, self.language)

    def _value(self, feature: str, value: Argument | None) -> str:
        if feature in ("@prediction", "@label") and isinstance(value, str):
            return self.vocabulary.outcome(str(value), self.language)
        if isinstance(value, bool):
            return self.speech.word("yes" if value else "no")
        known = feature in self.vocabulary.features
        if isinstance(value, float | int):
            unit = self.vocabulary.unit(feature, self.language) if known else ""
            return self.speech.numbers.amount(float(value), unit)
        return self.vocabulary.value(feature, value, self.language) if known else str(value)

    def _node(self, node: Node) -> str:
        operators = self.speech.table["operators"]
        match node:
            case Condition(feature="@previous"):
                return str(self.speech.table["names"]["previous"])
            case Condition():
                text = operators[node.op]
                return str(
                    text.format(feature=self._feature(node.feature), value=self._value(node.feature, node.value))
                )
            case All(nodes=nodes):
                return str(operators["and"]).join(self._node(inner) for inner in nodes)
            case Any_(nodes=nodes):
                return str(operators["or"]).join(self._node(inner) for inner in nodes)
