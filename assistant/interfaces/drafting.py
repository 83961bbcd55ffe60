"""`plainwhy init`, from files to a `domain.toml` in a folder; in a terminal it asks what only people know."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import cast

import typer

from assistant.domains.build import Progress
from assistant.domains.draft import Draft, GivenModel, drafted
from assistant.domains.draft_data import Request
from assistant.domains.draft_text import draft_text
from explainers.base import Actionable, Feature
from explainers.errors import DomainError, InputError, PlainwhyError
from explainers.table import one_line

WAYS: Mapping[str, Actionable] = MappingProxyType({"up": "up", "down": "down", "free": "free"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft and the file it was written to; `new` are the file and the folders that were not there before."""

    draft: Draft
    path: Path
    new: tuple[Path, ...]


def write_draft(request: Request, folder: Path, *, force: bool, asks: bool) -> Drafted:
    """Drafts `folder/domain.toml`, asking what only a person can say where `asks`. The data stay where they are.

    Raises DomainError E604, E606, InputError E1xx, ModelError E2xx; nothing is written then.
    """
    path = folder / "domain.toml"
    if (path.exists() and not force) or (folder.exists() and not folder.is_dir()):
        raise DomainError("E606", f"There is {path if folder.is_dir() else folder} already.", where=str(folder),
                          hint="Name another folder, or overwrite it with --force.")  # fmt: skip
    draft = drafted(request, _model(request.model, asks) if request.model else None)
    if asks:
        draft = draft.saying(_ask_favourable(draft), _ask_changes(draft))
    text = draft_text(draft, folder)
    new = tuple(place for place in (path, folder, *folder.parents) if not place.exists())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DomainError("E606", f"{path} cannot be written: {error.strerror}.", where=str(path)) from error
    return Drafted(draft=draft, path=path, new=new)


@contextmanager
def kept_if_useful(written: Drafted) -> Iterator[None]:
    """Removes what was written where the data are at fault; where the model is, says that the draft can be mended."""
    try:
        yield
    except InputError:
        for place in written.new:
            place.rmdir() if place.is_dir() else place.unlink()
        raise
    except PlainwhyError:
        typer.echo(f"The draft is written: {written.path}. Mend it there, then: plainwhy ask --domain …", err=True)
        raise


@contextmanager
def timed(progress: Progress) -> Iterator[tuple[Progress, Mapping[str, float]]]:
    """The same progress, and how many seconds each of its steps took, all told when it is over."""
    seconds: dict[str, float] = {}
    began: list[tuple[str, float]] = []

    def step(name: str, place: int, of: int) -> None:
        end()
        began.append((name, time.perf_counter()))
        progress(name, place, of)

    def end() -> None:
        if began:
            name, start = began.pop()
            seconds[name] = round(time.perf_counter() - start, 2)

    yield step, seconds
    end()


def _model(path: Path, asks: bool) -> GivenModel:
    model = GivenModel.of(path)
    if model.native is not None or not asks:
        return model
    typer.echo(f"{path.name} can run programs when it is opened. Its sha256 is {model.sha256}.", err=True)
    allowed = typer.confirm("Did you make this very file yourself, and allow it?", default=False, err=True)
    return GivenModel.of(path, (model.sha256,)) if allowed else model


def _ask_favourable(draft: Draft) -> str:
    """The key of the outcome that is good for the person, or "low" or "high"; "" where nobody says."""
    outcomes = draft.schema.outcomes
    if draft.schema.quantity is not None:
        choices, about = {"low": "low", "high": "high"}, f"Is a low or a high {draft.schema.quantity.name} good"
    else:
        choices = {str(i): o.key for i, o in enumerate(outcomes, 1)}
        listed = ", ".join(f"{i}) {one_line(o.name)}" for i, o in enumerate(outcomes, 1))
        about = f"{listed}: which one is good"

    def read(text: str) -> str:
        if text and text not in choices:
            raise typer.BadParameter(f"Answer {', '.join(choices)}, or nothing.")
        return choices.get(text, "")

    ask = f"{about} for the person? (Enter: say nothing)"
    return str(typer.prompt(ask, default="", value_proc=read, show_default=False, err=True))


def _ask_changes(draft: Draft) -> Mapping[str, Actionable]:
    """What a person can change, by feature; nothing where nobody says."""
    open_ones = {f.label: f for f in draft.schema.features if f.input and not f.sensitive}
    if not open_ones:
        return {}
    typer.echo(f"Known of a person: {', '.join(map(one_line, open_ones))}.", err=True)
    said = typer.prompt(
        'What of it can the person change? Such as "income up, debt down, term" (Enter: say nothing)',
        default="", value_proc=lambda text: _changes(text, open_ones), show_default=False, err=True,
    )  # fmt: skip
    return cast(Mapping[str, Actionable], said or {})


def _changes(text: str, known: Mapping[str, Feature]) -> dict[str, Actionable]:
    """ "income up, term" as names of features and ways."""
    found: dict[str, Actionable] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        label, _, way = part.rpartition(" ")
        label, way = (label, way) if way in WAYS and label else (part, "free")
        feature = known.get(label) or next((f for f in known.values() if f.name == label), None)
        if feature is None:
            raise typer.BadParameter(f"{label!r} is none of them.")
        if way != "free" and feature.kind != "number":
            raise typer.BadParameter(f"{label!r} is no number: it goes neither up nor down.")
        found[feature.name] = WAYS[way]
    return found
