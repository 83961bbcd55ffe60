"""The page without a browser: what its handlers do with real domains and a real store."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.interfaces.web.assistants import Assistants
from tests.talking import encoder
from tests.visiting import DOMAIN, Outline, built, last_of, new_visits, opened, text_of

if TYPE_CHECKING:
    from assistant.interfaces.web.visits import Visit, Visits
    from assistant.session import ReaderName

# Gradio and what it is built on warn while they are imported; nothing of ours does.
pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio.*")]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="module")
def visits(room: Path) -> Visits:
    return new_visits(room)


@pytest.fixture
def visit(visits: Visits) -> Visit:
    found = opened(visits).visit
    assert found is not None
    return found


def test_an_opened_case_shows_an_outcome_that_is_on_record(visits: Visits, visit: Visit) -> None:
    found = opened(visits)
    recorded = visits.latest(found.visit)

    assert "Patient 7: disease progression score" in found.line
    assert "Estimated by a model: progression model" in found.line
    assert [t.question.operations[0].op for t in recorded.turns] == ["predict"]
    assert found.messages[0]["options"] == [{"value": text} for text in recorded.last.follow_ups]
    assert "automated assistant" in text_of(found.messages[0])


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
    found = opened(visits, case="no such case")

    assert found.visit is None
    assert "There is no such case." in found.line


def test_a_bug_is_shown_as_a_reference_number_and_logged(visits: Visits, caplog: pytest.LogCaptureFixture) -> None:
    from assistant.interfaces.web.visits import Caller

    with caplog.at_level(logging.ERROR):
        found = visits.begin("/etc/passwd", "7", Caller())

    reference = re.search(r"Reference: ([0-9a-f]{8})", found.line)
    assert reference
    assert reference[1] in caplog.text
    assert "passwd" not in found.line
    assert "passwd" in caplog.text


def test_no_path_can_be_opened_as_a_domain(room: Path) -> None:
    assistants = Assistants((DOMAIN,), encoder(), room / "conversations.sqlite")

    with pytest.raises(KeyError):
        assistants.get("/etc/domain.toml")


def test_readers_see_different_words_for_the_same_facts(visits: Visits) -> None:
    texts = {}
    for reader in ("person", "expert"):
        texts[reader] = text_of(last_of(visits.ask(opened(visits, reader).visit, "Why?"))[1][-1])

    assert "Base value" in texts["expert"]
    assert "Base value" not in texts["person"].split('class="pw-behind"')[0]


def test_suggested_cases_span_the_scores(visits: Visits) -> None:
    from assistant.interfaces.web.visits import Caller

    domain = visits.assistants.get(DOMAIN).domain
    cases = [domain.case(name) for name in visits.examples(DOMAIN, Caller())]
    scores = domain.model.score(domain.schema.frame(cases), domain.schema.decisive)

    assert len(cases) == 3
    assert list(scores) == sorted(scores)


def test_a_person_s_page_offers_no_upload_no_dropdown_and_no_slider(visits: Visits) -> None:
    demo = built(visits, "person")

    kinds = {block.get_block_name() for block in demo.blocks.values()}
    assert not kinds & {"dropdown", "slider", "file", "uploadbutton", "image", "multimodaltextbox"}
    assert demo.analytics_enabled is False


@pytest.mark.parametrize("reader", ["person", "support", "expert"])
def test_a_page_in_another_language_says_nothing_in_english(reader: ReaderName, room: Path) -> None:
    visits = new_visits(room, language="zh")
    found = opened(visits, reader)
    visit, shown = found.visit, [found.line]
    for text in ("为什么？", "如果体重指数为27，会怎样？", "血压怎样影响结果？", "有多大把握？"):
        visit, messages = last_of(visits.ask(visit, text))
        shown.append(text_of(messages[-1]))

    own = r"(?:sha256:)?[0-9a-f]{12}|tree_shap|TreeSHAP|ICE|[Pn](?= ?[=(])|kg/m²|mg/dl|mm Hg"
    for html in shown:
        assert re.findall("[A-Za-z]+", re.sub(own, "", Outline(html).words)) == []
    assert built(visits, reader)


def test_an_answer_is_drawn_in_the_language_it_was_given_in(visits: Visits, visit: Visit) -> None:
    from assistant.question import Asked, Question

    chinese = Question(operations=(Asked(op="restyle", args={"language": "zh"}),))
    *_, (visit, _) = visits.ask(visit, "why?")
    *_, (visit, _) = visits.ask(visit, "in Chinese please", chinese)
    english, other = [text_of(message) for message in visits.transcript(visit) if message["role"] == "assistant"][1:3]
    assert "What weighed most" in english
    assert "分量最重的" in other
    assert "What weighed most" not in other
