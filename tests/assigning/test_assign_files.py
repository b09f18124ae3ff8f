"""`assign` and its files: Excel's CSV, JSON Lines, what is wrong with a file, and writing it back."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.book import Book, Shell

EXCEL = '\ufeffid;Kunde;Notiz\r\nA1;Müller;"zwei\r\nZeilen"\r\nA2;"a;b";-5\r\n'


def test_a_file_as_excel_writes_it_comes_back_unchanged_but_for_its_numbers(invoices: Book) -> None:
    path = invoices.file("", "excel.csv")
    with open(path, "wb") as file:
        file.write(EXCEL.encode())
    out = invoices.path.parent / "out.csv"
    assert invoices.ok("assign", "invoice", "--input", path, "--write", out).out == ""
    assert out.read_bytes().decode() == (
        "\ufeffid;Kunde;Notiz;number;sequence;policy\r\n"
        'A1;Müller;"zwei\r\nZeilen";INV-00001;invoice;\r\n'
        'A2;"a;b";-5;INV-00002;invoice;\r\n'
    )
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert sorted(os.listdir(out.parent)) == ["book.db", "book.db-mark", "excel.csv", "out.csv"]


def test_a_person_is_told_what_became_of_the_records(
    invoices: Book, terminal: Callable[..., tuple[int, str]]
) -> None:
    path, out = invoices.file("id\n1\n2\n", "r.csv"), str(invoices.path.parent / "out.csv")
    call = ("--db", str(invoices.path), "assign", "invoice", "--input", path, "--write", out)
    assert terminal(*call, columns=200)[1] == f"seqctl: 2 numbers issued; written to {out}\n"
    invoices.file("id\n1\n2\n3\n", "r.csv")
    again = f"seqctl: 1 number issued, 2 given before; written to {out}\n"
    assert terminal(*call, columns=200)[1] == again
    assert invoices.ok("assign", "invoice", "--input", path, "--write", out).err == ""


def test_the_written_file_can_be_read_and_written_again(invoices: Book) -> None:
    path = invoices.file("id,name\n1,a\n", "r.csv")
    invoices.ok("assign", "invoice", "--input", path, "--write", path)
    text = Path(path).read_text()
    assert text == "id,name,number,sequence,policy\n1,a,INV-00001,invoice,\n"
    with open(path, "a") as file:
        file.write("2,b,,,\n")
    invoices.ok("assign", "invoice", "--input", path, "--write", path)
    assert Path(path).read_text() == text + "2,b,INV-00002,invoice,\n"


@pytest.mark.parametrize(
    "text", ["id,number\n1,17\n2,18\n", '{"id": 1, "number": 17}\n{"id":2,"number":"x"}\n']
)
def test_a_column_that_says_something_else_is_not_lost(invoices: Book, text: str) -> None:
    path = invoices.file(text, "r")
    out = invoices.path.parent / "out"
    error = invoices.fails(6, "invalid_input", "assign", "invoice", "--input", path, "--write", out)
    assert len(error["problems"]) == 2
    assert invoices.numbers() == []
    assert not out.exists()
    assert len(invoices.ok("assign", "invoice", "--input", path).rows) == 2


def test_added_cells_are_guarded_and_the_users_are_not(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "=SUM{number}")
    path = book.file("id,note\n1,=1+1\n", "r.csv")
    for _ in range(2):
        book.ok("assign", "invoice", "--input", path, "--write", path)
        assert Path(path).read_text().splitlines()[1] == "1,=1+1,'=SUM1,invoice,"


def test_tabs_are_a_separator_too_and_one_column_has_none(invoices: Book) -> None:
    written = invoices.ok("assign", "invoice", "--input", "-", "--write", "-", input='id\t"a,b,c,d"\n1\tx\n')
    assert written.out == "id\ta,b,c,d\tnumber\tsequence\tpolicy\n1\tx\tINV-00001\tinvoice\t\n"
    written = invoices.ok("assign", "invoice", "--input", "-", "--write", "-", input="id\n1\n")
    assert written.out == "id,number,sequence,policy\n1,INV-00001,invoice,\n"


def test_json_lines_keep_numbers_as_they_are_written(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "{rate}/{number}")
    text = '{"id": 7, "rate": 1.10, "paid": true, "note": null, "name": "é"}\n\n{"id": "8", "rate": 1e2}\n'
    path = book.file(text, "r.jsonl")
    out = book.path.parent / "out.jsonl"
    book.ok("assign", "invoice", "--input", path, "--write", out)
    assert out.read_text() == (
        '{"id": 7, "rate": 1.10, "paid": true, "note": null, "name": "é",'
        ' "number": "1.10/1", "sequence": "invoice", "policy": null}\n'
        '{"id": "8", "rate": 1e2, "number": "1e2/2", "sequence": "invoice", "policy": null}\n'
    )
    book.ok("assign", "invoice", "--input", out, "--write", out)
    assert json.loads(out.read_text().splitlines()[0])["number"] == "1.10/1"


def test_booleans_are_true_and_false_and_null_is_not_set(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "{paid}-{number}")
    path = book.file('{"id": 1, "paid": true}\n{"id": 2, "paid": null}\n{"id": 3, "paid": ""}\n', "r.json")
    result = book("assign", "invoice", "--input", path, "--partial")
    assert (result.status, [row["number"] for row in result.rows]) == (3, ["true-1", "-2"])
    assert "missing_attribute" in result.err


PROBLEMS = [
    (b"", 1, "empty"),
    (b"name,x\n1,2\n", 1, "no column 'id'"),
    (b"id,Id,id\n1,2,3\n", 1, "'id' is a duplicate"),
    (b"id,name\n1,a\n2,\xff\n", 3, "0xff is not UTF-8"),
    (b"\xff\xfei\x00d\x00\n\x001", 2, "not utf-16"),
    (b"id,name\n1,a\n2\n", 3, "1 fields and the header has 2"),
    (b"id,name\n1,a\n\n2,b,c\n", 4, "3 fields and the header has 2"),
    (b"id,name\n1,a\n ,b\n", 3, "blank"),
    (b'id,name\n1,"a\nb"\n2,c\n1,d\n', 5, "'1' is already on line 2"),
    (b"id,name\n1," + b"x" * 10_000_000 + b"\n", 2, "longer than 1 MB"),
    (b"id,name\n1," + b"x" * 200_000 + b"\n", 2, "131072"),
    (b'id,name\n1,"open\n2,x\n', 2, "never closed"),
    (b'id,name\n1,"a"b\n', 2, "closing quote"),
    (b"id\na\x07\n", 2, "printable"),
    (b"id\n" + b"x" * 256 + b"\n", 2, "255"),
    (b'{"id": 1}\n{"id": 1}\n', 2, "is already on line 1"),
    (b'{"id": 1}\n\n{"x": 1}\n', 3, "blank"),
    (b'{"id": 1, "a": [1]}\n', 1, "list or an object"),
    (b'{"id": 1, "a": {"b": 1}}\n', 1, "list or an object"),
    (b'{"id": 1, "id": 2}\n', 1, "is a duplicate"),
    (b'{"id": NaN}\n', 1, "not a number"),
    (b'{"id": 1\n', 1, "not JSON"),
    (b'{"id": "\\ud800"}\n', 1, "half a character"),
    (b'{"id": 1, "a": ' + b"[" * 100_000 + b"}\n", 1, ""),
]


@pytest.mark.parametrize(("data", "line", "words"), PROBLEMS, ids=range(len(PROBLEMS)))
@pytest.mark.parametrize("partial", [[], ["--partial"]], ids=["all", "partial"])
def test_what_is_wrong_with_a_file_names_its_line(
    invoices: Book, data: bytes, line: int, words: str, partial: list[str]
) -> None:
    path = invoices.file("", "input")
    with open(path, "wb") as file:
        file.write(data)
    error = invoices.fails(6, "invalid_input", "assign", "invoice", "--input", path, *partial)
    assert f"{path}:{line}: " in error["message"]
    assert words in error["message"]
    assert len(error["message"]) < 1000
    assert invoices.numbers() == []


def test_all_problems_of_a_file_are_listed_in_order(invoices: Book) -> None:
    path = invoices.file('id,x\n1,a\n2\n1,b\n,c\n3,"open\n', "r.csv")
    error = invoices.fails(6, "invalid_input", "assign", "invoice", "--input", path)
    assert [problem.split(":")[1] for problem in error["problems"]] == ["3", "4", "5", "6"]


def test_columns_that_options_name_must_be_there(invoices: Book) -> None:
    path = invoices.file("id,customer,ordered\n1,a,b\n", "r.csv")
    words = ("assign", "invoice", "--input", path)
    error = invoices.fails(6, "invalid_input", *words, "--date-column", "orderd")
    assert "did you mean 'ordered'" in error["message"]
    invoices.fails(6, "invalid_input", *words, "--for-column", "account=client")
    invoices.fails(6, "invalid_input", *words, "--id-column", "number")
    invoices.fails(2, "usage", *words, "--for-column", "account")


def test_an_array_of_json_is_written_back_as_lines(invoices: Book) -> None:
    path = invoices.file('[{"id": 1},\n{"id": 2, "rate": 1.10}]\n', "r.json")
    out = invoices.path.parent / "out.jsonl"
    invoices.ok("assign", "invoice", "--input", path, "--write", out)
    assert out.read_text() == (
        '{"id": 1, "number": "INV-00001", "sequence": "invoice", "policy": null}\n'
        '{"id": 2, "rate": 1.10, "number": "INV-00002", "sequence": "invoice", "policy": null}\n'
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "cp1252", "latin-1"])
def test_other_encodings_are_read(book: Book, encoding: str) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "{stadt}-{number}")
    path = book.file("", "r.csv")
    with open(path, "wb") as file:
        file.write("id;stadt\r\n1;Köln\r\n".encode(encoding))
    told = ["--encoding", encoding] if encoding != "utf-16" else []
    assert book.ok("assign", "invoice", "--input", path, *told).rows[0]["number"] == "Köln-1"


def test_a_file_that_cannot_be_written_is_told_before_anything_is_issued(invoices: Book) -> None:
    path = invoices.file("id\n1\n", "r.csv")
    for target in ("/nonexistent/out.csv", invoices.path.parent):
        error = invoices.fails(74, "not_delivered", "assign", "invoice", "--input", path, "--write", target)
        assert "nothing was changed" in error["hint"]
    assert invoices.numbers() == []


@pytest.mark.parametrize(
    "words", ["--write /dev/full", ">/dev/full", "--write - >/dev/full", "--json >/dev/full"]
)
def test_an_output_that_fails_says_how_to_get_the_numbers_again(
    invoices: Book, shell: Shell, words: str
) -> None:
    path = invoices.file("id\n1\n2\n", "r.csv")
    result = shell(f"seqctl assign invoice --input {path} {words}")
    assert result.status == 74
    assert "INV-00001" in result.err
    assert "run the command again" in result.err
    assert [row["number"] for row in invoices.ok("assign", "invoice", "--input", path).rows] == [
        "INV-00001",
        "INV-00002",
    ]
    assert len(invoices.numbers()) == 2


def test_a_closed_stdout_issues_nothing(invoices: Book, shell: Shell) -> None:
    path = invoices.file("id\n1\n", "r.csv")
    result = shell(f"seqctl assign invoice --input {path} >&-")
    assert result.status == 74
    assert "nothing was issued" in result.err
    assert invoices.numbers() == []


def test_a_strange_file_name_is_printable_in_the_log(invoices: Book) -> None:
    path = invoices.file("id\n1\n", "a\nb\x1b[31m.csv")
    invoices.ok("assign", "invoice", "--input", path)
    (number,) = invoices.numbers()
    shown = invoices.ok("show", number["number"], "--json").json
    assert "\\n" in json.dumps(shown["events"])
    assert "\x1b" not in json.dumps(shown, ensure_ascii=False)


def test_dates_are_read_as_the_file_writes_them(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "{YYYY}-{MM}-{number}", "--reset", "month")
    path = book.file("id;day\n1;02.01.2025\n2;13.02.2025\n", "r.csv")
    words = ("assign", "invoice", "--input", path, "--date-column", "day")
    error = book.fails(6, "invalid_input", *words)
    assert "'02.01.2025', which could be 2025-01-02 (--date-format DD.MM.YYYY) or 2025-02-01" in str(error)
    rows = book.ok(*words, "--date-format", "DD.MM.YYYY").rows
    assert [row["number"] for row in rows] == ["2025-01-1", "2025-02-1"]
