"""The text of a drafted `domain.toml`: its layout and comments stand in `prompts/en/draft.toml.jinja`."""

from __future__ import annotations

import os
import shlex
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from assistant.domains.draft import Draft
from explainers.infer import readable
from explainers.table import one_line


def template(name: str) -> Template:
    """A template of `prompts/en` for text that is not HTML. Filters: `toml` and `key` as TOML writes a value and a key,
    `line` for text from outside in a comment, `words` for a name as people write it."""
    import tomlkit

    def toml(value: Any) -> str:
        short = int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value
        return tomlkit.item(list(short) if isinstance(short, tuple) else short).as_string()

    def key(name: str) -> str:
        return tomlkit.key(name).as_string()

    plain = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    plain.filters |= {"toml": toml, "key": key, "line": one_line, "words": readable}
    plain.tests["words_only"] = lambda text: not text.strip("-.").replace(".", "").isdigit()
    return plain.from_string((resources.files("prompts") / "en" / name).read_text(encoding="utf-8"))


def draft_text(draft: Draft, folder: Path) -> str:
    """The draft as `folder/domain.toml` holds it."""
    return template("draft.toml.jinja").render(
        draft=draft,
        sensitive=any(f.sensitive for f in draft.schema.features),
        title=f"{readable(draft.request.target)} ({draft.request.data.stem})",
        data=_seen_from(folder, draft.request.data),
        test=_seen_from(folder, draft.request.test),
        model=_seen_from(folder, draft.model.path if draft.model else None),
        shell=shlex.quote(str(folder / "domain.toml")),
        first=shlex.quote(draft.first),
    )


def _seen_from(folder: Path, file: Path | None) -> str:
    return "" if file is None else Path(os.path.relpath(file, folder)).as_posix()
