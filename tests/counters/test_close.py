"""`close` and `reopen`: what they demand, what they refuse afterwards, and what they write."""

import json
from typing import Any

import pytest

from seqctl.actions.counters import hindrances as closing_hindrances
from tests.book import Book, Result, Sql

BY_MONTH = """
[sequences.invoice]
pattern = "INV-{YYYY}{MM}-{number:3}"
reset = "month"
[sequences.credit]
document_type = "invoice"
pattern = "CN-{number:4}"
"""
LOOSE = '[sequences.quote]\npattern = "Q-{number}"\nmode = "standard"\n'


@pytest.fixture
def monthly(book: Book) -> Book:
    book.load(BY_MONTH)
    book.load(LOOSE)
    return book


def shown(book: Book, name: str, field: str = "closed_through") -> str | None:
    value: str | None = book.ok("sequence", "show", name, "--json").json[field]
    return value


def closing(sequence: str, before: str | None, through: str) -> dict[str, str | None]:
    """A row of `close`: `closed_until` is the older name of `closed_through`."""
    return {"sequence": sequence, "before": before, "closed_through": through, "closed_until": through}


def close(book: Book, target: str, until: str, *args: str) -> Result:
    return book.ok("close", target, "--through", until, "--reason", "filed", *args)


def what(event: dict[str, Any]) -> dict[str, Any]:
    """What an event says, but for the user of a server's session where that is not who acts."""
    return {name: value for name, value in json.loads(event["detail"]).items() if name != "login"}


def events(book: Book, action: str) -> list[dict[str, Any]]:
    return [item for item in book.ok("audit", "list", "--json").json if item["action"] == action]


def test_a_closed_period_takes_no_number_any_more(monthly: Book) -> None:
    (june,) = monthly.next("invoice", "--sequence", "invoice", "--date", "2026-06-30")
    result = close(monthly, "credit", "2026-06-30")
    assert result.rows == [closing("credit", "", "2026-06-30")]
    close(monthly, "--sequence=invoice", "2026-06-30")
    error = monthly.fails(5, "closed", "next", "invoice", "--sequence", "invoice", "--date", "2026-06-30")
    assert "is closed through 2026-06-30" in error["message"]
    assert error["hint"] == (
        "use a date after 2026-06-30, or open that day:"
        " seqctl reopen --sequence invoice --from 2026-06-30 --reason TEXT"
    )
    for command in (("peek", "invoice"), ("reserve", "invoice"), ("next", "invoice")):
        monthly.fails(5, "closed", *command, "--date", "2026-05-04", "--sequence", "invoice")
    for change in ("void", "release"):
        # Another date helps nobody who is about to change a number that was filed.
        error = monthly.fails(5, "closed", change, june, "--reason", "x")
        assert error["hint"] == (
            "if what was filed has to change, open it first:"
            " seqctl reopen --sequence invoice --from 2026-06-30 --reason TEXT"
        )
    assert monthly.next("invoice", "--sequence", "invoice", "--date", "2026-07-01") == ["INV-202607-001"]
    assert shown(monthly, "invoice") == "2026-06-30"


def test_one_event_a_sequence_with_the_days_and_the_reason(monthly: Book) -> None:
    close(monthly, "--sequence=invoice", "2026-05-31", "--actor", "ada")
    assert [shown(monthly, name) for name in ("invoice", "credit")] == ["2026-05-31", None]
    close(monthly, "--type=invoice", "2026-06-30")
    told = [(item["subject"], what(item)) for item in events(monthly, "close")]
    assert told == [
        ("invoice", {"before": None, "until": "2026-05-31", "reason": "filed"}),
        ("credit", {"before": None, "until": "2026-06-30", "reason": "filed"}),
        ("invoice", {"before": "2026-05-31", "until": "2026-06-30", "reason": "filed"}),
    ]
    assert events(monthly, "close")[0]["actor"] == "ada"


def test_a_document_type_closes_all_of_its_sequences_at_once(book: Book) -> None:
    book.load('[sequences.a]\ndocument_type = "bill"\npattern = "A{number}"\n')
    book.load('[sequences.b]\ndocument_type = "bill"\npattern = "B{number}"\n')
    close(book, "b", "2026-08-31")
    result = book.ok("close", "bill", "--through", "2026-06-30", "--reason", "filed", "--json")
    assert result.json == [
        closing("a", None, "2026-06-30"),
        closing("b", "2026-08-31", "2026-08-31"),
    ]
    assert len(events(book, "close")) == 2
    # Once more: nothing to do, although one of them is closed further.
    assert close(book, "bill", "2026-06-30").status == 0
    assert len(events(book, "close")) == 2
    book.fails(5, "already_closed", "close", "bill", "--through", "2026-06-29", "--reason", "x")
    result = book.ok("reopen", "bill", "--from", "2026-07-15", "--reason", "late", "--json")
    assert [item["closed_through"] for item in result.json] == ["2026-06-30", "2026-07-14"]


