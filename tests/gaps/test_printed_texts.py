"""A text that was printed stays a name: after the number was freed, and after the pattern changed."""

import sqlite3
from contextlib import closing

import pytest

from tests.audit.single_changes import without_triggers
from tests.book import Book, Sql


@pytest.fixture
def changed(book: Book) -> Book:
    """INV-2026-0001 to 0004 were printed, 3 was freed, 6 to 8 were skipped; then the prefix became RE."""
    book.ok(
        "sequence",
        "add",
        "inv",
        "--document-type",
        "invoice",
        "--pattern",
        "INV-{YYYY}-{number:4}",
        "--reset",
        "year",
    )
    book.next("inv", "-n", "5", "--date", "2026-01-05")
    book.ok("release", "INV-2026-0003", "--reason", "never sent")
    book.ok("sequence", "set-next", "inv", "9", "--period", "2026", "--reason", "printer jam")
    book.ok("sequence", "edit", "inv", "--pattern", "RE-{YYYY}-{number:5}")
    return book


def listed(book: Book, *words: str) -> list[tuple[str, str, str, bool]]:
    return [
        (gap["first_number"], gap["last_number"], gap["state"], gap["never_printed"])
        for gap in book.ok("gaps", *words, "--json").json
    ]


def test_gaps_are_listed_under_the_texts_that_were_printed(changed: Book) -> None:
    assert listed(changed, "inv") == [
        ("INV-2026-0003", "INV-2026-0003", "reusable", False),
        ("INV-2026-0006", "INV-2026-0008", "blocked", True),
    ]
    assert changed.ok("gaps", "inv").rows[0]["first_number"] == "INV-2026-0003"


def test_gaps_are_changed_by_them(changed: Book) -> None:
    (row,) = changed.ok("gaps", "block", "inv", "INV-2026-0003", "--reason", "explained").rows
    assert (row["first_number"], row["state"]) == ("INV-2026-0003", "blocked")
    error = changed.fails(
        5, "already_blocked", "gaps", "block", "inv", "3", "--period", "2026", "--reason", "x"
    )
    assert error["message"] == "INV-2026-0003 is already blocked"
    changed.ok("gaps", "review", "inv", "INV-2026-0006..INV-2026-0008", "--reason", "x")
    changed.ok("gaps", "block", "inv", "RE-2026-00007", "--reason", "by the text that it would get")
    assert listed(changed, "inv", "--state", "blocked")[1][:2] == ("INV-2026-0007", "INV-2026-0007")


def test_a_number_that_goes_out_again_is_found_under_both_texts(changed: Book) -> None:
    assert changed.next("inv", "--date", "2026-01-06") == ["RE-2026-00003"]
    found = changed.ok("show", "INV-2026-0003", "--json").json
    assert (found["number"], found["state"], found["earlier_numbers"]) == (
        *("RE-2026-00003", "issued"),
        ["INV-2026-0003"],
    )
    error = changed.fails(5, "not_a_gap", "gaps", "block", "inv", "INV-2026-0003", "--reason", "x")
    assert error["message"] == "RE-2026-00003 is issued, not a gap"
    changed.fails(5, "already_released", "void", "INV-2026-0003", "--reason", "x")
    changed.ok("release", "RE-2026-00003", "--reason", "again")
    assert listed(changed, "inv")[0][0] == "RE-2026-00003"
    found = changed.ok("show", "INV-2026-0003", "--json").json
    assert (found["number"], found["earlier_numbers"]) == ("RE-2026-00003", ["INV-2026-0003"])


def test_what_the_counter_passes_later_has_the_later_pattern(changed: Book) -> None:
    changed.ok("sequence", "set-next", "inv", "12", "--period", "2026", "--reason", "again")
    changed.ok("gaps", "review", "inv", "6..8", "9..11", "--period", "2026", "--reason", "one run")
    assert listed(changed, "inv")[1:] == [
        ("INV-2026-0006", "INV-2026-0008", "review", True),
        ("RE-2026-00009", "RE-2026-00011", "review", True),
    ]
    changed.ok("gaps", "block", "inv", "INV-2026-0008..RE-2026-00009", "--reason", "over the change")
    changed.fails(2, "usage", "gaps", "block", "inv", "INV-2026-0010", "--reason", "never its text")
    assert changed.ok("show", "INV-2026-0007", "--json").json["state"] == "review"
    changed.fails(4, "not_found", "show", "INV-2026-0010")


def test_a_run_ends_between_printed_numbers_and_others(changed: Book) -> None:
    changed.ok("gaps", "review", "inv", "3", "--period", "2026", "--reason", "x")
    changed.ok("release", "INV-2026-0004", "INV-2026-0005", "--reason", "x")
    changed.ok("gaps", "review", "inv", "INV-2026-0004..INV-2026-0007", "--reason", "x")
    assert listed(changed, "inv") == [
        ("INV-2026-0003", "INV-2026-0003", "review", False),
        ("INV-2026-0004", "INV-2026-0005", "review", False),
        ("INV-2026-0006", "INV-2026-0007", "review", True),
        ("INV-2026-0008", "INV-2026-0008", "blocked", True),
    ]


def test_a_counter_that_was_set_back_passes_its_numbers_anew(book: Book) -> None:
    book.ok("sequence", "add", "x", "--pattern", "A{number}")
    book.next("x", "-n", "2")
    book.ok("sequence", "set-next", "x", "10", "--reason", "slip")
    book.ok("sequence", "edit", "x", "--pattern", "B{number}")
    book.ok("sequence", "set-next", "x", "5", "--reason", "back")
    book.ok("sequence", "set-next", "x", "8", "--reason", "forward")
    assert [gap[:2] for gap in listed(book)] == [("A3", "A4"), ("B5", "B7")]
    book.ok("audit", "verify")
    book.ok("check")


