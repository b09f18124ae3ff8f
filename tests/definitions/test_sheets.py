"""CSV and workbooks with a row a sequence: in, out, edited and in again."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.book import Book
from tests.hostile import texts

HEADINGS = ["name", "document_type", "prefix", "width", "end", "requires", "title", "set", "member"]
Rows = list[list[str]]


def sequences(count: int) -> Rows:
    """Rows of sequences that are all different."""
    return [
        [f"s{n:03}", f"type_{n:03}", f"S{n:03}-", "5", "99999", f"entity=E{n}", f"Number {n}", "", ""]
        for n in range(count)
    ]


def spread_errors(rows: Rows) -> list[int]:
    """Seven mistakes, spread over the rows; gives the rows where they are told, counted from 0."""
    rows[3][4] = "many"
    rows[77][1] = rows[76][1]
    rows[77][2] = rows[76][2]
    rows[150][3] = "400"
    rows[222][0] = rows[221][0]
    rows[333][5] = 'entity="E'
    rows[400][0] = ""
    rows[499][8] = "invoice"
    return [3, 77, 150, 221, 333, 400, 499]


def as_csv(rows: Rows, path: Path) -> str:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, delimiter=";").writerows([HEADINGS, *rows])
    return str(path)


def as_workbook(rows: Rows, path: Path) -> str:
    book = Workbook()
    assert book.active is not None
    for row in [HEADINGS, *rows]:
        book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    book.save(path)
    return str(path)


@pytest.mark.parametrize(("write", "ending"), [(as_csv, "csv"), (as_workbook, "xlsx")])
def test_seven_errors_in_500_rows_are_told_at_once_and_mended_they_import(
    nowhere: Book, tmp_path: Path, write: object, ending: str
) -> None:
    assert callable(write)
    rows = sequences(500)
    wrong = spread_errors(rows)
    path = write(rows, tmp_path / f"list.{ending}")
    problems = nowhere.fails(6, "invalid_definition", "import", path)["problems"]
    assert len(problems) == 7, problems
    columns = {3: "E", 77: "A", 150: "D", 221: "A", 333: "F", 400: "A", 499: "I"}
    for row in wrong:
        # The heading is the first row.
        place = f"{path}:{columns[row] if ending == 'xlsx' else ''}{row + 2}: "
        assert sum(place in problem for problem in problems) == 1, (place, problems)
    assert any("can print" in problem for problem in problems)
    findings = nowhere.run("--json", "import", path).error["findings"]
    headings = {3: "end", 77: "name", 150: "width", 221: "name", 333: "requires", 400: None, 499: "member"}
    assert {(item["line"], item["column"]) for item in findings} == {
        (row + 2, heading) for row, heading in headings.items()
    }
    assert {item["file"] for item in findings} == {path}
    assert nowhere.run("sequence", "list").status == 4
    result = nowhere.made("import", write(sequences(500), tmp_path / f"list.{ending}"))
    assert [row["action"] for row in result.rows] == ["created"] * 500
    assert nowhere.next("s007", "--attr", "entity=E7") == ["S007-00001"]


def test_what_was_exported_comes_back_unchanged_and_an_edit_is_the_only_change(
    nowhere: Book, tmp_path: Path
) -> None:
    nowhere.load(
        """
        [calendars.april]
        start = "04-01"
        [sequences.invoice]
        title = 'with "quotes", commas; and = signs'
        description = "two\\nlines"
        pattern = "{shop}/{FY}-{number:5}"
        reset = "fiscal-year"
        calendar = "april"
        scope = { shop = ["a;b", "c,d", "e=f", ' "', ""] }
        requires = { entity = ["DE", "FR"], branch = [] }
        end = 99999
        warn_at = "90%"
        effective_from = 2026-01-01
        [sequences.letters]
        kind = "alpha"
        pattern = "=L-{number:3}"
        start = "aab"
        mode = "standard"
        manual = true
        status = "inactive"
        timezone = "Europe/Paris"
        [sequences.memo]
        prefix = "M "
        document_type = "credit_memo"
        [sets.one]
        default = true
        assignments = ["account:A"]
        members = { invoice = "invoice", credit_memo = "memo" }
        [sets."two, three"]
        members = { credit_memo = "memo" }
        """
    )
    before = nowhere.ok("export").out
    path = tmp_path / "out.csv"
    exported = nowhere.run("export", "--to", path, "--to-format", "csv")
    assert exported.status == 0
    assert "a sheet holds no calendars: 'april'" in exported.err
    assert "assignments of sets: 'one'" in exported.err
    assert {row["action"] for row in nowhere.ok("import", path).rows} == {"unchanged"}
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    (memo,) = [row for row in rows if row["name"] == "memo"]
    assert (memo["set"], memo["member"]) == ('one, "two, three"', "credit_memo, credit_memo")
    edited = path.read_text(encoding="utf-8").replace("99999", "88888")
    path.write_text(edited, encoding="utf-8")
    (changed,) = nowhere.ok("diff", path).rows
    assert changed == {
        "action": "changed",
        "kind": "sequence",
        "name": "invoice",
        "fields": "end: 99999 -> 88888",
    }
    nowhere.ok("import", path)
    assert nowhere.ok("export").out == before.replace("99999", "88888")


def test_a_sheet_changes_what_it_has_columns_for_and_an_empty_cell_clears_what_has_no_default(
    book: Book,
) -> None:
    book.ok("sequence", "add", "a", "--prefix", "A-", "--end", 99, "--title", "T", "--date-order", "warn")
    path = book.file("name,end,date_order\na,,\nb,,\n", "a.csv")
    rows = book.ok("import", path).rows
    assert rows == [
        {"action": "changed", "kind": "sequence", "name": "a", "fields": "end: 99 -> "},
        {"action": "created", "kind": "sequence", "name": "b", "fields": "document_type=b, pattern={number}"},
    ]
    shown = book.ok("sequence", "show", "a", "--json").json
    assert (shown["end"], shown["title"], shown["date_order"]) == (None, "T", "warn")
    assert shown["pattern"] == "A-{number}"


def test_parts_of_a_pattern_change_one_by_one(book: Book) -> None:
    book.ok("sequence", "add", "a", "--prefix", "A-", "--width", 4, "--suffix", "/X")
    book.ok("sequence", "add", "y", "--pattern", "Y{YYYY}-{number}", "--reset", "year")
    book.ok("import", book.file("name,prefix\na,B-\ny,\n", "a.csv"))
    assert book.ok("sequence", "show", "a", "--json").json["pattern"] == "B-{number:4}/X"
    book.ok("import", book.file("name,suffix,width\na,,6\n", "a.csv"))
    assert book.ok("sequence", "show", "a", "--json").json["pattern"] == "B-{number:6}"
    path = book.file("name,prefix\ny,Z\n", "a.csv")
    assert "tokens beside its number" in book.fails(6, "invalid_definition", "import", path)["message"]
    path = book.file("name,prefix,pattern\na,Z,Z{number}\n", "a.csv")
    assert (
        "cannot be combined with a pattern" in book.fails(6, "invalid_definition", "import", path)["message"]
    )


def test_sets_are_as_the_sheet_says_for_the_sequences_that_it_names(book: Book) -> None:
    for name in ("a", "b", "c"):
        book.made("sequence", "add", name, "--document-type", "invoice", "--prefix", f"{name}-")
    book.run("set", "add", "one", "invoice=a")
    book.run("set", "add", "two", "invoice=c")
    path = book.file('name,set,member\na,"two",\nb,one,\n', "a.csv")
    assert book.run("import", path).status == 0
    sets = {item["name"]: item["members"] for item in book.ok("set", "list", "--json").json}
    assert sets == {"one": {"invoice": "b"}, "two": {"invoice": "a"}}
    assert book.run("import", book.file("name,set\na,\n", "a.csv")).status == 0
    sets = {item["name"]: item["members"] for item in book.ok("set", "list", "--json").json}
    assert sets == {"one": {"invoice": "b"}, "two": {}}
    path = book.file("name,set\na,one\nb,one\n", "a.csv")
    message = book.fails(6, "invalid_definition", "import", path)["message"]
    assert f"set 'one' has 'a' for 'invoice' already, at {path}:2" in message


def test_unknown_headings_are_errors_with_the_near_name_beside_the_other_problems(book: Book) -> None:
    path = book.file("name;patern;End ;step;end\na;A;9;none;8\n", "a.csv")
    problems = book.fails(6, "invalid_input", "import", path)["problems"]
    assert problems[0].startswith(f"{path}:1: there is no field 'patern'; did you mean 'pattern'")
    assert problems[1].startswith(f"{path}:1: 'end' is a duplicate")
    assert problems[2].startswith(f"{path}:2: sequences.a.step: 'none' is not a whole number")
    path = book.file("title\nA\n", "a.csv")
    assert "no column 'name'" in book.fails(6, "invalid_input", "import", path)["message"]


def test_next_values_come_in_a_column(nowhere: Book, tmp_path: Path) -> None:
    path = nowhere.file("name,pattern,reset,counters\na,A{YYYY}-{number:3},year,2026=43; 2027=7\n", "a.csv")
    nowhere.ok("import", path)
    assert nowhere.next("a", "--date", "2026-05-05") == ["A2026-043"]
    assert nowhere.next("a", "--date", "2027-01-05", "--yes") == ["A2027-007"]
    out = nowhere.ok("export", "--with-counters", "--to-format", "csv").csv
    assert out[0]["counters"] == "2026=44; 2027=8"
    nowhere.ok("sequence", "add", "s", "--pattern", "{shop}/{number}", "--scope", "shop")
    for shop in ("a;b=c", '"', "plain"):
        assert nowhere.next("s", "--attr", f"shop={shop}") == [f"{shop}/1"]
    sheet = tmp_path / "counters.csv"
    nowhere.ok("export", "s", "--with-counters", "--to", sheet)
    other = ("--db", Path(nowhere.path).with_name("other.db"))
    nowhere.ok(*other, "import", sheet)
    for shop in ("a;b=c", '"', "plain"):
        assert nowhere.ok(*other, "peek", "s", "--attr", f"shop={shop}").lines == [f"{shop}/2"]


def test_dates_are_never_guessed_and_encodings_are_said(nowhere: Book) -> None:
    path = Path(nowhere.file("", "a.csv"))
    path.write_bytes("name;title;effective_from\na;Zürich;02.01.2026\n".encode("cp1252"))
    assert "--encoding" in nowhere.fails(6, "invalid_input", "import", path)["message"]
    message = nowhere.fails(6, "invalid_definition", "import", path, "--encoding", "cp1252")["message"]
    assert "2026-01-02 (--date-format DD.MM.YYYY)" in message
    nowhere.ok("import", path, "--encoding", "cp1252", "--date-format", "DD.MM.YYYY")
    shown = nowhere.ok("sequence", "show", "a", "--json").json
    assert (shown["title"], shown["effective_from"]) == ("Zürich", "2026-01-02")
    nowhere.fails(2, "usage", "import", nowhere.file("format = 1"), "--encoding", "cp1252")


def test_other_sheets_are_told_by_what_they_hold(nowhere: Book) -> None:
    nowhere.ok("import", nowhere.file("name\tprefix\na\tA-\n", "a.tsv"))
    old = Path(nowhere.file("", "a.xls"))
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    message = nowhere.fails(6, "invalid_input", "import", old)["message"]
    assert message == f"{old}:1: this is an Excel file of the old kind (.xls): save it as .xlsx or CSV"


def test_files_of_every_form_are_one_import(nowhere: Book) -> None:
    folder = Path(nowhere.file("{}", "all/seqctl.schema.json")).parent
    nowhere.file('[sets.main]\ndefault = true\n[sets.main.members]\nmemo = "m"\n', "all/a.toml")
    nowhere.file("name,prefix,set\ninvoice,I-,main\n", "all/b.csv")
    nowhere.file('{"sequences": {"m": {"document_type": "memo", "prefix": "M-"}}}', "all/c.json")
    nowhere.ok("import", folder)
    assert nowhere.next("invoice") == ["I-1"]
    assert nowhere.next("memo") == ["M-1"]
    path = nowhere.file("name,prefix\nm,N-\n", "all/d.csv")
    message = nowhere.fails(6, "invalid_definition", "import", folder)["message"]
    assert "is defined twice" in message
    assert f"at {path}:2" in message


def test_whatever_texts_a_definition_has_it_comes_back_unchanged(nowhere: Book, tmp_path: Path) -> None:
    # What nobody sees stays out of numbers, and a cell has no more than a name has.
    odd = [
        text for text in texts.PRINTABLE if text == text.strip() and len(text) < 100 and "\u200d" not in text
    ]
    definitions: dict[str, object] = {
        text: {
            "title": text,
            "description": f"{text}\n{text}",
            "document_type": f"type_{place}",
            "prefix": f"{text.replace('{', '').replace('}', '')}-",
            "requires": {"entity": [text, f"{text},", f"{text}; x=y", f'"{text}"']},
        }
        for place, text in enumerate(odd)
    }
    definitions |= {f"'{text}": {"prefix": f"'={place}."} for place, text in enumerate(odd[:3])}
    path = nowhere.file(json.dumps({"sequences": definitions}), "odd.json")
    made = nowhere.run("import", path)
    assert made.status == 0, made
    sheet = tmp_path / "odd.csv"
    assert nowhere.run("export", "--to", sheet).status == 0
    rows = nowhere.ok("import", sheet, "--json").json
    assert [row for row in rows if row["action"] != "unchanged"] == []
    assert len(rows) == len(definitions)


def test_headings_below_a_title_are_found(book: Book) -> None:
    text = "Our series;;\n;;\nName;Document type;Prefix\ninvoice;invoice;RE-\n"
    result = book.made("import", book.file(text, "series.csv"))
    assert [row["name"] for row in result.rows] == ["invoice"]
    assert book.next("invoice") == ["RE-1"]
