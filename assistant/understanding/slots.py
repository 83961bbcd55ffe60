"""What a question names: features, values, outcomes, numbers and cases; and the question with those made neutral."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.domains.vocabulary import Vocabulary, said
from assistant.understanding.lexicon import Lexicon, stem
from assistant.understanding.names import Familiar, Found, find, names_of
from assistant.understanding.text import Token, collapsed, tokens, unspaced
from assistant.understanding.values import Amount, amounts
from explainers.base import Schema

NEUTRAL = {"feature": "income", "value": "5", "outcome": "approved", "quantity": "result", "id": "case 7"}
"""The fixed words that stand for what a question names, in questions and examples alike."""
_ID = (
    r"(?:(?:{nouns})s?\s*(?:(?:with )?(?:the )?(?:number|no\.?|nr\.?|id|#))?\s*(?:=|is)?\s*[:#]?\s*|[#@]\s?)"
    r"(?P<id>[a-z]{{0,3}}-?\d[\w-]*)(?![.,]?\d)"
)
_UNSPACED_ID = re.compile(
    r"第\s?(?P<nth>\d+)\s?(?:号|条|位|篇|封)|(?:编号|样本|案例|实例|id|#)\s?(?P<named>\d+)号?|(?P<number>\d+)\s?号(?!线)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Tokens first..last name an outcome (None: an outcome or quantity without saying which)."""

    first: int
    last: int
    outcome: str | None
    negated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNumber:
    """Tokens first..last name a case."""

    first: int
    last: int
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """Everything one question names, each left to right."""

    text: str
    words: tuple[Token, ...]
    features: tuple[Found, ...]
    values: tuple[Found, ...]
    outcomes: tuple[Mention, ...]
    amounts: tuple[Amount, ...]
    counts: tuple[Amount, ...]
    """Numbers of things, such as 3 in "the top 3"."""
    ids: tuple[CaseNumber, ...]
    neutral: str
    lexicon: Lexicon
    subject: frozenset[str] = frozenset()
    """Stems of the noun for a case."""

    @property
    def named(self) -> frozenset[int]:
        """The tokens that name something."""
        spans = [(f.first, f.last) for f in (*self.features, *self.values)]
        spans += [(m.first, m.last) for m in self.outcomes] + [(c.first, c.last) for c in self.ids]
        spans += [(a.first, a.last) for a in (*self.amounts, *self.counts)]
        return frozenset(i for first, last in spans for i in range(first, last + 1))

    def spoken(self, phrase: str) -> bool:
        """Whether these words stand in the text one after the other."""
        return f" {phrase} " in f" {' '.join(w.text for w in self.words)} "

    def has(self, list_name: str, first: int = 0, last: int | None = None) -> bool:
        """Whether a word or phrase of this list of the lexicon stands among tokens first..last."""
        return self.where(list_name, first, last) is not None

    def where(self, list_name: str, first: int = 0, last: int | None = None) -> int | None:
        """The token at which the first phrase of the list begins."""
        words = [w.text for w in self.words[: None if last is None else last + 1]]
        spoken = self.lexicon.words[list_name]
        for i in range(max(first, 0), len(words)):
            if any(" ".join(words[i : i + n]) in spoken for n in (1, 2, 3) if i + n <= len(words)):
                return i
        return None


