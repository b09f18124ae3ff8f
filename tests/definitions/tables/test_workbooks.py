"""Workbooks: cells as people see them, rows with their places, and files that are none."""

import builtins
import io
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from seqctl.definitions.tables.table import Form, TableFile
from seqctl.errors import InvalidInput

openpyxl = pytest.importorskip(
    "openpyxl", reason="workbooks are read with openpyxl: pip install 'seqctl[xlsx]'"
)
ROLES = ("number", "date", "record")


def saved(rows: list[list[object]], path: Path) -> str:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return str(path)


def read(path: str, form: Form | None = None) -> tuple[list[tuple[object, ...]], TableFile]:
    file = TableFile(path, ROLES, form)
    return [row for some in file for row in some], file


def test_cells_are_read_as_people_see_them(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Number", "Date", "Record", "Total"],
        ["INV-1", date(2026, 1, 2), 7, 1.5],
        [],
        [1234567890123456, datetime(2026, 1, 2, 10, 30), 7.25, None],
        ["00017", "2.1.2026", True],
    ]
    found, file = read(saved(rows, tmp_path / "n.xlsx"))
    assert found == [
        (2, "INV-1", "2026-01-02", "7"),
        (4, "1234567890123456", "2026-01-02T10:30:00", "7.25"),
        (5, "00017", "2.1.2026", "true"),
    ]
    assert file.faults == []
    assert file.notes == ["numbers from 'Number', dates from 'Date', records from 'Record'"]


def test_the_first_sheet_that_holds_anything_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Invoices").append(["number"])
    book["Invoices"].append(["INV-1"])
    book.create_sheet("Notes").append(["x"])
    book.save(tmp_path / "n.xlsx")
    found, file = read(str(tmp_path / "n.xlsx"))
    assert found == [(2, "INV-1", None, None)]
    assert "'Invoices'" in file.notes[0]


def test_a_row_that_is_longer_than_the_headings_is_told(tmp_path: Path) -> None:
    _, file = read(saved([["number"], ["INV-1", "x"], ["INV-2"]], tmp_path / "n.xlsx"))
    assert file.faults == [(2, "the row has 2 cells under 1 headings")]


def test_two_columns_of_one_name_are_told(tmp_path: Path) -> None:
    found, file = read(saved([["number", "", "", "number"], ["A", "1", "2", "3"]], tmp_path / "n.xlsx"))
    assert found == []
    assert file.faults == [(1, "the column 'number' is a duplicate in the header")]


def test_damaged_files_are_told(tmp_path: Path) -> None:
    whole = Path(saved([["number"], ["INV-1"]], tmp_path / "n.xlsx")).read_bytes()
    empty = tmp_path / "empty.xlsx"
    saved([], empty)
    for name, data in {
        "cut.xlsx": whole[: len(whole) // 2],
        "bits.xlsx": whole[:200] + b"\x00" * 50 + whole[250:],
        "empty.xlsx": empty.read_bytes(),
        "other.zip": zipped(),
        "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    }.items():
        (tmp_path / name).write_bytes(data)
        found, file = read(str(tmp_path / name))
        assert found == []
        ((line, words),) = file.faults
        assert line == 1
        assert "Excel" in words or "workbook" in words


def zipped() -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "INV-1")
    return stream.getvalue()


def test_without_openpyxl_the_way_to_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved([["number"], ["INV-1"]], tmp_path / "n.xlsx")
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.startswith("openpyxl"):
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InvalidInput) as caught:
        read(path)
    assert "this is an Excel file" in caught.value.message
    assert "seqctl[xlsx]" in str(caught.value.hint)
