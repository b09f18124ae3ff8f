"""What needs somebody's attention although the book is sound: gaps, reservations, numbers that run out."""

import pytest

from seqctl import open_store
from seqctl.actions import issue
from seqctl.model.number.request import Request
from tests.book import Book
from tests.checking.conftest import Break, Stopped


def found(book: Book, *args: str) -> list[dict[str, str]]:
    """The findings of `check`, which must exit 3 and say nothing beside them."""
    result = book("check", "--json", *args)
    assert (result.status, result.err) == (3, ""), result
    answer: list[dict[str, str]] = result.json
    return answer


def attention(book: Book, code: str, *args: str) -> list[dict[str, str]]:
    return [item for item in found(book, *args) if item["code"] == code]


def lose(sql: Break, *texts: str) -> None:
    """Numbers that vanish without a trace, with the counts of their counters kept right."""
    for text in texts:
        sql(
            "UPDATE counter SET accounted = accounted - 1"
            f" WHERE id = (SELECT counter_id FROM number WHERE text = '{text}')",
            f"DELETE FROM number WHERE text = '{text}'",
        )


@pytest.mark.parametrize("args", [(), ("--quick",)])
def test_missing_numbers_of_a_gapless_sequence(invoices: Book, sql: Break, args: tuple[str, ...]) -> None:
    invoices.next("invoice", "-n", "9")
    lose(sql, "INV-00003", "INV-00006", "INV-00007")
    told = attention(invoices, "unexplained_gap", *args)
    assert [item["message"] for item in told] == [
        "INV-00003 is missing",
        "INV-00006..INV-00007 (2 numbers) are missing",
    ]
    assert {item["subject"] for item in told} == {"counters.invoice.all"}
    assert told[1]["hint"] == (
        "explain it with: seqctl gaps block invoice INV-00006..INV-00007 --reason TEXT"
    )


def test_of_many_runs_the_first_are_named_and_the_others_counted(invoices: Book, sql: Break) -> None:
    invoices.next("invoice", "-n", "60")
    lose(sql, *(f"INV-{value:05}" for value in range(2, 60, 2)))
    told = attention(invoices, "unexplained_gap", "--quick")
    assert len(told) == 11
    assert told[9]["message"] == "INV-00020 is missing"
    assert told[10]["message"] == "... and 19 more runs that nobody explained"


def test_what_the_hint_says_explains_a_gap(book: Book, sql: Break) -> None:
    book.load(
        '[sequences.bill]\npattern = "{entity}-{YYYY}{MM}-{number:3}"\nreset = "month"\nscope = ["entity"]\n'
    )
    book.next("bill", "-n", "3", "--date", "2026-03-04", "--attr", "entity=D E")
    lose(sql, "D E-202603-002")
    (told,) = attention(book, "unexplained_gap", "--quick")
    assert told["subject"] == "counters.bill.2026-03.entity=D E"
    assert told["message"] == "D E-202603-002 is missing"
    assert told["hint"].startswith(
        "explain it with: seqctl gaps block bill 'D E-202603-002' --period 2026-03"
    )


def test_numbers_under_review(invoices: Book) -> None:
    invoices.next("invoice", "-n", "5")
    invoices.ok("release", "INV-00002", "INV-00004", "--reason", "lost")
    assert invoices.ok("check").out == ""
    invoices.ok("gaps", "review", "invoice", "INV-00004", "--reason", "looking")
    (told,) = found(invoices)
    assert (told["code"], told["message"]) == ("unexplained_gap", "INV-00004 is under review")
    invoices.ok("gaps", "block", "invoice", "INV-00004", "--reason", "burnt")
    assert invoices.ok("check").out == ""


def test_a_standard_sequence_may_have_gaps(book: Book) -> None:
    book.ok("sequence", "add", "order", "--mode", "standard")
    book.next("order", "-n", "3")
    book.ok("release", "2", "--reason", "x")
    assert book.ok("check").out == ""


def test_freed_numbers_that_no_document_can_take_any_more(book: Book) -> None:
    book.load('[sequences.bill]\npattern = "{YYYY}-{number}"\nreset = "year"\neffective_from = 2020-01-01\n')
    book.next("bill", "-n", "3", "--date", "2025-03-04")
    book.ok("release", "2025-2", "--reason", "lost")
    assert book.ok("check").out == ""
    book.ok("sequence", "edit", "bill", "--effective-from", "2026-01-01")
    (told,) = found(book)
    assert told["code"] == "unexplained_gap"
    assert told["message"] == "2025-2 is freed, and no document can take it any more"


def test_reservations_past_their_deadline_until_they_are_recorded(book: Book) -> None:
    book.ok("sequence", "add", "order")
    with open_store(str(book.path), clock=Stopped("2026-01-05T10:00:00.000000Z")) as store:
        issue(store, Request("order", 2, reserve=True))
    for args in ((), ("--quick",)):
        (told,) = found(book, *args)
        assert (told["code"], told["severity"]) == ("overdue_reservations", "warning")
        assert told["message"].startswith("2 reservations are past the deadline, since 2026-01-05T10:15")
        assert told["hint"] == "record it with: seqctl expire"
    book.ok("expire")
    assert book.ok("check").out == ""


def test_live_reservations_need_nobody(book: Book) -> None:
    book.ok("sequence", "add", "order")
    book.ok("reserve", "order")
    assert book.ok("check").out == ""


def test_a_threshold_that_was_reached_and_a_range_that_is_used_up(book: Book) -> None:
    book.load('[sequences.r]\npattern = "R-{number}"\nend = 10\nwarn_at = "80%"\n')
    book.next("r", "-n", "7")
    assert book.ok("check").out == ""
    book("next", "r")
    (told,) = found(book)
    assert (told["code"], told["severity"], told["subject"]) == ("near_end", "warning", "sequences.r")
    assert told["message"] == "has 2 numbers left (warn_at is 80%)"
    book("next", "r", "-n", "2")
    (told,) = found(book, "--quick")
    assert (told["severity"], told["message"]) == ("error", "has no number left")
    book.ok("sequence", "deactivate", "r")
    assert book.ok("check").out == ""


def test_without_a_threshold_only_the_very_end_is_told(book: Book) -> None:
    book.load('[sequences.r]\npattern = "R-{number}"\nmax_width = 1\n')
    book.next("r", "-n", "8")
    assert book.ok("check").out == ""
    book.next("r")
    (told,) = found(book)
    assert told["message"] == "has no number left"


def test_the_past_is_past(book: Book) -> None:
    book.load('[sequences.r]\npattern = "R{YYYY}-{number}"\nreset = "year"\nend = 2\nwarn_at = "1 left"\n')
    book("next", "r", "-n", "2", "--date", "2025-05-05")
    assert book.ok("check").out == ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor = 'nobody' WHERE id = 3",
        "DELETE FROM event WHERE id = 3",
        "UPDATE number SET text = 'INV-00009' WHERE value = 2",
    ],
)
def test_the_log_is_verified_too(invoices: Book, sql: Break, statement: str) -> None:
    invoices.next("invoice", "-n", "3")
    invoices.next("invoice")
    sql(statement)
    assert {item["severity"] for item in found(invoices)} == {"error"}
    assert invoices.ok("check", "--quick").out == ""


def test_while_somebody_writes_nobody_waits(invoices: Book) -> None:
    invoices.next("invoice")
    with open_store(str(invoices.path)) as store, store.write() as transaction:
        transaction.ledger.mark_used(1)
        assert invoices.ok("check", "--timeout", "0").out == ""
