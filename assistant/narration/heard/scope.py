"""How a text may call the cases that a record is about: their nouns, the condition that picks them, their outcomes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from assistant.narration.heard.amounts import spelled_out
from assistant.narration.heard.grammar import Named
from assistant.narration.heard.names import Record
from assistant.narration.heard.spelling import Spelled, stemmed
from assistant.narration.heard.tokens import Token, tokens

_CONDITION = re.compile(
    r"(?P<label>.+?) is (?P<how>above|below|at least|at most) (?P<value>-?[\d.,]+)(?: (?P<unit>.+))?"
)
_PLACES = ("filter_noun", "filter_after", "filter_are", "filter_people")
_HOW = {
    "above": ("above", "over", "greater than", "higher than", "more than", "of more than", "of over", "exceeding"),
    "below": ("below", "under", "less than", "lower than", "of less than", "of under"),
    "at least": ("at least", "of at least", "of no less than"),
    "at most": ("at most", "of at most", "of no more than"),
}
_OF_AGE = {"above": ("above", "over", "older than", "more than", "past"), "below": ("below", "under", "younger than"),
           "at least": ("at least",), "at most": ("at most",)}  # fmt: skip
_TENS = {20: "twenties", 30: "thirties", 40: "forties", 50: "fifties", 60: "sixties", 70: "seventies"}
ALWAYS = ("case", "row")
PEOPLE = ("application", "applicant", "patient", "customer", "person")
_ALIKE = {"application": ("applicant",), "applicant": ("application",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Ways to name them: conditions by the place they can stand in, nouns, and the record's outcomes in the plural."""

    conditions: Mapping[str, frozenset[Spelled]]
    nouns: frozenset[str]
    outcomes: Mapping[Spelled, str]
    labels: Mapping[str, frozenset[Spelled]]
    """Labels without a feature: of what is computed from a change, and of what the model is not given."""
    sources: frozenset[Spelled]
    meaning: frozenset[Spelled]
    verbs: Mapping[str, str]
    other: str

    @classmethod
    def of(cls, record: Record, outcomes: Mapping[Spelled, str], categories: Iterable[str]) -> Scope:
        """Those of a record."""
        condition = str(record.get("population", {}).get("filter", ""))
        return cls(
            conditions={
                place: frozenset(_key(tokens(text) or ()) for text in texts)
                for place, texts in _conditions(condition).items()
            },
            nouns=frozenset(_nouns(record)),
            outcomes=outcomes,
            labels={
                name: frozenset(_key(tokens(label) or ()) for label in record.get("group_what_if", {}).get(name, ()))
                for name in ("linked", "unused")
            },
            sources=frozenset(_key(tokens(text) or ()) for text in _sources(record)),
            meaning=frozenset({_key(tokens(str(record.get("definition", {}).get("text", ""))) or ())} - {()}),
            verbs={form: word for word in categories if " " not in word for form in _verb(word.lower())},
            other=str(record.get("compare", {}).get("other", "")).lower(),
        )

    def readers(self) -> Mapping[str, Named]:
        """The rules that read them."""
        return {
            **{place: _one_of(self.conditions.get(place, frozenset())) for place in _PLACES},
            **{f"{name}_label": _one_of(known) for name, known in self.labels.items()},
            "source": _one_of(self.sources),
            "meaning": _one_of(self.meaning),
            "cases": self._cases,
            "outcomes": self._outcomes,
            "category_verb": self._verbs,
            "other_case": self._other,
        }

    def _cases(self, said: Sequence[Token], begin: int) -> Iterator[tuple[int, str]]:
        if begin < len(said) and said[begin].text in self.nouns:
            yield begin + 1, said[begin].text

    def _verbs(self, said: Sequence[Token], begin: int) -> Iterator[tuple[int, str]]:
        """ "rents", "renting"."""
        if begin < len(said) and said[begin].text in self.verbs:
            yield begin + 1, self.verbs[said[begin].text]

    def _other(self, said: Sequence[Token], begin: int) -> Iterator[tuple[int, bool]]:
        """ "application 12"."""
        texts = [token.text for token in said[begin : begin + 2]]
        if self.other and len(texts) == 2 and texts[0] in self.nouns and texts[1] == self.other:
            yield begin + 2, True

    def _outcomes(self, said: Sequence[Token], begin: int) -> Iterator[tuple[int, str]]:
        """ "approvals", "refusals"."""
        text = said[begin].text if begin < len(said) else ""
        if text.endswith("s") and (named := self.outcomes.get((stemmed(text[:-1]),))):
            yield begin + 1, named