def fill_slots(text: str, schema: Schema, vocabulary: Vocabulary, lexicon: Lexicon, known: frozenset[str]) -> Slots:
    """Tags a cleaned text. `known` are stems of words that are never typing errors."""
    words = tokens(text)
    ids = _ids(text, words, vocabulary, lexicon)
    idle = _idioms(words, lexicon) | {i for c in ids for i in range(c.first, c.last + 1)}
    free = [_blank(w) if i in idle else w for i, w in enumerate(words)]
    found = find(
        free, names_of(schema, vocabulary, lexicon.language, lexicon), lexicon, _familiar(vocabulary, lexicon, known)
    )
    if not ids and not any(f.what in ("feature", "value") for f in found):
        ids = _bare_ids(words, {f.first for f in found}, lexicon)
        idle |= {i for c in ids for i in range(c.first, c.last + 1)}
        free = [_blank(w) if i in idle else w for i, w in enumerate(words)]
    taken = {i for f in found for i in range(f.first, f.last + 1)}
    spoken = _spoken_outcomes(free, taken, schema, lexicon)
    outcomes = sorted([*_named_outcomes(found, words, lexicon), *spoken], key=lambda m: m.first)
    taken |= {i for m in spoken for i in range(m.first, m.last + 1)}
    features = tuple(f for f in found if f.what == "feature" and not _idle(f, words, lexicon))
    values = tuple(v for f in found if f.what == "value" and (v := _settled(f, features, free, lexicon)))
    said_numbers = tuple(
        a for a in amounts([_blank(w) if i in taken else w for i, w in enumerate(free)], lexicon)
        if not a.weak or features
    )  # fmt: skip
    counts = tuple(a for a in said_numbers if _counts(a, words, lexicon))
    numbers = tuple(a for a in said_numbers if a not in counts)
    spans = (
        [(f.first, f.last, _stand_in(f, words, lexicon)) for f in features]
        + [(f.first, f.last, _stand_in(f, words, lexicon)) for f in values]
        + [(m.first, m.last, NEUTRAL["outcome" if schema.outcomes else "quantity"]) for m in outcomes]
        + [(a.first, a.last, NEUTRAL["value"]) for a in said_numbers]
        + [(c.first, c.last, NEUTRAL["id"]) for c in ids]
    )
    return Slots(text=text, words=words, features=features, values=values, outcomes=tuple(outcomes), amounts=numbers,
                 counts=counts, ids=ids, neutral=_neutral(words, spans, vocabulary, lexicon), lexicon=lexicon,
                 subject=frozenset(t.stem for t in tokens(said(vocabulary.subject, lexicon.language))))  # fmt: skip


def _familiar(vocabulary: Vocabulary, lexicon: Lexicon, known: frozenset[str]) -> Familiar:
    title = {
        t.stem
        for t in tokens(f"{said(vocabulary.title, lexicon.language)} {said(vocabulary.subject, lexicon.language)}")
    }
    return Familiar(
        known=known,
        weak=frozenset(title | {stem(w) for w in lexicon.words["common"]}),
    )


def _blank(word: Token) -> Token:
    return Token(text="\x00", start=word.start, end=word.end)


def _ids(text: str, words: Sequence[Token], vocabulary: Vocabulary, lexicon: Lexicon) -> tuple[CaseNumber, ...]:
    """ "case 12", "#12", "patient no. 5", "12's"; and "13" in "case 12 and 13"."""
    nouns = sorted({*lexicon.words["case"], said(vocabulary.subject, lexicon.language).lower()}, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)" + _ID.format(nouns="|".join(map(re.escape, nouns))), re.IGNORECASE)
    found: list[CaseNumber] = []
    for match in (_UNSPACED_ID if unspaced(text) else pattern).finditer(text):
        inside = [i for i, w in enumerate(words) if w.start >= match.start() and w.end <= match.end()]
        if inside:
            number = match[match.lastgroup or "id"]
            found.append(CaseNumber(first=inside[0], last=inside[-1], id=number))
    for i, word in enumerate(words):
        if word.is_number and word.text.isdigit() and not any(c.first <= i <= c.last for c in found):
            joined = (
                found and i - found[-1].last == 2 and words[i - 1].text in ("and", "or", "vs", "versus", "with", "to")
            )
            owns = text[word.end : word.end + 2] == "'s"
            if joined or owns:
                found.append(CaseNumber(first=i, last=i, id=word.text))
    return tuple(sorted(found, key=lambda c: c.first))


def _bare_ids(words: Sequence[Token], outcomes: Collection[int], lexicon: Lexicon) -> tuple[CaseNumber, ...]:
    """ "for 77", "why is 536 malignant?", "compare 8 and 12": whole numbers where no fact is named that they could be.

    `outcomes` are the tokens at which outcomes begin. In a hypothesis a number is a value.
    """
    before = lexicon.words["before_id"]
    unlike = (lexicon.words["after_number"] | lexicon.words["counted"] | {"main", "most"}) - {"and", "or"}
    if any(w.text in lexicon.words["if"] for w in words):
        return ()
    for i, word in enumerate(words):
        after = words[i + 1].text if i + 1 < len(words) else ""
        ends = not outcomes or i + 1 in outcomes or after in ("", "and", "or")
        if i and word.text.isdigit() and words[i - 1].text in before and after not in unlike and ends:
            other = words[i + 2] if after in ("and", "or") and i + 2 < len(words) else None
            found = [CaseNumber(first=i, last=i, id=word.text)]
            if other is not None and other.text.isdigit():
                found.append(CaseNumber(first=i + 2, last=i + 2, id=other.text))
            return tuple(found)
    return ()


