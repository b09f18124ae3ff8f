"""Texts are unique within a space, which document types can share: what the definitions say decides it."""

from pathlib import Path

import pytest

from tests.book import Book, Sql

TOGETHER = '[book]\nunique_together = [["invoice", "debit_memo"]]\n'
ITALY = """
[sequences.invoice]
pattern = "{number}/{YYYY}"
reset = "year"

[sequences.debit_memo]
pattern = "{number}/{YYYY}"
reset = "year"
"""


@pytest.fixture
def italy(book: Book) -> Book:
    """A book whose debit memos share the space of invoices, both of them numbered alike."""
    book.fails(6, "collision", "import", book.file(TOGETHER + ITALY))
    result = book("import", book.file(TOGETHER + ITALY), "--allow-collisions")
    assert (result.status, "collision" in result.err or "so can" in result.err) == (0, True)
    return book


def sound(book: Book) -> None:
    """Nothing is wrong with the book or its log."""
    assert book.ok("check", "--json").json == []
    assert book.ok("audit", "verify").err == ""


@pytest.mark.parametrize("order", [("invoice", "debit_memo"), ("debit_memo", "invoice")])
def test_one_number_is_not_given_to_both(italy: Book, order: tuple[str, str]) -> None:
    first, second = order
    day = ("--date", "2026-03-01")
    assert italy.next(first, *day) == ["1/2026"]
    error = italy.fails(5, "number_taken", "next", second, *day)
    assert first in error["message"]
    assert "set-next" in error["hint"]
    italy.fails(5, "number_taken", "peek", second, *day)
    italy.fails(6, "invalid_input", "adopt", second, "1/2026", "--date", "2026-03-01")
    italy.ok("sequence", "set-next", second, "2", "--period", "2026", "--reason", "the other has 1")
    assert italy.next(second, *day) == ["2/2026"]
    italy.fails(5, "number_taken", "next", first, *day)
    sound(italy)


def test_records_are_numbered_within_the_space(italy: Book, place: Path) -> None:
    italy.next("invoice")
    (place / "r.csv").write_text("id\nA\n", encoding="utf-8")
    italy.fails(5, "number_taken", "assign", "debit_memo", "--input", place / "r.csv")


def test_a_join_of_numbers_that_clash_is_refused_with_both(book: Book) -> None:
    book.load(ITALY)
    book.next("invoice", "--date", "2026-03-01")
    book.next("debit_memo", "-n", "2", "--date", "2026-03-01")
    file = book.file(TOGETHER, "together.toml")
    error = book.fails(5, "number_taken", "import", file, "--allow-collisions")
    assert "'1/2026'" in error["message"]
    assert "invoice" in error["message"] and "debit_memo" in error["message"]
    book.ok("release", "1/2026", "--type", "invoice", "--reason", "never sent")
    assert book("import", file, "--allow-collisions").status == 0
    # What was freed is taken by now.
    book.fails(5, "number_taken", "next", "invoice", "--date", "2026-03-01")
    sound(book)


@pytest.fixture
def used(book: Book) -> Book:
    """A book in which invoices and debit memos have texts of their own, some of them changed and freed."""
    book.ok("sequence", "add", "invoice", "--pattern", "{number}", "--end", "99")
    book.ok("sequence", "add", "debit_memo", "--pattern", "{number}", "--start", "100")
    book.ok("next", "invoice", "-n", "3")
    book.ok("next", "debit_memo", "-n", "300")
    book.ok("void", "101", "--reason", "spoilt")
    book.ok("release", "102", "103", "--reason", "never sent")
    return book


def test_spaces_that_hold_numbers_are_joined(used: Book, place: Path) -> None:
    used.load(TOGETHER)
    sound(used)
    # Whatever writes numbers from now on writes them into the space of both.
    assert used.next("debit_memo") == ["102"]
    used.ok("reinstate", "103", "--reason", "it was sent")
    used.ok("reinstate", "101", "--reason", "it was not spoilt")
    used.ok("release", "104", "--reason", "never sent")
    (place / "records.csv").write_text("id\nA\nB\n", encoding="utf-8")
    used.ok("assign", "debit_memo", "--input", place / "records.csv")
    used.ok("next", "debit_memo", "-n", "250")
    used.ok("void", "150", "--reason", "spoilt")
    sound(used)


