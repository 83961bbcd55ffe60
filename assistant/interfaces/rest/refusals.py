"""Every error over REST in one shape, with the status that fits it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.interfaces.rest.bodies import Refusal
from explainers.errors import ErrorReport, PlainwhyError

log = logging.getLogger("plainwhy")

STATUS: Mapping[str, int] = MappingProxyType(
    {"E404": 404, "E429": 429, "E505": 409, "E601": 404, "E1": 422, "E3": 422, "E4": 422}
)
"""By code, else by its first two characters; all others are this server's affair: 503."""
_ABOUT: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        400: ("E440", "Send JSON (RFC 8259): no NaN, no number beyond 1e308, no name twice."),
        401: ("E446", "Authorization: Bearer …"),
        404: ("E442", "The documentation is at /docs."),
        405: ("E443", "The header Allow names what is."),
        413: ("E444", "Ask for one case at a time."),
        415: ("E445", "Send application/json."),
    }
)
DOCUMENTED: dict[int | str, dict[str, Any]] = {
    status: {"model": Refusal, "description": text}
    for status, text in (
        (400, "The body is not JSON."),
        (401, "The server wants its token."),
        (404, "There is no such domain or case, or it is somebody else's."),
        (405, "Not with this verb."),
        (409, "The conversation went on in another place."),
        (413, "The body is too large."),
        (415, "The body is not application/json."),
        (422, "A value or a question that does not fit; `where` names it."),
        (429, "Too often; the hint says when again."),
        (500, "A bug, with a reference number."),
        (503, "The model or the store cannot answer now."),
    )
}


def status_of(error: PlainwhyError) -> int:
    """The HTTP status of an error."""
    return STATUS.get(error.code) or STATUS.get(error.code[:2], 503)


def refused(report: ErrorReport, status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The error as a response."""
    return JSONResponse({"error": asdict(report)}, status_code=status, headers=dict(headers or {}))


def protocol_error(status: int, message: str, where: str = "") -> JSONResponse:
    """What is wrong with the request itself."""
    code, hint = _ABOUT.get(status, ("E441", ""))
    return refused(ErrorReport(code=code, message=message, where=where, hint=hint), status)


def install(app: FastAPI) -> None:
    """Makes every error of the application speak in this shape."""

    @app.exception_handler(PlainwhyError)
    def known(_request: Request, error: PlainwhyError) -> JSONResponse:
        return refused(error.report(), status_of(error))

    @app.exception_handler(RequestValidationError)
    def unfitting(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = first["loc"][1:]
        if len(place) > 2 and place[0] == "values":
            where = f"values.{place[1]}"
            return protocol_error(422, f"{where} is not a number, a text, true, false or null.", where)
        where = ".".join(map(str, place))
        if first["type"] == "json_invalid":
            return protocol_error(400, f"The body is not JSON: {first['ctx']['error']}.")
        return protocol_error(422, f"{where or 'The body'}: {first['msg']}.", where)

    @app.exception_handler(HTTPException)
    def http(_request: Request, error: HTTPException) -> JSONResponse:
        answer = protocol_error(error.status_code, f"{error.detail}.")
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    def bug(_request: Request, error: Exception) -> JSONResponse:
        reference = secrets.token_hex(4)
        log.error("unexpected error %s", reference, exc_info=error)
        told = ErrorReport(
            code="E900", message="Something went wrong here, not with your question.", where=reference,
            hint="Tell the operator this reference.",
        )  # fmt: skip
        return refused(told, 500)
