"""A conversation: answers recorded before they are shown, readings shown, cases kept apart, nothing forgotten."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.audit import audit
from assistant.dialogue import Assistant
from assistant.narration.answer import LAYERS
from assistant.question import Asked, Question
from assistant.session import Alternative, Reader, Turn
from explainers.errors import PlainwhyError
from tests.talking import ask, assistant, encoder, session

READERS = ("person", "support", "expert")
NAMED = {"biopsy": "7", "progression": "5", "loan": "3"}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("domain", NAMED)
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Why?", "why"),
        ("What spoke for and against?", "for_and_against"),
        ("How sure is it?", "confidence"),
        ("What matters most overall?", "importance"),
        ("What do you know about this case?", "known"),
        ("How do you work these reasons out?", "method"),
    ],
)
def test_every_kind_is_answered_for_every_reader_with_facts_that_exist(
    domain: str, reader: str, text: str, kind: str
) -> None:
    turn = ask(domain, NAMED[domain], text, reader)  # type: ignore[arg-type]
    assert [asked.op for asked in turn.question.operations] == [kind]
    assert turn.record is not None
    assert turn.record["kind"] == kind
    assert turn.answer.layer("headline")
    assert turn.reading
    for sentence in turn.answer.sentences:
        for path in sentence.facts:
            found(turn.record, path)


def found(record: object, path: str) -> object:
    """What stands at a path such as `reasons[0].weight`; KeyError or IndexError where nothing does."""
    for step in path.replace("[", ".[").split("."):
        record = record[int(step[1:-1])] if step.startswith("[") else record[step]  # type: ignore[index]
    return record


@pytest.mark.parametrize("domain", NAMED)
def test_told_weights_rest_and_residual_add_up_to_score_minus_starting_point(domain: str) -> None:
    record = ask(domain, NAMED[domain], "Why?").record
    assert record is not None
    total = sum(r["weight"] for r in record["reasons"]) + record["reasons_rest"] + record["residual"]
    assert total == pytest.approx(record["score"]["value"] - record["score"]["base"], abs=1e-9)


@pytest.mark.parametrize("domain", NAMED)
def test_facts_are_the_same_for_every_reader(domain: str) -> None:
    records = [ask(domain, NAMED[domain], "Why?", reader).record for reader in READERS]  # type: ignore[arg-type]
    assert records[0] == records[1] == records[2]


def test_a_what_if_is_the_models_own_answer_to_the_changed_case() -> None:
    turn = ask("biopsy", "7", "What if the mean radius were 12?")
    domain = assistant("biopsy").domain
    row = domain.schema.frame([domain.case("7")]).assign(**{"mean radius": 12.0})
    assert turn.record is not None
    assert turn.record["what_if"]["after"] == pytest.approx(float(domain.model.score(row, "benign")[0]), abs=1e-12)


def test_links_are_followed_and_told() -> None:
    record = ask("loan", "3", "What if my income were 50,000?").record
    assert record is not None
    moved = {change["feature"]: change for change in record["what_if"]["changes"]}
    assert moved["debt_to_income"]["by"] == "link"
    assert moved["debt_to_income"]["to"] == pytest.approx(16_200 / 50_000 * 100)


def test_a_computed_value_is_asked_back_by_its_parts() -> None:
    turn = ask("loan", "3", "What if my debt ratio were 20?")
    assert turn.question.operations == ()
    moved = {str(o.question.operations[0].args["feature"]) for o in turn.ask_back}
    assert moved == {"existing_debt", "income"}


def test_an_unclear_question_has_no_operations_and_offers_some() -> None:
    turn = ask("biopsy", "7", "blorp fizz wug")
    assert turn.question.to_json() == {"filters": [], "operations": []}
    assert turn.record is None
    assert turn.follow_ups


def test_a_reading_that_was_offered_can_be_chosen() -> None:
    start = session("biopsy", "7")
    asked = assistant("biopsy").ask(start, "What if the radius were 12?")
    offer = asked.last.ask_back[0]
    chosen = assistant("biopsy").ask(asked, offer.reading, offer.question)
    assert chosen.last.record is not None
    assert chosen.last.record["kind"] == "what_if"


@pytest.mark.parametrize("text", ["What would have to change?", "Is this fair to women?", "I want to complain"])
def test_what_cannot_be_answered_yet_is_said_and_never_answered_as_something_else(text: str) -> None:
    turn = ask("loan", "3", text)
    assert turn.record is None
    assert turn.question.operations


def test_a_person_gets_the_same_words_for_anothers_case_and_for_none() -> None:
    messages = []
    for case in ("12", "999999"):
        with pytest.raises(PlainwhyError) as caught:
            ask("loan", "3", f"Why was case {case} approved?")
        assert caught.value.code == "E404"
        messages.append(str(caught.value))
    assert messages[0] == messages[1]


def test_an_expert_may_ask_about_another_case() -> None:
    record = ask("loan", "3", "Why was case 12 approved?", "expert").record
    assert record is not None
    assert record["subject"]["id"] == "12"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "E401"),
        ("x" * 2_001, "E401"),
        ("What if the mean radius were 500?", "E103"),
        ("What if the mean radius were 38?", "E301"),
    ],
)
def test_a_wrong_question_is_an_error_in_words_that_are_recorded_and_takes_no_turn(text: str, code: str) -> None:
    start, store = session("biopsy", "7"), assistant("biopsy").store
    with pytest.raises(PlainwhyError) as caught:
        assistant("biopsy").ask(start, text)
    assert caught.value.code == code
    assert store.session(start.id) == ()
    _, refused = store.refusals("biopsy")[-1]
    assert (refused.session, refused.code, refused.message) == (start.id, code, caught.value.message)
    assert refused.text == text[:2_001]
    assert assistant("biopsy").ask(start, "Why?").last.number == 1


def test_what_was_refused_is_seen_by_an_audit_and_goes_with_its_case(tmp_path: Path) -> None:
    biopsy = Assistant.for_domain("biopsy", store=tmp_path / "talk.sqlite", encoder=encoder())
    with pytest.raises(PlainwhyError):
        biopsy.ask(biopsy.start(case="7"), "What if the mean radius were 38?")
    (finding,) = audit(biopsy.store)
    assert (finding.verdict, finding.why[:4]) == ("refused", "E301")
    assert len(biopsy.store.erase("biopsy", "7").entries) == 1
    assert biopsy.store.refusals() == ()
    assert biopsy.store.verify().intact


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Thanks, that helped", "You are welcome|Glad to help"),
        ("Hello there", "^Hello"),
        ("you are useless", "sorry"),
        ("Was my age a factor?", "is not shown your age"),
        ("Where did you get my income from?", "31,400 EUR a year.*pay slips"),
    ],
)
def test_remarks_and_single_facts_get_an_answer_of_their_own(text: str, words: str) -> None:
    assert re.search(words, ask("loan", "3", text).answer.text)


@pytest.mark.parametrize(("text", "place"), [("did my recent inquiries count?", 6), ("Did my loan amount count?", 3)])
def test_one_reason_asked_about_is_told_with_its_place_and_never_as_the_main_one(text: str, place: int) -> None:
    turn = ask("loan", "7", text)
    assert turn.record is not None
    (reason,) = [r for r in turn.record["reasons"] if r["feature"] == turn.record["asked"]]
    assert reason["rank"] == place
    assert f"in place {place} of" in turn.answer.text
    assert not re.search("main reason|most for this|Above all|Most of all", turn.answer.text)


def test_an_expert_too_is_told_the_place_and_the_part_of_a_reason_asked_about() -> None:
    text = ask("loan", "7", "did debt to income matter?", "expert").answer.text
    assert "Rank 1 of 10 here." in text
    assert "Of it, debt-to-income ratio = 13.3%: +" in text


def test_a_question_about_something_unknown_is_told_what_is_known() -> None:
    turn = ask("loan", "3", "what if my cat were 5?")
    assert turn.reading == "something that is not known here"
    assert "income, existing debt, debt-to-income ratio" in turn.answer.text
    assert (turn.record, turn.ask_back) == (None, ())


def test_a_part_of_a_reason_that_was_asked_about_is_named() -> None:
    turn = ask("loan", "7", "did debt to income matter?")
    assert "debt-to-income ratio (13.3%) is a part of that" in turn.answer.text


def test_a_question_with_a_false_premise_is_put_right() -> None:
    assert ask("loan", "7", "why not approved?").answer.text.startswith("But the answer is “approved”.")
    assert "But the answer" not in ask("loan", "3", "why not approved?").answer.text


def test_a_value_never_looks_like_the_limit_of_a_rule_and_a_lifted_rule_is_told() -> None:
    ruled = ask("loan", "8", "What if my existing debt were 18,500?").answer.text
    assert "60.3%" in ruled
    assert "would still decide" in ruled
    assert "would no longer apply" in ask("loan", "8", "What if my income were doubled?").answer.text


def test_the_rank_of_what_the_model_is_not_given_is_not_told() -> None:
    assert "is not shown your age" in ask("loan", "3", "How important is my age overall?").answer.text


def test_the_middle_of_many_equal_values_claims_no_halves() -> None:
    told = ask("loan", "3", "What is the average number of missed payments?").answer.text
    assert "half" not in told
    assert "The average is 0.4" in told or "average is 0.4" in told


def test_a_reason_of_several_features_is_compared_with_the_group_too() -> None:
    turn = ask("loan", "3", "Why?")
    assert turn.record is not None
    reason = turn.record["reasons"][0]
    assert reason["members"][0]["reference"]["comparison"] == "higher"
    told = next(s for s in turn.answer.sentences if "reasons[0].weight" in s.facts or "reasons[0].label" in s.facts)
    assert "higher than usual among all applications" in told.text
    assert "reasons[0].members[0].reference.comparison" in told.facts


def test_a_turn_is_recorded_when_it_is_returned_and_the_session_goes_on_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "talk.sqlite"
    first = Assistant.for_domain("biopsy", store=path, encoder=encoder())
    told = first.ask(first.start(case="7", reader=Reader("expert", "en")), "Why?")
    first.store.close()
    second = Assistant.for_domain("biopsy", store=path, encoder=encoder())
    resumed = second.resume(told.id)
    assert resumed.turns == told.turns
    assert resumed.reader == told.reader
    assert second.ask(resumed, "How sure is it?").last.number == 2


def test_a_new_case_goes_through_the_gate_and_is_explained() -> None:
    loan = assistant("loan")
    known = {n: v for n, v in loan.domain.case("3").values.items() if n != "debt_to_income"}
    start = loan.start(values={**known, "income": "45,000", "card_utilisation": None})
    assert start.case.values["income"] == 45_000
    assert start.case.values["debt_to_income"] == pytest.approx(36.0)
    assert loan.ask(start, "Why?").last.record is not None
    with pytest.raises(PlainwhyError) as caught:
        loan.start(values={**known, "housing": "castle"})
    assert caught.value.code == "E104"


def test_a_rule_that_decided_is_told_apart_from_the_score() -> None:
    loan = assistant("loan")
    place = next(i for i in loan.domain.cases.ids if (loan.domain.case(i).values["debt_to_income"] or 0) > 60)  # type: ignore[operator]
    turn = ask("loan", place, "Why?")
    assert turn.record is not None
    assert turn.record["outcome"]["by"] == "rule"
    assert turn.record["rule"]["text"] in turn.answer.layer("headline")[0].text


def test_the_public_json_has_the_keys_of_the_contract() -> None:
    start = session("biopsy", "7")
    told = assistant("biopsy").ask(start, "Why?")
    data = json.loads(json.dumps(told.last.to_json(told.id)))
    assert list(data) == [
        "session", "turn", "reading", "question", "ask_back", "answer", "record", "follow_ups", "seconds",
    ]  # fmt: skip
    assert set(data["question"]) == {"filters", "operations"}
    assert set(data["answer"]["sentences"][0]) == {"text", "facts", "by"}
    assert set(data["answer"]["layers"]) <= set(LAYERS)
    assert data["answer"]["sentences"][0]["by"] == "template"


@pytest.mark.parametrize("domain", NAMED)
def test_every_follow_up_offered_is_understood_and_answered(domain: str) -> None:
    for text in ("Why?", "How sure is it?", "What if the mean radius were 12?" if domain == "biopsy" else "Why?"):
        start = session(domain, NAMED[domain])
        told = assistant(domain).ask(start, text)
        assert told.last.follow_ups
        for offered in told.last.follow_ups:
            told = assistant(domain).ask(told, offered)
            assert told.last.record is not None, offered
            assert told.last.ask_back == (), offered


def test_going_back_repeating_and_another_reading_come_from_the_questions_before() -> None:
    talk, pointing = session("loan", "3"), assistant("loan")

    def said(kind: str) -> Question:
        return Question(operations=(Asked(op="followup", args={"kind": kind}),))

    nothing = pointing.ask(pointing.ask(session("loan", "3"), "hello"), "", said("back")).last
    assert nothing.record is None
    talk = pointing.ask(pointing.ask(talk, "why?"), "how sure is it?")
    why, sure = (turn.answer for turn in talk.turns)
    again = pointing.ask(talk, "", said("repeat"))
    assert again.last.answer == sure
    back = pointing.ask(again, "", said("back"))
    assert back.last.answer == why
    offers = (Alternative(reading="", question=Question(operations=(Asked(op="importance"),))),)
    other = replace(back, turns=(*back.turns[:-1], replace(back.last, ask_back=offers)))
    assert ops_of(pointing.ask(other, "", said("other")).last) == ["importance"]


@pytest.mark.parametrize(
    "text", ["why?", "what if my income were 60,000?", "how good is the model?", "how sure is it?"]
)
def test_an_answer_told_otherwise_rests_on_the_same_facts(text: str) -> None:
    talk = assistant("loan").ask(session("loan", "12"), text)
    first = talk.last
    assert first.record is not None
    told = {}
    for level in ("simpler", "shorter", "longer", "technical"):
        wish = Question(operations=(Asked(op="restyle", args={"level": level}),))
        talk = assistant("loan").ask(talk, "", wish)
        assert talk.last.record == first.record
        assert ops_of(talk.last) == [*ops_of(first), "restyle"]
        told[level] = talk.last.answer.text
    assert len(told["shorter"]) <= len(told["simpler"]) <= len(first.answer.text) <= len(told["longer"])
    assert told["technical"] != first.answer.text


def test_there_is_nothing_to_tell_otherwise_before_a_question_nor_in_a_language_without_words() -> None:
    alone = Question(operations=(Asked(op="restyle", args={"level": "simpler"}),))
    assert assistant("loan").ask(session("loan", "12"), "", alone).last.record is None
    german = Question(operations=(Asked(op="restyle", args={"language": "de"}),))
    turn = assistant("loan").ask(assistant("loan").ask(session("loan", "12"), "why?"), "", german).last
    assert turn.answer.text == "I do not speak that language yet."


def test_a_conversation_goes_on_in_the_language_that_was_asked_for() -> None:
    talk = assistant("loan").ask(session("loan", "12"), "why?")
    talk = assistant("loan").ask(talk, "in Chinese please")
    assert talk.reader.language == "zh"
    assert talk.last.answer.text.startswith("您的申请")
    assert talk.last.record is not None
    assert talk.last.record["score"]["value"] == (talk.turns[0].record or {})["score"]["value"]
    talk = assistant("loan").ask(talk, "有多大把握？")
    assert "把握" in talk.last.answer.text
    talk = assistant("loan").ask(talk, "用英文说")
    assert talk.reader.language == "en"
    assert talk.last.answer.text.isascii() or "chance" in talk.last.answer.text


def ops_of(turn: Turn) -> list[str]:
    return [asked.op for asked in turn.question.operations]