def test_closing_again_and_back(monthly: Book) -> None:
    close(monthly, "credit", "2026-06-30")
    count = len(events(monthly, "close"))
    assert close(monthly, "credit", "2026-06-30").rows[0]["before"] == "2026-06-30"
    assert len(events(monthly, "close")) == count
    error = monthly.fails(5, "already_closed", "close", "credit", "--through", "2026-05-31", "--reason", "x")
    assert "2026-06-30" in error["message"] and "seqctl reopen credit" in error["hint"]
    error = monthly.fails(5, "not_closed", "reopen", "credit", "--from", "2026-07-01", "--reason", "x")
    assert "2026-06-30" in error["message"]
    monthly.fails(5, "not_closed", "reopen", "--sequence", "invoice", "--from", "2026-01-01", "--reason", "x")
    monthly.ok("reopen", "credit", "--from", "2026-06-15", "--reason", "late")
    assert shown(monthly, "credit") == "2026-06-14"
    monthly.fails(5, "closed", "next", "credit", "--date", "2026-06-14")
    assert monthly.next("credit", "--date", "2026-06-15") == ["CN-0001"]
    monthly.ok("reopen", "credit", "--from", "0001-01-01", "--reason", "start over")
    assert shown(monthly, "credit") is None
    (first, last) = events(monthly, "reopen")
    assert what(first) == {"before": "2026-06-30", "until": "2026-06-14", "reason": "late"}
    assert what(last) == {"before": "2026-06-14", "until": None, "reason": "start over"}


def test_freed_missing_and_reviewed_numbers_have_to_be_explained(monthly: Book) -> None:
    numbers = monthly.next("invoice", "--sequence", "invoice", "-n", "9", "--date", "2026-06-30")
    monthly.ok("release", numbers[1], numbers[4], numbers[5], numbers[8], "--reason", "never sent")
    before = monthly.path.read_bytes()
    error = monthly.fails(
        5, "unexplained_gaps", "close", "--sequence=invoice", "--through", "2026-06-30", "--reason", "x"
    )
    assert monthly.path.read_bytes() == before
    assert "4 numbers" in error["message"]
    for text in ("INV-202606-002", "INV-202606-005..INV-202606-006", "INV-202606-009", "reusable"):
        assert text in error["message"]
    assert "seqctl gaps block invoice INV-202606-002 --period 2026-06 --reason TEXT" in error["hint"]
    # The day before, the period is not over, and no number above a gap is dated up to it.
    assert close(monthly, "--sequence=invoice", "2026-06-29").status == 0


def test_in_one_long_counter_the_next_dated_number_says_where_a_gap_lies(monthly: Book) -> None:
    for day in ("2026-06-01", "2026-06-10", "2026-06-20", "2026-07-05"):
        monthly.next("credit", "--date", day)
    monthly.ok("release", "CN-0002", "--reason", "never sent")
    monthly.fails(5, "unexplained_gaps", "close", "credit", "--through", "2026-06-20", "--reason", "x")
    assert close(monthly, "credit", "2026-06-19").status == 0
    monthly.ok("release", "CN-0004", "--reason", "never sent")
    # Nothing above it is dated: no filed document can lie behind it.
    error = monthly.fails(
        5, "unexplained_gaps", "close", "credit", "--through", "2026-08-31", "--reason", "x"
    )
    assert "1 number " in error["message"] and "CN-0002" in error["message"]


def test_missing_numbers_are_asked_for_in_gapless_sequences_alone(monthly: Book, sql: Sql) -> None:
    monthly.next("credit", "-n", "3", "--date", "2026-06-01")
    monthly.next("quote", "-n", "3", "--date", "2026-06-01")
    monthly.ok("release", "Q-2", "--reason", "never sent")
    assert close(monthly, "quote", "2026-06-30").status == 0
    # A hole that no event made.
    sql("DELETE FROM number WHERE text = 'CN-0002'")
    sql("UPDATE counter SET accounted = 2 WHERE accounted = 3")
    error = monthly.fails(
        5, "unexplained_gaps", "close", "credit", "--through", "2026-06-30", "--reason", "x"
    )
    assert "CN-0002 (missing)" in error["message"]


def test_what_is_under_review_is_asked_for_in_every_sequence(monthly: Book) -> None:
    monthly.next("quote", "-n", "3", "--date", "2026-06-01")
    monthly.ok("release", "Q-2", "--reason", "never sent")
    monthly.ok("gaps", "review", "quote", "Q-2", "--reason", "looking")
    error = monthly.fails(5, "unexplained_gaps", "close", "quote", "--through", "2026-06-30", "--reason", "x")
    assert "Q-2 (review)" in error["message"]
    command = error["hint"].partition("with: seqctl ")[2].replace("TEXT", "paper-jam").split()
    monthly.ok(*command)
    assert close(monthly, "quote", "2026-06-30").status == 0


