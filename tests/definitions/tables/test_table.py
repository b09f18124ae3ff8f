"""Reading files of numbers: whatever bytes they hold, they are numbers with their lines, or faults."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.definitions.tables import table
from seqctl.definitions.tables.table import Form, TableFile

ROLES = ("number", "date", "record")
TABLE = {"number": "n", "date": "d", "record": "r"}
ALPHABET = st.sampled_from("ab1,;\t\"'\n\r ={}[]:\ufeffé\x00\u2028")
CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=8)


def read(
    data: bytes, columns: dict[str, str] | None, ending: str = ".csv"
) -> tuple[list[tuple[int, str, str | None, str | None]], list[tuple[int, str]]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"n{ending}"
        path.write_bytes(data)
        file = TableFile(str(path), ROLES, Form(columns or {}))
        return [line for some in file for line in some], file.faults


@settings(deadline=None, max_examples=300)
@given(text=st.text(ALPHABET, max_size=60), ending=st.sampled_from([".csv", ".jsonl", ".txt"]))
def test_any_text_is_numbers_or_faults_with_their_lines(text: str, ending: str) -> None:
    for start, columns in (("", None), ("n,d,r\n", TABLE), ('{"n": "', TABLE)):
        numbers, faults = read((start + text).encode(), columns, ending)
        lines = [number[0] for number in numbers]
        assert lines == sorted(set(lines))
        assert all(line >= 1 and words for line, words in faults)
        assert all(type(number[1]) is str for number in numbers)


@settings(deadline=None, max_examples=150)
@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=5),
    separator=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_the_csv_module_writes_is_read(rows: list[list[str]], separator: str, end: str) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator=end)
    writer.writerow(["r", "n", "d"])
    writer.writerows(rows)
    numbers, faults = read(buffer.getvalue().encode(), TABLE)
    assert faults == []
    filled = [row for row in rows if any(row)]
    assert [list(number[1:]) for number in numbers] == [[n, d, r] for r, n, d in filled]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"number": "n"}, ("7", None, None)),
        ({"number": "n", "date": "d"}, ("7", "day", None)),
        ({"number": "n", "record": "r"}, ("7", None, "rec")),
        (TABLE, ("7", "day", "rec")),
    ],
)
@pytest.mark.parametrize("data", [b"d,n,r\nday,7,rec\n", b'{"d": "day", "n": 7, "r": "rec"}\n'])
def test_only_the_columns_that_are_named_are_read(
    data: bytes, columns: dict[str, str], expected: tuple[str, str | None, str | None]
) -> None:
    numbers, faults = read(data, columns, "")
    assert [number[1:] for number in numbers] == [expected]
    assert faults == []


def test_what_one_file_may_hold_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_ROWS", 3)
    numbers, faults = read(b"1\n2\n3\n4\n", None)
    assert len(numbers) == 4
    assert faults == [(4, "the file has more than 3 rows; split it")]
    monkeypatch.setattr(table, "LARGEST_FILE", 4)
    assert "MiB" in read(b"1\n2\n3\n", None)[1][0][1]


def test_a_file_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "ROWS_AT_ONCE", 2)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "n.txt"
        path.write_text("1\n2\n3\n4\n5\n")
        assert [len(some) for some in TableFile(str(path), ROLES)] == [2, 2, 1, 0]


@pytest.mark.parametrize("data", [b"sep=;", b"sep=;\n", b"sep=;\n\n1\n", b"sep=;\n;;\n1;2;3\n"])
def test_headings_that_are_not_there_are_told(data: bytes) -> None:
    numbers, faults = read(data, None)
    assert numbers == []
    ((_, words),) = faults
    assert "no headings" in words or "duplicate" in words


def test_names_of_json_are_found_whatever_their_capital_letters() -> None:
    for data in (b'{"Number": "A"}\n', b'{"x": 1}\n{"Number": "A"}\n'):
        numbers, _ = read(data, {"number": "number" if b"x" not in data else "Number"}, ".jsonl")
        assert numbers[-1][1] == "A"


def test_a_value_that_only_a_late_object_has_is_read(tmp_path: Path) -> None:
    """Objects leave out what they have not: the first ones say nothing of the others."""
    for before in (1, 30, 999, 1000, 5000):
        path = tmp_path / f"{before}.jsonl"
        lines = [f'{{"number": "A{at}"}}' for at in range(before)]
        path.write_text("\n".join([*lines, '{"number": "Z", "record": "R-1"}', '{"number": "Y"}']))
        file = TableFile(str(path), ROLES)
        rows = [row for some in file for row in some]
        assert rows[-2:] == [(before + 1, "Z", None, "R-1"), (before + 2, "Y", None, None)]
        assert file.found == {"number": "number", "record": "record"}
        assert "records from 'record'" in ", ".join(file.notes)
        assert len(file.notes) == (1 if before < 1000 else 2)