def _counts(amount: Amount, words: Sequence[Token], lexicon: Lexicon) -> bool:
    if amount.percent or amount.per or amount.unit or amount.value != int(amount.value):
        return False
    before = words[amount.first - 1].text if amount.first else ""
    following = words[amount.last + 1 : amount.last + 3]
    after = {w.text for w in following}
    rows = any(w.text != w.stem and w.stem in lexicon.words["case"] for w in following)
    return (
        before in lexicon.words["top"] or rows or bool(after & (lexicon.words["counted"] | {"main", "most", "biggest"}))
    )


def _named_outcomes(found: Sequence[Found], words: Sequence[Token], lexicon: Lexicon) -> list[Mention]:
    return [
        Mention(first=f.first, last=f.last, negated=negated(words, f.first, lexicon),
                outcome=f.targets[0] if f.what == "outcome" and len(f.targets) == 1 else None)
        for f in found if f.what in ("outcome", "quantity")
    ]  # fmt: skip


def _spoken_outcomes(words: Sequence[Token], taken: Collection[int], schema: Schema, lexicon: Lexicon) -> list[Mention]:
    sides = {"favourable": schema.favourable, "healthy": schema.favourable}
    bad = [o.name for o in schema.outcomes if not o.favourable]
    worse = bad[0] if len(bad) == 1 and schema.favourable else None
    sides |= {"unfavourable": worse, "ill": worse}
    stems = [w.stem for w in words]
    found: list[Mention] = []
    busy = set(taken)
    for side, outcome in sides.items():
        for phrase in lexicon.outcomes[side]:
            for i in range(len(stems) - len(phrase) + 1):
                span = range(i, i + len(phrase))
                if tuple(stems[i : i + len(phrase)]) == phrase and busy.isdisjoint(span):
                    busy.update(span)
                    found.append(Mention(first=i, last=span[-1], outcome=outcome, negated=negated(words, i, lexicon)))
    return found


def negated(words: Sequence[Token], first: int, lexicon: Lexicon) -> bool:
    """Whether one of the three words before token `first` negates it."""
    return any(w.text in lexicon.words["not"] for w in words[max(first - 3, 0) : first])


def _settled(found: Found, features: Sequence[Found], words: Sequence[Token], lexicon: Lexicon) -> Found | None:
    """A category of the feature beside it, else as found; None for an everyday word that need not be one."""
    beside = {t for f in features for t in f.targets}
    mine = tuple(name for name in found.names if name.target in beside)
    if mine:
        return Found(first=found.first, last=found.last, names=mine)
    plain = all(w.text in lexicon.words["everyday"] for w in words[found.first : found.last + 1])
    open_to_it = lexicon.words["hypothesis"] | lexicon.words["group"]
    if plain and found.first and words[found.first - 1].text == "how":
        return None
    return None if plain and not any(w.text in open_to_it for w in words) else found


def _idioms(words: Sequence[Token], lexicon: Lexicon) -> set[int]:
    """The tokens of sayings whose words name nothing: "a close call"."""
    texts, idle = [w.text for w in words], set[int]()
    for i in range(len(texts)):
        for n in (2, 3):
            if " ".join(texts[i : i + n]) in lexicon.words["idiom"]:
                idle.update(range(i, i + n))
    return idle


def _idle(found: Found, words: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "make" is income in "make 50,000", nothing in "make you change your mind"; "30 cheaper a night" is a price."""
    if found.first != found.last:
        return False
    before = words[max(found.first - 3, 0) : found.first]
    if len(before) > 1 and before[-1].text in lexicon.words["each"] and any(w.is_number for w in before[:-1]):
        return True
    lone = words[found.last].text in lexicon.words["with_number"]
    after = words[found.last + 1 : found.last + 3]
    return lone and not any(w.is_number or w.text in lexicon.numbers or w.text in ("more", "less") for w in after)


def _stand_in(found: Found, words: Sequence[Token], lexicon: Lexicon) -> str:
    """ "women" are rows, "my sex" is a feature."""
    rows = words[found.last].text in lexicon.words["group"]
    return "cases" if rows else NEUTRAL[found.what]


def _neutral(
    words: Sequence[Token], spans: Sequence[tuple[int, int, str]], vocabulary: Vocabulary, lexicon: Lexicon
) -> str:
    subject = stem(said(vocabulary.subject, lexicon.language))
    starts = {first: (last, word) for first, last, word in spans}
    parts: list[str] = []
    i = 0
    while i < len(words):
        last, word = starts.get(i, (i, words[i].text))
        if i not in starts and words[i].stem == subject:
            word = "cases" if words[i].text.endswith("s") else "case"
        parts.append(word)
        i = last + 1
    return collapsed(" ".join(parts))
