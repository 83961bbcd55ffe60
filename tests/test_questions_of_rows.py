"""Questions about many rows, kind by reader: what is told, what is held back; the numbers are the data's own."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from assistant.answering import carry_out
from assistant.dialogue import words_in
from assistant.question import Args, Asked, Condition, Node, Question
from assistant.questions import Context
from assistant.questions.rows import answers, holding
from assistant.session import Reader, ReaderName
from explainers.errors import QuestionError
from tests.talking import ask, assistant

READERS: tuple[ReaderName, ...] = ("person", "support", "expert")
GUARDED: tuple[ReaderName, ...] = ("person", "support")
FOCUS = {"loan": "3", "biopsy": "7", "progression": "5"}
RENT = Condition(feature="housing", op="==", value="rent")
RICH = Condition(feature="income", op=">", value=110_000.0)
NOBODY = Condition(feature="income", op=">", value=499_999.0)
"""Three of the 4,000 loans earn so much; none of them that much."""
OF_ROWS = ("count", "labels", "performance", "mistakes", "interactions", "predict", "confidence", "data_summary", "why")


def told(kind: str, reader: ReaderName, *nodes: Node, domain: str = "loan", **args: Any) -> dict[str, Any]:
    """The record and, under `text`, every sentence of the answer; `cited`: the facts in the order they are told."""
    about = assistant(domain).domain
    context = Context(domain=about, case=about.case(FOCUS[domain]), reader=Reader(reader, "en"))
    given: Args = {name.rstrip("_"): value for name, value in args.items()}
    question = Question(filters=nodes, operations=(Asked(op=kind, args=given),))
    said = carry_out(question, context, words_in("en"))
    assert said.facts is not None
    text, cited = " ".join(s.text for s in said.answer.sentences), [f for s in said.answer.sentences for f in s.facts]
    return {**said.facts.record(), "text": text, "cited": cited}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("domain", FOCUS)
@pytest.mark.parametrize("kind", [*OF_ROWS, "show", "statistics"])
def test_every_kind_is_answered_for_every_reader_over_all_rows(kind: str, domain: str, reader: ReaderName) -> None:
    feature = {"feature": assistant(domain).domain.schema.names[0]} if kind == "statistics" else {}

    assert told(kind, reader, domain=domain, **feature)["kind"] == kind


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", OF_ROWS)
def test_a_group_is_told_with_its_filter_in_words(kind: str, reader: ReaderName) -> None:
    record = told(kind, reader, RENT)

    assert record["population"]["filter"] == "housing situation is rent"
    assert "housing situation is rent" in record["text"]
    assert record["population"]["n"] == int((assistant("loan").domain.cases.frame["housing"] == "rent").sum())


@pytest.mark.parametrize("reader", GUARDED)
@pytest.mark.parametrize("kind", [*OF_ROWS, "statistics"])
@pytest.mark.parametrize("few", [RICH, NOBODY], ids=["three rows", "no row"])
def test_of_fewer_than_ten_rows_no_number_reaches_a_person_or_an_agent(
    kind: str, reader: ReaderName, few: Condition
) -> None:
    record = told(kind, reader, few, feature="income")

    assert record["population"] == {"filter": record["population"]["filter"], "too_few": True}
    assert not {"statistics", "data", "tables"} & record.keys()
    assert "oo few" in record["text"]


@pytest.mark.parametrize("kind", [*OF_ROWS, "show", "statistics"])
def test_an_expert_is_told_of_three_rows_and_that_there_is_none(kind: str) -> None:
    assert told(kind, "expert", RICH, feature="income")["population"]["n"] == 3
    record = told(kind, "expert", NOBODY, feature="income")
    assert record["population"]["n"] == 0
    assert "There is no case" in record["text"]


def test_a_person_is_never_shown_rows_of_others() -> None:
    for nodes in ((RENT,), (RICH,), (Condition(feature="@id", op="==", value="12"),)):
        with pytest.raises(QuestionError) as caught:
            told("show", "person", *nodes)
        assert caught.value.code == "E404"
    with pytest.raises(QuestionError):
        told("labels", "person", Condition(feature="@id", op="==", value="12"))


def test_a_person_who_asks_to_see_rows_sees_the_own_case() -> None:
    record = told("show", "person")

    assert record["subject"]["id"] == "3"
    assert {k["feature"] for k in record["known"]} == set(assistant("loan").domain.schema.names)
    assert "tables" not in record


def test_an_agent_sees_one_case_at_a_time() -> None:
    one = told("show", "support", Condition(feature="@id", op="==", value="12"))
    many = told("show", "support", RENT)

    assert one["subject"]["id"] == "12"
    assert one["known"]
    assert not {"tables", "known", "truth"} & many.keys()
    assert "one at a time" in many["text"]


def test_an_expert_sees_at_most_twenty_rows_with_answer_and_truth() -> None:
    record, domain = told("show", "expert", RENT), assistant("loan").domain
    (table,) = record["tables"]

    assert len(table["rows"]) == 20
    assert table["columns"][0] == "@id"
    assert table["columns"][-2:] == ["@prediction", "@label"]
    assert "housing situation" in table["columns"]
    assert [row[0] for row in table["rows"]] == [domain.cases.ids[i] for i in np.flatnonzero(_rent())[:20]]
    for row in table["rows"]:
        place = domain.cases.ids.index(row[0])
        assert row[-2:] == [answers(domain)[place], domain.cases.truth[place]]


def _rent() -> Any:
    return holding((RENT,), assistant("loan").domain)


def test_what_the_model_says_of_a_group_is_counted_rules_included() -> None:
    record, domain = told("predict", "person", RENT), assistant("loan").domain
    counts = {c["name"]: c["n"] for c in record["population"]["counts"]}

    assert counts == {name: int((answers(domain)[_rent()] == name).sum()) for name in ("approved", "declined")}
    assert record["population"]["mean"] == pytest.approx(float(domain.cases.scores[_rent(), 0].mean()))
    assert "outcome" not in record


def test_the_outcome_asked_for_is_told_first_even_where_nobody_gets_it() -> None:
    indebted = Condition(feature="debt_to_income", op=">", value=60.0)
    record = told("confidence", "person", indebted, class_="approved")

    assert record["population"]["asked"] == "approved"
    assert {c["name"]: c["n"] for c in record["population"]["counts"]}["approved"] == 0
    assert "“approved” in none of them" in record["text"]


def test_a_quantity_over_a_group_is_told_as_a_mean() -> None:
    heavy, domain = Condition(feature="bmi", op=">", value=30.0), assistant("progression").domain
    rows = holding((heavy,), domain)

    said = told("predict", "support", heavy, domain="progression")["population"]
    true = told("labels", "support", heavy, domain="progression")["population"]
    assert said["mean"] == pytest.approx(float(domain.cases.scores[rows, 0].mean()))
    assert true["mean"] == pytest.approx(float(domain.cases.truth[rows].mean()))


@pytest.mark.parametrize("domain", FOCUS)
def test_performance_is_that_on_rows_the_model_has_not_learned_from(domain: str) -> None:
    known = assistant(domain).domain
    unseen, record = known.cases.unseen, told("performance", "expert", domain=domain)["population"]
    truth = known.cases.truth[unseen.places]

    assert record["unseen"] == len(unseen.places)
    if known.schema.quantity is not None:
        assert record["metrics"]["mae"] == pytest.approx(float(np.abs(truth - unseen.scores[:, 0]).mean()))
        return
    said = np.where(unseen.scores[:, 0] >= (known.cutoff_for(known.schema.targets[0]) or 0), *known.schema.targets)
    ruled = holding((Condition(feature="debt_to_income", op=">", value=60.0),), known)[unseen.places]
    said = np.where(ruled, "declined", said)
    assert record["metrics"]["accuracy"] == pytest.approx(float((said == truth).mean()))


@pytest.mark.parametrize("reader", READERS)
def test_figures_on_the_rows_that_taught_it_are_never_told(reader: ReaderName) -> None:
    asked = told("performance", reader, split="train")

    assert asked["population"]["metrics"] == told("performance", reader)["population"]["metrics"]
    assert asked["population"]["learned_asked"] is True
    assert "better than it is" in asked["text"] or "flatter" in asked["text"]


@pytest.mark.parametrize("metric", ["precision", "recall", "sensitivity", "specificity", "f1", "roc_auc", "accuracy"])
@pytest.mark.parametrize("reader", READERS)
def test_the_figure_asked_for_is_the_headline(metric: str, reader: ReaderName) -> None:
    record = told("performance", reader, metric=metric, class_="declined")

    assert record["population"]["of"] == "declined"
    assert next(f for f in record["cited"] if f.startswith("population.metrics")) == f"population.metrics.{metric}"


def test_in_medicine_figures_are_about_the_illness_and_elsewhere_about_the_favourable_outcome() -> None:
    assert told("performance", "expert", domain="biopsy")["population"]["of"] == "malignant"
    assert told("performance", "expert")["population"]["of"] == "approved"


def test_a_figure_that_does_not_fit_is_said_to() -> None:
    assert "does not fit" in told("performance", "person", domain="progression", metric="accuracy")["text"]


@pytest.mark.parametrize("reader", GUARDED)
@pytest.mark.parametrize("nodes", [(), (RENT,)], ids=["all", "some"])
def test_extremes_are_single_peoples_values_and_only_an_expert_has_them(
    reader: ReaderName, nodes: tuple[Node, ...]
) -> None:
    record = told("statistics", reader, *nodes, feature="income")["statistics"]
    full = told("statistics", "expert", *nodes, feature="income")["statistics"]
    values = assistant("loan").domain.cases.frame["income"].to_numpy()[holding(nodes, assistant("loan").domain)]

    assert not {"minimum", "maximum"} & record.keys()
    assert (full["minimum"], full["maximum"]) == (values.min(), values.max())
    assert {k: v for k, v in full.items() if k not in ("minimum", "maximum")} == record
    assert record["mean"] == pytest.approx(values.mean())


@pytest.mark.parametrize("reader", GUARDED)
def test_a_category_that_few_have_is_not_counted_for_them(reader: ReaderName) -> None:
    old = Condition(feature="age", op=">", value=76.0)
    full = told("statistics", "expert", old, feature="purpose")["statistics"]["counts"]
    record = told("statistics", reader, old, feature="purpose")["statistics"]

    assert min(c["n"] for c in full) < 10
    assert all(c["n"] >= 10 for c in record["counts"])


def test_where_the_case_stands_is_said() -> None:
    record = told("statistics", "person", feature="income")

    assert record["statistics"]["yours"] == 31_400
    assert record["statistics"]["comparison"] == "lower"
    assert "below the middle" in record["text"]


def test_what_really_came_out_is_told_beside_the_models_answer() -> None:
    domain = assistant("loan").domain
    wrong = next(i for i, t in enumerate(domain.cases.truth) if t != answers(domain)[i] and not domain.cases.learned[i])
    record = told("labels", "expert", Condition(feature="@id", op="==", value=domain.cases.ids[wrong]))

    assert record["truth"] == {
        "value": domain.cases.truth[wrong], "answer": answers(domain)[wrong], "learned": False, "agrees": False,
    }  # fmt: skip
    assert "population" not in record


def test_of_a_new_case_nothing_is_on_record() -> None:
    loan = assistant("loan")
    start = loan.start(values={**loan.domain.case("3").values, "income": 50_000.0, "debt_to_income": None})
    turn = loan.ask(start, "what was it in reality?").last

    assert turn.record is not None
    assert "truth" not in turn.record
    assert "not on record" in turn.answer.text


def test_data_are_summed_up_as_they_are() -> None:
    domain = assistant("loan").domain
    data = told("data_summary", "person")["data"]

    assert (data["rows"], data["features"], data["learned"], data["unseen"]) == (4000, 12, 3000, 1000)
    assert data["synthetic"] is True
    assert data["gaps"] == pytest.approx(float(domain.cases.frame[list(domain.schema.inputs)].isna().to_numpy().mean()))
    assert told("data_summary", "person", field="size")["data"]["field"] == "size"


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("text", "kind", "filters"),
    [
        ("how many people who rent were approved?", "count", 2),
        ("how accurate is it for people who rent?", "performance", 1),
        ("what is the average income?", "statistics", 0),
        ("how are the labels distributed?", "labels", 0),
        ("describe the data", "data_summary", 0),
        ("what does the model predict for people with income under 20000?", "predict", 1),
        ("how likely is approval for women under 30?", "confidence", 2),
    ],
)
def test_questions_as_people_type_them_are_answered_and_recorded(
    text: str, kind: str, filters: int, reader: ReaderName
) -> None:
    turn = ask("loan", "3", text, reader)

    assert turn.record is not None
    assert turn.record["kind"] == kind
    assert len(turn.question.filters) == filters
    json.dumps(turn.record)