def test_many_gaps_are_not_counted_to_the_last(monthly: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing_hindrances, "COUNTED", 4)
    numbers = monthly.next("credit", "-n", "13", "--date", "2026-06-01")
    monthly.ok("release", *numbers[1:8:2], "--reason", "never sent")
    wish = ("close", "credit", "--through", "2026-06-30", "--reason", "x")
    error = monthly.fails(5, "unexplained_gaps", *wish)
    assert "has at least 4 numbers" in error["message"]
    assert error["message"].endswith("CN-0006 (reusable) ...")
    monthly.ok("release", numbers[9], "--reason", "never sent")
    assert "has at least 4 numbers" in monthly.fails(5, "unexplained_gaps", *wish)["message"]


def test_reservations_have_to_be_decided_first(monthly: Book) -> None:
    (held,) = monthly.ok("reserve", "credit", "--date", "2026-06-15").lines
    error = monthly.fails(
        5, "open_reservations", "close", "credit", "--through", "2026-06-30", "--reason", "x"
    )
    assert held in error["message"] and f"seqctl confirm {held}" in error["hint"]
    assert close(monthly, "credit", "2026-06-14").status == 0
    monthly.ok("confirm", held)
    assert close(monthly, "credit", "2026-06-30").status == 0


def test_a_reservation_past_its_deadline_counts_as_freed(monthly: Book, sql: Sql) -> None:
    monthly.next("credit", "--date", "2026-06-01")
    monthly.ok("reserve", "credit", "--date", "2026-06-02")
    monthly.next("credit", "--date", "2026-06-03")
    sql("UPDATE number SET expires_at = '2026-06-02T00:15:00.000000Z' WHERE state = 'reserved'")
    error = monthly.fails(
        5, "unexplained_gaps", "close", "credit", "--through", "2026-06-30", "--reason", "x"
    )
    assert "CN-0002 (reusable)" in error["message"]


def test_everything_in_the_way_is_listed_and_nothing_is_half_closed(book: Book) -> None:
    for name in "abc":
        book.load(f'[sequences.{name}]\ndocument_type = "bill"\npattern = "{name}-{{number}}"\n')
        book.next(name, "-n", "3", "--date", "2026-06-01")
    book.ok("reserve", "a", "--date", "2026-06-01")
    book.ok("release", "b-2", "--reason", "never sent")
    error = book.fails(5, "unexplained_gaps", "close", "bill", "--through", "2026-06-30", "--reason", "x")
    assert len(error["problems"]) == 2
    assert "a-4" in error["problems"][0] and "b-2" in error["problems"][1]
    assert [shown(book, name) for name in "abc"] == [None] * 3


def test_a_rehearsal_changes_nothing_and_refuses_the_same(monthly: Book) -> None:
    monthly.next("credit", "-n", "3", "--date", "2026-06-01")
    before = monthly.path.read_bytes()
    result = close(monthly, "credit", "2026-06-30", "--dry-run")
    assert result.rows[0]["closed_through"] == "2026-06-30"
    assert monthly.path.read_bytes() == before
    close(monthly, "credit", "2026-06-30")
    result = monthly.ok("reopen", "credit", "--from", "2026-06-30", "--reason", "x", "--dry-run")
    assert result.rows == [closing("credit", "2026-06-30", "2026-06-29")]
    assert shown(monthly, "credit") == "2026-06-30"


def test_a_day_that_is_still_to_come_is_warned_of(monthly: Book) -> None:
    result = monthly("close", "credit", "--through", "9998-06-30", "--reason", "slipped")
    assert result.status == 0
    assert result.err.startswith("seqctl: warning: 9998-06-30 is still to come")
    assert "now refuses documents dated on or before that day, today's too" in result.err
    assert "seqctl reopen --sequence credit --from" in result.err
    # So it is: a document of today is refused.
    monthly.fails(5, "closed", "next", "credit")
    again = monthly("close", "credit", "--through", "9998-06-30", "--reason", "slipped")
    assert (again.status, again.err) == (0, "")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("close", "credit", "--reason", "x"), "usage"),
        (("close", "credit", "--through", "2026-06-30"), "usage"),
        (("close", "credit", "--through", "2026-06-30", "--reason", "  "), "usage"),
        (("close", "credit", "--through", "2026-06-31", "--reason", "x"), "usage"),
        (("close", "credit", "--through", "2026-06-30T12:00", "--reason", "x"), "usage"),
        (("close", "--through", "2026-06-30", "--reason", "x"), "usage"),
        (("reopen", "credit", "--from", "yesterday", "--reason", "x"), "usage"),
    ],
)
def test_wrong_usage(monthly: Book, args: tuple[str, ...], code: str) -> None:
    monthly.fails(2, code, *args)


