"""The words as data: shapes parse, plans name what exists, no English hides in code, a language is a folder."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest

import prompts
from assistant.domains.description import read_description
from assistant.domains.reading import vocabulary_of
from assistant.domains.vocabulary import Vocabulary
from assistant.narration.answer import LAYERS
from assistant.narration.claims import CLAIMS
from assistant.narration.follow_ups import follow_ups
from assistant.narration.narrate import narrate, talk
from assistant.narration.realise import Claim, Said, UnlicensedError, Voice
from assistant.narration.restate import restate
from assistant.narration.speech import Speech
from assistant.question import Any_, Asked, Condition, Question
from assistant.session import Reader, ReaderName
from prompts import Words, languages
from prompts.shape import ShapeError, plain_shape, shapes_of
from tests.records import RECORDS

WORDS = Words.load("en")
SPOKEN = {language: Words.load(language) for language in languages()}
EVERY_PLAN = [(language, kind) for language, words in SPOKEN.items() for kind in words.plans]
GRAMMAR = {"plural", "short", "bracketed", "verbal", "counted", "several"}
"""Tags that say how a word stands in a sentence, not what is true: each language heeds those it needs."""
FOLDER = Path(prompts.__file__).parent
TELLERS = CLAIMS.keys()


def texts(sentence: str) -> list[str]:
    return ["".join(p if isinstance(p, str) else f"<{p.key}>" for p in v) for v in plain_shape(sentence).variants]


def test_alternatives_options_and_brackets_expand() -> None:
    assert texts("(A|The) {x:of}[ big] (c)") == [
        "A <x:of> (c)",
        "A <x:of> big (c)",
        "The <x:of> (c)",
        "The <x:of> big (c)",
    ]
    assert texts("a [b|c]") == ["a ", "a b|c"]
    assert texts("((a|b) c|d)") == ["a c", "b c", "d"]


@pytest.mark.parametrize("bad", ["* * (a|b", "* * a]", "* * {x", "* * {}", "*", "* * " + "(a|b)" * 7])
def test_a_line_that_is_no_shape_is_an_error(bad: str) -> None:
    with pytest.raises(ShapeError):
        shapes_of(bad)


def voice(shapes: str, **more: str) -> Voice:
    files = {**WORDS.files, "en/shapes/x.txt": shapes, **{f"en/shapes/{k}.txt": v for k, v in more.items()}}
    return Voice(words=Words.of(files), numbers=Speech.of(WORDS).numbers, reader="person", seed="s")


def test_the_most_specific_shape_for_the_reader_wins() -> None:
    speaking = voice(
        "*  *  plain\n*  person  for persons\nup  *  one tag\nup+big  *  two tags\ndown+big+odd  *  not so"
    )

    assert speaking.say(Claim(name="x")).text == "For persons"
    assert speaking.say(Claim(name="x", tags={"up": "a"})) == Said(text="One tag", facts=("a",))
    assert speaking.say(Claim(name="x", tags={"up": "a", "big": ("b", "c"), "odd": "d"})).facts == ("b", "c", "a")


def test_the_same_claim_again_takes_another_shape() -> None:
    speaking = voice("*  *  one\n*  *  two\n*  *  three")

    assert len({speaking.say(Claim(name="x"), i).text for i in range(3)}) == 3
    assert speaking.say(Claim(name="x"), 1) == speaking.say(Claim(name="x"), 1)


def test_gaps_take_slots_claims_lists_and_other_shapes_with_their_facts() -> None:
    speaking = voice("*  *  {a} {b} {c} {y}.", y="*  *  [very ]nice {a}", z="*  *  z{n}")
    items = tuple(Claim(name="z", slots={"n": Said(text=str(i), facts=(f"n[{i}]",))}) for i in range(3))
    claim = Claim(name="x", slots={"a": Said(text="A", facts=("a",)), "b": items[0], "c": items})

    said = speaking.say(claim)

    assert re.fullmatch(r"A z0 z0, z1 and z2 (very )?nice A\.", said.text)
    assert said.facts == ("a", "n[0]", "n[1]", "n[2]")


@pytest.mark.parametrize("shapes", ["up  *  only up", "*  expert  not for persons", "*  *  {nothing_fills_this}"])
def test_a_claim_without_words_is_an_error(shapes: str) -> None:
    with pytest.raises(UnlicensedError):
        voice(shapes).say(Claim(name="x"))


@pytest.mark.parametrize("language", SPOKEN)
def test_every_reader_has_a_table_and_shapes_name_no_other(language: str) -> None:
    words = SPOKEN[language]
    assert set(words.readers) == set(get_args(ReaderName))
    speaking = {table.speaks for table in words.readers.values()}
    assert all(shape.readers <= speaking for shapes in words.claims.values() for shape in shapes)
    assert all(set(table.opened) <= set(LAYERS) for table in words.readers.values())


@pytest.mark.parametrize(("language", "kind"), EVERY_PLAN)
def test_a_plan_names_only_what_exists(language: str, kind: str) -> None:
    words = SPOKEN[language]
    plan = words.plan(kind)
    for reader in words.readers:
        for layer, claims in plan.layers_for(reader).items():
            assert layer in LAYERS
            assert [c for c in claims if c not in TELLERS and c not in words.claims] == []
    assert set(plan.overrides) <= set(words.readers)
    assert set(plan.follow_ups) <= set(words.plans) - {kind}
    assert "headline" in plan.layers


@pytest.mark.parametrize("language", SPOKEN)
def test_every_way_of_asking_has_a_plan(language: str) -> None:
    asked = {path.parent.name for path in (FOLDER / language).glob("*/ask.txt")}

    assert sorted(asked - set(SPOKEN[language].plans)) == []


@pytest.mark.parametrize("kind", WORDS.plans)
def test_every_language_tells_the_same_in_the_same_layers(kind: str) -> None:
    for words in SPOKEN.values():
        plan = words.plan(kind)
        assert (plan.layers, plan.overrides, plan.follow_ups) == (
            WORDS.plan(kind).layers,
            WORDS.plan(kind).overrides,
            WORDS.plan(kind).follow_ups,
        )
        assert bool(plan.button) == bool(WORDS.plan(kind).button)


def agrees(claim: str) -> bool:
    """Whether a file of shapes is only the agreement of a word with another, as "is" and "are"."""
    tags = {tag for shape in WORDS.shapes(claim) for tag in shape.tags}
    return "plural" in tags and tags <= GRAMMAR


@pytest.mark.parametrize("language", SPOKEN)
def test_every_language_words_every_claim(language: str) -> None:
    needed = {claim for claim in WORDS.claims if not agrees(claim)}

    assert needed <= SPOKEN[language].claims.keys() <= WORDS.claims.keys()


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("claim", WORDS.claims)
def test_every_language_distinguishes_the_same_facts(claim: str, language: str) -> None:
    def conditions(words: Words, reader: str) -> set[frozenset[str]]:
        shapes = words.claims.get(claim, WORDS.shapes(claim))
        return {shape.tags - GRAMMAR for shape in shapes if not shape.readers or reader in shape.readers}

    for reader in WORDS.readers:
        assert conditions(SPOKEN[language], reader) == conditions(WORDS, reader)


@pytest.mark.parametrize("language", SPOKEN)
def test_every_shape_file_is_used(language: str) -> None:
    words = SPOKEN[language]
    planned = {
        c for plan in words.plans.values() for r in words.readers for cs in plan.layers_for(r).values() for c in cs
    }
    nested = {gap.name for shapes in words.claims.values() for shape in shapes for gap in shape.gaps}
    code = "".join(path.read_text(encoding="utf-8") for path in Path("assistant/narration").rglob("*.py"))
    named = set(re.findall(r'"(\w+)"', code))

    assert sorted(set(words.claims) - planned - nested - named) == []


def test_words_come_back_from_what_was_kept() -> None:
    again = Words.unpacked(WORDS.packed())

    assert again == WORDS
    assert Words.of({**WORDS.files, "en/shapes/firm.txt": "*  *  x"}).digest != WORDS.digest
    with pytest.raises(ValueError, match="one language"):
        Words.of({**WORDS.files, "fr/page.toml": ""})
    with pytest.raises(FileNotFoundError):
        Words.load("xx")


# One more language takes only a folder: English in capitals under another name, so that whatever is not in capitals
# and not from the record or the tables was written in code.


def shouted(sentence: str) -> str:
    return re.sub(r"\{[^}]*\}|[^{]+", lambda m: m[0] if m[0].startswith("{") else m[0].upper(), sentence)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of words with one language, `qq`."""
    home = tmp_path_factory.mktemp("prompts")
    for path, text in WORDS.files.items():
        made = home / re.sub("^en/", "qq/", path)
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text(loud(text) if path.startswith("en/shapes/") else text, encoding="utf-8")
    return home


