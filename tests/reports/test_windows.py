"""Windows of time: statements, gaps, numbers and reconciliations by document date, and of one set."""

from typing import Any

import pytest

from tests.book import Book
from tests.reports.conftest import Change

MAY = ("--from", "2026-05-01", "--to", "2026-05-31")
TERMS = ("issued", "reserved", "void", "reusable", "review", "blocked", "missing")


def stated(book: Book, *args: object) -> dict[str, Any]:
    statement: dict[str, Any]
    (statement,) = book.ok("statement", "--json", *args).json
    return statement


def adds_up(statement: dict[str, Any]) -> bool:
    """Whether the equation of a window holds, computed out of what is printed alone."""
    others = sum(item["count"] for item in statement["other_window_numbers"])
    counted = sum(statement[term] for term in TERMS) + statement["other_window"]
    total = statement["last"] - statement["first"] + 1
    return bool(others == statement["other_window"] and counted == total == statement["total"])


@pytest.fixture
def fiscal(book: Book) -> Book:
    """FY26-1 ... 12: a fiscal year from April, whose documents of April, May and June came mixed."""
    book.ok("calendar", "add", "april", "--start", "04-01", "--named-by", "start")
    book.ok(
        *("sequence", "add", "invoice", "--pattern", "FY{FY:YY}-{number}"),
        *("--reset", "fiscal-year", "--calendar", "april"),
    )
    for day in ("04-10", "04-29", "05-02", "04-30", "05-04", "05-05", "05-20", "06-01", "05-31", "06-02"):
        book.next("invoice", "--date", f"2026-{day}")
    book.ok("void", "FY26-5", "--reason", "wrong customer")
    book.ok("release", "FY26-6", "--reason", "never sent")
    book.ok("release", "FY26-8", "--reason", "never sent")
    return book


def test_may_of_a_fiscal_year_is_proved_although_dates_interleave(fiscal: Book) -> None:
    may = stated(fiscal, "invoice", *MAY)
    assert (may["first_number"], may["last_number"]) == ("FY26-3", "FY26-9")
    assert {term: may[term] for term in TERMS if may[term]} == {"issued": 3, "void": 1, "reusable": 2}
    assert may["other_window_numbers"] == [
        {
            **{"first": 4, "last": 4, "count": 1, "first_number": "FY26-4", "last_number": "FY26-4"},
            **{"state": "issued", "date": "2026-04-30", "belongs_to": "2026-04-30"},
        }
    ]
    assert (may["from"], may["to"]) == ("2026-05-01", "2026-05-31")
    assert (may["proved"], may["complete"], adds_up(may)) == (True, True, True)


def test_a_table_names_the_numbers_of_other_windows(fiscal: Book) -> None:
    (row,) = fiscal.ok("statement", "invoice", "--from", "2026-04-01", "--to", "2026-04-30").rows
    assert (row["other_window"], row["other_window_numbers"]) == ("1", "FY26-3")
    assert list(fiscal.ok("statement").rows[0])[-1] == "proved"


def test_gaps_belong_to_the_window_of_the_lower_neighbour(fiscal: Book) -> None:
    listed = fiscal.ok("gaps", "invoice", "--json").json
    assert [(gap["first"], gap["before_date"], gap["after_date"]) for gap in listed] == [
        (6, "2026-05-04", "2026-05-20"),
        (8, "2026-05-20", "2026-05-31"),
    ]
    assert [gap["first"] for gap in fiscal.ok("gaps", *MAY, "--json").json] == [6, 8]
    assert fiscal.ok("gaps", "--from", "2026-06-01", "--json").json == []
    assert [gap["first"] for gap in fiscal.ok("gaps", "--to", "2026-05-19", "--json").json] == [6]


def test_below_the_first_date_the_nearest_higher_one_decides(book: Book, sql: Change) -> None:
    book.ok("sequence", "add", "invoice")
    book.next("invoice", "-n", "6", "--date", "2026-05-10")
    sql("UPDATE number SET date = NULL WHERE value IN (2, 3, 5)")
    book.ok("release", "1", "--reason", "never sent")
    may = stated(book, "invoice", *MAY)
    assert (may["first"], may["last"], may["issued"], may["reusable"], adds_up(may)) == (1, 6, 5, 1, True)
    (gap,) = book.ok("gaps", *MAY, "--json").json
    assert (gap["before_date"], gap["after_date"]) == (None, "2026-05-10")
    assert book.texts(*MAY) == ["2", "3", "4", "5", "6"]
    assert book.texts("--from", "2026-06-01") == []


