"""The page without a browser: what its handlers do with real domains and a real store."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.interfaces.web.assistants import Assistants
from prompts import Words
from tests.talking import encoder
from tests.test_page_rendering import Outline, text_of

if TYPE_CHECKING:
    from assistant.interfaces.web.visits import Visit, Visits

# Gradio and what it is built on warn while they are imported; nothing of ours does.
pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio.*")]
DOMAIN = "progression"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="module")
def visits(room: Path) -> Visits:
    return new_visits(room)


def new_visits(room: Path) -> Visits:
    from assistant.interfaces.web.visits import Visits

    assistants = Assistants((DOMAIN,), encoder(), room / "conversations.sqlite")
    return Visits(assistants=assistants, words=Words.load("en"))


@pytest.fixture
def visit(visits: Visits) -> Visit:
    opened = visits.begin(DOMAIN, "7", "person")
    assert opened.visit is not None
    return opened.visit


def last_of(pieces: Iterator[tuple[Visit, list[dict[str, Any]]]]) -> tuple[Visit, list[dict[str, Any]]]:
    *_, last = pieces
    return last


def test_an_opened_case_shows_an_outcome_that_is_on_record(visits: Visits, visit: Visit) -> None:
    opened = visits.begin(DOMAIN, "7", "person")
    assert opened.visit is not None
    recorded = visits.assistants.get(DOMAIN).resume(opened.visit.session.id)

    assert "Patient 7: disease progression score" in opened.line
    assert "Estimated by a model: progression model" in opened.line
    assert [t.question.operations[0].op for t in recorded.turns] == ["predict"]
    assert opened.messages[0]["options"] == [{"value": text} for text in recorded.last.follow_ups]
    assert "automated assistant" in text_of(opened.messages[0])


def test_the_question_is_shown_before_its_answer(visits: Visits, visit: Visit) -> None:
    (_, first), *_, (_, last) = visits.ask(visit, "Why?")

    assert [m["role"] for m in first] == ["assistant", "user"]
    assert [m["role"] for m in last] == ["assistant", "user", "assistant"]
    assert "You asked: why" in text_of(last[-1])
    assert "pw-bars" in text_of(last[-1])


def test_every_sentence_of_real_answers_can_show_its_facts(visits: Visits, visit: Visit) -> None:
    for text in (
        "Why?",
        "How sure is it?",
        "What if the bmi were 30?",
        "What matters most overall?",
        "What do you know?",
    ):
        visit, messages = last_of(visits.ask(visit, text))

        assert "pw-evidence" in text_of(messages[-1]), text
        Outline(text_of(messages[-1]).replace("\n", "<br>"))


def test_a_conversation_is_the_store_s_also_after_a_restart(visits: Visits, visit: Visit, room: Path) -> None:
    visit, shown = last_of(visits.ask(visit, "Why?"))

    again = new_visits(room).transcript(visit)

    assert [text_of(m) for m in again] == [text_of(m) for m in shown]


def test_an_answer_stopped_on_its_way_is_there_when_the_talk_goes_on(visits: Visits, visit: Visit) -> None:
    pieces = visits.ask(visit, "Why?")
    next(pieces), next(pieces)
    pieces.close()

    visit, messages = last_of(visits.ask(visit, "How sure is it?"))

    assert [m["content"] for m in messages if m["role"] == "user"] == ["Why?", "How sure is it?"]
    assert "pw-bars" in text_of(messages[2])


def test_an_error_is_told_in_its_words_and_stays_in_the_conversation(visits: Visits, visit: Visit) -> None:
    visit, messages = last_of(visits.ask(visit, "What if the bmi were 500?"))
    assert "Traceback" not in text_of(messages[-1])
    assert messages[-1]["role"] == "assistant"

    visit, later = last_of(visits.ask(visit, "Why?"))

    assert [text_of(m) for m in later[: len(messages)]] == [text_of(m) for m in messages]
    assert "pw-bars" in text_of(later[-1])


def test_a_case_that_is_not_there_is_refused_in_words(visits: Visits) -> None:
    opened = visits.begin(DOMAIN, "no such case", "person")

    assert opened.visit is None
    assert "There is no such case." in opened.line


def test_a_bug_is_shown_as_a_reference_number_and_logged(visits: Visits, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        opened = visits.begin("/etc/passwd", "7", "person")

    reference = re.search(r"Reference: ([0-9a-f]{8})", opened.line)
    assert reference
    assert reference[1] in caplog.text
    assert "passwd" not in opened.line
    assert "passwd" in caplog.text


def test_no_path_can_be_opened_as_a_domain(room: Path) -> None:
    assistants = Assistants((DOMAIN,), encoder(), room / "conversations.sqlite")

    with pytest.raises(KeyError):
        assistants.get("/etc/domain.toml")


def test_readers_see_different_words_for_the_same_facts(visits: Visits) -> None:
    texts = {}
    for reader in ("person", "expert"):
        opened = visits.begin(DOMAIN, "7", reader)
        assert opened.visit is not None
        texts[reader] = text_of(last_of(visits.ask(opened.visit, "Why?"))[1][-1])

    assert "Base value" in texts["expert"]
    assert "Base value" not in texts["person"].split("<div")[0]


def test_suggested_cases_span_the_scores(visits: Visits) -> None:
    domain = visits.assistants.get(DOMAIN).domain
    cases = [domain.case(name) for name in visits.examples(DOMAIN)]
    scores = domain.model.score(domain.schema.frame(cases), domain.schema.decisive)

    assert len(cases) == 3
    assert list(scores) == sorted(scores)


def test_the_page_offers_no_upload_no_dropdown_and_no_public_event(visits: Visits) -> None:
    from assistant.interfaces.web.page import Page

    async def built() -> Any:  # Gradio makes event loops it never closes where none is running
        return Page(visits=visits).blocks()

    demo = asyncio.run(built())

    kinds = {block.get_block_name() for block in demo.blocks.values()}
    assert not kinds & {"dropdown", "file", "uploadbutton", "image", "multimodaltextbox"}
    assert {event.api_visibility for event in demo.fns.values()} == {"private"}
    assert demo.analytics_enabled is False


def test_every_response_tells_the_browser_to_ask_nobody_else() -> None:
    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route
    from starlette.testclient import TestClient

    from assistant.interfaces.web.look import Guarded

    app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("hello"))])
    headers = TestClient(Guarded(app)).get("/").headers

    assert "default-src 'self'" in headers["content-security-policy"]
    assert not re.search(r"https?:|\*", headers["content-security-policy"])
    assert headers["referrer-policy"] == "no-referrer"