def _sources(record: Record) -> Iterator[str]:
    for entry in (*record.get("known", ()), record.get("definition", {})):
        if entry.get("source"):
            yield entry["source"]


def _one_of(known: frozenset[Spelled]) -> Named:
    """Reads one of these, the longest first."""
    longest = max(map(len, known), default=0)

    def read(said: Sequence[Token], begin: int) -> Iterator[tuple[int, bool]]:
        words = _key(said[begin : begin + longest])
        yield from ((begin + n, True) for n in range(len(words), 0, -1) if words[:n] in known)

    return read


def plural(noun: str) -> str:
    """The plural of a noun."""
    if noun == "person":
        return "people"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"


def _key(said: Sequence[Token]) -> Spelled:
    return tuple(_word(token) for token in said)


def _word(token: Token) -> str:
    """A number is the same in words and in figures."""
    number = token.number if token.number is not None else next((n for _, n in spelled_out([token.text])), None)
    return token.text if number is None else f"{number:g}"


def _conditions(text: str) -> Mapping[str, Sequence[str]]:
    """One condition, as it can stand behind a noun, as a noun or as a clause; several only as they are written."""
    if not text or text.startswith("all "):
        return {}
    found = _CONDITION.fullmatch(text)
    if found is None or " and " in text or " or " in text:
        return {"filter_are": (text,)}
    label, how, value, unit = found["label"], found["how"], found["value"], found["unit"]
    amounts = (value, f"{value} {unit}") if unit else (value,)
    nouns = [f"{name} {word} {n}" for name, word, n in product((label, plural(label)), _HOW[how], amounts)]
    clauses = [f"{label} {be} {word} {n}" for be, word, n in product(("is", "was", "are", "lies"), _HOW[how], amounts)]
    if label != "age" or (unit or "years") != "years":
        return {"filter_noun": nouns, "filter_are": clauses}
    ages = (
        value,
        f"{value} years",
        f"{value} years of age",
        f"{value} years old",
        f"the age of {value}",
        f"the age of {value} years",
    )
    after = [f"{word} {n}" for word, n in product(_OF_AGE[how], ages)]
    return {
        "filter_noun": nouns,
        "filter_are": clauses,
        "filter_after": [*after, *(f"aged {text}" for text in after)],
        "filter_people": _people(how, value),
    }


def _verb(word: str) -> Iterator[str]:
    yield from (word, f"{word}s", f"{word.removesuffix('e')}ing")


def _people(how: str, value: str) -> Sequence[str]:
    word = {"above": "over", "below": "under"}.get(how)
    tens = _TENS.get(int(value)) if value.isdigit() else None
    return (f"{word}-{tens}", f"{word} {value}s") if word and tens else ()


def _nouns(record: Record) -> Iterator[str]:
    """The nouns of the case and of the groups that the record names, one and many of them."""
    population, reference = record.get("population", {}), record.get("reference", {})
    named = {record.get("subject", {}).get("noun", "case").split()[-1].lower()}
    for text in (population.get("filter", ""), reference.get("of", "")):
        if text.startswith("all ") and len(text.split()) == 2:
            many = text.split()[1].lower()
            named |= {noun for noun in PEOPLE if plural(noun) == many}
            yield many
    for noun in (*ALWAYS, *named, *(other for one in named for other in _ALIKE.get(one, ()))):
        yield from (noun, plural(noun))
    if named & {"application", "applicant", "patient", "customer"}:
        yield from ("person", "people")
