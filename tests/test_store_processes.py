"""The store among processes and threads: nobody is refused, nothing acknowledged is lost, all see what is committed."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from assistant.store import Store
from tests.test_store import a_turn

ROOT = Path(__file__).parent.parent


def append_many(file: str, session: str, count: int) -> None:
    """Appends turns and prints the number of each once it is acknowledged."""
    with closing(Store.open(file)) as store:
        for n in range(count):
            stored = store.append(a_turn(session, n, text="x" * 5000))
            print(stored.seq, n, flush=True)


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def appending(file: Path, session: str, count: int) -> subprocess.Popen[str]:
    code = "import sys; from tests.test_store_processes import append_many as a; a(*sys.argv[1:3], int(sys.argv[3]))"
    return python(code, file, session, count)


def test_four_processes_make_one_chain_of_a_new_file_and_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "conversations.sqlite"
    writers = [appending(file, f"s{i}", 100) for i in range(4)]
    printed = [writer.communicate()[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4
    numbers = sorted(int(line.split()[0]) for text in printed for line in text.splitlines())
    assert numbers == list(range(1, 401))
    with closing(Store.open(file)) as store:
        found = store.verify()
        assert (found.entries, found.broken) == (400, ())
        for i in range(4):
            assert [r.entry.position.turn for r in store.session(f"s{i}")] == list(range(100))


@pytest.mark.parametrize("after", [3, 57])
def test_what_was_acknowledged_before_a_kill_is_there(tmp_path: Path, after: int) -> None:
    file = tmp_path / "conversations.sqlite"
    with appending(file, "s", 100_000) as writer:
        assert writer.stdout is not None
        acknowledged = [next(writer.stdout) for _ in range(after)]
        writer.kill()
        acknowledged += [line for line in writer.stdout if line.endswith("\n")]
    told = [tuple(map(int, line.split())) for line in acknowledged]
    with closing(Store.open(file)) as store:
        assert store.verify().intact
        found = [(r.stored.seq, r.entry.position.turn) for r in store.session("s")]
        assert len(told) >= after
        assert found[: len(told)] == told
        assert len(found) <= len(told) + 1  # one may be committed and not yet told
        assert store.append(a_turn("after", 0)).seq == len(found) + 1


def test_another_process_reads_what_is_committed_while_the_writer_is_at_work(tmp_path: Path) -> None:
    file = tmp_path / "conversations.sqlite"
    code = (
        "import sys; from assistant.store import Store\n"
        "print(*(found.entry.asked.text for found in Store.open(sys.argv[1]).turns()))"
    )
    with closing(Store.open(file)) as store:
        store.append(a_turn(text="first"))
        with store.database.writing() as connection:
            connection.execute(store.tables.kept.insert(), {"hash": "h", "kind": "words", "body": b""})
            seen = python(code, file).communicate()[0].split()
    assert seen == ["first"]


def test_threads_share_one_store(tmp_path: Path) -> None:
    file = tmp_path / "conversations.sqlite"
    failures: list[BaseException] = []

    def append_ten(name: str) -> None:
        try:
            for n in range(10):
                store.append(a_turn(session=name, turn=n))
        except BaseException as error:
            failures.append(error)

    with closing(Store.open(file)) as store:
        threads = [threading.Thread(target=append_ten, args=(f"s{i}",)) for i in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures
        assert (store.verify().entries, store.verify().intact) == (200, True)


def test_the_database_library_is_imported_when_a_store_is_opened_and_migrations_only_for_an_older_file(
    tmp_path: Path,
) -> None:
    file = tmp_path / "conversations.sqlite"
    Store.open(file).close()
    code = (
        "import sys; from assistant.store import Store; before = set(sys.modules); Store.open(sys.argv[1])\n"
        "print('sqlalchemy' in before, 'sqlalchemy' in sys.modules, 'alembic' in sys.modules)"
    )
    assert python(code, file).communicate()[0].split() == ["False", "True", "False"]
