"""Shapes: the licensed sentences of one claim, one a line, `condition  readers  sentence`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

MOST_VARIANTS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A `{name}` or `{name:form}` of a sentence: a slot, or another claim's shape."""

    name: str
    form: str = ""

    @property
    def key(self) -> str:
        return f"{self.name}:{self.form}" if self.form else self.name


Variant: TypeAlias = tuple["str | Gap", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One line. `tags` must all hold; no `readers` means all; `variants` are the ways to read its `(a|b)` and `[c]`."""

    tags: frozenset[str]
    readers: frozenset[str]
    source: str
    variants: tuple[Variant, ...]

    @property
    def gaps(self) -> frozenset[Gap]:
        return frozenset(part for variant in self.variants for part in variant if isinstance(part, Gap))


class ShapeError(ValueError):
    """A line that is no shape."""


def shapes_of(text: str) -> tuple[Shape, ...]:
    """Every shape of a file. A line of two columns says nothing; `#` starts a comment line. Raises ShapeError."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(_shape(line) for line in lines if line and not line.startswith("#"))


def plain_shape(sentence: str) -> Shape:
    """A sentence licensed always and for all."""
    return Shape(tags=frozenset(), readers=frozenset(), source=sentence, variants=_variants(sentence))


def _shape(line: str) -> Shape:
    condition, readers, *sentence = line.split(None, 2) if len(line.split(None, 2)) > 1 else ("", "")
    if not condition:
        raise ShapeError(f"A shape is `condition  readers  sentence`, not {line!r}.")
    source = sentence[0] if sentence else ""
    return Shape(tags=_names(condition, "+"), readers=_names(readers, ","), source=source, variants=_variants(source))


def _names(text: str, separator: str) -> frozenset[str]:
    return frozenset() if text == "*" else frozenset(text.split(separator))


_TOKEN = re.compile(r"\{(?P<name>\w+)(?::(?P<form>\w+))?\}|(?P<mark>[()\[\]|])|(?P<text>[^{}()\[\]|]+)|(?P<bad>.)")


def _variants(sentence: str) -> tuple[Variant, ...]:
    tokens = list(_TOKEN.finditer(sentence))
    if any(token["bad"] for token in tokens):
        raise ShapeError(f"A brace is open or empty in {sentence!r}.")
    found, rest = _sequence(tokens, closing="")
    if rest or len(found) > MOST_VARIANTS:
        raise ShapeError(f"Brackets do not close, or more than {MOST_VARIANTS} ways to read {sentence!r}.")
    return tuple(found)


def _sequence(tokens: list[re.Match[str]], closing: str) -> tuple[list[Variant], list[re.Match[str]]]:
    """Variants up to the closing mark; a `(…)` without a bar is a bracket to be printed."""
    branches: list[list[Variant]] = [[()]]
    while tokens:
        token, *tokens = tokens
        mark = token["mark"]
        if mark == "|" and closing == ")":
            branches.append([()])
        elif mark and mark in ")]":
            if mark != closing:
                raise ShapeError(f"A bracket closes that never opened in {token.string!r}.")
            return _closed(branches, closing), tokens
        elif mark and mark in "([":
            inner, tokens = _sequence(tokens, closing={"(": ")", "[": "]"}[mark])
            branches[-1] = _product(branches[-1], inner)
        else:
            branches[-1] = _product(branches[-1], [(_part(token),)])
    if closing:
        raise ShapeError(f"A bracket does not close: {closing!r} is missing.")
    return branches[0], tokens


def _closed(branches: list[list[Variant]], closing: str) -> list[Variant]:
    if closing == "]":
        return [(), *branches[0]]
    if len(branches) == 1:
        return [("(", *variant, ")") for variant in branches[0]]
    return [variant for branch in branches for variant in branch]


def _part(token: re.Match[str]) -> str | Gap:
    return Gap(name=token["name"], form=token["form"] or "") if token["name"] else token[0]


def _product(left: Iterable[Variant], right: list[Variant]) -> list[Variant]:
    return [first + second for first in left for second in right]
