"""`range add --input`: a row a range, in CSV, workbooks and JSON, all of them or nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.book import Book

CSV = """\
range;sequence;first;last;valid_from;valid_until;values;warn_at;authority;note
R1;factura;1;500;01.01.2026;31.12.2026;prefix=A;90%, 30 days;SAR;
R2;factura;501;900;01.01.2027;31.12.2027;prefix=A;;SAR;"the ""second"" one"
"""
DATES = ("--date-format", "DD.MM.YYYY")


def test_a_sheet_with_its_fields_as_columns(granted: Book) -> None:
    path = granted.file(CSV, "ranges.csv")
    add = ("range", "add", "--input", path, *DATES)
    assert [row["action"] for row in granted.ok(*add, "--dry-run").rows] == ["created", "created"]
    assert "ranges" not in granted.ok("export").out
    rows = granted.ok(*add).rows
    assert [row["name"] for row in rows] == ["R1", "R2"]
    assert rows[0]["fields"] == (
        "sequence=factura, first=1, last=500, valid_from=2026-01-01, valid_until=2026-12-31, values=prefix=A,"
        " warn_at=90%, 30 days, authority=SAR"
    )
    assert 'note=the "second" one' in rows[1]["fields"]
    assert [row["action"] for row in granted.ok(*add).rows] == ["unchanged", "unchanged"]
    events = granted.ok("audit", "list", "--json").json
    assert [event["action"] for event in events].count("range add") == 1


def test_one_that_is_there_and_differs_is_refused(granted: Book) -> None:
    granted.ok("range", "add", "R1", "factura", "--first", "7", "--value", "prefix=A")
    error = granted.fails(5, "exists", "range", "add", "--input", granted.file(CSV, "ranges.csv"), *DATES)
    assert "ranges.R1: already exists, with another first and last and valid_from" in error["message"]
    assert granted.ok("export").out.count("[ranges.") == 2


@pytest.mark.parametrize("form", ["array", "lines", "envelope", "one"])
def test_json_in_every_form(granted: Book, form: str) -> None:
    one: dict[str, Any] = {"range": "R1", "sequence": "factura", "first": 1, "last": "9", "authority": None}
    two = {"id": "R2", "sequence": "factura", "first": 10, "values": {"prefix": "B"}, "warn_at": ["5%"]}
    two |= {"last": 20, "from": "2026-01-01"}
    one["values"] = "prefix=A"
    texts = {
        "array": json.dumps([one, two]),
        "lines": f"{json.dumps(one)}\n\n{json.dumps(two)}\n",
        "envelope": json.dumps({"count": 2, "records": [one, two]}, indent=1),
        "one": json.dumps(two, indent=1),
    }
    ending = "jsonl" if form == "lines" else "json"
    result = granted.ok("range", "add", "--input", granted.file(texts[form], f"r.{ending}"))
    last = "sequence=factura, first=10, last=20, valid_from=2026-01-01, values=prefix=B, warn_at=5%"
    assert result.rows[-1]["fields"] == last
    assert len(result.rows) == (1 if form == "one" else 2)


def test_a_workbook(granted: Book, place: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from datetime import date

    book = openpyxl.Workbook()
    book.active.append(["Range", "Sequence", "First", "Last", "Valid until", "Values"])
    book.active.append(["18764000000001", "factura", 990000001, 990000005, date(2026, 12, 31), "prefix=SETP"])
    book.active.append([18764000000002, "factura", "x", 7, date(2026, 12, 31), "prefix=SETP"])
    book.save(place / "r.xlsx")
    error = granted.fails(6, "invalid_definition", "range", "add", "--input", "r.xlsx")
    assert error["message"].startswith("r.xlsx:C3: ranges.18764000000002.first: 'x' is not a whole number")
    book.active.delete_rows(3)
    book.save(place / "r.xlsx")
    assert "valid_until=2026-12-31, values=prefix=SETP" in granted.ok("range", "add", "--input", "r.xlsx").out


def test_everything_wrong_is_told_at_once_with_its_line(granted: Book) -> None:
    path = granted.file(
        "range,sequence,first,last,valid_until,values,colour\n"
        "R1,factura,1,x,2026-01-02,prefix=A,\n"
        ",factura,1,2,,,\n"
        "R2,factury,1,2,03.04.2026,prefix=A,\n"
        'R3,factura,1,2,,"prefix=A, B",\n'
        "R3,factura,1,2,,,\n",
        "r.csv",
    )
    problems = granted.fails(6, "invalid_input", "range", "add", "--input", path)["problems"]
    assert len(problems) == 7
    for words in (
        ":1: there is no field 'colour'",
        ":2: ranges.R1.last: 'x' is not a whole number",
        ":3: the row names no range",
        ":4: ranges.R2.valid_until: the date is '03.04.2026', which could be",
        ":5: ranges.R3.values: 'prefix' has several values",
        "ranges.R3: is defined twice: at",
    ):
        assert any(words in problem for problem in problems), (words, problems)


def test_columns_of_its_own_lists_are_no_fields(granted: Book) -> None:
    path = granted.file(
        "range\tsequence\tfirst\tfirst_number\tused\tleft\tstate\nR\tfactura\t5\tA5\t0\t\topen\n"
    )
    assert granted.ok("range", "add", "--input", path).rows[0]["fields"] == "sequence=factura, first=5"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ('[{"range": "R"}, 1]', "'1' is not an object"),
        ('[{"range": "R"', "is not valid JSON"),
        ('{"range": "R", "first": {}}', "ranges.R.first"),
    ],
)
def test_a_broken_file_is_told(granted: Book, text: str, words: str) -> None:
    result = granted.run("range", "add", "--input", "-", input=text)
    assert result.status == 6 and words in result.err, result


def test_a_file_and_a_range_are_not_given_both(granted: Book) -> None:
    path = granted.file(CSV, "ranges.csv")
    granted.fails(2, "usage", "range", "add", "R1", "factura", "--first", "1", "--input", path)
    granted.fails(4, "not_found", "range", "add", "--input", "nothing.csv")


FAULTY = (
    CSV
    + """\
