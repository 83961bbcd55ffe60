"""What a support agent should notice about a case, read from the recorded answers about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from assistant.interfaces.web.wording import Wording
from assistant.session import Turn


def flags(turns: Sequence[Turn], case: str, wording: Wording) -> str:
    """A list of flags; words that say so where there are none, or where nothing was worked out."""
    recorded = [record for turn in turns for record in turn.records if not record.get("changed")]
    records = [record for record in recorded if record.get("subject", {}).get("id") == case]
    why = next((record for record in records if record.get("reasons") is not None), None)
    title = f"<h3>{wording.label('flags')}</h3>"
    if why is None:
        return f'<div class="pw-flags">{title}<p>{wording.label("flags_unknown")}</p></div>'
    items = "".join(f"<li><b>{name}</b> {words}</li>" for name, words in _raised(why, wording))
    told = f"<ul>{items}</ul>" if items else f"<p>{wording.label('flags_none')}</p>"
    return f'<div class="pw-flags">{title}{told}</div>'


def _raised(record: Mapping[str, Any], wording: Wording) -> Iterator[tuple[str, str]]:
    """The name of each flag that is up, and what it means."""
    certainty = record.get("certainty", {})
    if certainty.get("band") == "close":
        yield wording.label("flag_close"), wording.label("flag_close_means")
    if certainty.get("unusual"):
        named = wording.speech.numbers.listed(certainty.get("unusual_in") or ())
        unusual = wording.label("flag_unusual_in", features=named) if named else wording.label("flag_unusual_means")
        yield wording.label("flag_unusual"), unusual
    if certainty.get("firm") is False:
        yield wording.label("flag_not_firm"), wording.label("flag_not_firm_means")
    sensitive = [reason["label"] for reason in record["reasons"] if reason.get("sensitive")]
    if sensitive:
        named = wording.speech.numbers.listed(sensitive)
        yield wording.label("flag_sensitive"), wording.label("flag_sensitive_means", features=named)
    if record.get("outcome", {}).get("by") == "rule":
        yield wording.label("flag_rule"), escape(record.get("rule", {}).get("text", ""))