def loud(shapes: str) -> str:
    lines = [line.split(None, 2) for line in shapes.splitlines() if line.strip() and not line.startswith("#")]
    return "\n".join("  ".join([*line[:2], *(shouted(s) for s in line[2:])]) for line in lines)


def words_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {w for k, v in value.items() for w in words_in(v) | words_in(k)}
    if isinstance(value, list):
        return {w for v in value for w in words_in(v)}
    return set(re.findall(r"\w+", str(value).lower()))


@pytest.mark.parametrize("reader", get_args(ReaderName))
def test_a_new_language_takes_only_a_folder(reader: Any, folder: Path) -> None:
    assert languages(folder) == ("qq",)
    quiet = Words.load("qq", folder)
    assert quiet.language == "qq"
    tables = words_in(tomllib.loads(WORDS.files["en/speech.toml"]))
    for facts in RECORDS:
        answer = narrate(facts, Reader(name=reader, language="qq"), quiet)
        own = tables | words_in(facts.record())
        strange = {
            w
            for s in answer.sentences
            for w in re.findall(r"[^\W\d]*[a-z][^\W\d]*", re.sub(r"sha256:\w+", "", s.text))
            if w.lower() not in own
        }
        assert strange == set(), facts.kind


def vocabulary(name: str) -> Vocabulary:
    return vocabulary_of(read_description(Path("assistant/domains") / name / "domain.toml"))