def test_a_name_that_is_a_sequence_and_a_type_of_others_is_not_guessed(monthly: Book) -> None:
    for command in ("close", "reopen"):
        day = ("--through" if command == "close" else "--from", "2026-06-30")
        error = monthly.fails(5, "ambiguous_sequence", command, "invoice", *day, "--reason", "x")
        assert "'credit'" in error["message"]
        assert "--sequence invoice" in error["hint"] and "--type invoice" in error["hint"]
    # Others of the type that issue nothing any more leave one reading.
    monthly.ok("sequence", "deactivate", "credit")
    assert [row["sequence"] for row in close(monthly, "invoice", "2026-06-30").rows] == ["invoice"]


def test_close_of_a_type_takes_all_of_it_even_where_a_sequence_has_its_name(monthly: Book) -> None:
    rows = close(monthly, "--type=invoice", "2026-06-30").rows
    assert [row["sequence"] for row in rows] == ["credit", "invoice"]
    rows = monthly.ok("reopen", "--type", "invoice", "--from", "2026-06-01", "--reason", "late").rows
    assert [row["closed_through"] for row in rows] == ["2026-05-31"] * 2
    error = monthly.fails(
        4, "not_found", "close", "--type", "credit", "--through", "2026-06-30", "--reason=x"
    )
    assert "'credit'" in error["message"]
    monthly.fails(4, "not_found", "close", "--sequence", "x", "--through", "2026-06-30", "--reason", "x")


@pytest.mark.parametrize(
    "named", [(), ("credit", "--type=invoice"), ("--sequence=a", "--type=b"), ("a", "--sequence=a")]
)
@pytest.mark.parametrize("command", [("close", "--through"), ("reopen", "--from")])
def test_exactly_one_thing_is_closed_or_opened(
    monthly: Book, command: tuple[str, str], named: tuple[str, ...]
) -> None:
    error = monthly.fails(2, "usage", command[0], *named, command[1], "2026-06-30", "--reason", "x")
    assert "TARGET, --sequence, --type and --set" in error["message"]


def test_until_is_another_name_of_through(monthly: Book) -> None:
    assert monthly.ok("close", "credit", "--until", "2026-06-30", "--reason", "filed").rows == [
        closing("credit", "", "2026-06-30")
    ]


def test_an_unknown_target_is_not_found(monthly: Book) -> None:
    error = monthly.fails(4, "not_found", "close", "credits", "--through", "2026-06-30", "--reason", "x")
    assert "credit" in error["hint"]


def test_a_file_is_not_numbered_into_a_closed_period(book: Book) -> None:
    book.load('[sequences.bill]\npattern = "B{number}"\n')
    close(book, "bill", "2026-06-30")
    records = book.file("id,date\n1,2026-07-01\n2,2026-06-30\n", "records.csv")
    error = book.fails(5, "closed", "assign", "bill", "--input", records, "--date-column", "date")
    assert "2026-06-30" in json.dumps(error)
    assert book.numbers() == []


def test_a_number_that_exists_already_is_not_entered_into_a_closed_period(book: Book) -> None:
    book.load('[sequences.bill]\npattern = "B{number}"\n')
    close(book, "bill", "2026-06-30")
    result = book("adopt", "bill", "B7", "--date", "2026-06-30", "--json")
    assert result.status in (5, 6), result
    assert "closed" in result.err
    assert book("adopt", "bill", "B7", "--date", "2026-07-01").status == 0


def test_edits_and_imports_keep_a_sequence_closed(monthly: Book) -> None:
    close(monthly, "credit", "2026-06-30")
    monthly.ok("sequence", "edit", "credit", "--title", "Credit notes")
    monthly.ok("sequence", "edit", "credit", "--pattern", "CRED-{number:4}")
    monthly.load(BY_MONTH)
    monthly.ok("sequence", "deactivate", "credit")
    monthly.ok("sequence", "activate", "credit")
    assert shown(monthly, "credit") == "2026-06-30"
    (row,) = [row for row in monthly.ok("sequence", "list").rows if row["name"] == "credit"]
    assert (row["closed_through"], row["closed_until"]) == ("2026-06-30", "2026-06-30")


def test_an_export_carries_definitions_and_says_that_closings_stay_behind(monthly: Book) -> None:
    close(monthly, "credit", "2026-06-30")
    plain = monthly.ok("export").out
    assert "closed" not in plain
    moved = monthly("export", "--with-counters")
    assert (moved.status, moved.out) == (0, plain)
    assert "'credit' through 2026-06-30" in moved.err
