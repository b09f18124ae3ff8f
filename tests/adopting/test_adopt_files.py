"""`adopt --input`: plain lists, CSV and JSON Lines, what is wrong with them, and going on without that."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.book import Book, Sql


def test_a_plain_list(invoices: Book) -> None:
    path = invoices.file("\ufeffINV-00002\r\n\n  \nINV-00001\r\nINV-00007", "numbers.txt")
    invoices.ok("adopt", "invoice", "--input", path)
    assert invoices.texts() == ["INV-00002", "INV-00001", "INV-00007"]
    assert invoices.ok("adopt", "invoice", "--input", "-", input="INV-00009\n").rows[0]["adopted"] == "1"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("n.csv", "id,number,date\nA,INV-00001,2026-01-05\nB,INV-00002,\n"),
        ("n.csv", 'id;number;date\r\nA;"INV-00001";2026-01-05T10:00\r\nB;INV-00002;\r\n'),
        ("n.tsv", "date\tnumber\tid\n2026-01-05 08:26:00\tINV-00001\tA\n\tINV-00002\tB\n"),
        (
            "n.jsonl",
            '{"id": "A", "number": "INV-00001", "date": "2026-01-05"}\n\n'
            '{"id": "B", "number": "INV-00002"}\n',
        ),
    ],
    ids=["comma", "semicolon", "tab", "json"],
)
def test_tables_with_dates_and_records(invoices: Book, name: str, text: str) -> None:
    words = ("adopt", "invoice", "--column", "number", "--date-column", "date", "--record-column", "id")
    result = invoices.ok(*words, "--input", invoices.file(text, name))
    assert result.rows[0]["adopted"] == "2"
    assert [(n["number"], n["date"], n["record"]) for n in invoices.numbers()] == [
        ("INV-00001", "2026-01-05", "A"),
        ("INV-00002", None, "B"),
    ]
    again = invoices.ok(*words, "--input", "-", "--json", input=text).json
    assert (again["adopted"], again["unchanged"]) == (0, 2)


def test_numbers_of_json_are_texts(book: Book) -> None:
    book.ok("sequence", "add", "invoice")
    text = '{"n": 17, "r": 4711}\n{"n": 18, "r": null}\n'
    book.ok("adopt", "invoice", "--input", "-", "--column", "n", "--record-column", "r", input=text)
    assert [(n["number"], n["record"]) for n in book.numbers()] == [("17", "4711"), ("18", None)]


def test_an_instant_is_the_day_in_the_zone_of_the_sequence(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--timezone", "Asia/Tokyo")
    book.ok("adopt", "invoice", "1", "--date", "2026-01-05T23:30+00:00")
    assert book.numbers()[0]["date"] == "2026-01-06"


def test_blanks_around_a_number_and_the_guard_of_spreadsheets_are_no_part_of_it(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "-{number}")
    text = "n\n 7\n -1 \n'-2\n"
    error = book.fails(
        6, "invalid_input", "adopt", "invoice", "--input", book.file(text, "n.csv"), "--column", "n"
    )
    assert "n.csv:2: ' 7' does not fit" in error["message"]
    book.run("adopt", "invoice", "--input", "-", "--column", "n", "--skip-invalid", input=text)
    assert book.texts() == ["-1", "-2"]


def test_every_problem_is_listed_with_its_line(invoices: Book) -> None:
    invoices.ok("adopt", "invoice", "INV-00003", "--date", "2026-01-05")
    rows = [
        "INV-00001,2026-01-05,A",
        "INV-00001,2026-01-05,A",
        "INV-1,,",
        "INV-00002,05.01.2026,",
        ",2026-01-05,",
        "INV-00003,2026-01-06,",
        '"INV-00004",,"two\nlines"',
        "INV-00005,,",
        "X\x07,,",
        f"{'9' * 300},,",
    ]
    path = invoices.file("n,d,r\n" + "\n".join(rows) + "\n", "n.csv")
    words = (
        "adopt",
        "invoice",
        "--input",
        path,
        "--column",
        "n",
        "--date-column",
        "d",
        "--record-column",
        "r",
    )
    error = invoices.fails(6, "invalid_input", *words)
    assert error["message"] == "8 of 10 numbers cannot be adopted; nothing was adopted"
    assert "--skip-invalid" in error["hint"]
    told = [problem.removeprefix(f"{path}:").partition(":") for problem in error["problems"]]
    assert [(line, words[:30]) for line, _, words in told[:-1]] == [
        ("3", " 'INV-00001' is already on lin"),
        ("4", " 'INV-1' does not fit the patt"),
        ("5", " 'INV-00002' has the document "),
        ("6", " '' is blank"),
        ("7", " 'INV-00003' is held with the "),
        ("8", " 'INV-00004' has the record 't"),
        ("11", r" 'X\x07' holds the character U"),
    ]
    assert told[-1][0] == "12"
    assert "longer than 255 characters" in told[-1][2]
    assert invoices.texts() == ["INV-00003"]
    result = invoices.run(*words, "--skip-invalid")
    assert result.status == 3
    assert len(result.err.splitlines()) == 8
    assert invoices.texts() == ["INV-00003", "INV-00001", "INV-00005"]
    assert invoices.run("audit", "verify").status == 0


def test_skipped_numbers_in_json(invoices: Book) -> None:
    result = invoices.run("adopt", "invoice", "INV-00001", "INV-1", "--skip-invalid", "--json")
    assert result.status == 3
    told = result.json
    assert (told["adopted"], told["skipped"]) == (1, 1)
    (problem,) = told["problems"]
    assert (problem["line"], problem["number"], problem["code"]) == (2, "INV-1", "invalid_input")
    assert "does not fit" in problem["message"]
    assert json.loads(result.err) == {"problems": told["problems"]}


def test_where_all_are_skipped_nothing_is_made(invoices: Book, sql: Sql) -> None:
    result = invoices.run("adopt", "invoice", "nonsense", "--skip-invalid")
    assert (result.status, len(result.lines)) == (3, 1)
    assert sql("SELECT count(*) FROM counter") == [(0,)]
    assert sql("SELECT count(*) FROM event WHERE action = 'adopt'") == [(0,)]


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_list_is_no_problem(invoices: Book, text: str) -> None:
    assert invoices.ok("adopt", "invoice", "--input", "-", input=text).rows == []
    told = invoices.ok("adopt", "invoice", "--input", "-", "--json", input=text).json
    assert told.pop("counters") == told.pop("gaps") == told.pop("problems") == []
    assert told == {"adopted": 0, "void": 0, "unchanged": 0, "skipped": 0}


PROBLEMS = [
    (b"", 1, "empty"),
    (b"name,x\n1,2\n", 1, "no column 'n'"),
    (b"n,a,n\n1,2,3\n", 1, "'n' is a duplicate"),
    (b"n,a\nINV-00001,\xff\n", 2, "not UTF-8"),
    (b"n,a\nINV-00001\n", 2, "1 fields and the header has 2"),
    (b'n,a\nINV-00001,"open\nINV-00002,x\n', 2, "never closed"),
    (b"n,a\nINV-00001," + b"x" * 2_000_000 + b"\n", 2, "longer than 1 MB"),
    (b'{"n": "INV-00001"\n', 1, "not JSON"),
    (b'{"n": ["INV-00001"]}\n', 1, "list or an object"),
]


@pytest.mark.parametrize(("data", "line", "words"), PROBLEMS, ids=range(len(PROBLEMS)))
@pytest.mark.parametrize("skip", [[], ["--skip-invalid"]], ids=["all", "skip"])
def test_a_file_that_cannot_be_trusted_is_refused_as_a_whole(
    invoices: Book, data: bytes, line: int, words: str, skip: list[str]
) -> None:
    result = invoices.run("adopt", "invoice", "--input", "-", "--column", "n", *skip, input=data)
    assert result.status == 6, result
    assert f"standard input:{line}: " in result.err
    assert words in result.err
    assert invoices.numbers() == []


def test_faults_and_misfits_are_told_together(invoices: Book) -> None:
    path = invoices.file("n,a\nCN-1,x\nINV-00001\nINV-00001,x\n", "n.csv")
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", path, "--column", "n")
    assert error["problems"] == [
        f"{path}:2: 'CN-1' does not fit the pattern INV-{{number:5}}",
        f"{path}:3: the row has 1 fields and the header has 2",
    ]
    assert error["message"] == f"2 problems in {path}; nothing was adopted"


def test_a_file_that_is_not_there(invoices: Book) -> None:
    invoices.fails(4, "not_found", "adopt", "invoice", "--input", "nowhere.txt")


def test_rubbish_is_told_and_shown_harmlessly(invoices: Book) -> None:
    for text in (
        "\x1b[31mred",
        "[bold]x[/bold]",
        "a\u202eb",
        "x" * 100_000,
        "\U0001f600",
        "e\u0301",
        "'; DROP TABLE number",
    ):
        result = invoices.run("adopt", "invoice", text)
        assert result.status == 6
        assert "\x1b" not in result.err
        assert len(result.err) < 2000


def test_a_thousand_gaps_are_listed_and_all_are_counted(book: Book) -> None:
    book.ok("sequence", "add", "invoice")
    text = "".join(f"{value}\n" for value in range(1, 2404, 2))
    told = book.ok("adopt", "invoice", "--input", "-", "--json", input=text).json
    assert told["counters"][0]["gap_runs"] == 1201
    assert len(told["gaps"]) == 1000


def test_unsorted_input_keeps_its_order(book: Book, sql: Sql) -> None:
    book.ok("sequence", "add", "invoice")
    values = [(value * 7919) % 12_007 for value in range(1, 12_007)]
    path = book.file("".join(f"{value}\n" for value in values), "n.txt")
    told = book.ok("adopt", "invoice", "--input", path, "--json").json
    assert (told["adopted"], told["counters"][0]["missing"]) == (12_006, 0)
    assert [value for (value,) in sql("SELECT value FROM number ORDER BY serial")] == values
    assert book.run("audit", "verify").status == 0
    assert book.ok("adopt", "invoice", "--input", path, "--json").json["unchanged"] == 12_006


def test_dates_that_could_be_two_days_are_told_with_the_way_to_read_them(invoices: Book) -> None:
    path = invoices.file("number;date\nINV-00001;02.01.2026\nINV-00002;13.01.2026\n", "n.csv")
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", path, "--column", "number")
    assert "has the document date '02.01.2026', which could be 2026-01-02 (--date-format DD.MM.YYYY)" in str(
        error
    )
    skipped = invoices("adopt", "invoice", "--input", path, "--skip-invalid")
    assert skipped.status == 3
    assert invoices.texts() == ["INV-00002"]
    given = ("adopt", "invoice", "--input", path, "--date-format", "DD.MM.YYYY")
    assert "n.csv: numbers from 'number', dates from 'date'" in invoices(*given).err
    assert [number["date"] for number in invoices.numbers()] == ["2026-01-13", "2026-01-02"]


def test_a_workbook_is_read(invoices: Book, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl reads workbooks: pip install 'seqctl[xlsx]'")
    book = openpyxl.Workbook()
    for row in (["Number", "Date"], ["INV-00001", date(2026, 1, 2)], ["INV-00002", None]):
        book.active.append(row)
    book.save(tmp_path / "n.xlsx")
    result = invoices("adopt", "invoice", "--input", tmp_path / "n.xlsx")
    assert (result.status, result.err) == (
        0,
        f"seqctl: {tmp_path / 'n.xlsx'}: numbers from 'Number', dates from 'Date'\n",
    )
    assert [number["date"] for number in invoices.numbers()] == ["2026-01-02", None]


def test_a_list_of_an_interface_is_read_as_it_is(invoices: Book) -> None:
    text = '{"items": [{"number": "INV-00001", "lines": [{"sku": 1}]}], "pagination": {"page": 1}}'
    assert invoices("adopt", "invoice", "--input", invoices.file(text, "n.json")).status == 0
    assert invoices.texts() == ["INV-00001"]
