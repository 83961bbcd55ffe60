"""The command line: `plainwhy --help` lists what it can do."""

from __future__ import annotations

import json
import logging
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from tqdm import tqdm

from assistant.domains.build import Progress
from assistant.domains.source import DEMOS, describe
from assistant.interfaces.json_files import read_object
from assistant.interfaces.log_file import log_file
from assistant.interfaces.turn_text import as_text
from assistant.session import Reader
from explainers.attribution.plotless import OWN_PROCESS
from explainers.errors import InputError, PlainwhyError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Asks a machine-learning model why, what if and how sure, in plain words.",
)
log = logging.getLogger("plainwhy")

DomainName = Annotated[str, typer.Option("--domain", help="An embedded domain, or the path of your own domain.toml.")]
StoreFile = Annotated[Path | None, typer.Option("--store", help="Another file of conversations than the user's own.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")]


@app.command()
def domains() -> None:
    """List the embedded domains."""
    for name in DEMOS:
        typer.echo(f"{name:12} {describe(name)}")


@app.command()
def init(
    data: Annotated[Path, typer.Option(help="The table your model is about: csv or parquet, a row for each case.")],
    target: Annotated[str, typer.Option(help="The column that is predicted.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write domain.toml to.")],
    model: Annotated[Path | None, typer.Option(help="Your model's file; without it, Plainwhy trains one.")] = None,
    test: Annotated[Path | None, typer.Option(help="Rows the model has not learned from.")] = None,
    id: Annotated[str | None, typer.Option(help="The column that names the cases.")] = None,  # noqa: A002  # --id
    force: Annotated[bool, typer.Option("--force", help="Overwrite a domain.toml that is there.")] = False,
    store: StoreFile = None,
    as_json: AsJson = False,
) -> None:
    """Draft a domain.toml from your own data, make a model ready, and give a first answer."""
    from assistant.dialogue import Assistant
    from assistant.domains.draft_data import Request
    from assistant.interfaces import drafted, drafting

    asks = sys.stdin.isatty() and not as_json
    request = Request(data=data, target=target, model=model, test=test, id=id)
    written = drafting.write_draft(request, output, force=force, asks=asks)
    with drafting.kept_if_useful(written), _progress_bar() as progress, drafting.timed(progress) as (step, seconds):
        assistant = Assistant.for_domain(str(written.path), store=store, progress=step)
    first = assistant.ask(assistant.start(case=written.draft.first), "Why?")
    found = drafted.found(written, assistant.domain, seconds)
    if as_json:
        typer.echo(json.dumps(drafted.as_json(found, first), ensure_ascii=False))
    else:
        typer.echo(drafted.as_text(found, first, assistant.domain), nl=False)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know, in your own words.")],
    domain: DomainName,
    case: Annotated[str | None, typer.Option(help="Which case of the data.")] = None,
    values: Annotated[
        Path | None, typer.Option(help="A JSON file with the values of a new case; - reads them here.")
    ] = None,
    reader: Annotated[Literal["person", "support", "expert"], typer.Option(help="Who reads the answer.")] = "person",
    language: Annotated[str, typer.Option(help="The language of the answer.")] = "en",
    session: Annotated[str | None, typer.Option(help="Go on with this session.")] = None,
    store: StoreFile = None,
    as_json: AsJson = False,
) -> None:
    """Ask one question about one case."""
    from assistant.dialogue import Assistant, words_in

    with _progress_bar() as progress:
        assistant = Assistant.for_domain(domain, store=store, progress=progress)
    if session is not None and case is None and values is None:
        current = assistant.resume(session)
    else:
        given = None if values is None else read_object(values)
        current = assistant.start(case=case, values=given, reader=Reader(name=reader, language=language))
    for note in assistant.domain.notes:
        typer.echo(f"Note: {note}", err=True)
    current = assistant.ask(current, question)
    if as_json:
        typer.echo(json.dumps(current.last.to_json(current.id), ensure_ascii=False))
    else:
        typer.echo(as_text(current, words_in(current.reader.language).speech["command_line"]))


@app.command()
def understand(
    domain: Annotated[
        str, typer.Option(help="A domain, or a folder of descriptions: then each line's schema names one of them.")
    ],
) -> None:
    """Read questions, a JSON object a line, and print how each is understood."""
    from assistant.interfaces.reading_lines import readings

    for line in readings(sys.stdin, domain):
        typer.echo(line)


@app.command()
def check(
    record: Annotated[
        Path, typer.Argument(help="The record of an answer, or a whole turn, as `ask --json` prints it.")
    ],
    language: Annotated[
        str | None, typer.Option(help="The language of the text; that of the record if left out.")
    ] = None,
) -> None:
    """Hold a text, or lines {"id", "text"}, against a record; ends with 1 where a sentence is not supported."""
    from assistant.interfaces.checking_lines import checker_of, verdicts

    found = list(verdicts(sys.stdin.read(), checker_of(record, language)))
    for verdict in found:
        typer.echo(json.dumps(verdict, ensure_ascii=False))
    if not all(verdict["supported"] for verdict in found):
        raise typer.Exit(1)


