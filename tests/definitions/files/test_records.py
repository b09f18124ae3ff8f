"""Reading files of records: whatever text they hold, it is records or an error with a line."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.definitions.records.records import RecordFile, read_records
from seqctl.definitions.records.writer import written_records
from seqctl.definitions.tables import lines as record_lines
from seqctl.definitions.tables.csv import separator_of
from seqctl.errors import InvalidInput

ALPHABET = st.sampled_from("ab1,;\t\"'\n\r ={}[]:\ufeffé\x00\u2028")
CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=8)


def read(data: bytes, ending: str = ".csv") -> RecordFile:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"r{ending}"
        path.write_bytes(data)
        return read_records(str(path), "id")


@settings(deadline=None, max_examples=300)
@given(text=st.text(ALPHABET, max_size=60), ending=st.sampled_from([".csv", ".jsonl", ""]))
def test_any_text_is_records_or_an_error_with_a_line(text: str, ending: str) -> None:
    for start in ("", "id,a\n", "id\n", '{"id": "'):
        try:
            file = read((start + text).encode(), ending)
        except InvalidInput as error:
            told = [*error.problems, error.message]
            assert all(f"r{ending}" in problem for problem in told)
        else:
            assert all(record.id.strip() for record in file.records)
            gained = [("n", "s", None)] * len(file.records)
            "".join(written_records(file, ("number", "sequence", "policy"), gained, str))


@settings(deadline=None, max_examples=150)
@given(
    rows=st.lists(st.lists(CELL, min_size=2, max_size=2), max_size=5),
    separator=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_the_csv_module_writes_is_read_and_written_back(
    rows: list[list[str]], separator: str, end: str
) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator=end)
    writer.writerow(["id", "a", "b"])
    writer.writerows([f"R{place}", *row] for place, row in enumerate(rows))
    file = read(buffer.getvalue().encode())
    assert [list(record.attributes.values())[1:] for record in file.records] == rows
    assert "".join(written_records(file, (), [()] * len(rows), str)) == buffer.getvalue()


def test_lines_count_as_an_editor_counts_them() -> None:
    file = read(b'\n\nid,a\n1,"x\ny"\n\n2,z\n')
    assert [(record.line, record.id) for record in file.records] == [(4, "1"), (7, "2")]


def test_json_lines_count_blank_lines() -> None:
    file = read(b'\n{"id": 1}\n\n{"id": 2}', "")
    assert [(record.line, record.id) for record in file.records] == [(2, "1"), (4, "2")]
    assert file.separator is None


def test_blocks_do_not_cut_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "id,a\n" + "".join(f"{place},é{place}\n" for place in range(50))
    for block in (1, 2, 3, 7, 64):
        monkeypatch.setattr(record_lines, "BLOCK", block)
        file = read(("\ufeff" * (block > 2) + text).encode())
        assert [(r.line, r.attributes["a"]) for r in file.records] == [(n + 2, f"é{n}") for n in range(50)]


@pytest.mark.parametrize(
    ("line", "separator"),
    [("id,a", ","), ("id;a,b;c", ";"), ("id\ta", "\t"), ('id;"a,b,c"', ";"), ("id", ","), ("a,b;c", ",")],
)
def test_the_separator_is_the_one_that_occurs_most_outside_quotes(line: str, separator: str) -> None:
    assert separator_of(line) == separator


def test_what_one_run_takes_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_lines, "MOST_CELLS", 6)
    with pytest.raises(InvalidInput, match="more than 3 records"):
        read(b"id,a\n" + b"".join(b"%d,x\n" % n for n in range(9)))
    with pytest.raises(InvalidInput, match="16384 columns"):
        read(b"id" + b",x" * 20000)
    monkeypatch.setattr(record_lines, "LARGEST_FILE", 10)
    with pytest.raises(InvalidInput, match="MiB; split it"):
        read(b"id,a\n1,2\n3,4\n")
