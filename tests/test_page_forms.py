"""Forms from the schema: what may be entered, what a form asks, and what the gate says to a new case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.interfaces.web.fields import Field, Form
from assistant.question import Question
from assistant.session import ReaderName
from tests.talking import assistant
from tests.visiting import wording


def form(reader: ReaderName = "expert") -> Form:
    return Form(domain=assistant("loan").domain, language="en", wording=wording(reader))


def changing(reader: ReaderName = "expert", case: str = "3") -> tuple[Field, ...]:
    return form(reader).changing(assistant("loan").domain.case(case))


def held(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {field.name: field.value for field in fields if field.free}


def moved(**values: Any) -> Question | None:
    fields = changing()
    return form().moved(fields, list((held(fields) | values).values()))


def test_a_computed_value_cannot_be_entered_by_anybody() -> None:
    assert {f.name for f in changing() if not f.free} == {"debt_to_income"}
    assert "debt_to_income" not in {f.name for f in form().new()}


def test_what_nobody_declared_changeable_is_text_for_all_but_experts() -> None:
    free = {f.name for f in changing("person") if f.free}

    assert free == {"income", "existing_debt", "card_utilisation", "amount", "term_months"}
    assert {f.name for f in changing("expert") if f.free} > free


def test_what_the_model_is_not_given_stands_in_no_form() -> None:
    assert not {"age", "sex"} & {f.name for f in (*changing(), *form().new())}


def test_a_number_says_its_unit_and_its_range() -> None:
    hints = {f.name: f.hint for f in changing()}

    assert hints["income"] == "9,000 to 123,000 EUR a year"
    assert {f.name: f.hint for f in form().new()}["income"] == "0 to 500,000 EUR a year"


def test_a_number_that_is_not_known_says_so() -> None:
    assert {f.name: f.hint for f in changing(case="1963")}["existing_debt"] == "0 to 126,200 EUR; not known"


def test_a_category_offers_its_names() -> None:
    housing = next(f for f in changing() if f.name == "housing")

    assert housing.kind == "choice"
    assert housing.choices == (("own", "own"), ("rent", "rent"), ("mortgage", "mortgage"), ("family", "family"))


def test_only_what_was_changed_is_asked() -> None:
    found = moved(income=50000, housing="family")

    assert found is not None
    assert [(a.op, dict(a.args)) for a in found.operations] == [
        ("what_if", {"feature": "income", "change": "set", "value": 50000.0}),
        ("what_if", {"feature": "housing", "change": "set", "value": "family"}),
        ("predict", {}),
    ]


def test_an_untouched_form_asks_nothing() -> None:
    assert moved() is None
    assert moved(income=None) is None


def test_a_form_s_what_if_is_the_answer_the_same_words_would_get() -> None:
    loan = assistant("loan")
    start = loan.start(case="3")
    said = loan.ask(start, "what if my income were 50000?").last
    formed = loan.ask(replace(start, id="formed"), "from a form", moved(income=50000)).last

    assert formed.record == said.record
    assert formed.answer.text == said.answer.text


def test_a_new_case_is_filled_with_what_is_usual_and_passes_the_gate() -> None:
    fields = form().new()
    given, wrong = form().checked(fields, [f.value for f in fields])

    assert wrong == []
    assert assistant("loan").start(values=given).case.values["debt_to_income"] is not None


def test_every_field_that_does_not_fit_is_told_in_words() -> None:
    fields = form().new()
    values = {f.name: f.value for f in fields} | {"income": -5, "term_months": None, "housing": "castle"}
    _, wrong = form().checked(fields, list(values.values()))

    assert [reason.split(":")[0] for reason in wrong] == ["E103", "E106", "E104"]
    assert "*Income*" in wrong[0]


def test_what_may_be_unknown_can_be_left_empty() -> None:
    fields = form().new()
    values = {f.name: f.value for f in fields} | {"employment_years": None}

    assert form().checked(fields, list(values.values()))[1] == []


@pytest.mark.parametrize("domain", ["biopsy", "progression"])
def test_where_nothing_is_declared_changeable_every_input_can_be_tried(domain: str) -> None:
    found = assistant(domain).domain
    fields = Form(domain=found, language="en", wording=wording()).changing(found.case("7"))

    assert all(f.free for f in fields)
