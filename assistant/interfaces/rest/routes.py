"""The addresses under /v1: domains, cases, and asking."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Mapping
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, HTTPException, Path, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import AfterValidator

from assistant.dialogue import Assistant
from assistant.domains.domain import no_such_case
from assistant.interfaces.rest.bodies import Answered, Asking, CaseOut, DomainOut, Domains, FeatureOut, NewCase
from assistant.interfaces.rest.refusals import DOCUMENTED
from assistant.interfaces.rest.strict import StrictRoute
from assistant.questions.context import Context
from assistant.questions.decision import decide
from assistant.session import Reader, Session
from explainers.base import Case, Feature
from explainers.errors import DomainError


class Opened(Protocol):
    """Assistants by the name of their domain."""

    def get(self, name: str) -> Assistant:
        """Waits until it is open."""


Name = Annotated[str, Path(max_length=100, description="The name of a domain, as GET /v1/domains gives it.")]
Id = Annotated[str, Path(max_length=100, description="The id of a case."), AfterValidator(str.strip)]
_BEARER = HTTPBearer(auto_error=False)


def routes(opened: Opened, names: Mapping[str, str], token: str = "") -> APIRouter:
    """The routes over `opened`; `names` maps the name of each domain in addresses to the one it is opened by.

    With a `token` every request must bear it. Who may ask about which case is for the program that holds it to know.
    """
    router = APIRouter(
        prefix="/v1",
        route_class=StrictRoute,
        responses=DOCUMENTED,
        dependencies=[Depends(bearing(token))] if token else [],
    )

    def assistant_of(domain: str) -> Assistant:
        if domain not in names:
            raise DomainError("E601", "There is no such domain.", where="domain", hint="GET /v1/domains lists them.")
        return opened.get(names[domain])

    @router.get("/domains")
    def domains() -> Domains:
        """List the domains that can be asked about, with the features of their cases."""
        return Domains(domains=[_domain(name, opened.get(key)) for name, key in names.items()])

    @router.get("/{domain}/cases/{id}")
    def case(domain: Name, id: Id) -> CaseOut:  # noqa: A002  # the field's own name
        """One case: its values and what the model says of it."""
        assistant = assistant_of(domain)
        return _case(domain, assistant, assistant.case(id))

    @router.post("/{domain}/cases", status_code=201)
    def new_case(domain: Name, body: NewCase) -> CaseOut:
        """Add a case by its values. It goes through the gate; the same values have the same id."""
        assistant = assistant_of(domain)
        return _case(domain, assistant, assistant.add_case(body.values, body.language))

    @router.post("/{domain}/cases/{id}/ask", response_model=Answered)
    def ask(domain: Name, id: Id, body: Asking) -> Response:  # noqa: A002  # as above
        """Ask about a case in everyday words. The answer is recorded before it is sent."""
        assistant = assistant_of(domain)
        session = assistant.ask(_session(assistant, id, body), body.text)
        told = json.dumps(session.last.to_json(session.id), ensure_ascii=False, allow_nan=False)
        return Response(told, media_type="application/json")

    return router


def bearing(token: str) -> Callable[..., None]:
    """A check that the request bears the token; HTTPException 401 where it does not."""

    def check(given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]) -> None:
        known = given.credentials if given else ""
        if not hmac.compare_digest(known.encode(), token.encode()):
            raise HTTPException(401, "Send the token of this server", headers={"WWW-Authenticate": "Bearer"})

    return check


def _session(assistant: Assistant, id: str, body: Asking) -> Session:  # noqa: A002  # as above
    """A new conversation, or the one named where it is about this case and of this reader. Raises E404."""
    if body.session is None:
        return assistant.start(case=id, reader=Reader(body.reader, body.language))
    session = assistant.resume(body.session)
    if session.case.id != id or session.reader.name != body.reader:
        raise no_such_case()
    return session


def _domain(name: str, assistant: Assistant) -> DomainOut:
    vocabulary, schema = assistant.domain.vocabulary, assistant.domain.schema
    computed = {link.set for link in schema.links}
    return DomainOut(
        name=name,
        title=vocabulary.title.get("en") or vocabulary.title.get("", name),
        subject=vocabulary.subject.get("en") or vocabulary.subject.get("", "case"),
        outcomes=list(schema.targets),
        features=[_feature(f, assistant, f.name in computed) for f in schema.features],
    )


def _feature(feature: Feature, assistant: Assistant, computed: bool) -> FeatureOut:
    vocabulary = assistant.domain.vocabulary
    known = feature.low is not None and feature.high is not None
    return FeatureOut(
        name=feature.name,
        label=vocabulary.label(feature.name, "en"),
        kind=feature.kind,
        unit=vocabulary.unit(feature.name, "en"),
        categories=list(feature.categories),
        range=(float(feature.low or 0), float(feature.high or 0)) if known else None,
        required=feature.missing == "refuse" and not computed,
        computed=computed,
    )


def _case(name: str, assistant: Assistant, case: Case) -> CaseOut:
    decision = decide(Context(domain=assistant.domain, case=case, reader=Reader()))
    return CaseOut(
        id=case.id,
        domain=name,
        values=dict(case.values),
        outcome=decision.outcome or None,
        scores=dict(decision.scores),
    )
