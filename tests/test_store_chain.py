"""The chain: it holds after an erasure, and it shows every other change."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.store import Asking, Saying, Store, Stored
from assistant.store.chain import START, Content, Link
from tests.test_store import a_turn, by_hand

TRIGGERS = ("no_update_of_entries", "no_delete_of_entries", "no_update_of_contents")
ERASED, ERASURE, LAST = 5, 6, 7


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "conversations.sqlite"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    """Five turns about five cases, the fifth erased by entry 6, and one more turn; the guards against edits gone."""
    with closing(Store.open(file, patience=0.05)) as opened:
        for n in range(1, 6):
            opened.append(a_turn(turn=n, case=f"case-{n}"))
        opened.erase("biopsy", "case-5")
        opened.append(a_turn(turn=7))
        with by_hand(file) as connection:
            for trigger in TRIGGERS:
                connection.execute(f"DROP TRIGGER {trigger}")
        yield opened


def change(file: Path, script: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(script)


def test_an_untouched_chain_holds_and_tells_what_was_erased(store: Store) -> None:
    found = store.verify()
    assert (found.entries, found.erased, found.broken, found.intact) == (7, (ERASED,), (), True)
    assert found.head == store.session("s")[-1].stored


def test_an_empty_chain_holds(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path / "empty.sqlite")) as empty:
        found = empty.verify()
    assert (found.entries, found.intact, found.head) == (0, True, START)


@pytest.mark.parametrize(
    ("script", "broken"),
    [
        ("UPDATE contents SET body = replace(body, 'Why?', 'Why not?') WHERE seq = 2", (2,)),
        ("UPDATE contents SET salt = 'ff' WHERE seq = 2", (2,)),
        ("UPDATE contents SET case_id = 'case-9' WHERE seq = 2", (2,)),
        ("UPDATE contents SET session = 'other' WHERE seq = 2", (2,)),
        ("UPDATE contents SET turn = 20 WHERE seq = 2", (2,)),
        ("UPDATE contents SET revision = 1 WHERE seq = 2", (2,)),
        ("UPDATE contents SET domain = 'loan' WHERE seq = 2", (2,)),
        ("UPDATE contents SET body = X'00FF' WHERE seq = 2", (2,)),
        ("UPDATE contents SET seq = -seq WHERE seq < 3; UPDATE contents SET seq = 3 + seq WHERE seq < 0", (1, 2)),
        ("DELETE FROM contents WHERE seq = 2", (2,)),
        ("UPDATE entries SET content = 'ff' WHERE seq = 2", (2,)),
        ("UPDATE entries SET created = '1999' WHERE seq = 2", (2,)),
        ("UPDATE entries SET previous = 'ff' WHERE seq = 2", (2,)),
        ("UPDATE entries SET digest = 'ff' WHERE seq = 2", (2, 3)),
        ("UPDATE entries SET kind = 'erasure' WHERE seq = 2", (2,)),
        ("UPDATE entries SET seq = -seq WHERE seq < 3; UPDATE entries SET seq = 3 + seq WHERE seq < 0", (1, 2, 3)),
        ("UPDATE entries SET seq = 8 WHERE seq = 3; UPDATE contents SET seq = 8 WHERE seq = 3", (3, 4, 8)),
        ("DELETE FROM entries WHERE seq = 2; DELETE FROM contents WHERE seq = 2", (2, 3)),
        ("DELETE FROM entries WHERE seq = 1; DELETE FROM contents WHERE seq = 1", (1, 2)),
        ("DELETE FROM entries WHERE seq = 7", (7,)),
        ("UPDATE entries SET erased = '[4]' WHERE seq = 6", (4, 5, 6)),
        ("UPDATE entries SET erased = '[4, 5' WHERE seq = 6", (5, 6)),
        ("UPDATE entries SET erased = '7' WHERE seq = 6", (5, 6)),
        ("DELETE FROM entries WHERE seq = 6", (5, 6, 7)),
    ],
)
def test_every_change_by_hand_is_shown(store: Store, file: Path, script: str, broken: tuple[int, ...]) -> None:
    change(file, script)
    assert store.verify().broken == broken


def test_an_entry_forged_with_all_its_digests_is_shown_by_the_next(store: Store, file: Path) -> None:
    with by_hand(file) as connection:
        connection.row_factory = sqlite3.Row
        link = dict(connection.execute("SELECT * FROM entries WHERE seq = 2").fetchone())
        content = dict(connection.execute("SELECT * FROM contents WHERE seq = 2").fetchone())
    del link["digest"], content["seq"]
    forged = Content(**{**content, "body": content["body"].replace("Why?", "Why not?")})
    entry = Link(**{**link, "content": forged.digest})
    with by_hand(file) as connection:
        connection.execute("UPDATE contents SET body = ? WHERE seq = 2", (forged.body,))
        connection.execute("UPDATE entries SET content = ?, digest = ? WHERE seq = 2", (entry.content, entry.digest))
    assert store.verify().broken == (3,)


def test_an_erasure_undone_by_hand_is_shown(file: Path) -> None:
    with closing(Store.open(file)) as store:
        store.append(a_turn())
        with by_hand(file) as connection:
            (backup,) = connection.execute("SELECT * FROM contents").fetchall()
        store.erase("biopsy", "7")
        with by_hand(file) as connection:
            connection.execute(f"INSERT INTO contents VALUES ({', '.join('?' * len(backup))})", backup)
        assert store.verify().broken == (1,)


def test_a_tail_cut_off_is_shown_by_a_receipt_even_where_the_chain_went_on(store: Store, file: Path) -> None:
    receipts = [r.stored for r in store.session("s")]
    assert store.verify(receipts).intact
    change(file, "DELETE FROM entries WHERE seq = 7; DELETE FROM contents WHERE seq = 7")
    assert store.verify().intact  # nothing in the file knows of it
    assert store.verify(receipts).broken == (LAST,)
    store.append(a_turn(turn=8))
    assert store.verify(receipts).broken == (LAST,)
    assert store.verify([Stored(seq=99, digest="ff")]).broken == (99,)


@pytest.mark.parametrize(
    "script", ["UPDATE entries SET created = '1999'", "DELETE FROM entries", "UPDATE contents SET body = '{}'"]
)
def test_the_database_itself_refuses_to_change_what_was_recorded(file: Path, script: str) -> None:
    with closing(Store.open(file)) as store:
        store.append(a_turn())
        with pytest.raises(sqlite3.IntegrityError, match="never changed"), by_hand(file) as connection:
            connection.execute(script)
        assert store.verify().intact


def everything_on_disk(file: Path) -> bytes:
    return b"".join(path.read_bytes() for path in file.parent.iterdir())


def test_what_is_erased_is_found_nowhere_on_the_disk(file: Path) -> None:
    # Sizes that make pages split and rows move: without writing the file anew, bytes of an erased case stay behind.
    chance = random.Random(0)
    with closing(Store.open(file)) as store:
        for n in range(100):
            case, session = f"{chance.randrange(100):05d}", f"{chance.getrandbits(128):032x}"
            asked = Asking(text=f"MARK-{case}-" + "x" * chance.randrange(200), reading="", question={})
            turn = a_turn(session, n, case=f"case-{case}")
            store.append(replace(turn, asked=asked, said=Saying(answer={}, verdict="template")))
        for case in sorted({r.entry.about.case for r in store.turns()})[:-3]:
            marks = (case.encode(), case.replace("case", "MARK").encode())
            assert all(mark in everything_on_disk(file) for mark in marks)
            assert store.erase("biopsy", case).wiped
            assert not any(mark in everything_on_disk(file) for mark in marks)
        assert store.verify().intact


def test_nobody_can_tell_by_its_digest_whether_a_guess_is_what_was_erased(file: Path) -> None:
    with closing(Store.open(file)) as store:
        store.append(a_turn())
        with by_hand(file) as connection:
            ((salt,),) = connection.execute("SELECT salt FROM contents").fetchall()
        store.erase("biopsy", "7")
        store.append(a_turn())
        assert salt.encode() not in everything_on_disk(file)
    with by_hand(file) as connection:
        ((first,), (second,)) = connection.execute("SELECT content FROM entries WHERE kind = 'turn'").fetchall()
    assert first != second


def test_an_erasure_names_neither_the_case_nor_its_words(store: Store, file: Path) -> None:
    store.erase(None, "case-4")
    assert b"case-4" not in everything_on_disk(file)
    assert store.verify().erased == (4, 5)


def test_an_erasure_keeps_to_its_domain_and_its_case(file: Path) -> None:
    with closing(Store.open(file)) as store:
        for n, (domain, case) in enumerate([("biopsy", "7"), ("loan", "7"), ("biopsy", "77"), ("biopsy", "7")]):
            store.append(a_turn(turn=n, domain=domain, case=case))
        assert store.erase("biopsy", "7").entries == (1, 4)
        assert store.erase("biopsy", "7").entries == ()
        assert [r.stored.seq for r in store.turns()] == [2, 3]
        assert store.verify().entries == 5
        assert store.erase(None, "7").entries == (2,)
        assert store.verify().erased == (1, 2, 4)


def test_a_conversation_goes_on_after_its_turns_were_erased(store: Store) -> None:
    store.erase("biopsy", "case-1")
    store.append(a_turn(turn=1, case="case-1"))
    assert store.session("s")[0].entry.about.case == "case-1"
    assert store.verify().intact


def test_an_erasure_says_when_a_reader_still_holds_the_old_pages_and_can_be_repeated(store: Store, file: Path) -> None:
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM contents").fetchone()
        first = store.erase("biopsy", "case-1")
        assert (first.entries, first.wiped) == ((1,), False)
    again = store.erase("biopsy", "case-1")
    assert (again.entries, again.wiped) == ((), True)
    assert b"case-1" not in everything_on_disk(file)
