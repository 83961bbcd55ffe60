"""What the assistant says stays what a person approved; `python -m tests.approve` rewrites it for a review."""

from __future__ import annotations

import pytest

from tests.approve import CASES, CASES_ZH, FOLDER, READERS, conversation, conversation_zh
from tests.talking import assistant


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("domain", CASES)
def test_the_answers_are_those_approved(domain: str, reader: str) -> None:
    approved = (FOLDER / f"{domain}.{reader}.txt").read_text(encoding="utf-8")
    assert conversation(assistant(domain), reader) == approved


@pytest.mark.parametrize("domain", CASES_ZH)
def test_the_chinese_answers_are_those_approved(domain: str) -> None:
    approved = (FOLDER / f"{domain}.{CASES_ZH[domain][0]}.zh.txt").read_text(encoding="utf-8")
    assert conversation_zh(assistant(domain)) == approved
