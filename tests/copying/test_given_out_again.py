"""A restored book gives nothing out again that may be taken since, and `check` says all that is behind."""

import shlex
import shutil
from collections.abc import Callable

import pytest

from tests.book import Book


@pytest.fixture
def restore(invoices: Book) -> Callable[[Callable[[], object]], Book]:
    """Do something, and then restore the book to the state before: `restore(work)`."""

    def call(work: Callable[[], object]) -> Book:
        shutil.copy(invoices.path, "old.db")
        work()
        shutil.copy("old.db", invoices.path)
        return invoices

    return call


def findings(book: Book) -> list[dict[str, str]]:
    told = book("--json", "check")
    return [finding for finding in told.json if finding["code"] == "older_book"]


def test_a_freed_number_that_was_given_out_since_is_looked_at_first(
    invoices: Book, restore: Callable[[Callable[[], object]], Book]
) -> None:
    invoices.next("invoice", "-n", "4")
    invoices.ok("release", "INV-00002", "--reason", "x")
    invoices.ok("release", "INV-00003", "--reason", "x")
    restore(lambda: invoices.next("invoice"))
    error = invoices.fails(5, "older_book", "next", "invoice")
    assert "in sequence 'invoice', 2 freed numbers may have been issued again" in error["message"]
    way = error["hint"].rpartition("seqctl ")[2].split()
    assert way == ["gaps", "review", "invoice", "INV-00002", "INV-00003", "--reason", "restored"]
    assert len(findings(invoices)) == 1
    invoices.ok(*way)
    assert findings(invoices) == []
    assert invoices.next("invoice") == ["INV-00005"]
    invoices.ok("gaps", "restore", "invoice", "INV-00003", "--reason", "no document has it")
    assert invoices.next("invoice") == ["INV-00003"]


def test_it_is_looked_at_also_when_the_counter_has_caught_up(
    invoices: Book, restore: Callable[[Callable[[], object]], Book]
) -> None:
    invoices.next("invoice", "-n", "4")
    invoices.ok("release", "INV-00002", "--reason", "x")
    restore(lambda: invoices.next("invoice", "-n", "2"))
    assert [finding["message"].count("stood at") for finding in findings(invoices)] == [1, 0]
    invoices.ok("sequence", "set-next", "invoice", "6", "--at-least", "--reason", "restored")
    invoices.fails(5, "older_book", "next", "invoice")
    invoices.ok("gaps", "review", "invoice", "INV-00002", "--reason", "restored")
    assert invoices.next("invoice") == ["INV-00006"]


def test_a_reservation_may_have_been_confirmed_since(
    invoices: Book, restore: Callable[[Callable[[], object]], Book]
) -> None:
    invoices.ok("reserve", "invoice")
    restore(lambda: invoices.ok("confirm", "INV-00001"))
    error = invoices.fails(5, "older_book", "next", "invoice")
    assert "1 reservation may have been confirmed" in error["message"]
    assert error["hint"].endswith("seqctl numbers invoice --state reserved")
    assert len(invoices.ok("numbers", "invoice", "--state", "reserved", "--json").json) == 1
    invoices.ok("confirm", "INV-00001")
    assert invoices.next("invoice") == ["INV-00002"]


def test_the_hint_names_the_counter(book: Book) -> None:
    book.ok(
        "sequence",
        "add",
        "m",
        "--pattern",
        "{entity}-{YYYY}{MM}-{number}",
        "--reset",
        "month",
        "--scope",
        "entity",
    )
    for entity in ("A B", "C"):
        book.next("m", "-n", "4", "--attr", f"entity={entity}", "--date", "2026-03-04")
    for number in ("A B-202603-1", "A B-202603-3"):
        book.ok("release", number, "--reason", "x")
    shutil.copy(book.path, "old.db")
    book.next("m", "--attr", "entity=A B", "--date", "2026-03-04")
    shutil.copy("old.db", book.path)
    error = book.fails(5, "older_book", "next", "m", "--attr", "entity=C", "--date", "2026-03-04")
    assert "sequence 'm' for entity=A B in period 2026-03" in error["message"]
    book.ok(*shlex.split(error["hint"].rpartition("seqctl ")[2]))
    assert book.next("m", "--attr", "entity=A B", "--date", "2026-03-04") == ["A B-202603-5"]


def test_a_standard_sequence_gives_nothing_out_again(
    invoices: Book, restore: Callable[[Callable[[], object]], Book]
) -> None:
    invoices.ok("sequence", "add", "order", "--mode", "standard", "--pattern", "O{number}")
    invoices.next("order", "-n", "2")
    invoices.ok("release", "O1", "--reason", "x")
    restore(lambda: invoices.ok("release", "O2", "--reason", "x"))
    error = invoices.fails(5, "older_book", "next", "order")
    assert "does not have event 6 and ends with event 5" in error["message"]
    invoices.ok("release", "O2", "--reason", "as it was")
    invoices.fails(5, "older_book", "next", "order")
    invoices.ok("copy", "--accept", "--reason", "released again")
    assert invoices.next("order") == ["O3"]


def test_a_sequence_that_is_new_since_has_to_be_defined_again(
    invoices: Book, restore: Callable[[Callable[[], object]], Book]
) -> None:
    add = ("sequence", "add", "late", "--pattern", "L{number}")
    restore(lambda: (invoices.ok(*add), invoices.next("late", "-n", "3")))
    error = invoices.fails(5, "older_book", "next", "invoice")
    assert "define it again as it was" in error["hint"]
    invoices.ok(*add)
    way = invoices.fails(5, "older_book", "next", "invoice")["hint"].rpartition("seqctl ")[2].split()
    assert invoices.ok(*way, "-o", "json").json["blocked"] == 3
    assert invoices.next("late") == ["L4"]
    assert invoices.next("invoice") == ["INV-00001"]
    (run,) = invoices.ok("gaps", "late", "--json").json
    assert (run["first"], run["last"], run["state"]) == (1, 3, "blocked")


def test_a_sequence_that_is_used_up_since_is_gone_past(book: Book) -> None:
    book.ok("sequence", "add", "pay", "--pattern", "P{number}", "--end", "4")
    book.next("pay")
    shutil.copy(book.path, "old.db")
    book.next("pay", "-n", "3")
    shutil.copy("old.db", book.path)
    way = book.fails(5, "older_book", "next", "pay")["hint"].rpartition("seqctl ")[2].split()
    assert "exhausted" in way
    book.ok(*way)
    book.fails(5, "exhausted", "next", "pay")


def test_check_names_every_counter_that_is_behind(book: Book) -> None:
    for name in ("a", "b"):
        book.ok("sequence", "add", name, "--pattern", f"{name}-{{number}}")
    shutil.copy(book.path, "old.db")
    book.next("a")
    book.next("b")
    shutil.copy("old.db", book.path)
    assert [finding["hint"].split()[4:6] for finding in findings(book)] == [["adopt", "a"], ["adopt", "b"]]
    assert "2 more" not in book.fails(5, "older_book", "next", "a")["message"]
    quick = book("--json", "check", "--quick")
    assert quick.status == 3
    assert len(quick.json) == 2


def test_a_mark_that_is_none_is_told(invoices: Book) -> None:
    invoices.next("invoice")
    mark = f"{invoices.path}-mark"
    with open(mark, "w") as file:
        file.write("rubbish\n")
    (finding,) = invoices("--json", "check", "--quick").json
    assert finding["code"] == "strange_file"
    assert finding["hint"] == f"rm {mark}"
