"""Finding the names of a schema in a text: whole names, parts that can only mean them, synonyms and typing errors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from assistant.domains.vocabulary import Vocabulary, said
from assistant.understanding.lexicon import Lexicon, stem
from assistant.understanding.text import Token, tokens
from explainers.base import Feature, Schema

What = Literal["feature", "value", "outcome", "quantity"]
_PREPOSITION = re.compile(r" (?:of|in|on|to|by|after|for|per|from|brought|above|\() ?")
MOST = 4
"""A part that could mean more names than this means none of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One way to say one thing of the schema: `parts` are what its words are compared by, `head` the main one."""

    what: What
    target: str
    parts: tuple[frozenset[str], ...]
    words: tuple[str, ...]
    head: int | None
    """None where only the whole name counts."""
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Tokens first..last name one of `names` (one: certain; several: only the person can say which)."""

    first: int
    last: int
    names: tuple[Name, ...]

    @property
    def what(self) -> What:
        return self.names[0].what

    @property
    def targets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name.target for name in self.names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Familiar:
    """Stems: `known` are never typing errors, `weak` never stand for a longer name by themselves."""

    known: frozenset[str]
    weak: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    first: int
    last: int
    name: Name
    hits: frozenset[int]

    @property
    def coverage(self) -> float:
        return len(self.hits) / len(self.name.parts)


@lru_cache(maxsize=16)
def names_of(schema: Schema, vocabulary: Vocabulary, language: str, lexicon: Lexicon) -> tuple[Name, ...]:
    """Every way to say every feature, category, outcome and quantity."""
    named = [f for f in schema.features if f.kind not in ("text", "image")]
    made = [name for feature in named for name in _of_feature(feature, vocabulary, language, lexicon)]
    for outcome in schema.outcomes:
        words = vocabulary.outcomes[outcome.name]
        spellings = dict.fromkeys((outcome.name, said(words.name, language), *words.also.get("", ())))
        made += [_name("outcome", outcome.name, text, lexicon) for text in spellings]
    if schema.quantity is not None:
        spellings = dict.fromkeys((schema.quantity.name, said(vocabulary.quantity, language)))
        made += [_name("quantity", schema.quantity.name, text, lexicon) for text in spellings]
    return tuple(name for name in made if name.parts)


def _of_feature(feature: Feature, vocabulary: Vocabulary, language: str, lexicon: Lexicon) -> Iterable[Name]:
    words = vocabulary.features[feature.name]
    also = (*words.also.get("", ()), *words.also.get(language, ()))
    for label in dict.fromkeys((said(words.label, language), feature.label, *also)):
        yield _name("feature", feature.name, label, lexicon)
    # The column's own name is for those who know it: a part of it means nothing.
    yield replace(_name("feature", feature.name, feature.name.replace("_", " "), lexicon), head=None)
    for value in feature.categories:
        for text in dict.fromkeys((value, vocabulary.value(feature.name, value, language))):
            yield _name("value", feature.name, text, lexicon, value)


def find(words: Sequence[Token], names: Sequence[Name], lexicon: Lexicon, familiar: Familiar) -> tuple[Found, ...]:
    """The names said, left to right, longest first, none overlapping."""
    spelled = {part for name in names for part in name.words if len(part) >= 4}
    keys = [_keys(word, spelled, lexicon, familiar.known) for word in words]
    matches = [m for name in names for m in _matches(keys, words, name, lexicon)]
    shared = _sharing(names)
    spans: dict[tuple[int, int], list[_Match]] = {}
    for match in matches:
        if _allowed(match, shared, familiar.weak) and not _of_something_else(match, words, lexicon, familiar):
            spans.setdefault((match.first, match.last), []).append(match)
    ranked = sorted(spans.values(), key=_rank, reverse=True)
    taken: set[int] = set()
    found: list[Found] = []
    for group in ranked:
        span = range(group[0].first, group[0].last + 1)
        if taken.isdisjoint(span) and (best := _best(group)):
            taken.update(span)
            found.append(Found(first=span[0], last=span[-1], names=best))
    return tuple(sorted(found, key=lambda f: f.first))


