"""Questions put together from phrasings, rows and changes of invented schemas: what reading is learned from."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from assistant.domains.description import read_description
from assistant.domains.reading import schema_of, vocabulary_of
from assistant.domains.vocabulary import Vocabulary, said
from assistant.understanding.examples import Phrasing
from assistant.understanding.labels import OF_ROWS, label_of
from explainers.base import Feature, Schema

INVENTED = Path(__file__).parent / "invented"
_GAP = re.compile(r"\{(\w+)\}")
_COUNTED_OUT = re.compile(
    r"\d+|\b(?:two|three|four|five|six|seven|eight|nine|ten|couple)\b|[两三四五六七八九十](?=个|条|大|项|点)|(?<=前)[一二三四五六七八九十]"
)
"""Numbers that a phrasing says outright count things."""
_OF_TABLES = re.compile(r"\{(?:feature|value|flag)\}")
_OF_TEXTS = re.compile(r"\b(?:texts?|words?|documents?|sentences?|reviews?|tokens?|posts?|phrases?)\b")
_TEXT_KINDS = (
    "token_attribution",
    "keywords",
    "influence",
    "adversarial",
    "augment",
    "rationalize",
    "learn",
    "unlearn",
    "edit_label",
)


MARKS = {"rows": "\ue000", "change": "\ue001", "asked": "\ue002", "id": "\ue003", "count": "\ue004"}
"""Private characters that stand before the parts of a question while it is put together; END stands after."""
END = "\ue00f"
_MOVES = ("what_if", "correct", "edit_label")
_COUNTED = ("count", "show", "statistics")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One question: its words, the schema it names things of, the labels it has, and the phrasing it was made from.

    `roles` tell of each character what the part it stands in is there for ("" for none).
    """

    text: str
    roles: tuple[str, ...]
    schema: Schema
    vocabulary: Vocabulary
    labels: frozenset[str]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Domain:
    schema: Schema
    vocabulary: Vocabulary

    def of(self, *kinds: str) -> list[Feature]:
        return [f for f in self.schema.features if f.kind in kinds]


