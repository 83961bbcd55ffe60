"""Approved answers: what the assistant says, for a person to review. `python -m tests.approve` rewrites them."""

from __future__ import annotations

import re
import tempfile
import textwrap
from pathlib import Path
from typing import get_args

from assistant.dialogue import Assistant
from assistant.session import Reader, ReaderName
from explainers.errors import PlainwhyError

FOLDER = Path(__file__).parent / "approved"
READERS = get_args(ReaderName)
GENERAL = (
    "Why?",
    "Why not {other}?",
    "What spoke for and against?",
    "What did the model say?",
    "How sure is it?",
    "What matters most overall?",
    "What do you know about this case?",
    "How do you work these reasons out?",
    "What can you do?",
    "Thank you!",
    "What is the weather tomorrow?",
    "What would have to change?",
    "blorp fizz wug",
)
CASES = {
    "biopsy": (
        "7",
        "benign",
        ("What if the mean radius were 12?", "What if the radius were 12?", "Should I have surgery?"),
    ),
    "progression": (
        "5",
        "lower",
        ("What if my bmi were 27?", "What if my age were 300?", "And if my blood sugar were 80 and my bmi 24?"),
    ),
    "loan": (
        "3",
        "approved",
        (
            "What if my income were 50,000?",
            "What if my debt ratio were 20?",
            "And if I owed nothing?",
            "What if I were a man?",
        ),
    ),
}
"""Domain: the case, the other outcome, and questions of its own."""
GENERAL_ZH = (
    "为什么？",
    "为什么不是{other}？",
    "有利和不利的理由各是什么？",
    "模型说了什么？",
    "有多大把握？",
    "总体上什么最重要？",
    "关于这个案例你知道什么？",
    "这些理由是怎么算出来的？",
    "你能做什么？",
    "谢谢！",
    "明天天气怎么样？",
    "要改变什么才行？",
    "什么是归因？",
    "与此相似的案例结果如何？",
    "通常谁得到{other}？",
    "它的错误有什么共同点？",
    "模型有多准？",
    "哪些因素会相互作用？",
    "用的是什么数据？",
    "这是什么模型？",
)
CASES_ZH: dict[str, tuple[ReaderName, tuple[str, ...]]] = {
    "loan": (
        "person",
        (
            "如果我的收入是50,000呢？",
            "如果我没有债务呢？",
            "如果我是男的呢？",
            "收入怎样影响结果？",
            "一般收入是多少？",
            "住房情况是什么意思？",
        ),
    ),
    "biopsy": (
        "expert",
        (
            "如果平均半径是12呢？",
            "平均纹理怎样影响结果？",
            "为什么平均半径超过15的样本是这样的结果？",
            "我应该做手术吗？",
        ),
    ),
    "progression": (
        "support",
        (
            "如果体重指数是27呢？",
            "如果年龄是300呢？",
            "血压怎样影响结果？",
            "血压的平均值是多少？",
            "年龄大于60的患者有多少个？",
        ),
    ),
}
"""In Chinese one reader of each domain: every reader and every domain once."""
OTHER_ZH = {"benign": "良性", "lower": "更低", "approved": "批准"}
OTHERS = {"loan": ("11", "29"), "biopsy": ("0", "50")}
"""More cases that only "Why?" and "How sure is it?" are asked about."""


def conversation(assistant: Assistant, reader: ReaderName) -> str:
    """Every question of a domain's list, asked by one reader in one session, as text."""
    case, other, own = CASES[assistant.domain.name]
    who = Reader(name=reader, language="en")
    told = [_asked(assistant, who, case, [q.format(other=other) for q in GENERAL] + list(own))]
    for another in OTHERS.get(assistant.domain.name, ()):
        told.append(_asked(assistant, who, another, ["Why?", "How sure is it?"]))
    return "\n".join(told)


def conversation_zh(assistant: Assistant) -> str:
    """The same in Chinese, by the one reader of the domain."""
    reader, own = CASES_ZH[assistant.domain.name]
    case, other, _ = CASES[assistant.domain.name]
    who = Reader(name=reader, language="zh")
    told = [_asked(assistant, who, case, [q.format(other=OTHER_ZH[other]) for q in GENERAL_ZH] + list(own))]
    for another in OTHERS.get(assistant.domain.name, ()):
        told.append(_asked(assistant, who, another, ["为什么？", "有多大把握？"]))
    return "\n".join(told)


def _asked(assistant: Assistant, reader: Reader, case: str, questions: list[str]) -> str:
    session = assistant.start(case=case, reader=reader)
    told = [f"=== {assistant.domain.name}, case {case}, {reader.name}\n"]
    for question in questions:
        try:
            session = assistant.ask(session, question)
        except PlainwhyError as error:
            told.append(f"> {question}\n{error}\n")
            continue
        turn = session.last
        offers = "".join(f"\n  ( {offer.reading} )" for offer in turn.ask_back)
        told.append(f"> {question}\n[{turn.reading}]\n{_wrapped(turn.answer.text)}{offers}\n")
    return "\n".join(told)


def _wrapped(text: str) -> str:
    if "。" in text:
        return re.sub(r"(?<=。)(?=[^\n])", "\n", text)
    return "\n\n".join(textwrap.fill(paragraph, 110) for paragraph in text.split("\n\n"))


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in CASES:
        assistant = Assistant.for_domain(name, store=Path(tempfile.mkdtemp()) / "approve.sqlite")
        for reader in READERS:
            (FOLDER / f"{name}.{reader}.txt").write_text(conversation(assistant, reader), encoding="utf-8")
        (FOLDER / f"{name}.{CASES_ZH[name][0]}.zh.txt").write_text(conversation_zh(assistant), encoding="utf-8")


if __name__ == "__main__":
    main()
