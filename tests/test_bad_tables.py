"""A damaged or foreign table is refused with its code, the row and what to do; it never shifts or invents values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainers.base import Feature, Link, Outcome, Schema
from explainers.errors import InputError
from explainers.expression import Expression
from explainers.schema import as_table, check_table
from explainers.table import PAGE, Limits, read_table

SCHEMA = Schema(
    features=(
        Feature(name="income", label="income", kind="number", low=0, high=10_000_000, whole=True),
        Feature(name="debt", label="existing debt", kind="number", low=0, high=500_000, missing="unknown"),
        Feature(name="ratio", label="debt ratio", kind="number", unit="%"),
        Feature(name="home", label="home", kind="category", categories=("own", "rent", "other")),
        Feature(name="late", label="paid late", kind="flag"),
        Feature(
            name="purpose",
            label="purpose",
            kind="category",
            categories=("car", "business"),
            columns=("purpose_car", "purpose_business"),
            missing="unknown",
        ),
        Feature(name="sex", label="sex", kind="category", categories=("f", "m"), input=False),
    ),
    outcomes=(Outcome(name="no", key="0"), Outcome(name="yes", key="1")),
    cutoff=0.5,
    links=(Link(set="ratio", formula=Expression("debt / income * 100")),),
)
GOOD = pd.DataFrame(
    {
        "income": ["41000", "52000", "38,500"],
        "debt": ["18000", "", "?"],
        "home": ["own", "rent", "other"],
        "late": ["yes", "0", "True"],
        "purpose_car": ["1", "0", "0"],
        "purpose_business": ["0", "1", "0"],
    }
)
GOOD_ROWS = "\n".join(f"{i},{i * 2}" for i in range(1, 6))


def read(tmp_path: Path, content: str | bytes, limit: Limits | None = None) -> pd.DataFrame:
    path = tmp_path / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path, limit) if limit else read_table(path)


FILES = [
    ("empty", b"", "E120", ("no rows",)),
    ("blank lines", b"\n\n\n", "E120", ("no rows",)),
    ("header only", b"a,b\n", "E120", ("no rows",)),
    ("semicolons", b"a;b;c\n1;2,5;3\n", "E121", ("semicolons", "commas")),
    ("tabs", b"a\tb\n1\t2\n", "E121", ("tabs", "commas")),
    ("short row", b"a,b,c\n1,2,3\n4,5\n", "E122", ("Row 2", "2 cells", "3")),
    ("long row", b"a,b\n1,2\n3,4\n5,6,7\n", "E122", ("Row 3", "3 cells", "2")),
    ("long row first", b"a,b\n1,2,3\n4,5,6\n", "E122", ("Row 1",)),
    ("NUL bytes", b"a,b\n1,2\n3,\x004\n" + GOOD_ROWS.encode(), "E123", ("NUL", "text table")),
    ("workbook", b"PK\x03\x04\x14\x00\x06\x00\x08\x00abcdefgh,ijklmnopqrstu", "E123", ("workbook",)),
    ("part of a page", b"<table><tr><td>1</td></tr></table>\n", "E124", ("web page",)),
    ("one cell", b"a,b\n1\n", "E122", ("Row 1 has 1 cell,",)),
    ("web page", b"\n<!DOCTYPE html>\n<html><body>a,b</body></html>", "E124", ("web page",)),
    ("repeated header", b"a,b\n1,2\na,b\n3,4\n", "E125", ("Row 2", "repeats the header")),
    ("UTF-16", "a,b\n1,2\n".encode("utf-16"), "E126", ("Save as UTF-8",)),
    ("UTF-16 without mark", "a,b\n1,2\n".encode("utf-16-le"), "E126", ("Save as UTF-8",)),
    ("Latin-1", "name,b\nx,1\nJosé,2\n".encode("latin-1"), "E126", ("Save as UTF-8",)),
    ("GBK", "名字,b\n收入,2\n".encode("gbk"), "E126", ("Save as UTF-8",)),
    ("open quote", b'a,b\n1,2\n"3,4\n5,6\n', "E127", ("row 2", "not closed")),
    ("quote closed rows later", b'a,b\n1,"2\n3,4\n5,"6\n', "E127", ("row 1",)),
    ("no parquet", b"PAR1 and then nothing", "E129", ("parquet",)),
    ("duplicate column", b"a,b,a\n1,2,3\n", "E112", ("*a*", "twice")),
]


@pytest.mark.parametrize(("content", "code", "words"), [f[1:] for f in FILES], ids=[f[0] for f in FILES])
def test_a_damaged_file_is_refused_with_its_code_and_place(tmp_path, content, code, words):
    with pytest.raises(InputError) as caught:
        read(tmp_path, content)

    assert caught.value.code == code
    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert caught.value.exit_status == 2
    assert caught.value.hint


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(InputError, match=r"nothing\.csv cannot be read") as caught:
        read_table(tmp_path / "nothing.csv")
    assert caught.value.code == "E129"


@pytest.mark.parametrize("limit", [Limits(rows=4), Limits(bytes=15)], ids=["rows", "bytes"])
def test_a_table_too_big_for_the_page_names_the_batch_command(tmp_path, limit):
    with pytest.raises(InputError, match="plainwhy batch") as caught:
        read(tmp_path, "a,b\n" + GOOD_ROWS, limit)
    assert caught.value.code == "E128"
    assert len(read(tmp_path, "a,b\n" + GOOD_ROWS)) == 5, "only the page has limits"
    assert (PAGE.bytes, PAGE.rows) == (50_000_000, 100_000)


def test_cells_stay_as_written_and_a_byte_order_mark_is_no_letter(tmp_path):
    table = read(tmp_path, '\ufeffa, b\r\n=HYPERLINK("x"),007\r\n"x, ""y""\nz",NA\r\n'.replace('"x")', "x)"))

    assert list(table.columns) == ["a", "b"]
    assert table["a"].tolist() == ["=HYPERLINK(x)", 'x, "y"\nz']
    assert table["b"].tolist() == ["007", "NA"]


def test_parquet_keeps_its_types(tmp_path):
    table = pd.DataFrame({"n": [1.5, np.nan], "home": ["own", None], "late": [True, False]})
    table.to_parquet(tmp_path / "t.parquet")

    found = read_table(tmp_path / "t.parquet")

    assert found["n"].dtype == "float64"
    assert found["late"].dtype == "bool"
    assert found["home"].isna().tolist() == [False, True]


@given(
    rows=st.lists(st.lists(st.sampled_from(["", "1", "x y", "ü"]), min_size=1, max_size=4), min_size=1, max_size=8),
)
def test_values_never_shift(tmp_path_factory, rows):
    """Whatever the rows are: either every cell stands where it was written, or the table is refused."""
    path = tmp_path_factory.mktemp("shift") / "t.csv"
    path.write_text("p,q,r\n" + "\n".join(",".join(row) for row in rows), encoding="utf-8")
    written = [row for row in rows if row != [""]]  # a blank line is no row
    if not written or any(len(row) != 3 for row in written):
        with pytest.raises(InputError):
            read_table(path)
    else:
        assert read_table(path).to_numpy().tolist() == written


def test_a_good_table_comes_through_with_gaps_links_and_one_hot_columns_folded():
    checked = check_table(GOOD.assign(shoe="44"), SCHEMA)

    frame = checked.frame
    assert tuple(frame.columns) == SCHEMA.names
    assert frame["income"].tolist() == [41000, 52000, 38500]
    assert frame["debt"].isna().tolist() == [False, True, True]
    assert frame["ratio"].tolist()[0] == pytest.approx(18000 / 41000 * 100)
    assert frame["late"].tolist() == [1.0, 0.0, 1.0]
    assert frame["purpose"].fillna("").tolist() == ["car", "business", ""]
    assert frame["sex"].isna().all()
    assert checked.notes == ("Not used: shoe.",)
    assert frame.dtypes.equals(SCHEMA.frame(()).dtypes)


def test_a_link_to_a_part_that_nobody_gave_is_missing():
    part = Feature(name="bonus", label="bonus", kind="number", input=False)
    link = Link(set="ratio", formula=Expression("bonus / income"))
    schema = replace(SCHEMA, features=(*SCHEMA.features, part), links=(link,))
    assert check_table(GOOD, schema).frame["ratio"].isna().all()


def test_a_link_that_comes_to_no_number_names_the_row():
    with pytest.raises(InputError, match=r"E101: \*Debt ratio\* cannot be computed in row 1") as caught:
        check_table(GOOD.assign(income=["0", "5", "6"]), SCHEMA)
    assert caught.value.code == "E101"


TABLES = [
    ("missing column", GOOD.drop(columns="late"), "E110", ("Column *late* is missing", "Found: income, debt, home")),
    ("renamed column", GOOD.rename(columns={"late": "paid_late"}), "E110", ("*late*", "Is it *paid_late*?")),
    ("other case", GOOD.rename(columns={"income": "Income"}), "E110", ("Is it *Income*?",)),
    ("half of one-hot", GOOD.drop(columns="purpose_car"), "E110", ("*purpose_car*",)),
    ("no header", GOOD.set_axis(["41000", "18000", "own", "yes", "1", "0"], axis=1), "E110", ("first line", "income")),
    ("duplicate column", pd.concat([GOOD, GOOD[["late"]]], axis=1), "E112", ("*late*", "twice")),
    ("numbered columns", GOOD.set_axis(range(6), axis=1), "E113", ("no names", "DataFrame(array, columns=")),
    ("bare array", GOOD.to_numpy(), "E113", ("no names",)),
    ("no rows", GOOD.head(0), "E120", ("no rows",)),
    ("two at once", GOOD.assign(purpose_business="1"), "E104", ("row 1", "car, business")),
    ("no 0 or 1", GOOD.assign(purpose_car=["1", "0", "7"]), "E104", ("Purpose_car", "'7'", "row 3")),
]


@pytest.mark.parametrize(("table", "code", "words"), [t[1:] for t in TABLES], ids=[t[0] for t in TABLES])
def test_a_table_that_does_not_fit_the_schema_is_refused(table, code, words):
    with pytest.raises(InputError) as caught:
        check_table(table, SCHEMA)
    assert caught.value.code == code
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_the_first_row_of_a_table_without_header_is_not_repeated():
    with pytest.raises(InputError) as caught:
        check_table(GOOD.set_axis(["41000", "18000", "castle", "yes", "1", "0"], axis=1), SCHEMA)
    assert not any(value in str(caught.value.report()) for value in ("41000", "18000", "castle"))


@given(st.permutations(list(GOOD.columns)))
def test_any_order_of_columns_gives_the_same_frame(order):
    pd.testing.assert_frame_equal(check_table(GOOD[list(order)], SCHEMA).frame, check_table(GOOD, SCHEMA).frame)


def test_as_table_lets_named_columns_through():
    assert as_table(GOOD) is GOOD
