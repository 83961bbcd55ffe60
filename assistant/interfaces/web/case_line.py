"""The line above the conversation: which case, what was decided about it, by what, and whom to turn to."""

from __future__ import annotations

from html import escape

from assistant.interfaces.web.signs import Sign
from assistant.interfaces.web.wording import Wording
from assistant.session import Turn

VERSION_DIGITS = 12


def case_line(turn: Turn, wording: Wording, sign: Sign) -> str:
    """From a recorded answer to "What did the model say?"."""
    record = turn.record or {}
    subject, model, score = record["subject"], record["model"], record["score"]
    outcome = record.get("outcome")
    result = outcome["name"] if outcome else f"{score['of']} {wording.score(score['value'], record)}"
    by = "quantity" if outcome is None else "rule" if outcome["by"] == "rule" else "score"
    noun = subject["noun"][:1].upper() + subject["noun"][1:]
    title = wording.label("case_title", noun=noun, id=subject["id"], result=result)
    version = model["version"].removeprefix("sha256:")[:VERSION_DIGITS]
    decided = wording.label(f"decided_by_{by}", model=model["name"], version=version)
    return f'<div class="pw-case"><div><h2>{title}</h2><p>{decided}</p></div>{_person(sign, wording)}</div>'


def problem(words: str) -> str:
    """The line of a case that could not be opened."""
    return f'<div class="pw-case"><p role="alert">{escape(words)}</p></div>'


def _person(sign: Sign, wording: Wording) -> str:
    """A way to a person, where the domain names one."""
    if not sign.contact:
        return ""
    told = wording.label("contact_of", organisation=sign.organisation, contact=sign.contact)
    words = told if sign.organisation else escape(sign.contact)
    return f'<details class="pw-person"><summary>{wording.label("ask_a_person")}</summary><p>{words}</p></details>'