R3;factura;1001;900;;;prefix=A;;SAR;
;factura;2001;2100;;;prefix=A;;SAR;
R4;nobody;1;9;;;;;SAR;
R5;factura;400;450;01.01.2026;31.12.2026;prefix=A;;SAR;numbers of R1
R6;factura;3001;3100;31.02.2026;;prefix=A;;SAR;
R7;factura;4001;4100;;;prefix=A;;SAR;
"""
)


def test_what_would_be_refused_is_left_out_and_told(granted: Book) -> None:
    path = granted.file(FAULTY, "ranges.csv")
    refused = granted.fails(6, "invalid_definition", "range", "add", "--input", path, *DATES)
    for line in (4, 5, 6, 7, 8):
        assert f"ranges.csv:{line}" in "\n".join(refused["problems"])
    assert "ranges" not in granted.ok("export").out
    skipped = granted("range", "add", "--input", path, *DATES, "--skip-invalid")
    assert skipped.status == 3
    # R5 has numbers of R1, which stands before it.
    assert [row["name"] for row in skipped.rows] == ["R1", "R2", "R7"]
    for line in (4, 5, 6, 7, 8):
        assert f"ranges.csv:{line}: " in skipped.err
    assert [row["range"] for row in granted.ok("range", "list").rows] == ["R1", "R2", "R7"]
    told = granted("range", "add", "--input", path, *DATES, "--skip-invalid", "--json", "--dry-run")
    problems = json.loads(told.err.splitlines()[-1])["problems"]
    assert {problem["line"] for problem in problems} >= {4, 5, 6, 8}


def test_a_file_that_cannot_be_read_is_refused_whole_all_the_same(granted: Book) -> None:
    path = granted.file('{"range": "R1", "sequence": "factura", "first": 1}\n{"range"\n', "r.jsonl")
    granted.fails(6, "invalid_input", "range", "add", "--input", path, "--skip-invalid")
    granted.fails(2, "usage", "range", "add", "R1", "factura", "--first", "1", "--skip-invalid")
    assert "ranges" not in granted.ok("export").out


CHAIN = [("P1", 1, 100), ("P2", 90, 110), ("P3", 105, 120)]


def test_one_that_has_numbers_of_one_that_is_left_out_stays(granted: Book) -> None:
    rows = "".join(f"{name};factura;{first};{last};prefix=A\n" for name, first, last in CHAIN)
    path = granted.file("range;sequence;first;last;values\n" + rows, "chain.csv")
    skipped = granted("range", "add", "--input", path, "--skip-invalid")
    assert (skipped.status, [row["name"] for row in skipped.rows]) == (3, ["P1", "P3"])
