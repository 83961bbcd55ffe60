"""Whether a file is whole UBJSON: xgboost waits for ever for the rest of one that is cut short."""

from __future__ import annotations

import struct

_FIXED = {b"Z": 0, b"N": 0, b"T": 0, b"F": 0, b"i": 1, b"U": 1, b"C": 1, b"I": 2, b"l": 4, b"d": 4, b"L": 8, b"D": 8}
_COUNTS = {b"i": ">b", b"U": ">B", b"I": ">h", b"l": ">i", b"L": ">q"}


def whole(data: bytes) -> bool:
    """Whether the bytes hold exactly one UBJSON object (https://ubjson.org), nothing missing and nothing after it."""
    try:
        return data[:1] == b"{" and _skip(data, 0) == len(data)
    except (IndexError, KeyError, struct.error, RecursionError, ValueError):
        return False


def _skip(data: bytes, at: int) -> int:
    """The place after the value that starts at `at`."""
    mark = data[at : at + 1]
    if mark in _FIXED and mark:
        end = at + 1 + _FIXED[mark]
    elif mark in (b"S", b"H"):
        end = _text(data, at + 1)
    elif mark in (b"[", b"{"):
        return _container(data, at + 1, named=mark == b"{")
    else:
        raise ValueError("no such type")
    if end > len(data):
        raise ValueError("cut short")
    return end


def _container(data: bytes, at: int, *, named: bool) -> int:
    kind = b""
    if data[at : at + 1] == b"$":
        kind, at = data[at + 1 : at + 2], at + 2
    if data[at : at + 1] == b"#":
        count, at = _count(data, at + 1)
        if kind in _FIXED and kind and not named:
            at += count * _FIXED[kind]
            if at > len(data):
                raise ValueError("cut short")
            return at
        for _ in range(count):
            at = _text(data, at) if named else at
            at = _skip(data, at)
        return at
    while data[at] != ord("}" if named else "]"):
        at = _skip(data, _text(data, at) if named else at)
    return at + 1


def _text(data: bytes, at: int) -> int:
    length, at = _count(data, at)
    if at + length > len(data):
        raise ValueError("cut short")
    return at + length


def _count(data: bytes, at: int) -> tuple[int, int]:
    form = _COUNTS[data[at : at + 1]]
    (count,) = struct.unpack_from(form, data, at + 1)
    if count < 0:
        raise ValueError("a negative length")
    return count, at + 1 + struct.calcsize(form)