class Composer:
    """Composes questions in one language. The same seed gives the same questions."""

    def __init__(self, language: str, phrasings: Sequence[Phrasing], seed: int = 0) -> None:
        text = (files("prompts") / language / "compose.toml").read_text(encoding="utf-8")
        self._words: Mapping[str, list[str]] = tomllib.loads(text)
        self._phrasings = phrasings
        self._language = language
        self._random = random.Random(seed)
        domains = [_domain(path) for path in sorted(INVENTED.glob("*.toml"))]
        self._tables = [d for d in domains if not d.of("text")]
        self._texts = [d for d in domains if d.of("text")]

    def questions(self, times: int) -> Iterator[Made]:
        """Every phrasing so many times, and as many joined with a change or with another question."""
        for phrasing in self._phrasings:
            for _ in range(times):
                yield self._single(phrasing)
        asked = [p for p in self._phrasings if p.kind in OF_ROWS]
        by_kind = {kind: [p for p in asked if p.kind == kind] for kind in OF_ROWS}
        for _ in range(times * len(asked)):
            kind = self._random.choice(OF_ROWS)
            yield self._changed(self._random.choice(by_kind[kind]))
        others = [p for p in self._phrasings if p.kind not in ("unclear", "followup", "social", "out_of_scope")]
        for _ in range(times * len(asked) // 2):
            one, other = self._random.choice(asked), self._random.choice(others)
            if one.kind != other.kind:
                joined = self._pick("two").format(one=_bare(_marked(one)), other=_bare(_marked(other)))
                yield self._made(joined, (one, other), one)

    def _single(self, phrasing: Phrasing) -> Made:
        text = _marked(phrasing)
        free = not re.search(r"\{(?:rows|id|subject)\}|\b(?:I|me|my|mine|overall)\b", phrasing.text)
        if phrasing.kind in OF_ROWS and free and self._random.random() < 0.3:
            text = self._pick("of").replace("{ask}", _bare(text))
        return self._made(text, (phrasing,), phrasing)

    def _changed(self, phrasing: Phrasing) -> Made:
        which = "text_changes" if not _OF_TABLES.search(phrasing.text) and self._random.random() < 0.2 else "changes"
        change, chance = _in("change", self._pick(which)), self._random.random()
        if phrasing.kind == "predict" and chance < 0.7:
            lead = self._pick("alone" if chance < 0.3 else "result").replace("{change}", change)
            labels = ("what_if",) if chance < 0.3 else ("what_if", "predict")
            return self._composed(lead, frozenset(labels), phrasing)
        lead = self._pick("around").replace("{change}", change).replace("{ask}", _bare(_marked(phrasing)))
        return self._composed(lead, frozenset(("what_if", label_of(phrasing))), phrasing)

    def _made(self, text: str, asked: Sequence[Phrasing], source: Phrasing) -> Made:
        return self._composed(text, frozenset(label_of(p) for p in asked), source)

    def _composed(self, text: str, labels: frozenset[str], source: Phrasing) -> Made:
        of_texts = "{word}" in text or source.kind in _TEXT_KINDS or bool(_OF_TEXTS.search(text))
        texts = not _OF_TABLES.search(text) and self._random.random() < (0.75 if of_texts else 0.1)
        domain = self._random.choice(self._texts if texts else self._tables)
        rough = self._roughened(self._filled(text, domain, "texts" if texts else "rows"))
        plain, roles = _unmarked(rough)
        return Made(text=plain, roles=roles, schema=domain.schema, vocabulary=domain.vocabulary, labels=labels,
                    source=source.text)  # fmt: skip

    def _pick(self, name: str) -> str:
        return self._random.choice(self._words[name])

    def _filled(self, text: str, domain: _Domain, rows: str) -> str:
        if self._random.random() < 0.2:
            text = re.sub(r"\{subject\}(?: with)?(?: the)?(?: number| no\.?| id| ID)? (?=\W?\{id\})", "", text)
        while "{rows}" in text:
            told = self._pick(rows).replace("{id}", _in("id", "{id}"))
            text = text.replace("{rows}", _in("rows", told), 1)
        numbers = domain.of("number")
        feature = self._random.choice(numbers) if numbers else None

        def fill(gap: re.Match[str]) -> str:
            nonlocal feature
            if gap[1] == "feature":
                if self._random.random() < 0.12:
                    return self._pick("unknown")
                feature = self._random.choice(numbers if self._random.random() < 0.7 else list(domain.schema.features))
                return self._said(domain, feature)
            return self._slot(gap[1], feature, domain)

        return _GAP.sub(fill, text)

    def _said(self, domain: _Domain, feature: Feature) -> str:
        return said(domain.vocabulary.features[feature.name].label, self._language)

    def _slot(self, name: str, feature: Feature | None, domain: _Domain) -> str:
        pick = self._random.choice
        if name in ("x", "y", "value"):
            if name == "value" and feature is not None and feature.kind == "category":
                return pick(feature.categories)
            if name != "value" or not domain.of("category") or self._random.random() < 0.6:
                low, high = (feature and feature.low) or 0.0, (feature and feature.high) or 100.0
                return f"{low + (high - low) * self._random.random():.{0 if high > 20 else 1}f}"
            return pick(pick(domain.of("category")).categories)
        if name == "flag":
            return self._said(domain, pick(domain.of("flag") or domain.of("number")))
        if name in ("outcome", "other"):
            return pick(
                [domain.vocabulary.outcome(o.name, self._language) for o in domain.schema.outcomes]
                or self._words["word"]
            )
        if name == "word":
            return self._pick("word")
        subject = domain.vocabulary.subject.get(self._language) or domain.vocabulary.subject.get("") or "case"
        named = {
            "subject": subject,
            "id": str(self._random.randrange(2, 9000)),
            "n": str(self._random.randrange(2, 20)),
            "quantity": domain.schema.quantity.name if domain.schema.quantity else "score",
            "term": pick(
                ["base value", "cut-off", "attribution", "calibration", "overfitting", "gradient", "token", "outlier"]
            ),
        }
        return named[name]

    def _roughened(self, text: str) -> str:
        """As people type: polite or short, without marks, with a slip here and there."""
        chance = self._random.random
        if chance() < 0.15:
            text = self._pick("polite").format(ask=_bare(text))
        if chance() < 0.1:
            text = " ".join(w for w in text.split() if w.lower() not in self._words["dropped"]) or text
        if chance() < 0.4:
            text = _bare(text) or text
        if chance() < 0.15:
            text = self._slip(text)
        return text if chance() < 0.4 else text.lower()

    def _slip(self, text: str) -> str:
        """One letter left out, doubled or swapped with the next, within a longer word."""
        words = text.split()
        long = [i for i, w in enumerate(words) if len(w) > 4 and w.isalpha() and w.isascii()]
        if not long:
            return text
        i = self._random.choice(long)
        at = self._random.randrange(1, len(words[i]) - 1)
        word = words[i]
        words[i] = self._random.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )
        return " ".join(words)


def _in(role: str, text: str) -> str:
    return f"{MARKS[role]}{text}{END}"


def _marked(phrasing: Phrasing) -> str:
    """The phrasing with its gaps marked by what they are there for."""

    def mark(gap: re.Match[str]) -> str:
        name, rest = gap[1], gap.string[gap.end() :]
        if name in ("id", "n"):
            return _in("id" if name == "id" else "count", gap[0])
        if name in ("outcome", "other"):
            return _in("rows" if phrasing.kind in _COUNTED else "asked", gap[0])
        if phrasing.kind in _MOVES and name in ("feature", "value"):
            return _in("change", gap[0])
        valued = name == "value" or (name == "feature" and "{value}" in rest.split("{feature}")[0])
        if name in ("feature", "value"):
            return _in("rows" if valued and phrasing.kind in OF_ROWS else "asked", gap[0])
        return gap[0]

    parts = re.split(r"(\{\w+\})", phrasing.text)
    text = "".join(p if p.startswith("{") else _COUNTED_OUT.sub(lambda m: _in("count", m[0]), p) for p in parts)
    return _GAP.sub(mark, text)


def _unmarked(text: str) -> tuple[str, tuple[str, ...]]:
    """The words alone, and the innermost role of each character."""
    names = {mark: role for role, mark in MARKS.items()}
    plain: list[str] = []
    roles: list[str] = []
    inside: list[str] = []
    for sign in text:
        if sign in names:
            inside.append(names[sign])
        elif sign == END:
            inside.pop()
        else:
            plain.append(sign)
            roles.append(inside[-1] if inside else "")
    return "".join(plain), tuple(roles)


def _bare(text: str) -> str:
    return re.sub(rf"[?!.。？！ ]+(?={END}*$)", "", text)


def _domain(path: Path) -> _Domain:
    description = read_description(path)
    schema = schema_of(description)
    return _Domain(schema=schema, vocabulary=vocabulary_of(description, schema))
