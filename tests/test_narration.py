"""Answers: every kind for every reader on every record made by hand; numbers and names only from the facts cited."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, product
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.facts import CertaintyFact, ChangeFact, Facts, Member, OutcomeScore, Reason, Subject, WhatIfFact
from assistant.narration.answer import Answer
from assistant.narration.narrate import narrate
from assistant.narration.paths import at
from assistant.narration.selection import sides
from assistant.narration.speech import Speech
from assistant.session import Reader, ReaderName
from prompts import Words, languages
from tests.record_cases import benign, biopsy, flower, neutral, price, progression
from tests.record_loans import LOAN_REASONS, approved, loan, ranked, reason, ruled, usual
from tests.records import RECORDS

SPOKEN = {language: Words.load(language) for language in languages()}
READERS: tuple[ReaderName, ...] = get_args(ReaderName)
every_answer = pytest.mark.parametrize(
    ("facts", "reader"), [(f, r) for f in RECORDS for r in READERS],
    ids=[f"{i}-{f.kind}-{r}" for i, f in enumerate(RECORDS) for r in READERS],
)  # fmt: skip


in_every_language = pytest.mark.parametrize("language", SPOKEN)


def tell(facts: Facts, reader: ReaderName = "person", language: str = "en") -> Answer:
    return narrate(facts, Reader(name=reader, language=language), SPOKEN[language])


def numbers_in(text: str) -> list[str]:
    return re.findall(r"\d(?:[\d,]*\d)?(?:\.\d+)?", re.sub(r"sha256:\w+", "", text))


def comes_from(shown: str, fact: Any, step: float) -> bool:
    """Whether a number in a sentence is this fact after display rounding (as it is, in percent, or in tenths)."""
    if isinstance(fact, str):
        return shown in numbers_in(fact)
    if isinstance(fact, list):
        used = [item for item in fact if isinstance(item, dict) and item.get("used") and item["value"] is not None]
        return float(shown.replace(",", "")) in (len(fact), len(used))
    if isinstance(fact, bool) or not isinstance(fact, int | float):
        return False
    number = float(shown.replace(",", ""))
    last = 10.0 ** -len(shown.partition(".")[2])
    if (number == 99 and fact > 0.99) or (number == 1 and 0 < fact < 0.01):
        return True
    return any(abs(number - abs(fact) * scale) <= max(last, step) / 2 + 1e-9 for scale in (1, 100, 10))


def step_of(record: dict[str, Any], path: str) -> float:
    try:
        step = at(record, path.rpartition(".")[0])
        return float(step.get("step", 0.0)) if isinstance(step, dict) else 0.0
    except (KeyError, IndexError, TypeError):
        return 0.0


@in_every_language
@every_answer
def test_every_number_comes_from_a_cited_fact(facts: Facts, reader: ReaderName, language: str) -> None:
    record = facts.record()
    for sentence in tell(facts, reader, language).sentences:
        cited = [(at(record, path), step_of(record, path)) for path in sentence.facts]
        differences = [b - a for a, _ in cited for b, _ in cited if isinstance(a, float) and isinstance(b, float)]
        cited += [(d, 0.0) for d in differences] if {"what_if.after", "group_what_if.after"} & {*sentence.facts} else []
        if "reasons_total" in sentence.facts:
            cited.append((record["reasons_total"] - len(record["reasons"]), 0.0))
        text = re.sub("of 10 such cases|每10[个次]", "", sentence.text)
        for shown in numbers_in(text):
            assert any(comes_from(shown, fact, step) for fact, step in cited), (shown, sentence)


@in_every_language
@every_answer
def test_every_sentence_cites_facts_the_record_holds(facts: Facts, reader: ReaderName, language: str) -> None:
    record = facts.record()
    for sentence in tell(facts, reader, language).sentences:
        for path in sentence.facts:
            at(record, path)


@in_every_language
@every_answer
def test_every_answer_has_a_headline_and_whole_sentences(facts: Facts, reader: ReaderName, language: str) -> None:
    answer = tell(facts, reader, language)

    assert answer.layer("headline")
    assert answer.text
    for sentence in answer.sentences:
        assert re.fullmatch(r"[^\s{}\[\]].*[.:?!。：？]", sentence.text), sentence
        assert not re.search(r"\b(None|nan)\b|\s[,.;]|\s\s|\.\.|“”|\(\)|（）|[，。；：、]{2}", sentence.text), sentence


@in_every_language
@every_answer
def test_the_same_question_gets_the_same_words(facts: Facts, reader: ReaderName, language: str) -> None:
    assert tell(facts, reader, language) == tell(facts, reader, language)


@in_every_language
def test_two_cases_are_not_told_by_one_form(language: str) -> None:
    made = [replace(loan("why"), subject=Subject(id=str(i), noun="application")) for i in range(8)]
    first, others = tell(loan("why"), language=language).text, {tell(facts, language=language).text for facts in made}

    assert len(others | {first}) > 4


@in_every_language
@pytest.mark.parametrize("case", [loan, approved, biopsy, progression, flower])
def test_no_two_sentences_of_an_answer_start_alike(case: Any, language: str) -> None:
    for i in range(20):
        made = case("why")
        made = replace(made, subject=Subject(id=str(i), noun=made.subject.noun))
        speech = Speech.of(SPOKEN[language])
        starts = [speech.opening(s.text) for s in tell(made, language=language).layer("reasons")]
        assert all(one != other for one, other in pairwise(starts)), starts


@every_answer
def test_readers_are_told_of_the_same_record(facts: Facts, reader: ReaderName) -> None:
    """A plain reader's reasons are among the expert's, with the same direction cited."""
    if not facts.reasons or facts.kind == "method":
        return
    told = {p.split(".")[0] for s in tell(facts, reader).layer("reasons") for p in s.facts if p.startswith("reasons[")}
    expert = {p.split(".")[0] for s in tell(facts, "expert").sentences for p in s.facts if p.startswith("reasons[")}

    assert told <= expert


def opened(facts: Facts, reader: ReaderName = "person") -> str:
    return tell(facts, reader).text


def test_a_person_gets_at_most_four_reasons_and_both_directions() -> None:
    many = ranked(*(reason(f"f{i}", f"fact {i}", float(i + 1), -0.1) for i in range(5)), reason("g", "good", 1.0, 0.01))
    told = sides(loan("why", reasons=many), 4)

    assert len(told.told) == 4
    assert [r.feature for _, r in told.first] == ["f0", "f1", "f2"]
    assert [r.feature for _, r in told.second] == ["g"]


def test_for_and_against_gives_each_side_its_share() -> None:
    told = sides(loan("for_and_against"), 4)

    assert [r.feature for _, r in told.first] == ["income", "amount"]
    assert [r.feature for _, r in told.second] == ["debt", "missed_payments_24m"]


def test_a_lower_score_that_is_good_is_told_first_where_both_sides_are_asked_for() -> None:
    told = sides(progression("for_and_against"), 4)

    assert [r.feature for _, r in told.first] == ["sex"]


def test_a_reason_without_a_direction_is_not_told_as_one() -> None:
    text = opened(loan("why"))

    assert "age" not in text
    assert "age" in " ".join(s.text for s in tell(loan("why")).layer("detail"))


def test_people_are_you_what_they_own_is_yours_and_things_are_this() -> None:
    assert "your case was approved" in opened(approved("why")).lower()
    assert "your application was declined" in opened(loan("why")).lower()
    assert "this sample" in opened(biopsy("why"))
    assert "your" not in opened(biopsy("why"))


@pytest.mark.parametrize("kind", ["why", "why_not", "for_and_against"])
def test_a_sick_person_is_never_told_that_a_value_counted_against_them(kind: str) -> None:
    for case in (biopsy, benign, progression):
        for i in range(10):
            made = replace(case(kind), subject=Subject(id=str(i), noun="sample"))
            text = opened(made).replace("others against it", "")
            assert not re.search(r"against (you|it)\b(?! )|helped|favour|plus side", text)


def test_a_value_points_to_the_outcome_its_sign_makes_more_likely() -> None:
    text = " ".join(s.text for s in tell(biopsy("why")).layer("reasons"))

    assert re.search(r"largest nuclei [^.]*\.4\), which [a-z ]+“malignant”", text)
    assert re.search(r"mean texture[^.]*\.?\d*[^.]*“benign”", text)


def test_without_percentages_only_a_level_is_told() -> None:
    for kind in ("why", "why_not", "predict", "for_and_against"):
        for reader in ("person", "support"):
            text = tell(benign(kind), reader).text
            assert "%" not in text
            assert "high" in text
    assert "%" not in tell(neutral("confidence")).text


def test_an_outcome_that_was_asked_for_and_not_given_is_behind_never_ahead() -> None:
    certainty = CertaintyFact(unusual=False, band="clear", margin=-0.44, runner_up="versicolor", firm=True)
    score = replace(flower("why_not").score, value=0.1, of="setosa")  # type: ignore[type-var]
    asked = flower("why_not", score=score, certainty=certainty)

    assert "“setosa” came far behind “versicolor”" in opened(asked)
    assert "next in line" not in opened(asked)
    assert "Behind versicolor: -0.440" in opened(asked, "expert")


def test_the_chance_that_was_asked_for_is_told_first() -> None:
    asked = OutcomeScore(name="not sure", score=0.01, level="low")
    told = tell(flower("confidence", asked_outcome=asked))

    assert told.sentences[0].text == "The model gives “not sure” a chance of 1%."
    assert "54%" not in told.text
    rough = tell(neutral("confidence", asked_outcome=OutcomeScore(name="leaves", score=0.29, level="low")))
    assert rough.sentences[0].text == "The model's score for “leaves” is low."


def test_what_is_not_firm_is_named() -> None:
    settled = (reason("a", "income", 3.0, 0.2, size="large"), reason("c", "debt", 2.0, -0.1))
    loose = ranked(*settled, reason("b", "savings", 1.0, 0.1, direction="none"))
    told = opened(loan("why", reasons=loose, certainty=CertaintyFact(unusual=False, firm=False)))

    assert "Not all of it is firm: for savings, it is not settled which way it pointed." in told


def test_too_few_cases_for_a_percentage_are_not_told_as_its_error() -> None:
    few = CertaintyFact(unusual=False, band="clear", margin=0.4, calibration_error=0.01, calibration_n=178)
    told = opened(neutral("confidence", certainty=replace(few, calibration_enough=False)))

    assert "178 cases only" in told
    assert "off by" not in told
    assert "off by" in opened(neutral("confidence", certainty=replace(few, calibration_enough=True)))


def test_a_change_too_small_to_show_is_told_as_none_where_no_percentage_may_be() -> None:
    change = ChangeFact(feature="x", label="x", from_=1.0, to=2.0, by="asked")
    found = WhatIfFact(
        changes=(change,), before=0.71, after=0.7099, direction="down", in_range=True, slight=True,
        outcome_before="stays", outcome_after="stays", level_before="high", level_after="high",
    )  # fmt: skip

    assert "about the same score" in opened(neutral("what_if", what_if=found))
    assert "somewhat lower" not in opened(neutral("what_if", what_if=found))


def test_a_fact_that_is_a_statement_is_told_as_one() -> None:
    internet = reason("has_internet", "has internet", "yes", 0.3, direction="up", size="large", kind="flag")
    change = ChangeFact(feature="has_internet", label="has internet", from_="yes", to="no", by="asked")
    found = WhatIfFact(changes=(change,), before=0.7, after=0.7, direction="none", in_range=True,
                       outcome_before="stays", outcome_after="stays")  # fmt: skip

    assert "the fact “has internet: yes”" in opened(neutral("why", reasons=ranked(internet))).lower()
    assert "“has internet” were “no” instead of “yes”" in opened(neutral("what_if", what_if=found))


def test_a_rule_that_decided_leads_and_the_score_follows_apart() -> None:
    answer = tell(ruled("why"))

    assert "We do not lend where existing debt is more than 60 % of yearly income" in answer.layer("headline")[0].text
    assert re.match(r"(Apart from|Without) that rule", answer.layer("reasons")[0].text)


@pytest.mark.parametrize("reader", ["person", "support"])
def test_a_sensitive_reason_keeps_its_rank_and_gets_the_fixed_words(reader: ReaderName) -> None:
    told = [s.text for s in tell(ruled("why"), reader).layer("reasons") if "age" in s.text]

    assert told == [
        "The model also weighed your age. "
        "We don't present this as an acceptable reason; the case is flagged for a person."
    ]


def test_doubt_is_told_where_there_is_doubt() -> None:
    assert re.search(r"close", opened(loan("why")))
    assert re.search(r"unusual in worst area and area error|above all in worst area", opened(biopsy("why")))
    assert "settled" in opened(approved("why"))
    assert "about equally" in opened(biopsy("why"))


def test_support_gets_flags_after_the_words_for_the_customer() -> None:
    answer = tell(ruled("why"), "support")

    assert answer.layer("headline")[0].text.endswith("Words for the customer:")
    flags = [s.text for s in answer.layer("detail")]
    assert any("rule" in f for f in flags)
    assert any("sensitive feature" in f for f in flags)
    assert tell(progression("predict"), "support").layer("detail")[0].text == "Flags: none."


def test_experts_get_numbers_and_the_method() -> None:
    text = tell(loan("why"), "expert").text

    for piece in ("P(approved) = 0.414", "-0.090 ± 0.011", "interventional TreeSHAP", "log-odds", "residual", "Seed 7"):
        assert piece in text, piece


def test_a_score_never_looks_like_a_cut_off_it_does_not_reach() -> None:
    close = loan("predict")
    assert close.score
    close = replace(close, score=replace(close.score, value=0.4996), scores={"approved": 0.4996, "declined": 0.5004})

    assert "49.96%" in opened(close)


def test_what_ifs_tell_change_and_result() -> None:
    texts = [opened(f) for f in RECORDS if f.kind == "what_if"]

    assert "existing debt were 12,000 EUR instead of 18,000 EUR" in texts[0]
    assert "debt-to-income ratio would move with it, from 43.9% to 31%" in texts[0]
    assert "few cases" in texts[0]
    assert "nothing would change" in texts[2]
    assert "fixed rule" in texts[3]
    assert "how it is already" in texts[4]


@st.composite
def members(draw: st.DrawFn) -> Member:
    """The largest member of a group: a number or a category, beside the reference or beside nothing."""
    value, comparisons = draw(st.sampled_from([(3.0, ("higher", "lower", "same")), ("rent", ("same", "different"))]))
    reference = usual(value, draw(st.sampled_from(comparisons))) if draw(st.booleans()) else None
    return Member(feature="m", label="a part", value=value, weight=-0.2, reference=reference)


@st.composite
def reasons(draw: st.DrawFn) -> Reason:
    kind = draw(st.sampled_from(["number", "category", "flag", "unknown", "group", "text"]))
    label = draw(
        st.sampled_from(["income", "missed payments in the last 24 months", "triglycerides (logarithm)", "sex"])
    )
    weight = draw(st.sampled_from([-0.2, -0.01, 0.03, 0.3]))
    value = {"number": 3.0, "category": "rent", "flag": "yes", "text": "a long text"}.get(kind)
    signed = draw(st.sampled_from(["for", "up"]))
    direction = {"for": "for", "up": "up"}[signed] if weight > 0 else {"for": "against", "up": "down"}[signed]
    compared = {"number": ["higher", "lower", "same"], "category": ["same", "different"], "flag": ["same", "different"]}
    reference = (
        usual(value, draw(st.sampled_from(compared[kind])))
        if value and kind in compared and draw(st.booleans())
        else None
    )
    return reason(
        draw(st.sampled_from("abcd")), label, value, weight,
        kind="number" if kind == "unknown" else kind,
        direction=draw(st.sampled_from([direction, direction, "none"])),
        size=draw(st.sampled_from(["large", "medium", "small"])),
        error=draw(st.sampled_from([None, 0.01])),
        unit=draw(st.sampled_from([None, "years", "EUR"])),
        tied_with=draw(st.sampled_from([(), ("a",), ("a", "b")])),
        sensitive=draw(st.sampled_from([None, None, True])),
        members=(draw(members()), *(LOAN_REASONS[0].members or ())) if kind == "group" else None,
        reference=reference,
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    case=st.sampled_from([loan, approved, ruled, biopsy, benign, progression, price, flower, neutral]),
    kind=st.sampled_from(["predict", "confidence", "why", "why_not", "for_and_against", "method"]),
    found=st.lists(reasons(), max_size=6),
    band=st.sampled_from(["close", "moderate", "clear"]),
    unusual=st.booleans(),
)
def test_every_reachable_fact_has_words(case: Any, kind: str, found: list[Reason], band: Any, unusual: bool) -> None:
    made = case(kind)
    certainty = CertaintyFact(unusual=unusual, band=band if made.outcome else None, firm=unusual)
    made = replace(made, reasons=ranked(*found), certainty=certainty)
    for language, reader in product(SPOKEN, READERS):
        answer = tell(made, reader, language)
        for sentence in answer.sentences:
            for path in sentence.facts:
                at(made.record(), path)
