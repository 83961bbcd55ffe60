"""Effects, other cases, terms and the model: who may be told what, on real domains, by every reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from assistant.question import Asked, Condition, Question
from assistant.session import ReaderName, Turn
from explainers.errors import PlainwhyError
from tests.talking import assistant, session

READERS: tuple[ReaderName, ...] = ("person", "support", "expert")
NAMED = {"biopsy": "7", "progression": "5", "loan": "3"}
FEATURES = {"biopsy": "area error", "progression": "bmi", "loan": "income"}
KINDS: Mapping[str, dict[str, Any]] = {
    "similar": {"top_k": 4}, "typical": {}, "define": {"term": "score"}, "model_info": {}, "domain": {},
}  # fmt: skip


def ask(domain: str, reader: ReaderName, op: str, focus: str | None = None, **args: Any) -> Turn:
    """The operation itself, whatever the understanding would make of the words."""
    filters = (Condition(feature="@id", op="==", value=focus),) if focus else ()
    question = Question(filters=filters, operations=(Asked(op=op, args=args),))
    return assistant(domain).ask(session(domain, NAMED[domain], reader), "What is a random forest?", question).last


def told(turn: Turn) -> str:
    return " ".join(sentence.text for sentence in turn.answer.sentences)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("domain", NAMED)
@pytest.mark.parametrize("kind", [*KINDS, "effect"])
def test_every_kind_is_answered_for_every_reader(domain: str, reader: ReaderName, kind: str) -> None:
    turn = ask(domain, reader, kind, **KINDS.get(kind, {"feature": FEATURES[domain]}))
    assert turn.record is not None
    assert turn.record["kind"] == kind
    assert turn.answer.layer("headline")


@pytest.mark.parametrize("domain", NAMED)
@pytest.mark.parametrize("kind", ["effect", "typical", "define", "model_info"])
def test_facts_are_the_same_for_every_reader(domain: str, kind: str) -> None:
    args = KINDS.get(kind, {"feature": FEATURES[domain]})
    records = [ask(domain, reader, kind, **args).record for reader in READERS]
    assert records[0] == records[1] == records[2]


@pytest.mark.parametrize("domain", NAMED)
def test_only_an_expert_ever_sees_a_row_of_the_similar_ones(domain: str) -> None:
    records = {reader: ask(domain, reader, "similar", top_k=3).record or {} for reader in READERS}
    assert len(records["expert"]["tables"][0]["rows"]) == 3
    assert "tables" not in records["person"] | records["support"]
    assert len({str(r["similar"]) for r in records.values()}) == 1


@pytest.mark.parametrize("reader", READERS)
def test_similar_ones_are_the_nearest_and_told_as_twenty_five(reader: ReaderName) -> None:
    record = ask("loan", reader, "similar").record
    assert record is not None
    assert record["similar"]["n"] == 25
    assert sum(c["n"] for c in record["similar"]["counts"]) == 25
    assert sum(c["n"] for c in record["similar"]["true_counts"]) == 25


def test_a_case_is_not_among_those_like_it_and_the_nearest_come_first() -> None:
    domain = assistant("loan").domain
    record = ask("loan", "expert", "similar", top_k=25).record
    assert record is not None
    ids = [row[0] for row in record["tables"][0]["rows"]]
    rows = domain.familiarity.scaled(domain.cases.frame)
    row = rows[:, domain.cases.ids.index("3")]
    far = domain.familiarity.distances(row, rows).sum(axis=0)
    mine = [float(far[domain.cases.ids.index(i)]) for i in ids]
    assert "3" not in ids
    assert mine == sorted(mine)
    assert mine[-1] <= float(np.sort(far)[26])


@pytest.mark.parametrize("domain", NAMED)
def test_a_person_gets_the_same_words_for_comparing_with_any_other_case(domain: str) -> None:
    messages = []
    for other in ("12", "999999"):
        with pytest.raises(PlainwhyError) as caught:
            ask(domain, "person", "compare", other=other)
        assert caught.value.code == "E404"
        messages.append(str(caught.value))
    assert messages[0] == messages[1]


@pytest.mark.parametrize("other", ["12", "999999"])
def test_support_is_told_one_case_at_a_time_and_nothing_of_the_other(other: str) -> None:
    turn = ask("loan", "support", "compare", other=other)
    assert turn.record is not None
    assert "compare" not in turn.record
    assert "score" not in turn.record
    assert "one case at a time" in turn.answer.text


@pytest.mark.parametrize("domain", NAMED)
def test_an_expert_is_told_what_makes_two_scores_differ(domain: str) -> None:
    record = ask(domain, "expert", "compare", focus="5", other="8").record
    assert record is not None
    compared = record["compare"]
    assert record["subject"]["id"] == "5"
    differences = [d["weight_yours"] - d["weight_theirs"] for d in compared["differences"]]
    assert sum(differences) + compared["rest"] == pytest.approx(record["score"]["value"] - compared["score"], abs=1e-9)
    sizes = [abs(difference) for difference in differences]
    assert sizes == sorted(sizes, reverse=True)
    with pytest.raises(PlainwhyError, match="E404"):
        ask(domain, "expert", "compare", other="999999")


def test_the_effect_of_a_computed_feature_is_asked_back_by_its_parts() -> None:
    turn = ask("loan", "person", "effect", feature="debt_to_income")
    assert {str(o.question.operations[0].args["feature"]) for o in turn.ask_back} == {"existing_debt", "income"}


def test_what_the_model_is_not_shown_has_no_effect() -> None:
    turn = ask("loan", "person", "effect", feature="age")
    assert turn.record is not None
    assert turn.record["effect"]["points"] == []
    assert "not shown age" in turn.answer.text


def test_the_case_keeps_its_own_score_at_its_own_value() -> None:
    record = ask("loan", "person", "effect", feature="housing").record
    assert record is not None
    mine = next(p for p in record["effect"]["points"] if p["at"] == record["effect"]["yours"])
    assert mine["yours"] == pytest.approx(record["score"]["value"])


@pytest.mark.parametrize("reader", ["person", "support"])
@pytest.mark.parametrize("domain", NAMED)
def test_effects_are_told_of_the_model_not_of_the_world(domain: str, reader: ReaderName) -> None:
    for feature in assistant(domain).domain.schema.inputs[:6]:
        if feature != "debt_to_income":
            answer = ask(domain, reader, "effect", feature=feature).answer
            text = " ".join(x.text for layer in ("headline", "reasons", "detail") for x in answer.layer(layer)).lower()
            assert not [word for word in ("because", "causes ", "leads to", "you should") if word in text], text


@pytest.mark.parametrize("domain", ["loan", "biopsy"])
def test_who_usually_gets_a_result_is_counted_over_what_the_model_says(domain: str) -> None:
    outcomes = assistant(domain).domain.schema.targets
    shares = []
    for outcome in outcomes:
        record = ask(domain, "person", "typical", outcome=outcome).record
        assert record is not None
        shares.append(record["typical"]["share"])
    assert sum(shares) == pytest.approx(1)


def test_what_is_usual_is_never_told_as_needed() -> None:
    for domain in NAMED:
        assert "not what is needed" in told(ask(domain, "person", "typical"))


@pytest.mark.parametrize("reader", READERS)
def test_features_outcomes_and_words_are_told_apart(reader: ReaderName) -> None:
    abouts = {}
    for term in ("debt_to_income", "dti", "declined", "turned down", "cut-off", "SHAP values"):
        record = ask("loan", reader, "define", term=term).record
        assert record is not None
        abouts[term] = record["definition"]["about"]
    assert abouts == {
        "debt_to_income": "feature", "dti": "feature", "declined": "outcome", "turned down": "outcome",
        "cut-off": "word", "SHAP values": "word",
    }  # fmt: skip


def test_a_word_that_nobody_has_explained_is_said_to_be_unknown() -> None:
    start = session("loan", "3")
    question = Question(operations=(Asked(op="define", args={"term": "flurbing"}),))
    turn = assistant("loan").ask(start, "What is flurbing?", question).last
    assert "nothing on file about “flurbing”" in turn.answer.text


@pytest.mark.parametrize("reader", READERS)
def test_the_kind_of_model_is_told_and_what_it_does_not_have_is_said(reader: ReaderName) -> None:
    assert "3,000" in told(ask("loan", reader, "model_info"))
    record = ask("loan", reader, "model_info", field="learning_rate").record
    assert record is not None
    assert record["model_info"]["answer"] == record["model_info"]["parameters"]["learning_rate"]
    missing = ask("loan", reader, "model_info", field="optimizer")
    assert missing.record is not None
    assert "answer" not in missing.record["model_info"]
    assert "know of no optimiser" in told(missing) or "Not a parameter" in told(missing)
