"""What people met in public reports is answered with the command or the option that goes on."""

import re
import shlex

import pytest

from tests.book import Book


def _command(hint: str) -> list[str]:
    """The words of the command that a hint names."""
    (found,) = re.findall(r"seqctl (.+)$", hint)
    return shlex.split(found)


def test_a_calendar_in_use_is_moved_as_long_as_used_years_keep_their_days(book: Book) -> None:
    book.ok("calendar", "add", "fy", "--start", "04-01", "--named-by", "end")
    words = ("--pattern", "INV-{FY}-{number:4}", "--calendar", "fy", "--reset", "fiscal-year")
    book.ok("sequence", "add", "inv", *words)
    book.ok("next", "inv", "--date", "2026-03-30")
    longer = ("--year", "2026=2025-04-01", "--year", "2027=2027-01-01", "--until", "2027-12-31")
    error = book.fails(5, "locked_field", "calendar", "edit", "fy", *longer)
    assert (
        "fiscal year 2026 is 2025-04-01 to 2026-03-31 and would be 2025-04-01 to 2026-12-31"
        in error["message"]
    )
    assert "None" not in error["message"]
    gone = ("--year", "2027=2027-01-01", "--until", "2027-12-31")
    assert (
        "2026-03-31 and would be gone"
        in book.fails(5, "locked_field", "calendar", "edit", "fy", *gone)["message"]
    )
    short = ("--year", "2026=2025-04-01", "--year", "2027=2026-04-01", "--year", "2028=2027-01-01")
    book.ok("calendar", "edit", "fy", *short, "--until", "2027-12-31")
    assert book.next("inv", "--date", "2026-03-31") == ["INV-2026-0002"]
    assert book.next("inv", "--date", "2026-12-31") == ["INV-2027-0001"]


def test_months_that_a_pattern_needs_are_not_lost_by_a_list_of_years(book: Book) -> None:
    book.ok("calendar", "add", "fy", "--start", "04-01")
    words = ("--pattern", "{FY}-{FM}-{number:4}", "--calendar", "fy", "--reset", "fiscal-month")
    book.ok("sequence", "add", "inv", *words)
    book.ok("next", "inv", "--date", "2026-03-30")
    listed = ("--year", "2025=2025-04-01", "--until", "2026-03-31")
    error = book.fails(6, "invalid_definition", "calendar", "edit", "fy", *listed)
    assert "asks for fiscal months, which calendar 'fy' does not list for 2025" in str(error)


def test_a_calendar_that_is_taken_away_is_said_in_words(book: Book) -> None:
    book.ok("calendar", "add", "fy", "--start", "04-01")
    words = ("--pattern", "{FY}-{number:4}", "--calendar", "fy", "--reset", "fiscal-year")
    book.ok("sequence", "add", "inv", *words)
    book.ok("next", "inv", "--date", "2026-03-30")
    path = book.file("[sequences.inv]\npattern = '{YYYY}-{number:4}'\nreset = 'year'\n", "inv.toml")
    problems = book.fails(5, "locked_field", "import", path)["problems"]
    assert any("calendar: is 'fy' and cannot be taken away" in problem for problem in problems)


def test_a_counter_that_a_file_would_move_is_named_with_its_period_and_scope(book: Book) -> None:
    text = (
        "[sequences.t]\npattern = '{till}-{YYYY}-{number:3}'\nreset = 'year'\nscope = ['till']\n"
        "[sequences.t.counters]\n'2025, till=A' = 9\n"
    )
    book.ok("import", book.file(text.partition("[sequences.t.counters]")[0], "t.toml"))
    book.ok("next", "t", "--date", "2025-05-01", "--attr", "till=A")
    with_counters = book.run("export", "--with-counters").out
    path = book.file(with_counters.replace("= 2\n", "= 9\n"), "moved.toml")
    hint = book.fails(5, "in_use", "import", path)["hint"]
    command = _command(hint)
    command[command.index("TEXT")] = "moved"
    book.ok(*command)
    assert book.next("t", "--date", "2025-05-02", "--attr", "till=A") == ["A-2025-009"]


def test_a_blocked_run_is_named_as_a_whole(invoices: Book) -> None:
    invoices.ok("next", "invoice", "-n", 3)
    invoices.ok("sequence", "set-next", "invoice", 7, "--reason", "mistake")
    again = ("gaps", "block", "invoice", "INV-00004..INV-00006", "--reason", "declared")
    command = _command(invoices.fails(5, "already_blocked", *again)["hint"])
    assert command == ["gaps", "review", "invoice", "INV-00004..INV-00006", "--reason", "TEXT"]
    invoices.ok(*command)
    invoices.ok(*again)
    assert [(row["first"], row["last"], row["reason"]) for row in invoices.ok("gaps").rows] == [
        ("4", "6", "declared")
    ]


@pytest.mark.parametrize(
    ("period", "window"),
    [("2026-05", "--from 2026-05-01 --to 2026-05-31"), ("2026", "--from 2026-01-01 --to 2026-12-31")],
)
def test_a_month_of_a_fiscal_year_is_a_window(book: Book, period: str, window: str) -> None:
    book.ok("calendar", "add", "fy", "--start", "04-01")
    words = ("--pattern", "{FY}-{number:4}", "--calendar", "fy", "--reset", "fiscal-year")
    book.ok("sequence", "add", "inv", *words)
    book.ok("next", "inv", "--date", "2026-05-30")
    error = book.fails(2, "usage", "statement", "inv", "--period", period)
    assert error["hint"] == f"for these days: {window}"
    assert book.ok("statement", "inv", *window.split()).rows[0]["issued"] == "1"


def test_a_number_without_its_record_is_noted(invoices: Book) -> None:
    invoices.ok("sequence", "edit", "invoice", "--manual")
    invoices.ok("next", "invoice")
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "INV-00001", "--record", "doc 5")
    invoices.ok(*_command(error["hint"]))
    assert invoices.numbers()[0]["record"] == "doc 5"


def test_a_check_digit_is_meant_where_an_attribute_is_called_so(book: Book) -> None:
    wrong = book.fails(6, "invalid_definition", "sequence", "add", "k", "--pattern", "{number:7}{check}")
    assert wrong["hint"] == "for a check digit write {check:luhn}; else choose another name"
    upper = book.fails(6, "invalid_definition", "sequence", "add", "k", "--pattern", "{number:7}{LUHN}")
    assert upper["hint"] == "for a check digit write {check:luhn}"


@pytest.mark.parametrize("part", ["prefix", "suffix"])
def test_a_token_in_the_shorthand_is_not_printed_in_silence(book: Book, part: str) -> None:
    words = ("sequence", "add", "k", f"--{part}", "-{YYYY}-", "--width", "4")
    error = book.fails(6, "invalid_definition", *words)
    assert f"'-{{YYYY}}-' would be printed as it stands: a {part} has no tokens" in error["message"]
    # Whoever means the braces writes them.
    book.ok("sequence", "add", "k", "--pattern", "{{YYYY}}-{number:4}")
    book.ok("sequence", "edit", "k", "--title", "Braces")
    assert book.next("k") == ["{YYYY}-0001"]


def test_a_set_that_gives_a_sequence_another_type_says_how(book: Book) -> None:
    book.ok("sequence", "add", "doc", "--document-type", "invoice", "--prefix", "D")
    error = book.fails(6, "invalid_definition", "set", "add", "std", "invoice=doc", "credit_memo=doc")
    assert error["hint"] == "let it number both: add 'credit_memo' to the document types of the sequence"
