"""Who may see what: every event of a page is a public endpoint, and mounted pages stand behind gates of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import GeneratorType
from typing import TYPE_CHECKING, Any, get_args

import pytest

from assistant.interfaces.links import Links
from assistant.session import ReaderName
from tests.visiting import DOMAIN, built, in_a_loop, new_visits, opened

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from assistant.interfaces.web.visits import Visit, Visits

# Gradio and what it is built on warn while they are imported; nothing of ours does.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio.*"),
    pytest.mark.filterwarnings("ignore::pydantic.warnings.UnsupportedFieldAttributeWarning"),
]
READERS = get_args(ReaderName)


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Visits:
    return new_visits(tmp_path_factory.mktemp("gate"))


@pytest.mark.parametrize("reader", READERS)
def test_no_event_of_a_page_is_listed_for_others_to_call(visits: Visits, reader: ReaderName) -> None:
    assert [f.name for f in built(visits, reader).fns.values() if f.api_visibility == "public"] == []


def events_about(demo: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Every handler that is handed the conversation, and what it reads; the state of the visit is made first."""
    visit = next(block for block in demo.blocks.values() if block.get_block_name() == "state")
    for event in demo.fns.values():
        handler = event.renderable.fn if event.renderable else event.fn
        if handler and visit in event.inputs:
            yield handler, [part is visit for part in event.inputs]


def told(handler: Any, places: list[Any], visit: Visit, user: str) -> str:
    """All that a handler gives back when this user sends this conversation."""
    from gradio import EventData, Request
    from gradio.helpers import special_args

    given = [visit if is_visit else True for is_visit in places]
    event = EventData(None, {"value": "Why?", "index": 0})
    arguments, *_ = special_args(handler, given, Request(username=user), event)
    found = handler(*arguments)
    return repr(list(found) if isinstance(found, GeneratorType) else found)


@pytest.mark.parametrize("reader", READERS)
def test_nothing_of_a_conversation_is_given_to_somebody_else(visits: Visits, reader: ReaderName) -> None:
    anna = opened(visits, reader, user="anna").visit
    handlers = list(events_about(built(visits, reader)))

    for handler, places in handlers:
        assert not re.search(r"patient|\bbmi\b|pw-|[0-9a-f]{16}", told(handler, places, anna, "ben"), re.I), handler
    assert len(handlers) >= 4


def test_the_owner_is_told(visits: Visits) -> None:
    anna = opened(visits, user="anna").visit
    asked, places = next((h, p) for h, p in events_about(built(visits, "person")) if h.__name__ == "_chose")

    assert "You are talking with an automated assistant" in told(asked, places, anna, "anna")


def test_a_reader_s_conversation_is_no_other_reader_s(visits: Visits) -> None:
    from gradio import Request

    from assistant.interfaces.web.expert import ExpertPage

    page, person = ExpertPage(visits=visits), opened(visits, "person", user="anna").visit

    assert page.held(Request(username="anna"), person) is None


def test_a_person_opens_the_own_case_by_its_link_and_no_other(tmp_path: Path) -> None:
    from assistant.interfaces.web.visits import Caller

    links = Links(secret=b"s" * 32)
    visits = new_visits(tmp_path, links=links)
    key = links.key(DOMAIN, "7")

    assert opened(visits, key=key).visit is not None
    assert opened(visits, case="8", key=key).line == opened(visits, case="nobody", key=key).line
    assert opened(visits, case="8", key=key).visit is None
    assert "link you were given" in opened(visits).line
    assert visits.examples(DOMAIN, Caller(reader="person")) == ()
    assert opened(visits, "support", case="8").visit is not None
    assert opened(visits, case={"age": "x"}).visit is None  # type: ignore[arg-type]  # a case of one's own, refused by the gate


def test_a_link_names_domain_and_case_and_its_secret_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAINWHY_CACHE", str(tmp_path))
    address = Links.own().address("https://example.org/", "mine/domain.toml", "A 1")

    assert address.startswith("https://example.org/?domain=mine&case=A+1&key=")
    assert address == Links.own().address("https://example.org", "mine/domain.toml", "A 1")
    assert (tmp_path / "links.secret").stat().st_mode & 0o777 == 0o600


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The pages on an application with a route of its own; support is for `ann` only."""
    from fastapi import FastAPI, Request
    from fastapi.testclient import TestClient

    from assistant.interfaces.web.mount import mount

    def allowed(reader: str, request: Request) -> str | None:
        return "anyone" if reader != "support" else request.headers.get("x-user")

    app = FastAPI()
    app.add_api_route("/healthz", lambda: {"ok": True})
    in_a_loop(lambda: mount(app, new_visits(tmp_path_factory.mktemp("mounted")).assistants, allowed))
    with TestClient(app) as found:
        yield found


def test_each_page_is_where_it_should_be_and_own_routes_come_first(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"ok": True}
    for path in ("/", "/expert/"):
        assert "Plainwhy" in client.get(path).text


def test_a_page_s_address_without_its_slash_leads_there_with_the_case(client: TestClient) -> None:
    found = client.get("/expert?case=7", follow_redirects=False)

    assert (found.status_code, found.headers["location"]) == (307, "expert/?case=7")


def test_a_gate_keeps_out_who_is_not_allowed(client: TestClient) -> None:
    assert client.get("/support/config").status_code == 401
    assert client.get("/support/config", headers={"x-user": "ann"}).status_code == 200
    assert client.get("/expert/config").status_code == 200


def test_every_response_tells_the_browser_to_ask_nobody_else(client: TestClient) -> None:
    for path in ("/healthz", "/", "/expert/config"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert not re.search(r"https?:|\*", headers["content-security-policy"])
        assert headers["referrer-policy"] == "no-referrer"


def test_a_mounted_page_hides_errors_and_offers_no_description_of_its_events(client: TestClient) -> None:
    config = client.get("/expert/config").json()

    assert config["show_error"] is False
    assert config["footer_links"] == []
    assert client.get("/expert/gradio_api/info").json() == {"named_endpoints": {}, "unnamed_endpoints": {}}


def test_a_page_says_nothing_about_any_case_before_one_is_opened(client: TestClient) -> None:
    assert DOMAIN in client.get("/config").text
    assert not re.search(r"\bbmi\b|Patient", client.get("/config").text)