def test_a_counter_without_any_date_belongs_to_no_window(book: Book, sql: Change) -> None:
    book.ok("sequence", "add", "invoice")
    book.next("invoice", "-n", "3")
    book.ok("release", "2", "--reason", "never sent")
    sql("UPDATE number SET date = NULL")
    everything = ("--from", "0001-01-01", "--to", "9999-12-31")
    assert book.ok("statement", "--json", *everything).json == []
    assert book.ok("gaps", "--json", *everything).json == []
    assert book.texts(*everything) == []
    assert stated(book, "invoice")["total"] == 3
    assert len(book.ok("gaps", "--json").json) == 1
    assert book.texts() == ["1", "3"]


def test_an_ended_reservation_has_no_date_any_more(book: Book, sql: Change) -> None:
    book.ok("sequence", "add", "invoice")
    book.next("invoice", "--date", "2026-04-30")
    book.ok("reserve", "invoice", "-n", "2", "--date", "2026-05-02")
    assert stated(book, "invoice", *MAY)["reserved"] == 2
    sql("UPDATE number SET expires_at = '2000-01-01T00:00:00.000000Z' WHERE state = 'reserved'")
    assert book.ok("statement", "invoice", *MAY, "--json").json == []
    april = stated(book, "invoice", "--to", "2026-04-30")
    assert (april["issued"], april["reusable"], adds_up(april)) == (1, 2, True)


def test_damage_in_a_window_proves_nothing(fiscal: Book, sql: Change) -> None:
    sql("UPDATE gap_run SET first = 4, last = 5 WHERE first = 6")
    told = fiscal("statement", "invoice", *MAY)
    assert (told.status, told.rows[0]["proved"]) == (3, "no")
    assert "held and listed as a gap" in told.err


def test_counts_that_the_counter_keeps_are_not_believed(fiscal: Book, sql: Change) -> None:
    sql("DELETE FROM number WHERE text = 'FY26-7'")
    may = stated(fiscal, "invoice", *MAY)
    assert (may["missing"], may["complete"], may["proved"], adds_up(may)) == (1, False, True, True)


@pytest.mark.parametrize("command", ["statement", "gaps", "numbers"])
def test_a_window_that_runs_backwards_is_a_slip(fiscal: Book, command: str) -> None:
    fiscal.fails(2, "usage", command, "invoice", "--from", "2026-06-01", "--to", "2026-05-01")
    fiscal.fails(2, "usage", command, "invoice", "--from", "2026-05-32")


@pytest.fixture
def companies(book: Book) -> Book:
    """Two companies, each with a set: invoices and memos of their own, and one refund of both."""
    for name, kind in (("inv-a", "invoice"), ("inv-b", "invoice"), ("memo-a", "memo"), ("refund", "refund")):
        book.made("sequence", "add", name, "--document-type", kind, "--pattern", name + "-{number}")
    book.ok("set", "add", "a", "invoice=inv-a", "memo=memo-a", "refund=refund", "--default")
    book.ok("set", "add", "b", "invoice=inv-b", "refund=refund")
    for name in ("inv-a", "inv-b", "memo-a", "refund"):
        book.next(name, "-n", "3", "--date", "2026-05-10")
        book.ok("release", f"{name}-2", "--reason", "never sent")
    return book


def test_a_set_stands_in_place_of_a_target_or_narrows_it(companies: Book) -> None:
    def named(*args: object) -> list[str]:
        return [item["sequence"] for item in companies.ok(*args, "--json").json]

    of_a = ["inv-a", "memo-a", "refund"]
    for command in ("statement", "gaps", "status"):
        assert named(command, "--set", "a") == of_a
        assert named(command, "--set", "b") == ["inv-b", "refund"]
        assert named(command, "invoice", "--set", "a") == ["inv-a"]
        assert named(command, "--type", "invoice", "--set", "b") == ["inv-b"]
        companies.fails(2, "usage", command, "memo", "--set", "b")
        assert "did you mean" in companies.fails(4, "not_found", command, "--set", "bb")["hint"]
    assert sorted(set(named("numbers", "--set", "a"))) == of_a
    assert set(named("numbers", "invoice", "--set", "b")) == {"inv-b"}
    companies.fails(2, "usage", "numbers", "memo", "--set", "b")
    companies.fails(4, "not_found", "numbers", "--set", "bb")


def test_a_set_is_reconciled_as_a_whole(companies: Book) -> None:
    posted = companies.file("number\ninv-b-1\ninv-b-3\nrefund-1\n", "posted.csv")
    told = companies("reconcile", "--set", "b", "--input", posted, "--column", "number")
    assert [(row["code"], row["subject"]) for row in told.rows] == [("unposted", "refund-3")]
    narrowed = companies("reconcile", "invoice", "--set", "b", "--input", posted, "--column", "number")
    assert [(row["code"], row["subject"]) for row in narrowed.rows] == [("foreign", "refund-1")]
    companies.fails(2, "usage", "reconcile", "--input", posted)
