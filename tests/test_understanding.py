"""A question is read as what it asks, asked back where it could be two things, and never read as nonsense."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.question import All, Any_, Condition, Node, Question
from assistant.understanding.encoder import Encoder
from assistant.understanding.examples import Phrasing, read_phrasings
from assistant.understanding.lexicon import read_lexicon
from assistant.understanding.slots import fill_slots
from assistant.understanding.text import clean, normalised
from assistant.understanding.understand import CERTAIN, Reading, Scope, understand, weighed
from explainers.base import Array, Schema
from explainers.errors import QuestionError
from tests.understanding_domains import domain

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def scope(encoder: Encoder) -> Callable[..., Scope]:
    def made(name: str = "loan", previous: Question | None = None) -> Scope:
        schema, vocabulary = domain(name)
        return Scope(schema=schema, vocabulary=vocabulary, language="en", previous=previous, encoder=encoder)

    return made


@pytest.fixture(scope="session")
def read(scope: Callable[..., Scope]) -> Read:
    return lambda text, name="loan", previous=None: understand(text, scope(name, previous))


def ops(question: Question) -> list[str]:
    return [asked.op for asked in question.operations]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Why?", "loan", ["why"]),
        ("is it because of my debt?", "loan", ["why"]),
        ("Is it because I'm a woman?", "loan", ["fairness"]),
        ("who decided this?", "loan", ["model_info"]),
        ("why was I rejected??", "loan", ["why"]),
        ("why wasn't I approved?", "loan", ["why_not"]),
        ("why isn't it benign?", "tissue", ["why_not"]),
        ("how sure is it?", "tissue", ["confidence"]),
        ("what if the mean radius were 12?", "tissue", ["what_if", "predict"]),
        ("how likely would approval be if my income were 50,000?", "loan", ["what_if", "confidence"]),
        ("what counted for me and what against me?", "loan", ["for_and_against"]),
        ("what matters most to the model?", "tissue", ["importance"]),
        ("what do you know about me?", "loan", ["known"]),
        ("how do you work these reasons out?", "loan", ["method"]),
        ("thanks!", "loan", ["social"]),
        ("what can I ask you?", "loan", ["help"]),
        ("should I take this medicine?", "tissue", ["out_of_scope"]),
        ("what would have to change?", "loan", ["counterfactual"]),
        ("is it because I'm a woman?", "loan", ["fairness"]),
        ("my income is wrong, it's 52,000", "loan", ["correct"]),
        ("I want a person to look at this", "loan", ["contest"]),
        ("can I have that in writing?", "loan", ["letter"]),
        ("what does existing debt mean?", "loan", ["define"]),
        ("why is my progression score so high?", "progress", ["why"]),
    ],
)
def test_questions_are_read_as_what_they_ask(read: Read, text: str, name: str, expected: list[str]) -> None:
    assert ops(read(text, name).question) == expected


def filled(phrasing: Phrasing, name: str) -> str:
    """A phrasing with the names of a domain in its slots."""
    schema, vocabulary = domain(name)
    numbers = [f for f in schema.features if f.kind == "number"]
    categories = [f for f in schema.features if f.kind == "category"]
    text = phrasing.text
    value = "20" if "{feature}" in text or not categories else categories[-1].categories[0]
    for slot, said in (
        ("value", value), ("outcome", schema.targets[0]), ("other", schema.targets[-1]),
        ("subject", vocabulary.subject[""]), ("id", "12"), ("term", "base value"),
        ("n", "3"), ("rows", "people over 40"),
    ):  # fmt: skip
        text = text.replace("{" + slot + "}", said)
    for feature in (*numbers[:2], numbers[0]):
        text = text.replace("{feature}", feature.label, 1)
    return text


def keeps_its_kind(kind: str, reading: Reading) -> bool:
    offered = (reading.question, *reading.alternatives)
    return kind == "unclear" if not any(q.operations for q in offered) else any(kind in ops(q) for q in offered)


@pytest.mark.parametrize("name", ["loan", "tissue"])
def test_every_phrasing_is_read_as_its_own_kind(read: Read, name: str) -> None:
    phrasings = [
        p for p in read_phrasings("en")[::7] if "{value}" not in p.text or "{feature}" in p.text or name == "loan"
    ]
    lost = [(p.kind, t) for p in phrasings if not keeps_its_kind(p.kind, read(t := filled(p, name), name))]

    assert len(lost) <= 0.03 * len(phrasings), lost


def test_no_phrasing_stands_under_two_kinds() -> None:
    kinds: dict[str, set[str]] = {}
    for phrasing in read_phrasings("en"):
        kinds.setdefault(normalised(phrasing.neutral), set()).add(phrasing.kind)

    assert {text: found for text, found in kinds.items() if len(found) > 1} == {}


def test_every_kind_that_is_answered_has_examples_enough() -> None:
    counts = Counter(p.kind for p in read_phrasings("en"))

    assert all(n >= 12 for n in counts.values()), counts
    answered = "predict confidence why why_not for_and_against what_if importance known method help social out_of_scope"
    assert all(counts[kind] >= 25 for kind in answered.split()), counts


class SilentEncoder:
    """An encoder that must not be asked."""

    def encode(self, texts: object) -> Array:
        raise AssertionError(texts)


def test_an_example_is_read_without_the_encoder() -> None:
    silent = SilentEncoder()
    schema, vocabulary = domain("loan")
    scope = Scope(schema=schema, vocabulary=vocabulary, language="en", previous=None, encoder=silent)

    assert ops(understand("what if my income were 50,000?", scope).question) == ["what_if", "predict"]
    assert ops(understand("WHY??", scope).question) == ["why"]


def test_the_fast_path_reads_what_the_slow_path_would(scope: Callable[..., Scope]) -> None:
    here = scope("loan")
    differing = []
    phrasings = read_phrasings("en")[::31]
    for phrasing in phrasings:
        text = filled(phrasing, "loan")
        fast = understand(text, here)
        slots = fill_slots(clean(text), here.schema, here.vocabulary, read_lexicon("en"), here.examples.words)
        slow = weighed(slots, here)
        offered = (slow.question, *slow.alternatives)
        if fast.question.operations and fast.question not in offered and slow.confidence > 0.9:
            differing.append((text, fast.question.to_json(), slow.question.to_json()))

    assert len(differing) <= 0.02 * len(phrasings), differing


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("why is 536 declined?", ["536"]),
        ("predict 152", ["152"]),
        ("why was @5 declined?", ["5"]),
        ("what if I was 40?", []),
        ("explain 3 reasons", []),
    ],
)
def test_a_bare_number_names_a_case_where_it_can_be_nothing_else(read: Read, text: str, ids: list[str]) -> None:
    reading = read(text)
    offered = (reading.question, *reading.alternatives)
    assert [q.case_id for q in offered if q.case_id] == ids


@pytest.mark.parametrize(
    "text", ["how sure is it and what would 3,000 more income do?", "how sure would it be with 3000 more income?"]
)
def test_an_amount_is_no_case_s_number(read: Read, text: str) -> None:
    reading = read(text)
    asked = (reading.question, *reading.alternatives)
    assert not [c for question in asked for c in leaves(question.filters) if c.feature == "@id"]


def test_two_bare_numbers_are_compared(read: Read) -> None:
    question = read("compare 8 and 12").question
    assert (ops(question), question.case_id, question.operations[0].args["other"]) == (["compare"], "8", "12")


def test_a_name_that_could_be_several_features_is_asked_back(read: Read) -> None:
    reading = read("what if the radius were 12?", "tissue")

    assert reading.question == Question()
    assert 2 <= len(reading.alternatives) <= 3
    assert all(q.operations[0].args["value"] == 12 for q in reading.alternatives)
    assert (
        reading.alternatives[0].operations[0].args["feature"] != reading.alternatives[1].operations[0].args["feature"]
    )


def test_how_many_would_then_get_an_outcome_asks_for_it_and_tells_no_rows(read: Read) -> None:
    question = read("how many people under 25 would be approved if they earned 10000 more?").question
    assert ops(question) == ["what_if", "confidence"]
    assert question.operations[1].args == {"class": "approved"}
    assert [n.feature for n in question.filters if isinstance(n, Condition)] == ["age"]


FOREIGN = (
    "😀😀😀", "???", "Warum wurde mein Antrag abgelehnt?", "SELECT * FROM users;", "zxcv qwer asdf",
    "for (int i=0;i<n;i++) {x[i]+=y;}", "<script>alert(1)</script>",
)  # fmt: skip


@pytest.mark.parametrize("text", FOREIGN)
def test_what_is_no_question_in_this_language_is_not_understood(read: Read, text: str) -> None:
    reading = read(text)

    assert reading.question.operations == ()
    assert reading.alternatives == ()


def test_following_questions_lean_on_the_one_before(read: Read) -> None:
    first = read("what if my income were 50,000?").question

    again = read("and 60,000?", previous=first).question
    assert [a.args.get("value") for a in again.operations] == [60000, None]
    why = read("why?", previous=first).question
    assert ops(why) == ["why"]
    other = read("same for case 13", previous=first).question
    assert other.case_id == "13"
    assert other.operations == first.operations
    both = read("and also an existing debt of 2,000", previous=first).question
    assert [a.args.get("feature") for a in both.operations] == ["income", "existing_debt", None]


def test_a_bare_question_is_about_the_case_of_the_question_before(read: Read) -> None:
    first = read("what did the model predict for case 12?").question

    assert first.case_id == "12"
    assert read("why?", previous=first).question.case_id == "12"
    assert read("why was I declined?", previous=first).question.case_id is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2,000 less", {"change": "set", "value": 58000.0}),
        ("10 % more", {"change": "set", "value": 66000.0}),
        ("and 50?", {"change": "set", "value": 50000.0}),
    ],
)
def test_an_amount_alone_is_another_amount_of_the_same_change(read: Read, text: str, told: dict[str, object]) -> None:
    before = read("what if my income were 60,000?").question
    change = read(text, previous=before).question.operations[0]
    assert change.args == {"feature": "income", **told}


def test_what_leans_on_the_first_half_of_a_question_does_not_lean_on_the_one_before(read: Read) -> None:
    before = read("how many women are there?").question
    both = read("why was I declined and how sure is it?", previous=before).question
    assert (ops(both), both.filters) == (["why", "confidence"], ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("go back", "back"),
        ("back to the previous question", "back"),
        ("not that one", "other"),
        ("say it again", "repeat"),
    ],
)
def test_a_question_that_only_points_back_says_how_far(read: Read, text: str, kind: str) -> None:
    asked = read(text, previous=read("why?").question).question.operations
    assert [(o.op, o.args) for o in asked] == [("followup", {"kind": kind})]


def test_what_something_acts_together_with_is_no_mark_of_the_rows(read: Read) -> None:
    asked = read("which features interact with income?").question
    assert (ops(asked), asked.filters) == (["interactions"], ())


def test_two_categories_of_one_feature_are_one_or_the_other(read: Read) -> None:
    asked = read("how many own and rent applicants are there?").question
    values = [Condition(feature="housing", op="==", value=value) for value in ("own", "rent")]
    assert asked.filters == (Any_(nodes=tuple(values)),)


@pytest.mark.parametrize(
    "text",
    [
        "does the model look at income on its own?",
        "how good is the accuracy?",
        "what if it were 30 euros cheaper a year?",
    ],
)
def test_a_saying_names_no_fact(read: Read, text: str) -> None:
    schema, vocabulary = domain("loan")
    named = fill_slots(clean(text), schema, vocabulary, read_lexicon("en"), frozenset())
    assert not {target for found in named.values for target in found.targets} - {"income"}


def test_another_feature_takes_the_place_of_the_one_asked_about(read: Read) -> None:
    first = read("how does income affect the result?").question

    assert read("and the existing debt?", previous=first).question.operations[0].args["feature"] == "existing_debt"


def leaves(nodes: tuple[Node, ...]) -> list[Condition]:
    return [c for n in nodes for c in (leaves(n.nodes) if isinstance(n, All | Any_) else [n])]


def well_formed(question: Question, schema: Schema) -> bool:
    names = {*schema.names, "@id", "@prediction", "@label", "@previous"}
    asked = [a for a in question.operations if a.op != "define"]
    return (
        all(c.feature in names for c in leaves(question.filters))
        and all(a.args["feature"] in schema.names for a in asked if "feature" in a.args)
        and all(a.args[slot] in schema.targets for a in asked for slot in ("class", "outcome") if slot in a.args)
        and all(a.args["value"] in f.categories for a in asked if a.op == "what_if" and "value" in a.args
                for f in schema.features if f.name == a.args["feature"] and f.kind == "category")
    )  # fmt: skip


def is_there(text: str) -> bool:
    """Whether anything is left without spaces, control characters and marks that cannot be seen."""
    return any(unicodedata.category(c)[0] != "Z" and unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in text)


WORDS = st.sampled_from(
    ("why not", "what if my", "income", "debt", "age", "female", "were", "was", "is", "5", "50,000", "case 12", "and",
     "people over", "or", "rent", "malignant", "declined", "how likely", "😀", "心", "<b>", "\u202e", "twice", "half",
     "%", "more", "less than", "between", "top 3", "the", "of", "for me")
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=14).map(" ".join)))
def test_any_text_gives_a_well_formed_reading_or_the_stated_error(read: Read, text: str) -> None:
    if not is_there(text):
        with pytest.raises(QuestionError, match="empty"):
            read(text)
        return
    reading = read(text)
    assert 0 <= reading.confidence <= 1
    for question in (reading.question, *reading.alternatives):
        assert well_formed(question, domain("loan")[0])
        assert Question.from_json(question.to_json()) == question
    assert not reading.alternatives or not reading.question.operations or reading.confidence < CERTAIN


def test_a_question_survives_json_with_lists_and_nested_filters() -> None:
    old, woman = {"feature": "age", "op": ">", "value": 30}, {"feature": "sex", "op": "==", "value": "f"}
    data = {
        "filters": [{"any": [old, {"all": [woman]}]}],
        "operations": [{"op": "counterfactual", "args": {"fixed": ["age", "sex"]}}],
    }  # fmt: skip

    assert Question.from_json(data).to_json() == data


def test_the_same_question_is_read_the_same_again(read: Read) -> None:
    texts = ("so tell me honestly how it came to that", "is my debt the trouble?", "could it be that you mixed me up")

    assert [read(t) for t in texts] == [read(t) for t in texts]
