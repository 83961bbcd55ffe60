"""Bodies as RFC 8259 has them: what Python's parser forgives is refused before anything is computed from it."""

from __future__ import annotations

import json
import math
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute

from assistant.interfaces.rest.refusals import protocol_error

LARGEST = 256 * 1024
"""Bytes of a body. FastAPI's own limit answers in plain text."""


class NotStrictJsonError(json.JSONDecodeError):
    """JSON by Python's lights only: NaN, 1e400, a name twice, half a character."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "", 0)


class StrictRequest(Request):
    """A request of at most LARGEST bytes whose JSON has finite numbers, each name once, and whole characters."""

    _read: bytes | None = None

    async def body(self) -> bytes:
        """The bytes. Raises HTTPException 413 as soon as there are too many, whatever they say of their length."""
        if self._read is None:
            found = b""
            async for chunk in self.stream():
                found += chunk
                if len(found) > LARGEST:
                    raise HTTPException(413, f"The body has more than {LARGEST:,} bytes")
            self._read = found
        return self._read

    async def json(self) -> Any:
        """The body. Raises NotStrictJsonError."""
        try:
            text = (await self.body()).decode("utf-8")
            found = json.loads(text, parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_once)
            json.dumps(found, ensure_ascii=False).encode("utf-8")
        except UnicodeError:
            raise NotStrictJsonError("text that is not UTF-8") from None
        except RecursionError:
            raise NotStrictJsonError("too many brackets in brackets") from None
        except json.JSONDecodeError:
            raise
        except ValueError as error:
            raise NotStrictJsonError(str(error)) from None
        return found


class StrictRoute(APIRoute):
    """A route that reads its body strictly, and only application/json."""

    def get_route_handler(self) -> Any:
        """As FastAPI has it, over a `StrictRequest`."""
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
            if request.method == "POST" and kind != "application/json":
                return protocol_error(415, f"The body is {kind or 'of no declared type'}, not application/json.")
            answer: Response = await inner(StrictRequest(request.scope, request.receive))
            return answer

        return handler


def _refuse(name: str) -> float:
    raise NotStrictJsonError(f"{name} is not a number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise NotStrictJsonError(f"{text:.20} is too large")
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotStrictJsonError("a name stands twice in one object")
    return found
