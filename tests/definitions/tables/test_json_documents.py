"""Whole JSON texts: arrays, and lists in what interfaces wrap around them, as they are."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.definitions.tables.json_document import JsonDocument
from seqctl.definitions.tables.lines import Unreadable
from seqctl.definitions.tables.table import Form, TableFile
from tests.book import Book

OBJECTS = [
    {"number": "INV-1", "date": "2026-01-02", "lines": [1, {"a": 2}]},
    {"number": "INV-2", "paid": True},
]
WRAPPED = [
    OBJECTS,
    {"items": OBJECTS, "pagination": {"page": 1, "total": 2}},
    {"status": 0, "result": {"records": OBJECTS, "totalSize": 2, "done": True}},
    {"ia::result": OBJECTS, "ia::meta": {"totalCount": 2, "next": None}},
    {"meta": {"tags": ["a", "b"], "values": [1, 2]}, "data": OBJECTS},
]


def read(text: str, tmp_path: Path, name: str = "n.json") -> TableFile:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return TableFile(str(path), ("number", "date"), Form())


@pytest.mark.parametrize("data", WRAPPED, ids=range(len(WRAPPED)))
@pytest.mark.parametrize("indent", [None, 2])
def test_the_list_is_found(data: object, indent: int | None, tmp_path: Path) -> None:
    file = read(json.dumps(data, indent=indent), tmp_path)
    rows = [row[1:] for some in file for row in some]
    assert rows == [("INV-1", "2026-01-02"), ("INV-2", None)]
    assert file.faults == []
    assert file.notes == ["numbers from 'number', dates from 'date'"]


def test_lines_are_those_of_the_objects(tmp_path: Path) -> None:
    file = read('\n{"items": [\n{"number": "A"},\n\n{"number": "B"}]}\n', tmp_path)
    assert [row[0] for some in file for row in some] == [3, 5]


def test_objects_in_one_line_are_counted(invoices: Book) -> None:
    text = '[{"number": "INV-00001"}, {"number": "INV-00002"}, {"number": "X"}]'
    path = invoices.file(text, "n.json")
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", path)
    assert f"{path}:3: 'X'" in str(error)
    assert invoices("adopt", "invoice", "--input", path, "--skip-invalid").status == 3
    assert invoices.texts() == ["INV-00001", "INV-00002"]


def test_one_page_of_several_says_so(tmp_path: Path) -> None:
    file = read('{"items": [{"number": "A"}], "pagination": {"next": "https://x/2"}}', tmp_path)
    assert sum(map(len, file)) == 1
    assert any("says that the list goes on" in note for note in file.notes)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[", 1, "not JSON"),
        ('[\n{"number": "A"},\n]', 3, "not JSON"),
        ('[{"number": "A"}] x', 1, "extra data"),
        ('{\n"a": 1}', 1, "holds no list of objects"),
        ("[" * 100_000, 1, "nested too deeply"),
        ('{"items": [{"number": "A"}], "items": ' + "[" * 100_000, 1, "nested too deeply"),
        ('{"items": [{"number": "A", "number": "B"}]}', 1, "is a duplicate"),
    ],
)
def test_what_is_none_is_told_with_its_line(text: str, line: int, words: str, tmp_path: Path) -> None:
    file = read(text, tmp_path)
    list(file)
    ((at, said),) = file.faults
    assert at == line
    assert words in said


def test_what_is_no_object_is_told(tmp_path: Path) -> None:
    file = read('[{"number": "A"},\n7,\n{"number": "B"}]', tmp_path)
    assert [row[1] for some in file for row in some] == ["A", "B"]
    assert file.faults == [(2, "7 is not an object")]


@given(st.text(st.sampled_from('{}[]",: 1an\n'), max_size=40))
def test_any_text_is_objects_or_an_error_with_its_line(text: str) -> None:
    document = JsonDocument(text)
    try:
        rows = list(document.rows())
    except Unreadable as error:
        assert 1 <= error.line <= text.count("\n") + 1
    else:
        assert isinstance(json.loads(text), dict | list)
        assert [line for line, *_ in rows] == sorted(line for line, *_ in rows)


PAGE = '{{"items": [{{"number": "{}"}}, {{"number": "{}"}}], "pagination": {{"next": {}}}}}'
PAGES = (PAGE.format("A", "B", '"p2"'), PAGE.format("C", "D", "null"))


@pytest.mark.parametrize("text", ["[{}, {}]", "{}\n{}\n", "[\n  {},\n  {}\n]\n"])
def test_pages_in_one_file_are_one_list(tmp_path: Path, text: str) -> None:
    file = read(text.format(*PAGES), tmp_path)
    rows = [row for some in file for row in some]
    assert [row[1] for row in rows] == ["A", "B", "C", "D"]
    assert len({row[0] for row in rows}) == 4
    assert file.faults == []
    assert not any("goes on" in note for note in file.notes)


def test_the_last_page_says_whether_the_list_goes_on(tmp_path: Path) -> None:
    file = read(f"[{PAGES[1]}, {PAGES[0]}]", tmp_path)
    assert sum(map(len, file)) == 4
    assert any("says that the list goes on" in note for note in file.notes)


def test_records_that_hold_lists_are_no_pages(tmp_path: Path) -> None:
    records = '{"number": "A", "items": [{"number": "1"}]}, {"number": "B", "items": [{"number": "2"}]}'
    file = read(f"[{records}]", tmp_path)
    assert [row[1] for some in file for row in some] == ["A", "B"]
    # Of several behind one another nobody can say which list is meant.
    lines = read(records.replace("}, {", "}\n{"), tmp_path)
    assert sum(map(len, lines)) <= 1
    assert "holds a list" in lines.faults[0][1]


def test_something_else_among_pages_is_a_fault(tmp_path: Path) -> None:
    file = read(f'[{PAGES[0]}, {{"number": "E"}}]', tmp_path)
    list(file)
    assert file.faults == [(1, "there is no page like those before it")]