def test_a_space_that_was_joined_twice_is_verified(used: Book) -> None:
    used.load(TOGETHER)
    used.ok("void", "110", "--reason", "spoilt")
    used.ok("sequence", "add", "refund", "--pattern", "R{number}")
    used.next("refund")
    used.load('[book]\nunique_together = [["refund", "debit_memo", "invoice"]]\n')
    used.ok("void", "111", "--reason", "spoilt")
    used.ok("release", "112", "--reason", "never sent")
    used.ok("reinstate", "110", "--reason", "not spoilt")
    sound(used)


def test_types_that_were_both_numbered_are_not_parted(used: Book) -> None:
    used.load(TOGETHER)
    file = used.file("[book]\nunique_together = []\n", "apart.toml")
    used.fails(5, "locked_field", "import", file)
    used.ok("sequence", "add", "refund", "--pattern", "R{number}")
    used.load('[book]\nunique_together = [["invoice", "debit_memo"], ["refund", "debit_memo"]]\n')
    used.load(TOGETHER)
    used.next("refund")
    sound(used)


def test_a_shared_sequence_joins_types_and_is_refused_where_their_numbers_clash(book: Book) -> None:
    book.load(ITALY)
    book.next("invoice", "--date", "2026-03-01")
    book.next("debit_memo", "--date", "2026-03-01")
    words = ("--document-type", "invoice", "--document-type", "debit_memo", "--pattern", "S{number}")
    book.fails(6, "collision", "sequence", "add", "both", *words)
    book.fails(5, "number_taken", "sequence", "add", "both", *words, "--allow-collisions")


def test_check_and_verify_tell_a_number_outside_its_joined_space(used: Book, sql: Sql) -> None:
    used.load(TOGETHER)
    sql("UPDATE number SET uniqueness_id = 7 WHERE text IN ('2', '110')")
    assert {item["code"] for item in used("check", "--json").json} == {"uniqueness", "number_changed"}
    found = [(item["code"], item["subject"]) for item in used("audit", "verify", "--json").json]
    assert found == [("number_changed", "numbers.2"), ("number_changed", "numbers.110")]


def test_a_space_that_is_not_as_the_definitions_say_is_told(used: Book, sql: Sql) -> None:
    used.load(TOGETHER)
    sql("DELETE FROM text_space")
    assert "uniqueness" in {item["code"] for item in used("check", "--json").json}
    assert "definition_changed" in {item["code"] for item in used("audit", "verify", "--json").json}


def test_a_type_that_shares_nothing_is_a_space_by_itself(italy: Book) -> None:
    italy.ok("sequence", "add", "refund")
    italy.next("invoice")
    assert italy.next("refund") == ["1"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ('"invoice"', "list of lists"),
        ('[["invoice"]]', "single"),
        ('[["a", "a"]]', "twice"),
        ("[[1, 2]]", "1"),
    ],
)
def test_lists_that_join_nothing_are_refused(book: Book, value: str, words: str) -> None:
    error = book.fails(6, "invalid_definition", "import", book.file(f"[book]\nunique_together = {value}\n"))
    assert words in error["message"]


def test_files_carry_what_is_joined(used: Book) -> None:
    used.load(TOGETHER)
    text = used.ok("export").out
    assert "unique_together" in text
    assert used.ok("import", used.file(text, "again.toml")).out.count("unchanged") == 3


def test_two_spaces_change_their_names_in_one_step(book: Book) -> None:
    """Sales and purchases hold alike numbers; the empty types that name their spaces are swapped."""
    groups = '[book]\nunique_together = [["{0}", "sale"], ["{1}", "purchase"]]\n'
    book.load(groups.format("north", "south") + "[sequences.sale]\n[sequences.purchase]\n")
    book.next("sale", "-n", "3")
    book.next("purchase", "-n", "2")
    book.ok("void", "2", "--type", "sale", "--reason", "spoilt")
    assert book("import", book.file(groups.format("south", "north"), "swapped.toml")).status == 0
    sound(book)
    assert book.next("purchase") == ["3"]
    assert book.next("sale") == ["4"]
    # The name of a space goes on meaning what it means now.
    assert book("sequence", "add", "south", "--start", "4", "--allow-collisions").status == 0
    book.fails(5, "number_taken", "next", "south")
