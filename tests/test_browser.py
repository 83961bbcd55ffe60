"""The three pages in a real browser: asking, following up, changing values, comparing; keyboard, phone and axe."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browsing import ANSWER, CHROMIUM, DESK, FLAGS, PATIENCE, PHONE, app_running, visitor

pytestmark = pytest.mark.browser
LOAN = "?domain=loan&case=3910"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with app_running(tmp_path_factory.mktemp("app")) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM}; name one in CHROMIUM")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


def test_on_a_phone_one_asks_follows_up_and_changes_a_value(browser: Browser, address: str) -> None:
    with visitor(browser, address, **PHONE) as someone:
        expect(someone.heading).to_have_text(re.compile("^Sample .+: (malignant|benign)$"))
        someone.ask("Why?")
        someone.keep("page-person-phone.png")
        expect(someone.transcript).to_contain_text("You asked: why this sample got this result")
        someone.page.get_by_text("Show the numbers").click()
        expect(someone.transcript.get_by_role("table")).to_contain_text("starting point")
        sentence = someone.transcript.locator(".pw-text .pw-told").nth(1)
        sentence.click()
        lit = someone.transcript.locator(".pw-lit")
        expect(lit).to_be_visible()
        expect(lit).to_contain_text(sentence.inner_text())

        someone.choose("How sure is it?")
        expect(someone.transcript).to_contain_text("You asked: how sure")

        someone.ask("what if the mean radius were 12?")
        expect(someone.transcript).to_contain_text("Before and after")
        expect(someone.transcript).to_contain_text("mean radius were 12")

        assert someone.width() == 360
        assert someone.grave() == []


def test_a_person_who_comes_by_a_link_finds_the_case_and_a_way_to_a_person(browser: Browser, address: str) -> None:
    with visitor(browser, address, f"/{LOAN}", color_scheme="dark", **DESK) as someone:
        expect(someone.heading).to_have_text("Application 3910: approved")
        someone.page.get_by_text("Ask for a person").click()
        expect(someone.page.locator("#line")).to_contain_text("the branch where you applied")
        someone.ask("Why?")

        assert someone.grave() == []
        assert someone.lightness() < 0.2


def test_the_keyboard_alone_is_enough(browser: Browser, address: str) -> None:
    with visitor(browser, address, f"/{LOAN}", **DESK) as someone:
        keys = someone.page.keyboard
        keys.press("Tab")
        expect(someone.page.get_by_role("link", name="Skip to the question box")).to_be_focused()
        keys.press("Enter")
        expect(someone.question).to_be_focused()
        keys.type("Why?")
        keys.press("Enter")
        someone.answered()
        expect(someone.question).to_be_focused()

        reach(someone.page, "How do you know?", "Shift+Tab")
        keys.press("Enter")
        expect(someone.transcript.get_by_text("the result").first).to_be_visible()
        reach(someone.page, "Try other values", "Tab")
        keys.press("Enter")
        income = someone.page.get_by_role("spinbutton", name="income")
        expect(income).to_be_visible(timeout=ANSWER)
        keys.press("Tab")
        expect(income).to_be_focused()
        keys.press("Control+A")
        keys.type("20000")
        reach(someone.page, "Show what would change", "Tab")
        keys.press("Enter")
        someone.answered()
        expect(someone.transcript).to_contain_text("You asked: what if income were 20,000 EUR a year")


def reach(page: object, name: str, key: str) -> None:
    """Presses a key until what is called so has the focus, and can be seen to have it."""
    where = "document.activeElement"
    for _ in range(40):
        page.keyboard.press(key)
        if name in page.evaluate(f"{where}.innerText ?? ''"):
            assert page.evaluate(f"getComputedStyle({where}).outlineStyle") == "solid"
            return
    raise AssertionError(f"{key} does not lead to {name!r}")


def test_what_a_reader_types_is_shown_as_typed(browser: Browser, address: str) -> None:
    typed = 'why <img src="http://example.com/x.png" onerror="alert(1)"> ![y](http://example.com/y.png) **so**'
    with visitor(browser, address, **DESK) as someone:
        someone.ask(typed)

        expect(someone.transcript.get_by_test_id("user")).to_have_text(typed)
        assert someone.transcript.locator("img").count() == 0


def test_two_visitors_never_see_each_other(browser: Browser, address: str) -> None:
    with visitor(browser, address, **PHONE) as one, visitor(browser, address, **PHONE) as other:
        one.ask("Why?")
        other.ask("How sure is it?")
        one.ask("What do you know about this case?")

        assert one.transcript.get_by_test_id("user").all_inner_texts() == ["Why?", "What do you know about this case?"]
        assert other.transcript.get_by_test_id("user").all_inner_texts() == ["How sure is it?"]


def test_a_case_that_is_not_there_is_refused_in_words(browser: Browser, address: str) -> None:
    with visitor(browser, address, **DESK) as someone:
        someone.open("0815-nobody")

        expect(someone.page.get_by_role("alert")).to_contain_text("There is no such case.")
        expect(someone.question).to_be_disabled()


def test_a_new_case_is_refused_field_by_field_and_then_opened(browser: Browser, address: str) -> None:
    with visitor(browser, address, f"/{LOAN}", **PHONE) as someone:
        someone.unfold("Enter a new case")
        income = someone.page.locator("#new-case").get_by_role("spinbutton", name="income")
        income.fill("-5", timeout=ANSWER)
        someone.page.get_by_role("button", name="Open this case").click()
        expect(someone.page.get_by_role("alert")).to_contain_text("E103: *Income*")
        assert someone.grave() == []

        income.fill("90000")
        someone.page.get_by_role("button", name="Open this case").click()
        expect(someone.heading).to_have_text(re.compile("^Application new-"), timeout=ANSWER)
        someone.ask("Why?")

        assert someone.width() == 360


def test_support_picks_from_the_queue_and_tries_another_value(browser: Browser, address: str) -> None:
    with visitor(browser, address, f"/support{LOAN}", **DESK) as someone:
        someone.answered()  # why is told at once
        expect(someone.transcript).to_contain_text("Words for the customer")
        debt = someone.page.get_by_role("spinbutton", name="existing debt")
        before = debt.input_value()
        someone.page.get_by_role("gridcell", name="1963", exact=True).click()
        expect(someone.heading).to_have_text("Application 1963: declined", timeout=ANSWER)
        expect(someone.page.locator("#flags")).to_contain_text("Close to the line")
        expect(someone.transcript.get_by_role("button", name="Copy reply")).to_be_visible(timeout=ANSWER)
        someone.keep("page-support-desktop.png")

        expect(debt).not_to_have_value(before, timeout=ANSWER)  # the form is the new case's
        debt.fill("0")
        someone.page.get_by_role("button", name="Show what would change").click()
        someone.answered()
        expect(someone.transcript).to_contain_text("what if existing debt were 0 EUR")
        expect(someone.transcript).to_contain_text("(approved)")
        assert someone.grave() == []


def test_an_expert_looks_at_tabs_compares_two_cases_and_exports(browser: Browser, address: str) -> None:
    with visitor(browser, address, f"/expert{LOAN}", color_scheme="dark", **DESK) as someone:
        tabs = someone.page.get_by_role("tabpanel")
        expect(tabs.first).to_contain_text("debt", timeout=ANSWER)
        someone.ask("Why?")
        expect(someone.transcript).to_contain_text("Base value")
        someone.keep("page-desktop.png")
        someone.page.get_by_role("tab", name="Certainty").click()
        expect(someone.page.locator("#tabs")).to_contain_text("Expected calibration error", timeout=ANSWER)
        someone.page.get_by_role("tab", name="Effects").click()
        expect(someone.page.locator("#tabs svg.pw-drawn")).to_be_visible(timeout=ANSWER)
        someone.page.get_by_role("tab", name="What if").click()
        expect(someone.page.get_by_role("spinbutton", name="income")).to_be_visible(timeout=ANSWER)
        someone.page.get_by_role("button", name="Pin this case").click()
        someone.open("12")
        expect(someone.heading).to_have_text("Application 12: declined", timeout=ANSWER)
        someone.asked = 0
        someone.choose("Compare with 3910")
        expect(someone.transcript).to_contain_text("3910")
        with someone.page.expect_download() as file:
            someone.page.get_by_role("button", name="JSON").click()

        turns = json.loads(Path(file.value.path()).read_text())["turns"]
        assert [turn["text"] for turn in turns][1:] == ["Compare with case 3910"]
        assert someone.grave() == []


def test_an_expert_chooses_rows_in_words(browser: Browser, address: str) -> None:
    with visitor(browser, address, f"/expert{LOAN}", **DESK) as someone:
        rows, told = someone.page.locator("#slice").get_by_role("textbox"), someone.page.locator("#sliced")
        expect(someone.page.locator("#queue").get_by_role("gridcell", name="1", exact=True).first).to_be_visible(
            timeout=PATIENCE
        )
        rows.fill("income over 90000 and declined")
        rows.press("Enter")
        expect(told.get_by_role("status")).to_contain_text(re.compile(r"\d+ of 4,000"), timeout=ANSWER)
        cells = someone.page.locator("#queue").get_by_role("gridcell")
        expect(cells.filter(has_text="declined").first).to_be_visible()
        expect(cells.filter(has_text="approved")).to_have_count(0)
        someone.page.get_by_role("tab", name="Data").click()
        expect(someone.page.locator("#tabs")).to_contain_text("income is above 90,000", timeout=ANSWER)

        rows.fill("blorp")
        rows.press("Enter")
        expect(told.get_by_role("alert")).to_contain_text("name no rows", timeout=ANSWER)
        assert someone.grave() == []


@pytest.mark.parametrize("reader", ["support", "expert"])
def test_a_desk_s_page_fits_a_phone_and_the_other_readers_are_one_step_away(
    browser: Browser, address: str, reader: str
) -> None:
    with visitor(browser, address, f"/{reader}{LOAN}", **PHONE) as someone:
        expect(someone.heading).to_have_text("Application 3910: approved")
        expect(someone.page.locator("#queue").get_by_role("gridcell").first).to_be_visible(timeout=PATIENCE)
        assert someone.width() == 360
        assert someone.grave() == []

        someone.page.get_by_role("link", name="Person").click()
        someone.ready()
        expect(someone.heading).to_have_text("Application 3910: approved")
        assert someone.page.url.split("?")[0] == f"{address}/"