LOAN = vocabulary("loan")


def asking(*operations: Asked, filters: tuple[Any, ...] = ()) -> str:
    return restate(Question(filters=filters, operations=operations), LOAN, "en", WORDS)


def moved(feature: str, change: str, **value: Any) -> Asked:
    return Asked(op="what_if", args={"feature": feature, "change": change, **value})


def test_readings_say_what_was_understood() -> None:
    predict, sure = Asked(op="predict"), Asked(op="confidence")
    assert asking(moved("income", "set", value=50000.0), predict) == "what if income were 50,000 EUR a year"
    assert asking(moved("income", "set", value=5e4), moved("existing_debt", "multiply", value=0.5), sure) == (
        "what if income were 50,000 EUR a year and existing debt were 0.5 times as much and "
        "how sure the model is for this application"
    )
    assert asking(moved("housing", "set", value="own")) == "what if housing situation were own"
    assert asking(Asked(op="why_not", args={"outcome": "approved"})) == "why the answer is not “approved”"
    assert asking() == "not understood"


def test_readings_name_the_rows() -> None:
    numbered = (Condition(feature="@id", op="==", value=12.0),)
    either = Any_(
        nodes=(Condition(feature="housing", op="==", value="rent"), Condition(feature="income", op="<", value=4e4))
    )
    declined = Condition(feature="@prediction", op="==", value="declined")

    assert asking(Asked(op="why"), filters=numbered) == "why application 12 got this result"
    assert asking(Asked(op="why"), filters=(declined, either)) == (
        "why these cases got their results, for cases where the model's answer is declined and "
        "housing situation is rent or income is below 40,000 EUR a year"
    )


@pytest.mark.parametrize(("language", "kind"), EVERY_PLAN)
@pytest.mark.parametrize("domain", ["loan", "biopsy", "progression"])
def test_every_kind_has_a_reading(language: str, kind: str, domain: str) -> None:
    known = vocabulary(domain)
    feature = next(iter(known.features))
    args = {"feature": feature, "change": "set"} if kind == "what_if" else {}

    assert restate(Question(operations=(Asked(op=kind, args=args),)), known, language, SPOKEN[language])


@pytest.mark.parametrize(("language", "kind"), EVERY_PLAN)
def test_follow_ups_offer_only_what_is_answerable_and_said_in_full(language: str, kind: str) -> None:
    words = SPOKEN[language]

    assert follow_ups(kind, (), {}, words) == ()
    offered = follow_ups(kind, set(words.plans), {"other": "approved"}, words)
    assert len(offered) <= 3
    assert not [text for text in offered if "{" in text or words.plan(kind).button == text]


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("reader", get_args(ReaderName))
def test_fixed_words_exist_for_every_kind_that_computes_nothing(reader: Any, language: str) -> None:
    computed = {facts.kind for facts in RECORDS}
    for kind in WORDS.plans.keys() - computed | {"what_if"} - {"what_if"}:
        for slots in ({}, {"title": "loans", "subject": "loan", "term": "SHAP"}):
            assert talk(kind, (), slots, Reader(name=reader), SPOKEN[language]).text


@pytest.mark.parametrize("topic", ["medical", "legal", "financial", "distress"])
def test_out_of_scope_topics_name_someone_to_turn_to(topic: str) -> None:
    text = talk("out_of_scope", (topic,), {"title": "loans", "subject": "loan"}, Reader(), WORDS).text

    assert re.search(r"doctor|lawyer|advice centre|someone you trust", text)
    if topic in ("medical", "distress"):
        assert "emergency number" in text
