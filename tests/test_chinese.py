"""Chinese: short sentences of everyday words for a person, no English left over, Chinese marks, on every face."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, get_args

import pytest

from assistant.facts import Facts, Subject
from assistant.narration.answer import Answer
from assistant.narration.faithful import Checker
from assistant.narration.narrate import narrate, talk
from assistant.narration.speech import Speech
from assistant.session import Reader, ReaderName
from prompts import Words
from tests.record_loans import loan
from tests.records import RECORDS
from tests.talking import assistant

if TYPE_CHECKING:
    from assistant.session import Turn

WORDS = Words.load("zh")
UNITS = "|".join(sorted((u.removeprefix("{n}") for u in WORDS.speech["units"].values() if u != "{n}"), reverse=True))
CLOSED = (
    "kind", "unit", "direction", "size", "comparison", "band", "level", "level_before", "level_after", "by", "shape",
    "limits", "task", "family", "leaning", "change", "end", "about", "language", "counted", "order", "yours_at",
    "field",
)  # fmt: skip
"""Keys whose texts are words of the record, not of the domain."""
READERS: tuple[ReaderName, ...] = get_args(ReaderName)
MOST = 30
"""Characters of a sentence; any name or value of the domain counts as two."""
NAME = "□□"
TERMS = (
    "TreeSHAP", "SHAP", "Shapley", "LIME", "ICE", "Gower", "Friedman", "Popescu", "Goldstein", "Lundberg", "Lee",
    "Ribeiro", "Sundararajan", "Spearman", "transformer", "ROC", "AUC", "F", "R²", "P", "H", "n", "k", "TP", "FP",
    "FN",
)  # fmt: skip
"""What Chinese experts write in Latin letters too."""
PLAIN_TERMS = ("F",)
JARGON = (
    "SHAP",
    "基准值",
    "对数几率",
    "残差",
    "标准误",
    "归因",
    "特征",
    "校准",
    "概率",
    "置信区间",
    "贡献",
    "阈值",
    "算法",
    "残余",
    "正向影响",
    "因为您的",
)


def in_chinese(facts: Facts, reader: ReaderName = "person") -> Answer:
    return narrate(facts, Reader(name=reader, language="zh"), WORDS)


def names(record: Any, key: str = "") -> Iterator[str]:
    """Every text of a record but the words of closed lists."""
    if isinstance(record, dict):
        for name, inner in record.items():
            yield from names(inner, name)
            if key in ("scores", "parameters"):
                yield name
    elif isinstance(record, list | tuple):
        for inner in record:
            yield from names(inner, key)
    elif isinstance(record, str) and key not in CLOSED:
        yield from (record, record.rstrip("."))


def without_names(text: str, record: Any) -> str:
    """The text with every name and value that comes from the domain or the model as two signs."""
    text = re.sub(r"sha256:\w+", NAME, text)
    for name in sorted(filter(None, names(record)), key=len, reverse=True):
        if not re.fullmatch(r"[\d.,-]*", name):
            text = text.replace(name, NAME)
    return re.sub(rf"[-+]?\d[\d,.]*(?:%|{UNITS})?", NAME, text)


def sentences(text: str) -> list[str]:
    """What stands between stops (colons before lists among them), in characters: marks are not counted."""
    parts = re.split(r"[。！？；：\n]", text)
    return [bare for part in parts if (bare := re.sub(r"[^\w□]", "", part))]


def many_changes(facts: Facts) -> bool:
    """Whether a reader asked for so many changes that telling them takes long."""
    return facts.group_what_if is not None and len(facts.group_what_if.moves) > 2


def told_to_a_person() -> list[tuple[str, str]]:
    found = [(f.kind, without_names(in_chinese(f).text, f.record())) for f in RECORDS if not many_changes(f)]
    others = [kind for kind in WORDS.plans if kind not in {f.kind for f in RECORDS}]
    return found + [(kind, talk(kind, (), {}, Reader("person", "zh"), WORDS).text) for kind in others]


TOLD = told_to_a_person()


@pytest.mark.parametrize(("kind", "text"), TOLD, ids=[f"{i}-{kind}" for i, (kind, _) in enumerate(TOLD)])
def test_a_person_never_reads_a_long_sentence(kind: str, text: str) -> None:
    assert [s for s in sentences(text) if len(s) > MOST] == []


def test_most_sentences_are_shorter_still() -> None:
    assert statistics.mean(len(s) for _, text in TOLD for s in sentences(text)) <= 16


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("facts", RECORDS, ids=lambda f: f.kind)
def test_no_english_is_left_over(facts: Facts, reader: ReaderName) -> None:
    record = facts.record()
    allowed = {*(TERMS if reader == "expert" else PLAIN_TERMS), *re.findall("[A-Za-z]+", record["model"]["kind"])}
    for sentence in in_chinese(facts, reader).sentences:
        text = without_names(sentence.text.replace("F1", "F"), record)
        assert set(re.findall(r"[A-Za-z]+(?:\d|²)?", text)) <= allowed, sentence


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("facts", RECORDS, ids=lambda f: f.kind)
def test_marks_are_chinese(facts: Facts, reader: ReaderName) -> None:
    record = facts.record()
    for sentence in in_chinese(facts, reader).sentences:
        text = without_names(sentence.text, record)
        assert not re.search(r"[\u4e00-\u9fff□] ?[,;:?!](?! ?/)|[\u4e00-\u9fff]\.", text), sentence
        assert not re.search(r"(?<=[\u4e00-\u9fff，。；：]) +(?=[\u4e00-\u9fff，。；：])", text), sentence
        assert text.count("“") == text.count("”")
        assert text.count("（") == text.count("）")


@pytest.mark.parametrize("reader", ["person", "support"])
@pytest.mark.parametrize("facts", RECORDS, ids=lambda f: f.kind)
def test_plain_readers_meet_no_jargon(facts: Facts, reader: Any) -> None:
    answer = in_chinese(facts, reader)
    shown = "".join(s.text for layer in answer.opened for s in answer.layer(layer))

    assert not [word for word in JARGON if word in shown]
    assert not re.search("你", shown)


def test_sentences_stand_together_without_a_space() -> None:
    assert "。 " not in in_chinese(loan("why")).text
    assert Answer.from_json(in_chinese(loan("why")).to_json()) == in_chinese(loan("why"))


@pytest.mark.parametrize(
    ("noun", "form"),
    [("患者", "you"), ("贷款申请人", "you"), ("申请", "owned"), ("贷款申请", "owned"), ("样本", "thing")],
)
def test_whom_a_case_is_about_is_told_by_how_the_noun_ends(noun: str, form: str) -> None:
    assert Speech.of(WORDS).address(noun) == form


def test_amounts_are_read_as_in_chinese() -> None:
    numbers = Speech.of(WORDS).numbers

    assert numbers.amount(54, "岁") == "54岁"
    assert numbers.amount(41000, "EUR/year") == "41,000欧元/年"
    assert numbers.amount(3, "J/kg") == "3 J/kg"
    assert numbers.percent(0.9997) == "99%以上"


def test_what_is_said_is_read_back() -> None:
    """The checker reads Chinese by the same shapes that word it."""
    facts = Facts(
        **{**{f: getattr(loan("why"), f) for f in loan("why").__slots__}, "subject": Subject(id="1", noun="申请")}
    )
    checker = Checker.of(facts, WORDS)
    for reader in READERS:
        for sentence in in_chinese(facts, reader).sentences:
            assert checker.judge(sentence.text).supported, sentence


def asked(domain: str, case: str, text: str, reader: ReaderName = "person") -> Turn:
    about = assistant(domain)
    return about.ask(about.start(case=case, reader=Reader(reader, "zh")), text).last


@pytest.mark.parametrize("kind", [k for k, plan in WORDS.plans.items() if plan.button and "{" not in plan.button])
def test_what_a_button_asks_is_understood(kind: str) -> None:
    turn = asked("loan", "3", WORDS.plan(kind).button)

    assert [asked.op for asked in turn.question.operations] == [kind]


def test_a_form_asks_what_is_understood() -> None:
    turn = asked("loan", "3", WORDS.page["form_asks"].format(reading="如果收入为50,000欧元/年"))

    assert turn.question.operations[0].args == {"feature": "income", "change": "set", "value": 50000.0}
    assert turn.reading == "如果收入为50,000欧元/年"


def test_names_of_the_demos_are_chinese() -> None:
    for domain, case in (("loan", "3"), ("progression", "5"), ("biopsy", "7")):
        for text in ("为什么？", "关于这个案例，你知道什么？", "这是什么模型？"):
            shown = "".join(
                s.text
                for layer in ("headline", "reasons", "limits")
                for s in asked(domain, case, text).answer.layer(layer)
            )
            assert not re.search("[A-Za-z]", shown), shown


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("什么是过拟合？", "overfitting"),
        ("分界线是什么意思？", "cut_off"),
        ("什么叫残差？", "residual"),
        ("随机森林是什么？", "random_forest"),
    ],
)
def test_questions_for_a_word_reach_its_meaning(text: str, about: str) -> None:
    record = asked("loan", "3", text).record

    assert record is not None
    assert record["definition"]["term"] == about


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    names = Speech.of(WORDS).some([f"甲{i}" for i in range(5)], 3)

    assert names == "甲0、甲1、甲2，另有2项"
    assert Speech.of(Words.load("en")).some(["a", "b", "c"], 2) == "a, b and 1 more"