def _name(what: What, target: str, text: str, lexicon: Lexicon, value: str | None = None) -> Name:
    fillers = lexicon.words["filler"]
    said_words = [t.text for t in tokens(text)]
    content = [w for w in said_words if w not in fillers] or said_words
    before = [t.text for t in tokens(_PREPOSITION.split(text)[0]) if t.text not in fillers]
    head = max(min(len(before), len(content)) - 1, 0)
    return Name(what=what, target=target, value=value, words=tuple(content), head=head,
                parts=tuple(lexicon.keys(w) for w in content))  # fmt: skip


def _keys(word: Token, spelled: Collection[str], lexicon: Lexicon, known: Collection[str]) -> frozenset[str]:
    if word.is_number:
        return frozenset((word.text,))
    keys = lexicon.keys(word.text)
    if len(word.text) < 5 or word.stem in known or word.text in spelled:
        return keys
    from rapidfuzz.distance import OSA

    allowed = 1 if len(word.text) < 8 else 2
    near = (w for w in spelled if abs(len(w) - len(word.text)) <= allowed and w[0] == word.text[0])
    return keys.union(*(lexicon.keys(w) for w in near if OSA.distance(w, word.text, score_cutoff=allowed) <= allowed))


def _matches(keys: Sequence[frozenset[str]], words: Sequence[Token], name: Name, lexicon: Lexicon) -> Iterable[_Match]:
    i = 0
    while i < len(keys):
        hits: set[int] = set()
        last = -1
        for j in range(i, len(keys)):
            hit = next((p for p, part in enumerate(name.parts) if p not in hits and part & keys[j]), None)
            if hit is not None:
                hits.add(hit)
                last = j
            elif j == i or words[j].text not in lexicon.words["filler"]:
                break
        if hits:
            yield _Match(first=i, last=last, name=name, hits=frozenset(hits))
            i = last
        i += 1


def _sharing(names: Sequence[Name]) -> Counter[str]:
    """In how many features' names each word stands."""
    words: dict[str, set[str]] = {}
    for name in names:
        if name.what == "feature":
            words.setdefault(name.target, set()).update(stem(w) for w in name.words)
    return Counter(word for said_of in words.values() for word in said_of)


def _allowed(match: _Match, shared: Counter[str], weak: Collection[str]) -> bool:
    name = match.name
    if match.coverage == 1:
        return True
    if name.what == "quantity":
        return len(match.hits) >= 2 or match.hits == {len(name.parts) - 1}
    if name.what != "feature" or name.head is None:
        return False
    said_parts = [stem(name.words[p]) for p in match.hits]
    if all(part in weak or part.isdigit() or _one_sign(part) for part in said_parts):
        return False
    if len(match.hits) >= 2:
        return True
    hit = next(iter(match.hits))
    return hit == name.head or shared[said_parts[0]] == 1


def _of_something_else(match: _Match, words: Sequence[Token], lexicon: Lexicon, familiar: Familiar) -> bool:
    """ "shoe size" is no loan size: a word nobody knows stands before a general one that is all there is of a name."""
    general = match.coverage < 1 and match.first == match.last and words[match.first].stem in lexicon.general
    before = words[match.first - 1] if general and match.first else None
    return before is not None and before.text.isalpha() and before.stem not in familiar.known


def _one_sign(part: str) -> bool:
    """A single Chinese sign, which names nothing by itself."""
    return len(part) == 1 and not part.isascii()


def _rank(group: Sequence[_Match]) -> tuple[float, ...]:
    best = max(group, key=lambda m: (len(m.hits), m.coverage))
    return (len(best.hits), best.coverage, best.name.what == "outcome", -best.first)


def _best(group: Sequence[_Match]) -> tuple[Name, ...]:
    most = max((len(m.hits), m.coverage) for m in group)
    kept = [m for m in group if (len(m.hits), m.coverage) == most]
    whats = [m.name.what for m in kept]
    what = next(w for w in ("outcome", "feature", "value", "quantity") if w in whats)
    names = {(m.name.target, m.name.value): m.name for m in kept if m.name.what == what}
    return tuple(names.values()) if len(names) <= MOST else ()