def test_patterns_that_came_and_went(book: Book) -> None:
    book.ok("sequence", "add", "x", "--pattern", "A{number}")
    for pattern, following in (("B{number}", "4"), ("A{number}", "7"), ("C{number}", "10")):
        book.next("x")
        book.ok("sequence", "set-next", "x", following, "--reason", "x")
        book.ok("sequence", "edit", "x", "--pattern", pattern)
    assert [gap[:2] for gap in listed(book)] == [("A2", "A3"), ("B5", "B6"), ("A8", "A9")]
    for text in ("A2", "A3", "B6", "A9"):
        book.ok("gaps", "review", "x", text, "--reason", "x")
    assert book.next("x") == ["C10"]
    book.ok("audit", "verify")


def test_a_text_goes_to_whom_it_was_given_last(book: Book) -> None:
    """2005 is the 2005th number by the first pattern and the fifth by the second."""
    book.ok("sequence", "add", "x", "--start", "2003", "--pattern", "{number}")
    book.next("x", "-n", "3")
    book.ok("release", "2004", "--reason", "x")
    book.ok("sequence", "edit", "x", "--pattern", "1{number:4}")
    found = book.ok("show", "2004", "--json").json
    assert (found["value"], found["state"]) == (2004, "reusable")
    assert book.ok("show", "12004", "--json").json["value"] == 2004


def test_statements_and_refusals_name_them(changed: Book) -> None:
    changed.ok("release", "INV-2026-0001", "--reason", "x")
    (row,) = changed.ok("statement", "inv", "--json").json
    assert (row["first_number"], row["last_number"]) == ("INV-2026-0001", "INV-2026-0008")
    error = changed.fails(
        5, "unexplained_gaps", "close", "inv", "--through", "2026-12-31", "--reason", "filed"
    )
    assert "INV-2026-0001 (reusable), INV-2026-0003 (reusable)" in error["message"]
    assert "seqctl gaps block inv INV-2026-0001" in error["hint"]


class TestTheTable:
    """`former_pattern` follows from the log: filled by an upgrade, and held against it by `audit verify`."""

    ROWS = "SELECT counter_id, event_id, first, last, pattern FROM former_pattern"

    def test_audit_verify_finds_each_change(self, changed: Book, sql: Sql) -> None:
        changed.next("inv", "--date", "2025-05-05")
        changed.ok("sequence", "edit", "inv", "--pattern", "X-{YYYY}-{number:5}")
        rows = sql(self.ROWS)
        assert [(row[0], row[2:]) for row in rows] == [
            (1, (1, 8, "INV-{YYYY}-{number:4}")),
            (1, (1, 8, "RE-{YYYY}-{number:5}")),
            (2, (1, 1, "RE-{YYYY}-{number:5}")),
        ]
        changed.ok("audit", "verify")
        for change in (
            "UPDATE former_pattern SET pattern = 'Y' WHERE counter_id = 2",
            "UPDATE former_pattern SET last = 7 WHERE counter_id = 1",
            "UPDATE former_pattern SET first = 2 WHERE counter_id = 1",
            "UPDATE former_pattern SET event_id = 1 WHERE counter_id = 2",
            "DELETE FROM former_pattern WHERE counter_id = 2",
            "INSERT INTO former_pattern VALUES (2, 2, 1, 1, 'Z{number}')",
        ):
            sql(change)
            told = changed("audit", "verify", "--json")
            assert {finding["code"] for finding in told.json} == {"former_pattern_changed"}, change
            sql("DELETE FROM former_pattern")
            for row in rows:
                sql(f"INSERT INTO former_pattern VALUES {row!r}")
            changed.ok("audit", "verify")

    def test_an_upgrade_finds_it_in_the_log(self, changed: Book) -> None:
        from seqctl.store.sqlite.file.former_patterns import find_former_patterns

        changed.next("inv", "-n", "3", "--date", "2026-02-01")
        changed.ok("sequence", "set-next", "inv", "20", "--period", "2026", "--reason", "x")
        changed.ok("sequence", "edit", "inv", "--pattern", "X-{YYYY}-{number:5}")
        with closing(sqlite3.connect(changed.path)) as connection:
            before = connection.execute(self.ROWS).fetchall()
            assert len(before) == 2
            connection.execute("DELETE FROM former_pattern")
            find_former_patterns(connection)
            assert connection.execute(self.ROWS).fetchall() == before

    def test_an_upgrade_passes_over_events_that_nobody_would_write(self, changed: Book) -> None:
        from seqctl.store.sqlite.file.former_patterns import find_former_patterns

        with closing(sqlite3.connect(changed.path)) as connection, without_triggers(connection):
            before = connection.execute(self.ROWS).fetchall()
            connection.execute("UPDATE event SET detail = '{}' WHERE id = 1")
            connection.execute("DELETE FROM former_pattern")
            find_former_patterns(connection)
            assert connection.execute(self.ROWS).fetchall() == before != []

    def test_a_pattern_that_printed_nothing_is_forgotten(self, book: Book, sql: Sql) -> None:
        book.ok("sequence", "add", "x", "--pattern", "A{number}")
        book.ok("sequence", "edit", "x", "--pattern", "B{number}")
        book.next("x")
        assert sql(self.ROWS) == []
        book.ok("audit", "verify")
