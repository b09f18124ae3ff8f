"""`reconcile`: the ledger against the documents that really exist, in both directions."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.book import Book
from tests.reports.conftest import Change

PAST = "2000-01-01T00:00:00.000000Z"


def documents(book: Book, *rows: str, header: str = "number,date") -> str:
    return book.file("".join(f"{row}\n" for row in (header, *rows)), "documents.csv")


def reconciled(
    book: Book, *args: str, rows: list[str] | tuple[()] = (), header: str = "number,date", status: int = 3
) -> list[dict[str, Any]]:
    """The differences to some rows of documents, as (code, number) and as objects."""
    columns = ["--input", documents(book, *rows, header=header), "--column", "number"]
    for name, option in (("date", "--date-column"), ("state", "--state-column")):
        if name in header.split(","):
            columns += [option, name]
    told = book("reconcile", "invoice", *columns, "--json", *args)
    assert (told.status, told.err) == (status, ""), told
    answer: list[dict[str, Any]] = told.json
    return answer


def codes(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(difference["code"], difference["subject"]) for difference in found]


@pytest.fixture
def posted(invoices: Book) -> Book:
    """INV-00001 to INV-00005, dated from the first to the fifth of May."""
    for day in range(1, 6):
        invoices.next("invoice", "--date", f"2026-05-0{day}")
    return invoices


ALL = [f"INV-0000{day},2026-05-0{day}" for day in range(1, 6)]


def test_nothing_differs(posted: Book) -> None:
    assert reconciled(posted, rows=ALL, status=0) == []
    path = documents(posted, *ALL)
    told = posted.ok("reconcile", "invoice", "--input", path, "--column", "number", "--date-column", "date")
    assert told.lines == ["severity\tcode\tsubject\tline\tmessage\taction\thint\tsequence\tdate"]


def test_a_number_without_a_document(posted: Book) -> None:
    (difference,) = reconciled(posted, rows=ALL[:2] + ALL[3:])
    assert difference == {
        **{"code": "unposted", "severity": "error", "subject": "INV-00003"},
        "message": "issued with the date 2026-05-03, and no document has it",
        "hint": "post the document; if it never came to be: seqctl release INV-00003 --reason TEXT",
        **{"line": None, "sequence": "invoice", "date": "2026-05-03", "state": "issued"},
        **{"other_line": None, "action": None},
    }
    path = documents(posted, *ALL[1:])
    told = posted("reconcile", "invoice", "--input", path, "--column", "number", "--date-column", "date")
    assert told.status == 3
    (row,) = told.rows
    assert (row["severity"], row["code"], row["subject"]) == ("error", "unposted", "INV-00001")


@pytest.mark.parametrize(
    ("prepare", "number", "state", "said"),
    [
        ([], "INV-00009", "unissued", "00009 in sequence 'invoice' is not yet issued"),
        (
            [("release", "INV-00002", "--reason", "x")],
            "INV-00002",
            "reusable",
            "was freed and will be issued again",
        ),
        (
            [("sequence", "set-next", "invoice", "8", "--reason", "x")],
            "INV-00007",
            "blocked",
            "00007 in sequence 'invoice' is blocked",
        ),
        (["DELETE FROM number WHERE value = 2"], "INV-00002", "missing", "is missing"),
        (
            ["UPDATE counter SET first = 3"],
            "INV-00000",
            "unreadable",
            "has the value 00000, which lies before the start 00001",
        ),
        (
            ["DELETE FROM number WHERE value < 3", "UPDATE counter SET first = 3"],
            "INV-00002",
            "before_first",
            "",
        ),
        ([], "RE-17", "unreadable", "does not fit the pattern INV-{number:5}"),
        ([("sequence", "add", "receipt"), ("next", "receipt")], "1", "other_sequence", "sequence 'receipt'"),
        (
            [
                ("sequence", "add", "retail", "--document-type", "invoice", "--pattern", "R{number}"),
                ("next", "retail"),
            ],
            "R1",
            "other_sequence",
            "it is held by sequence 'retail', document type 'invoice'",
        ),
        (
            [("sequence", "edit", "invoice", "--pattern", "NEW-{number:5}")],
            "NEW-00004",
            "issued",
            "00004 in sequence 'invoice' is held as INV-00004",
        ),
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_a_document_whose_number_the_ledger_does_not_hold(
    posted: Book, sql: Change, prepare: Sequence[str | tuple[str, ...]], number: str, state: str, said: str
) -> None:
    for step in prepare:
        sql(step) if isinstance(step, str) else posted.made(*step)
    rows = [row for row in ALL if not row.startswith(number)] + [f"{number},2026-05-05"]
    found = [item for item in reconciled(posted, rows=rows) if item["subject"] == number]
    (difference,) = found
    assert (difference["code"], difference["severity"], difference["state"]) == ("foreign", "error", state)
    assert difference["message"].startswith("not held by the ledger: ")
    assert said in difference["message"]
    assert difference["line"] == len(rows) + 1
    assert difference["date"] == "2026-05-05"
    assert difference["hint"]


def test_a_number_under_review_is_still_foreign(posted: Book) -> None:
    told = posted(
        "reconcile",
        "invoice",
        "--input",
        documents(posted, *ALL[1:]),
        "--column",
        "number",
        "--apply",
        "--to",
        "2026-05-31",
    )
    assert told.status == 3
    (difference,) = reconciled(posted, rows=ALL)
    assert (difference["code"], difference["state"]) == ("foreign", "review")
    assert difference["hint"] == "give it back with: seqctl reinstate INV-00001 --reason TEXT"


@pytest.mark.parametrize("state", ["freed", "reserved", "missing", "review", "unissued"])
def test_the_hint_mends_what_is_foreign(posted: Book, sql: Change, state: str) -> None:
    posted.ok("sequence", "edit", "invoice", "--manual")
    if state == "freed":
        posted.ok("release", "INV-00005", "--reason", "x")
    elif state == "missing":
        sql("DELETE FROM number WHERE value = 5", "UPDATE counter SET accounted = 4")
    elif state == "review":
        path = documents(posted, *ALL[:4])
        given = ("--input", path, "--column", "number", "--apply", "--to", "2026-05-31")
        assert posted("reconcile", "invoice", *given).status == 3
    rows = list(ALL)
    if state == "unissued":
        rows.append("INV-00006,2026-05-06")
    elif state == "reserved":
        rows.append("INV-00006,2026-05-06")
        posted.ok("reserve", "invoice", "--date", "2026-05-06")
        sql(f"UPDATE number SET expires_at = '{PAST}' WHERE value = 6")
    (difference,) = reconciled(posted, rows=rows)
    assert difference["code"] == "foreign"
    command = (
        difference["hint"].partition(" it with: seqctl ")[2] or difference["hint"].partition("seqctl ")[2]
    )
    assert command.startswith("reinstate" if state in ("freed", "review") else "adopt")
    posted.ok(*command.split())
    assert reconciled(posted, rows=rows, status=0) == []


def test_a_number_on_two_documents(posted: Book) -> None:
    (difference,) = reconciled(posted, rows=[*ALL, ALL[1]])
    assert codes([difference]) == [("duplicate", "INV-00002")]
    assert (difference["line"], difference["other_line"]) == (7, 3)
    assert difference["message"] == "on two documents, in lines 3 and 7"
    # Of a foreign number the first document is foreign, and the others stand beside it.
    found = reconciled(posted, rows=[*ALL, "INV-00009,", "INV-00009,", "INV-00009,2026-05-07"])
    assert codes(found) == [("foreign", "INV-00009"), ("duplicate", "INV-00009"), ("duplicate", "INV-00009")]
    assert [difference["other_line"] for difference in found] == [None, 7, 7]


def test_a_document_without_a_number(posted: Book) -> None:
    found = reconciled(posted, rows=[*ALL, ",2026-05-06", ",2026-05-06"])
    assert [item["message"] for item in found] == ["the document has no number"] * 2


@pytest.mark.parametrize("state", ["void", "Voided", "CANCELLED", " canceled "])
def test_states_of_documents(posted: Book, state: str) -> None:
    header = "number,date,state"
    rows = [f"{row},posted" for row in ALL]
    posted.ok("void", "INV-00002", "--reason", "wrong customer")
    found = reconciled(posted, rows=rows, header=header)
    assert codes(found) == [("void_but_posted", "INV-00002")]
    assert found[0]["line"] == 3
    rows[1] = f"{ALL[1]},{state}"
    assert reconciled(posted, rows=rows, header=header, status=0) == []
    rows[2] = f"{ALL[2]},{state}"
    (difference,) = reconciled(posted, rows=rows, header=header)
    assert codes([difference]) == [("void_in_documents", "INV-00003")]
    assert difference["hint"] == "void it with: seqctl void INV-00003 --reason TEXT"


def test_without_states_a_document_stands(posted: Book) -> None:
    posted.ok("void", "INV-00002", "--reason", "wrong customer")
    (difference,) = reconciled(posted, rows=ALL)
    assert codes([difference]) == [("void_but_posted", "INV-00002")]
    # A void number needs no document.
    assert reconciled(posted, rows=ALL[:1] + ALL[2:], status=0) == []


def test_a_reserved_number_on_a_document(posted: Book, sql: Change) -> None:
    posted.ok("reserve", "invoice", "--date", "2026-05-06")
    assert reconciled(posted, rows=ALL, status=0) == []
    (difference,) = reconciled(posted, rows=[*ALL, "INV-00006,2026-05-06"])
    assert codes([difference]) == [("reserved_but_posted", "INV-00006")]
    assert difference["hint"] == "confirm it with: seqctl confirm INV-00006"
    sql(f"UPDATE number SET expires_at = '{PAST}' WHERE value = 6")
    (difference,) = reconciled(posted, rows=[*ALL, "INV-00006,2026-05-06"])
    assert codes([difference]) == [("foreign", "INV-00006")]
    assert f"its reservation ended at {PAST}, so the number counts as freed" in difference["message"]


def test_dates_that_go_back_against_the_numbers(posted: Book) -> None:
    rows = ["INV-00001,2026-05-01", "INV-00002,", "INV-00003,2026-05-03", "INV-00004,2026-04-30", ALL[4]]
    found = reconciled(posted, rows=rows)
    assert codes(found) == [("date_differs", "INV-00004"), ("out_of_date_order", "INV-00004")]
    assert [item["severity"] for item in found] == ["warning", "warning"]
    assert found[0]["message"] == "the document is dated 2026-04-30, the number 2026-05-04"
    assert (
        found[1]["message"] == "the document is dated 2026-04-30, and INV-00003 before it is dated 2026-05-03"
    )
    assert (found[1]["line"], found[1]["other_line"]) == (5, 4)
    posted.ok("sequence", "edit", "invoice", "--date-order", "refuse")
    assert reconciled(posted, rows=rows)[1]["severity"] == "error"


def test_neighbours_are_those_of_one_counter_that_have_dates(book: Book) -> None:
    pattern = ("--pattern", "{shop}-{number}", "--scope", "shop")
    book.ok("sequence", "add", "invoice", *pattern)
    for shop, days in (("A", ("07", "08")), ("B", ("01", "02", "03"))):
        for day in days:
            book.next("invoice", "--attr", f"shop={shop}", "--date", f"2026-05-{day}")
    rows = ["B-3,2026-05-03", "A-1,2026-05-07", "B-1,2026-05-05", "B-2,", "A-2,2026-05-08"]
    found = [item for item in reconciled(book, rows=rows) if item["code"] == "out_of_date_order"]
    assert [(item["subject"], item["other_line"]) for item in found] == [("B-3", 4)]


def test_the_ledger_may_not_know_a_date(posted: Book, sql: Change) -> None:
    sql("UPDATE number SET date = NULL WHERE value = 2")
    assert reconciled(posted, rows=[ALL[0], "INV-00002,2026-05-02", *ALL[2:]], status=0) == []
    assert reconciled(posted, rows=[row.split(",")[0] for row in ALL], header="number", status=0) == []


def test_only_some_numbers_need_a_document(posted: Book, sql: Change) -> None:
    sql("UPDATE number SET date = NULL WHERE value = 3")
    some = ("--from", "2026-05-02", "--to", "2026-05-04")
    # What has no date belongs to the window of the nearest lower number that has one.
    assert codes(reconciled(posted, *some)) == [
        ("unposted", "INV-00002"),
        ("unposted", "INV-00003"),
        ("unposted", "INV-00004"),
    ]
    assert codes(reconciled(posted, "--to", "2026-05-02")) == [
        ("unposted", "INV-00001"),
        ("unposted", "INV-00002"),
        ("unposted", "INV-00003"),
    ]
    assert codes(reconciled(posted, "--from", "2026-05-05")) == [("unposted", "INV-00005")]
    # A document of another day is looked up all the same.
    assert reconciled(posted, *some, rows=[ALL[0], *ALL[1:4]], status=0) == []
    posted.fails(2, "usage", "reconcile", "invoice", "--input", "-", "--from", "May")


def test_the_month_against_its_file(book: Book) -> None:
    pattern = ("--pattern", "{shop}-{YYYY}{MM}-{number}", "--reset", "month", "--scope", "shop")
    book.ok("sequence", "add", "invoice", *pattern)
    for month in ("04", "05"):
        for shop in ("A", "B"):
            book.next("invoice", "--attr", f"shop={shop}", "--date", f"2026-{month}-01")
    april = ["A-202604-1,2026-04-01", "B-202604-1,2026-04-01"]
    assert reconciled(book, "--period", "2026-04", rows=april, status=0) == []
    assert codes(reconciled(book, "--period", "2026-05", rows=april)) == [
        ("unposted", "A-202605-1"),
        ("unposted", "B-202605-1"),
    ]
    assert codes(reconciled(book, "--period", "2026-05", "--scope", "shop=B", rows=april)) == [
        ("unposted", "B-202605-1")
    ]
    book.fails(2, "usage", "reconcile", "invoice", "--input", "-", "--period", "2026")
    book.fails(2, "usage", "reconcile", "invoice", "--input", "-", "--scope", "shp=B")


def test_a_type_is_compared_as_a_whole(posted: Book) -> None:
    posted.made("sequence", "add", "retail", "--document-type", "invoice", "--pattern", "R{number}")
    posted.ok("sequence", "add", "wholesale", "--document-type", "bill", "--pattern", "W{number}")
    posted.next("retail", "-n", "2", "--date", "2026-05-01")
    path = posted.file("R1\nR2\nW1\n", "list.txt")
    told = posted("reconcile", "bill", "--input", path, "--json")
    assert codes(told.json) == [("foreign", "R1"), ("foreign", "R2"), ("foreign", "W1")]
    assert [item["state"] for item in told.json] == ["other_sequence", "other_sequence", "unissued"]
    posted.made("sequence", "edit", "wholesale", "--document-type", "invoice")
    posted.ok("sequence", "add", "bills", "--document-type", "bill")
    # `invoice` is a sequence; its type is asked for by a name that no sequence has.
    posted.load('[sequences.web]\ndocument_type = "web_invoice"\npattern = "WEB{number}"\n')
    posted.load('[sequences.app]\ndocument_type = "web_invoice"\npattern = "APP{number}"\n')
    posted.next("web")
    posted.next("app")
    path = posted.file("WEB1\nAPP1\nTEL1\n", "list.txt")
    told = posted("reconcile", "WebInvoice", "--input", path, "--json")
    assert codes(told.json) == [("foreign", "TEL1")]
    assert "it fits no pattern of its document type" in told.json[0]["message"]


@pytest.fixture
def yearly(book: Book) -> Book:
    """A sequence whose texts come again each year: 1 and 2 of 2025, 1 of 2026."""
    book.ok("sequence", "add", "invoice", "--reset", "year", "--unique", "period", "--pattern", "N{number}")
    book.next("invoice", "-n", "2", "--date", "2025-03-01")
    book.next("invoice", "--date", "2026-03-01")
    return book


def test_where_texts_come_again_the_date_tells_them_apart(yearly: Book) -> None:
    rows = ["N1,2026-03-01", "N2,2025-03-01", "N1,2025-03-01"]
    assert reconciled(yearly, rows=rows, status=0) == []
    found = reconciled(yearly, rows=[*rows, "N1,2025-03-01", "N2,2026-03-01", "N1,2024-03-01"])
    assert [(item["code"], item["line"], item["other_line"], item["state"]) for item in found] == [
        ("duplicate", 5, 4, "issued"),
        ("foreign", 6, None, "unissued"),
        ("foreign", 7, None, "unissued"),
    ]
    assert codes(reconciled(yearly, rows=rows[:2])) == [("unposted", "N1")]
    assert reconciled(yearly, rows=rows[:2])[0]["date"] == "2025-03-01"


def test_where_texts_come_again_nobody_guesses_whose_a_document_without_a_date_is(yearly: Book) -> None:
    unsure = ("ambiguous_number", "N1")
    (difference,) = reconciled(yearly, rows=["N1", "N2"], header="number")
    assert (difference["code"], difference["line"], difference["severity"]) == (
        "ambiguous_number",
        2,
        "error",
    )
    assert (
        difference["message"] == "it may be the number of 2025 or 2026: the document has no date that tells"
    )
    # Neither of its numbers is said to have a document, nor to have none.
    assert codes(reconciled(yearly, rows=["N1", "N2", "N1"], header="number")) == [unsure, unsure]
    assert codes(reconciled(yearly, rows=["N1,", "N1,2025-03-01", "N2,"])) == [unsure]
    assert codes(reconciled(yearly, rows=["N2", "N2"], header="number"))[-1] == ("duplicate", "N2")
    only = ("--period", "2026")
    assert reconciled(yearly, *only, rows=["N1"], header="number", status=0) == []
    found = reconciled(yearly, *only, rows=["N2"], header="number")
    assert codes(found) == [("unposted", "N1"), ("foreign", "N2")]
    (difference,) = reconciled(yearly, *only, rows=["N1", "N3"], header="number")
    assert (difference["code"], difference["state"]) == ("foreign", "unissued")
    assert "in period 2026" in difference["message"]


def test_an_undated_document_of_a_freed_number_is_not_that_of_another_period(yearly: Book) -> None:
    yearly.next("invoice", "--date", "2026-03-01")
    yearly.ok("void", "N2", "--period", "2025", "--reason", "wrong customer")
    yearly.ok("release", "N2", "--period", "2026", "--reason", "never sent")
    # 2025 and 2026 both had an N2, and only one of them is held.
    found = reconciled(yearly, rows=["N1,2026-03-01", "N1,2025-03-01", "N2,"])
    assert codes(found) == [("ambiguous_number", "N2")]
    (difference,) = reconciled(yearly, "--period", "2026", rows=["N1", "N2"], header="number")
    assert (difference["code"], difference["state"]) == ("foreign", "reusable")
    assert difference["hint"] == (
        "at once, give it back with: seqctl reinstate N2 --sequence invoice --period 2026 --reason TEXT"
    )
    (difference,) = reconciled(yearly, "--period", "2025", rows=["N1", "N2"], header="number")
    assert codes([difference]) == [("void_but_posted", "N2")]


def test_what_may_have_a_document_is_not_put_under_review(yearly: Book) -> None:
    path = yearly.file("N1\n", "posted.txt")
    told = yearly(*("reconcile", "invoice", "--input", path, "--apply", "--to", "2026-12-31", "--json"))
    assert told.status == 3
    assert codes(told.json) == [("unposted", "N2"), ("ambiguous_number", "N1")]
    assert yearly.texts() == ["N1", "N1"]


class TestAfterThePatternChanged:
    @pytest.fixture
    def changed(self, posted: Book) -> Book:
        """INV-00003 was released, 6 and 7 were skipped; then the prefix became RE."""
        posted.ok("release", "INV-00003", "--reason", "never sent")
        posted.ok("sequence", "set-next", "invoice", "8", "--reason", "jam")
        posted.ok("sequence", "edit", "invoice", "--pattern", "RE-{number:4}")
        return posted

    def test_a_document_of_a_freed_number_is_told_as_that(self, changed: Book) -> None:
        (difference,) = reconciled(changed, rows=ALL)
        assert (difference["code"], difference["state"], difference["line"]) == ("foreign", "reusable", 4)
        assert "0003 in sequence 'invoice' was freed and will be issued again" in difference["message"]
        changed.ok(*difference["hint"].partition("seqctl ")[2].split())
        assert reconciled(changed, rows=ALL, status=0) == []

    def test_one_that_went_out_again_is_held_under_its_new_text(self, changed: Book) -> None:
        assert changed.next("invoice", "--date", "2026-05-03") == ["RE-0003"]
        (difference,) = reconciled(changed, rows=[*ALL, "RE-0003,2026-05-03"])
        assert difference["line"] == 4
        assert "is held as RE-0003" in difference["message"]

    def test_texts_that_lists_show(self, changed: Book) -> None:
        found = reconciled(changed, rows=[*ALL[:2], *ALL[3:], "INV-00006,", "RE-0007,", "INV-00008,"])
        assert [difference["state"] for difference in found] == ["blocked", "blocked", "unreadable"]


def test_texts_are_compared_in_one_form(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "É{number}")
    book.next("invoice", "-n", "2")
    assert reconciled(book, rows=["E\u03011", "\u00c92"], header="number", status=0) == []


@pytest.mark.parametrize("name", ["posted.csv", "posted.jsonl", "posted.txt", "-"])
def test_files_of_each_form(posted: Book, name: str) -> None:
    numbers = [row.split(",")[0] for row in ALL]
    column = ["--column", "No."]
    if name == "posted.jsonl":
        text = "".join(json.dumps({"No.": number, "total": 17}) + "\n" for number in numbers)
    elif name == "posted.txt":
        text, column = "".join(f"{number}\r\n\n" for number in numbers), []
    else:
        text = '"No.";"Total"\n' + "".join(f'"{number}";"17"\n' for number in numbers)
    path, given = (name, text) if name == "-" else (posted.file(text, name), None)
    assert posted.ok("reconcile", "invoice", "--input", path, *column, "--json", input=given).json == []


def test_instants_are_days_of_the_zone(posted: Book) -> None:
    posted.ok("sequence", "edit", "invoice", "--timezone", "Europe/Berlin")
    rows = [*ALL[:4], "INV-00005,2026-05-04T22:30:00+00:00"]
    assert reconciled(posted, rows=rows, status=0) == []


def test_what_cannot_be_compared(posted: Book) -> None:
    path = documents(posted, *ALL)
    given = ("reconcile", "invoice", "--input", path)
    assert "'when'" in posted.fails(6, "invalid_input", *given, "--date-column", "when")["message"]
    posted.fails(2, "usage", *given, "--column", "number", "--apply")
    posted.fails(4, "not_found", "reconcile", "invoicing", "--input", path)
    posted.fails(4, "not_found", "reconcile", "invoice", "--input", "nowhere.csv", "--column", "number")
    assert "'numero'" in posted.fails(6, "invalid_input", *given, "--column", "numero")["message"]
    path = documents(posted, ALL[0], "INV-00002,yesterday", "INV-00003,2026-02-30", "INV-00004,2026-02-30")
    error = posted.fails(
        6,
        "invalid_input",
        "reconcile",
        "invoice",
        "--input",
        path,
        "--column",
        "number",
        "--date-column",
        "date",
    )
    assert [problem.partition(".csv:")[2] for problem in error["problems"]] == [
        "3: 'yesterday' is not a date",
        "4: '2026-02-30' is not a date",
        "5: '2026-02-30' is not a date",
    ]
    assert error["message"].endswith("; nothing was compared")


def test_a_name_for_a_terminal_is_harmless(posted: Book) -> None:
    told = posted("reconcile", "invoice", "--input", posted.file("\x1b[31mred\n", "list.txt"), "-o", "table")
    assert told.status == 3
    assert "\x1b" not in told.out


def test_the_lists_of_this_program_can_be_compared_with_it(book: Book, place: Path) -> None:
    book.ok("sequence", "add", "odd", "--pattern", "=N{number}")
    book.next("odd", "-n", "3")
    listed = book.ok("numbers", "-o", "csv").out
    assert "'=N1" in listed
    result = book("reconcile", "odd", "--input", book.file(listed, "list.csv"), "--json")
    assert (result.status, result.json) == (0, [])
    assert "numbers from 'number', dates from 'date', states from 'state'" in result.err


def test_a_hint_names_the_period_where_two_numbers_are_alike(book: Book) -> None:
    """A command out of a hint must do what it says, also where the text alone names two numbers."""
    book.ok("sequence", "add", "p", "--pattern", "{number:3}", "--reset", "year", "--unique", "period")
    for year in (2025, 2026):
        book.next("p", "-n", "2", "--date", f"{year}-05-05")
    book.ok("void", "001", "--period", "2025", "--reason", "x")
    documents = book.file("001\n", "documents.txt")
    rows = book("reconcile", "p", "--input", documents, "--period", "2025").rows
    hints = {row["code"]: row["hint"] for row in rows}
    assert "seqctl reinstate 001 --sequence p --period 2025 --reason TEXT" in hints["void_but_posted"]
    assert "seqctl release 002 --sequence p --period 2025 --reason TEXT" in hints["unposted"]
