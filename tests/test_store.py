"""The store: what is recorded comes back as it was, only once, and what goes wrong is said in words."""

from __future__ import annotations

import resource
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.session import Reader
from assistant.store import About, Asking, Finding, Position, Provenance, Saying, Store, TurnEntry
from assistant.store.schema import MIGRATIONS, REVISIONS
from explainers.errors import StoreError


def a_turn(
    session: str = "s", turn: int = 1, *, case: str = "7", text: str = "Why?", domain: str = "biopsy"
) -> TurnEntry:
    return TurnEntry(
        position=Position(session=session, turn=turn),
        reader=Reader(name="support", language="zh"),
        about=About(domain=domain, key="sha256:d0", case=case, values={"radius": 12.5, "home": "rent", "debt": None}),
        asked=Asking(
            text=text,
            reading="why this outcome",
            question={"filters": [], "operations": [{"op": "why", "args": {"top": 3.0}}]},
            ask_back=({"reading": "why not the other", "filters": [], "operations": []},),
        ),
        found=Finding(record={"record": 1, "score": {"value": 0.1 + 0.2}}, method="tree_shap", seed=7),
        made_with=Provenance(model="sha256:3f", data="sha256:9a", words="sha256:77", libraries={"numpy": "2.4"}),
        said=Saying(
            answer={"sentences": [{"text": "恶性", "facts": ["score.value"]}]},
            verdict="template",
            draft="A draft.",
            follow_ups=("How sure is it?",),
        ),
        seconds=0.125,
        created="2025-01-01T00:00:00.000+00:00",
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new" / "conversations.sqlite"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    with closing(Store.open(file, patience=0.05)) as opened:
        yield opened


@contextmanager
def by_hand(file: Path) -> Iterator[sqlite3.Connection]:
    """The file as somebody else's program sees it."""
    with closing(sqlite3.connect(file)) as connection, connection:
        yield connection


def test_a_turn_comes_back_after_a_restart_as_it_was_recorded(file: Path) -> None:
    turns = [a_turn(turn=n, text=f"Question {n}") for n in (2, 1, 3)]
    with closing(Store.open(file)) as store:
        receipts = {turn.position.turn: store.append(turn) for turn in turns}
    with closing(Store.open(file)) as store:
        found = store.session("s")
    assert [r.entry for r in found] == [turns[1], turns[0], turns[2]]
    assert [r.stored for r in found] == [receipts[1], receipts[2], receipts[3]]


@pytest.mark.parametrize(
    "text", ["批准", "\ud83d half", "\x00", "'; DROP TABLE entries; --", "%s {x} \\", "", "a" * 100_000]
)
def test_no_text_is_too_odd_to_be_recorded(store: Store, text: str) -> None:
    turn = a_turn(session=text, case=text, text=text, domain=text)
    store.append(turn)
    assert [r.entry for r in store.session(text)] == [turn]
    assert [r.entry for r in store.turns(text)] == [turn]
    assert store.verify().intact
    assert store.erase(text, text).entries == (1,)


def test_what_is_not_json_is_refused_and_nothing_is_written(store: Store) -> None:
    for wrong in (float("nan"), {1, 2}):
        with pytest.raises((ValueError, TypeError)):
            store.append(replace(a_turn(), found=Finding(record={"score": wrong})))
    assert store.verify().entries == 0


def test_turns_come_in_the_order_of_recording_and_can_be_had_for_one_domain(store: Store) -> None:
    for n in range(230):
        store.append(a_turn(turn=n, domain="loan" if n % 3 else "biopsy"))
    assert [r.entry.position.turn for r in store.turns()] == list(range(230))
    assert [r.entry.position.turn for r in store.turns("biopsy")] == list(range(0, 230, 3))
    assert list(store.turns("progression")) == []


def test_an_audit_that_is_half_way_holds_up_nobody(store: Store) -> None:
    for n in range(120):
        store.append(a_turn(turn=n))
    audit = store.turns()
    assert next(audit).entry.position.turn == 0
    store.append(a_turn(turn=120))
    assert store.erase("biopsy", "7").wiped
    assert len(list(audit)) == 99  # the page in hand; the rest was erased meanwhile


def test_a_turn_recorded_twice_is_refused_with_words_and_never_overwritten(store: Store, file: Path) -> None:
    with closing(Store.open(file)) as other:
        other.append(a_turn(text="first"))
    with pytest.raises(StoreError) as caught:
        store.append(a_turn(text="second"))
    assert (caught.value.code, caught.value.message) == ("E505", "Turn 1 of this conversation is recorded already.")
    assert [r.entry.asked.text for r in store.session("s")] == ["first"]
    assert store.verify().entries == 1


def test_a_rewritten_answer_is_a_second_entry_of_the_same_turn(store: Store) -> None:
    store.append(a_turn(turn=2))
    store.append(a_turn(turn=1))
    store.append(replace(a_turn(), position=Position(session="s", turn=1, revision=1)))
    assert [(r.entry.position.turn, r.entry.position.revision) for r in store.session("s")] == [(1, 0), (1, 1), (2, 0)]


def test_words_are_kept_once_under_their_hash(store: Store, file: Path) -> None:
    assert store.kept("sha256:77") is None
    store.keep("sha256:77", "words", b"\x00words" * 1000)
    store.keep("sha256:77", "words", b"other words")
    assert store.kept("sha256:77") == b"\x00words" * 1000
    with by_hand(file) as connection:
        connection.execute("UPDATE kept SET body = X'00'")
    with pytest.raises(StoreError, match=r"E504.*what is kept as sha256:77"):
        store.kept("sha256:77")


def test_only_the_owner_can_read_the_file(store: Store, file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_locked_database_is_e501_reading_goes_on_and_so_does_writing_later(store: Store, file: Path) -> None:
    store.append(a_turn(turn=1))
    with by_hand(file) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"E501.*0.05 seconds.*Nothing was written"):
            store.append(a_turn(turn=2))
        assert len(store.session("s")) == 1
        assert store.verify().intact
    assert store.append(a_turn(turn=2)).seq == 2


@contextmanager
def files_cannot_grow(_store: Store, file: Path) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.with_name(f"{file.name}-wal").stat().st_size + 5000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def no_page_is_left(store: Store, _file: Path) -> Iterator[None]:
    for limit in (1, 2**30):  # of the one connection there is
        with store.database.reading() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {limit}")
        if limit == 1:
            yield


@pytest.mark.parametrize(
    ("disk", "why"), [(files_cannot_grow, "the disk refused"), (no_page_is_left, "the disk is full")]
)
def test_a_full_disk_is_e502_reading_goes_on_and_so_does_writing_later(
    store: Store, file: Path, disk: Any, why: str
) -> None:
    store.append(a_turn(turn=1))
    with disk(store, file):
        with pytest.raises(StoreError, match=f"E502.*{why}.*can still be read"):
            store.append(a_turn(turn=2, text="x" * 50_000))
        assert [r.entry.position.turn for r in store.session("s")] == [1]
        assert store.verify().intact
    assert store.append(a_turn(turn=2)).seq == 2
    assert store.verify().intact


def test_a_read_only_database_is_e502_and_reading_goes_on(store: Store, file: Path) -> None:
    store.append(a_turn())
    with closing(Store.open(f"sqlite:///file:{file}?mode=ro&uri=true")) as read_only:
        with pytest.raises(StoreError, match=r"E502.*read-only"):
            read_only.append(a_turn(turn=2))
        with pytest.raises(StoreError, match=r"E502.*read-only"):
            read_only.erase("biopsy", "7")
        assert [r.entry for r in read_only.session("s")] == [a_turn()]
        assert read_only.verify().intact


def test_reading_goes_on_where_the_disk_refuses_even_the_files_beside_the_database(file: Path) -> None:
    with closing(Store.open(file)) as store:
        store.append(a_turn())
    file.with_name(f"{file.name}-shm").symlink_to(file.parent / "nowhere" / "shm")
    with closing(Store.open(file)) as store:
        with pytest.raises(StoreError, match=r"E502.*read-only"):
            store.append(a_turn(turn=2))
        assert [r.entry for r in store.session("s")] == [a_turn()]
        assert store.verify().intact


def test_a_file_that_cannot_be_made_is_e502(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(StoreError, match=r"E502"):
        Store.open(tmp_path / "taken" / "conversations.sqlite")


def test_a_newer_layout_is_e503_and_the_file_is_left_alone(store: Store, file: Path) -> None:
    store.append(a_turn())
    with by_hand(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"E503.*layout 9999; this one knows 0003.*Update Plainwhy"):
        Store.open(file)
    with by_hand(file) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE recipes (name)", "CREATE TABLE alembic_version AS SELECT '0003' AS version_num"]
)
def test_somebody_elses_database_is_e504_and_left_alone(tmp_path: Path, statement: str) -> None:
    file = tmp_path / "other.sqlite"
    with by_hand(file) as connection:
        connection.execute(statement)
    with pytest.raises(StoreError, match=r"E504.*something else"):
        Store.open(file)
    with by_hand(file) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (1,)


def test_what_is_no_database_is_e504_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(StoreError, match=r"E504.*not a database"):
        Store.open(file)
    assert file.read_text() == "Dear Sir or Madam, " * 100


@pytest.mark.parametrize("place", ["postgresql://u:secret@h/db", "sqlite://", "sqlite:///:memory:", "no://x:y:z", "/"])
def test_what_is_no_file_is_e504_and_no_password_is_shown(place: str) -> None:
    with pytest.raises(StoreError, match=r"E504") as caught:
        Store.open(place)
    assert "secret" not in caught.value.where


@pytest.mark.parametrize("body", ["{", "[]", "{}", '{"asked": 1}'])
def test_a_damaged_entry_is_e504_and_named(store: Store, file: Path, body: str) -> None:
    store.append(a_turn())
    with by_hand(file) as connection:
        connection.execute("DROP TRIGGER no_update_of_contents")
        connection.execute("UPDATE contents SET body = ?", (body,))
    with pytest.raises(StoreError, match=r"E504.*entry 1"):
        store.session("s")


def test_damaged_pages_are_e504(file: Path) -> None:
    with closing(Store.open(file)) as store:
        for n in range(20):
            store.append(a_turn(turn=n, text="x" * 3000))
    raw = file.read_bytes()
    file.write_bytes(raw[:40_000] + b"\xff" * (len(raw) - 40_000))
    with closing(Store.open(file)) as store, pytest.raises(StoreError, match=r"E504.*damaged"):
        store.verify()


def test_an_older_layout_is_brought_up_to_date_and_its_turns_stay(file: Path) -> None:
    with closing(Store.open(file)) as store:
        store.append(a_turn())
    with by_hand(file) as connection:  # as migration 0001 left it
        connection.execute("DROP TABLE kept")
        for trigger in ("no_update_of_entries", "no_delete_of_entries", "no_update_of_contents"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    with closing(Store.open(file)) as store:
        store.keep("sha256:77", "words", b"words")
        assert [r.entry for r in store.session("s")] == [a_turn()]
    with by_hand(file) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(REVISIONS[-1],)]
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() == (3,)


def test_every_migration_is_listed() -> None:
    files = sorted(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("v*.py"))
    assert files == [f"v{revision}" for revision in REVISIONS]