@app.command("language-model")
def language_model(
    what: Annotated[
        Literal["use", "off", "status"], typer.Argument(help="Turn one on, turn it off, or ask which is on.")
    ],
    name: Annotated[str, typer.Argument(help="A folder, a hub id, or an address: http://host:8000/v1#name.")] = "",
) -> None:
    """Turn a language model on or off for this user. None is needed for anything."""
    from assistant.interfaces import language_model_command

    done = {"off": language_model_command.off, "status": language_model_command.status}
    typer.echo(done[what]() if what in done else language_model_command.use(name))


@app.command()
def serve(
    domain: Annotated[
        list[str] | None, typer.Option(help="What to serve, once for each domain; all embedded ones if none is named.")
    ] = None,
    host: Annotated[str, typer.Option(help="The address to listen at; 0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.")] = 8000,
    pages: Annotated[bool, typer.Option(help="Whether the three pages are served beside REST.")] = True,
    token: Annotated[
        str, typer.Option(envvar="PLAINWHY_TOKEN", help="What requests under /v1 must bear; nothing if empty.")
    ] = "",
    user_header: Annotated[
        str,
        typer.Option(help="The header in which your login proxy names people; a person then needs a link."),
    ] = "",
    language: Annotated[str, typer.Option(help="The language of the pages.")] = "en",
    store: StoreFile = None,
) -> None:
    """Serve the pages (/, /support, /expert) and REST (/v1, /docs) until told to end."""
    from assistant.interfaces.serve import Serving, serve

    serving = Serving(
        domains=tuple(domain or DEMOS),
        store=store,
        pages=pages,
        token=token,
        user_header=user_header,
        language=language,
    )
    typer.echo(f"Plainwhy is at http://{host}:{port}/")
    serve(serving, host, port)


@app.command()
def link(
    domain: DomainName,
    case: Annotated[str, typer.Option(help="The case that the link opens.")],
    page: Annotated[str, typer.Option(help="The address of the person's page.")] = "http://127.0.0.1:8000",
) -> None:
    """Print the link by which a person opens the own case, and no other, where pages are served with --user-header."""
    from assistant.interfaces.links import Links

    typer.echo(Links.own().address(page, domain, case))


@app.command()
def audit(
    domain: Annotated[str | None, typer.Option(help="Only this domain.")] = None,
    store: StoreFile = None,
    as_json: AsJson = False,
) -> None:
    """Compute every recorded answer again and compare; verify the chain. Ends with 1 where anything differs."""
    from assistant.audit import audit as audited
    from assistant.dialogue import default_store
    from assistant.store import Store

    if store is not None and not store.exists():
        raise InputError("E129", f"There is no file {store}.", where=str(store))
    opened = Store.open(store or default_store())
    findings, verified = list(audited(opened, domain)), opened.verify()
    if as_json:
        typer.echo(json.dumps({"chain": asdict(verified), "turns": [asdict(f) for f in findings]}))
    else:
        for f in findings:
            typer.echo(f"{f.seq:6} {f.session:18} {f.turn or '':>3} {f.verdict}{': ' + f.why if f.why else ''}")
        typer.echo(
            f"chain: {verified.entries} entries, {'whole' if not verified.broken else f'BROKEN at {verified.broken}'}"
        )
    if verified.broken or any(f.verdict == "differs" for f in findings):
        raise typer.Exit(1)


@app.command()
def erase(
    case: Annotated[str, typer.Option(help="Whose texts, values and answers to delete.")],
    domain: Annotated[str, typer.Option(help="The domain of the case.")],
    store: StoreFile = None,
) -> None:
    """Delete what was said about a case. Digests stay, so that the chain still verifies."""
    from assistant.dialogue import default_store
    from assistant.domains.source import name_of
    from assistant.store import Store

    erased = Store.open(store or default_store()).erase(name_of(domain), case)
    many = len(erased.entries)
    typer.echo(f"{many} {'entry' if many == 1 else 'entries'} about case {case} erased.")
    if not erased.wiped:
        typer.echo("Old pages are still being read: erase again later.", err=True)


@contextmanager
def _progress_bar() -> Iterator[Progress]:
    """A bar on stderr that appears only when something has to be made first."""
    bar: list[tqdm[Any]] = []

    def step(name: str, place: int, of: int) -> None:
        if not bar:
            bar.append(tqdm(total=of, file=sys.stderr, bar_format="{desc:32} {bar} {n}/{total} {elapsed}"))
        bar[0].n = place - 1
        bar[0].set_description_str(f"Making ready: {name}")

    try:
        yield step
        for shown in bar:
            shown.n = shown.total or 0
    finally:
        for shown in bar:
            shown.close()


def main() -> None:
    """The command. Expected errors end with 2 for input and 1 for the rest; an unexpected one shows a number."""
    os.environ[OWN_PROCESS] = "1"
    try:
        app()
    except PlainwhyError as error:
        _report(error)
        raise SystemExit(error.exit_status) from None
    except Exception:
        reference = secrets.token_hex(4)
        path = log_file(log)
        log.exception("unexpected error %s", reference)
        typer.echo(f"Something went wrong here, not with your question. Reference {reference}, see {path}.", err=True)
        raise SystemExit(1) from None


def _report(error: PlainwhyError) -> None:
    if "--json" in sys.argv:
        typer.echo(json.dumps({"error": asdict(error.report())}, ensure_ascii=False), err=True)
    else:
        place = f" ({error.where})" if error.where.startswith(("row", "line", "byte", "column")) else ""
        typer.echo(f"{error}{place}", err=True)
