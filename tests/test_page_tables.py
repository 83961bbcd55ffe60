"""Answers about many cases drawn: curves, tables, what to notice, the queue, and the exported file."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from assistant.interfaces.web.bars import picture
from assistant.interfaces.web.export import exported, harmless
from assistant.interfaces.web.flags import flags
from assistant.interfaces.web.queue import Queues
from assistant.interfaces.web.record_tables import group_tables, row_tables
from assistant.interfaces.web.tables import numbers
from assistant.session import ReaderName
from tests.talking import ask, assistant, session
from tests.test_page_rendering import reason, turn, why
from tests.visiting import NASTY, Outline, wording

# Gradio and what it is built on warn while they are imported; nothing of ours does.
pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio.*")]


def effect(label: str = "income", **more: Any) -> dict[str, Any]:
    points = [{"at": 10000.0 * i, "score": i / 10, "low": i / 10 - 0.1, "high": i / 10 + 0.1} for i in range(1, 9)]
    found = {"feature": "income", "label": label, "points": points, "shape": "rises", "unit": "EUR", "yours": 41000.0}
    record = {key: value for key, value in why().items() if key != "reasons"}
    return {**record, "kind": "effect", "effect": {**found, **more}}


def test_an_effect_is_drawn_as_a_rising_line_with_the_case_marked() -> None:
    drawn = Outline(picture(effect(), (), wording()))
    band, line = (p["d"] for p in drawn.named("path") if p["class"] in ("pw-band", "pw-line"))
    heights = [float(place.split()[1]) for place in line[1:].split("L")]

    assert heights == sorted(heights, reverse=True)
    assert band.endswith("Z")
    assert "this case: 41,000 EUR" in drawn.words
    assert drawn.named("svg")[0]["aria-hidden"] == "true"


def test_a_queue_of_chosen_rows_holds_these_and_no_others() -> None:
    domain = assistant("loan").domain
    mask = domain.cases.frame["income"].to_numpy() > 90_000
    expected = [id_ for id_, chosen in zip(domain.cases.ids, mask, strict=True) if chosen]

    for reader in ("support", "expert"):
        rows = Queues(domain=domain, language="en", wording=wording(reader)).table(mask).rows  # type: ignore[arg-type]
        assert sorted(row[0] for row in rows) == sorted(expected)
    assert [row[0] for row in rows] == expected


def test_what_a_curve_shows_stands_in_its_table() -> None:
    table = Outline(numbers(effect(), wording())).words

    assert "10,000 EUR 10%" in table
    assert "80,000 EUR 80%" in table


def test_a_curve_of_an_uncalibrated_model_shows_a_lay_reader_no_number() -> None:
    record = effect()
    record["score"] = {**record["score"], "calibrated": False}

    assert "%" not in Outline(picture(record, (), wording())).text
    assert numbers(record, wording()) == ""


def test_an_effect_of_a_category_has_no_curve() -> None:
    points = [{"at": at, "score": 0.5, "low": 0.4, "high": 0.6} for at in ("own", "rent")]

    assert picture(effect(points=points), (), wording()) == ""
    assert "rent 50%" in Outline(numbers(effect(points=points), wording())).words


def test_rows_are_a_table_that_can_be_reached_and_scrolled_with_the_keyboard() -> None:
    found = {"name": "rich", "columns": ["@id", "income", "@prediction"], "units": ["", "EUR", ""]}
    record = {"tables": [{**found, "rows": [["3", 41000.0, "approved"], ["4", None, "declined"]]}]}
    drawn = Outline(row_tables(record, wording("expert")))

    assert "Case income (EUR) The model says 3 41,000 approved 4" in drawn.words
    frame = next(d for d in drawn.named("div"))
    assert (frame["tabindex"], frame["role"], frame["aria-label"]) == ("0", "region", "rich")


def test_counts_measures_and_differences_have_tables() -> None:
    count = {"name": "approved", "n": 12, "share": 0.3}
    difference = {"label": "income", "theirs": 52000.0, "yours": 41000.0, "unit": "EUR"}
    record = {
        "population": {"counts": [count], "metrics": {"accuracy": 0.81}, "errors": {"accuracy": 0.01}},
        "similar": {"n": 25, "differences": [difference]},
        "statistics": {"label": "age", "mean": 41.5, "unit": "years"},
    }
    told = Outline(group_tables(record, wording("expert"))).words

    assert "approved 12 30%" in told
    assert "accuracy 0.810 0.010" in told
    assert "income 41,000 EUR 52,000 EUR" in told
    assert "mean 41.5 years" in told


@pytest.mark.parametrize("reader", ["person", "expert"])
def test_nothing_from_outside_becomes_markup_in_any_table(reader: ReaderName) -> None:
    count = {"name": NASTY, "n": 1, "share": 1.0}
    difference = {"label": NASTY, "theirs": NASTY, "yours": NASTY, "unit": NASTY}
    record = effect(NASTY, unit=NASTY) | {
        "tables": [{"name": NASTY, "columns": [NASTY, "@id"], "rows": [[NASTY, NASTY]], "units": [NASTY, ""]}],
        "population": {"counts": [count], "metrics": {NASTY: 1.0}},
        "similar": {"differences": [difference], "counts": [count]},
        "typical": {"outcome": NASTY, "differences": [difference]},
        "statistics": {"label": NASTY, "mean": 1.0, "unit": NASTY, "counts": [count]},
    }
    shown = picture(record, (), wording(reader)) + row_tables(record, wording(reader))
    shown += numbers(record, wording(reader)) + group_tables(record, wording(reader))

    assert "<img" not in shown
    assert not Outline(shown).named("img")


def raised(**more: Any) -> str:
    return Outline(flags([turn(record=why(**more))], "7", wording("support"))).words


def test_support_is_told_what_to_notice() -> None:
    certainty = {"band": "close", "unusual": True, "unusual_in": ["income"], "firm": False}
    told = raised(certainty=certainty, reasons=[reason("age", -0.1, 1, sensitive=True)])

    for name in ("Close to the line", "Unlike what the model has seen: income", "Reasons are not firm", "sensitive"):
        assert name in told


def test_a_case_without_a_flag_says_so_and_one_not_worked_out_does_too() -> None:
    assert "Nothing unusual." in raised(certainty={"band": "clear", "unusual": False, "firm": True})
    assert "Not worked out" in flags([], "7", wording("support"))


def test_flags_are_of_the_case_in_sight() -> None:
    assert "Not worked out" in flags([turn(record=why(subject={"id": "8", "noun": "x"}))], "7", wording("support"))


def queue_of(domain: str, reader: ReaderName) -> Any:
    return Queues(domain=assistant(domain).domain, language="en", wording=wording(reader)).table()


def test_the_queue_says_what_the_model_says_the_closest_first() -> None:
    found = queue_of("loan", "support")
    first = found.rows[0]
    answer = ask("loan", first[0], "What did the model say?").record

    assert found.columns == ("Case", "Result", "approved", "Close")
    assert answer is not None
    assert first[1] == answer["outcome"]["name"]
    assert first[3] == "yes"
    assert found.rows[-1][3] in ("", "yes")


def test_an_expert_s_table_is_in_the_order_of_the_data_with_what_weighs_most() -> None:
    found = queue_of("progression", "expert")

    assert [row[0] for row in found.rows[:3]] == ["0", "1", "2"]
    assert len(found.columns) == 2 + 6
    assert all(len(row) == len(found.columns) for row in found.rows)


def test_an_exported_conversation_is_whole_in_every_form() -> None:
    talked = assistant("loan").ask(session("loan", "3", "expert"), "Why?")
    files = {form: exported(talked, form, wording("expert"))["text"] for form in ("json", "csv", "html")}

    assert json.loads(files["json"])["turns"][0]["record"] == json.loads(json.dumps(talked.last.record))
    assert [row[3] for row in csv.reader(io.StringIO(files["csv"]))][1] == talked.last.answer.text
    assert "pw-bars" in files["html"]
    assert "http" not in files["html"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_of_an_exported_table_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless("why?") == "why?"
