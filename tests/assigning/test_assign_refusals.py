"""`assign` where something is in the way: all or nothing, each failure told; --partial goes on."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.book import Book, Result


def numbers(result: Result) -> list[str]:
    return [row["number"] for row in result.rows]


class WithRecords(Book):
    """A book, and the file of the records that are to be numbered."""

    rows: str


@pytest.fixture
def entities(book: Book) -> WithRecords:
    book.load(
        '[sequences.invoice]\npattern = "{entity}-{number:3}"\nscope = { entity = ["DE", "FR"] }\nend = 3\n'
    )
    rows = ["1,DE", "2,XX", "3,FR", "4,D1", "5,DE", "6,DE", "7,DE"]
    made = WithRecords(book.path, book.run)
    made.rows = book.file("id,entity\n" + "\n".join(rows) + "\n", "r.csv")
    return made


def test_every_failure_is_listed_and_nothing_is_issued(entities: WithRecords) -> None:
    error = entities.fails(5, "scope_value", "assign", "invoice", "--input", entities.rows)
    assert error["message"] == "3 of 7 records cannot be numbered; nothing was issued"
    assert [problem.split(": ")[:3] for problem in error["problems"]] == [
        [f"{entities.rows}:3", "record '2'", "scope_value"],
        [f"{entities.rows}:5", "record '4'", "scope_value"],
        [f"{entities.rows}:8", "record '7'", "exhausted"],
    ]
    assert entities.numbers() == []


def test_partial_issues_what_can_be_issued(entities: WithRecords) -> None:
    result = entities("assign", "invoice", "--input", entities.rows, "--partial")
    assert result.status == 3
    assert numbers(result) == ["DE-001", "FR-001", "DE-002", "DE-003"]
    told = result.err.splitlines()
    assert len(told) == 3
    assert told[0].startswith(f"{entities.rows}:3: record '2': scope_value: ")
    again = entities("assign", "invoice", "--input", entities.rows, "--partial", "--json")
    assert again.status == 3
    failures = json.loads(again.err)["failures"]
    assert {**failures[0], "message": "", "hint": ""} == {
        **{"line": 3, "record": "2", "code": "scope_value"},
        **{"message": "", "hint": ""},
    }
    assert len(entities.numbers()) == 4


def test_partial_writes_every_record_and_a_blank_for_those_that_failed(entities: WithRecords) -> None:
    out = entities.path.parent / "out.csv"
    words = ("assign", "invoice", "--input", entities.rows, "--partial", "--write", out)
    assert entities(*words).status == 3
    lines = out.read_text().splitlines()
    assert len(lines) == 8
    assert lines[1:3] == ["1,DE,DE-001,invoice,", "2,XX,,,"]


def test_invalid_dates_come_before_refusals(invoices: Book) -> None:
    invoices.ok("sequence", "edit", "invoice", "--effective-from", "2026-01-01")
    path = invoices.file("id,d\n1,2025-01-01\n2,01.11.2026\n3,\n4,2026-05-05\n", "r.csv")
    words = ("assign", "invoice", "--input", path, "--date-column", "d")
    error = invoices.fails(6, "invalid_input", *words)
    codes = [problem.split(": ")[2] for problem in error["problems"]]
    assert codes == ["not_effective", "invalid_input", "invalid_input"]
    result = invoices(*words, "--partial")
    assert (result.status, numbers(result)) == (3, ["INV-00001"])


def test_a_single_failure_has_its_own_words(invoices: Book) -> None:
    invoices.ok("sequence", "deactivate", "invoice")
    path = invoices.file("id\n1\n", "r.csv")
    error = invoices.fails(5, "inactive", "assign", "invoice", "--input", path)
    assert error["message"].startswith(f"{path}:2: record '1': ")
    assert "activate" in error["hint"]


def test_requires_is_held_against_the_columns(book: Book) -> None:
    book.load('[sequences.invoice]\nrequires = { entity = ["DE"] }\n')
    path = book.file("id,entity\n1,DE\n2,FR\n", "r.csv")
    book.fails(5, "not_for", "assign", "invoice", "--input", path)
    assert numbers(book("assign", "invoice", "--input", path, "--partial")) == ["1"]


def test_the_latest_date_moves_record_by_record(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--date-order", "refuse")
    rows = ["a,2026-01-05", "b,2026-01-03", "c,2026-01-05", "d,2026-01-09", "e,2026-01-08"]
    path = book.file("id,d\n" + "\n".join(rows) + "\n", "r.csv")
    words = ("assign", "invoice", "--input", path, "--date-column", "d")
    error = book.fails(5, "date_order", *words)
    assert len(error["problems"]) == 2
    assert "2026-01-05, the date of 1;" in error["problems"][0]
    assert "2026-01-09, the date of 3;" in error["problems"][1]
    assert numbers(book(*words, "--partial")) == ["1", "2", "3"]
    assert (
        "the date of 3" in book.fails(5, "date_order", "next", "invoice", "--date", "2026-01-08")["message"]
    )
    assert book.fails(5, "date_order", *words)["problems"][1].count("the date of 3") == 1


def test_order_date_makes_refusing_sequences_happy(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--date-order", "refuse")
    path = book.file("id,d\na,2026-01-05\nb,2026-01-03\nc,2026-01-04\n", "r.csv")
    words = ("assign", "invoice", "--input", path, "--date-column", "d", "--order", "date")
    assert numbers(book.ok(*words)) == ["3", "1", "2"]


@pytest.mark.parametrize("order", ["off", "refuse"])
def test_a_far_date_needs_yes_and_warns_once(book: Book, order: str) -> None:
    book.ok("sequence", "add", "invoice", "--date-order", order)
    path = book.file("id,d\n1,2099-01-01\n2,2099-01-02\n", "r.csv")
    words = ("assign", "invoice", "--input", path, "--date-column", "d")
    error = book.fails(2, "confirmation_needed", *words)
    assert "--yes" in error["hint"]
    assert "record '1'" in error["message"]
    assert len(book.numbers("invoice")) == 0
    assert len(book.warned(*words, "--dry-run").rows) == 2
    warned = book.warned(*words, "--yes")
    assert len(warned.rows) == 2
    assert warned.err.count("\n") == 1
    assert "2 in all" in warned.err
    # A second run issues nothing and asks nothing.
    assert len(book.ok(*words).rows) == 2


def test_what_is_refused_anyway_is_refused_without_a_question_of_a_far_date(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--end", "5")
    book.warned("sequence", "add", "other", "--document-type", "invoice", "--allow-collisions")
    book.warned("set", "add", "s", "invoice=other", "--default")
    path = book.file("id,d\n1,2099-01-01\n", "r.csv")
    book.next("invoice", "--sequence", "invoice")
    book.fails(5, "number_taken", "assign", "invoice", "--input", path, "--date-column", "d")
    broken = book.file("id,d\n1,2099-01-01\n2,never\n", "b.csv")
    book.fails(6, "invalid_input", "assign", "invoice", "--input", broken, "--date-column", "d")


def test_warn_at_warns_once_for_each_counter(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--end", "10", "--warn-at", "7 left")
    path = book.file("id\n" + "".join(f"{i}\n" for i in range(6)), "r.csv")
    result = book.warned("assign", "invoice", "--input", path)
    assert result.err == "seqctl: warning: sequence 'invoice' has 4 numbers left (warn_at is 7 left)\n"


@pytest.fixture
def colliding(book: Book) -> WithRecords:
    """Two sequences whose numbers meet: one holds INV-003 and INV-004."""
    definitions = book.file(
        '[sequences.invoice]\npattern = "INV-{number:3}"\n'
        '[sequences.other]\ndocument_type = "invoice"\npattern = "INV-00{number}"\nstart = 3\n'
        '[sets.main]\ndefault = true\nmembers = { invoice = "invoice" }\n'
    )
    book.warned("import", definitions, "--allow-collisions")
    book.next("other", "-n", "2")
    made = WithRecords(book.path, book.run)
    made.rows = book.file("id\n" + "".join(f"{i}\n" for i in range(1, 6)), "r.csv")
    return made


def test_a_taken_text_is_refused_for_each_record_that_wants_it(colliding: WithRecords) -> None:
    words = ("assign", "invoice", "--input", colliding.rows)
    error = colliding.fails(5, "number_taken", *words)
    assert len(error["problems"]) == 3
    colliding.fails(5, "number_taken", *words, "--dry-run")
    assert len(colliding.numbers()) == 2
    result = colliding(*words, "--partial")
    assert (result.status, numbers(result)) == (3, ["INV-001", "INV-002"])
    with closing(sqlite3.connect(colliding.path)) as connection:
        counter = (
            "SELECT c.last FROM counter c JOIN sequence s ON s.id = c.sequence_id WHERE s.name = 'invoice'"
        )
        assert connection.execute(counter).fetchone() == (2,)


def test_texts_that_meet_within_one_run_are_refused(book: Book) -> None:
    definitions = book.file(
        '[sequences.a]\ndocument_type = "invoice"\npattern = "{number}"\n'
        '[sequences.b]\ndocument_type = "invoice"\npattern = "{number}"\nreset = "year"\n'
        'unique = "period"\n'
        '[sets.d]\ndefault = true\nmembers = { invoice = "a" }\n'
        '[sets.b]\nassignments = ["account:B"]\nmembers = { invoice = "b" }\n'
    )
    book.warned("import", definitions, "--allow-collisions")
    path = book.file("id,account\n1,A\n2,B\n3,A\n", "r.csv")
    words = ("assign", "invoice", "--input", path, "--for-column", "account=account")
    book.fails(5, "number_taken", *words)
    assert numbers(book(*words, "--partial")) == ["1", "2"]
    assert book.fails(5, "number_taken", *words)["message"].startswith(f"{path}:3: record '2'")
