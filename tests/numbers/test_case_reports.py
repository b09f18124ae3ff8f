"""What people reported: gaps whose reason changes, and a series that stops to begin anew."""

from tests.book import Book


def test_a_protocol_is_noted_at_numbers_that_were_skipped(book: Book) -> None:
    book.ok("sequence", "add", "nfe", "--pattern", "{series}-{number:9}", "--scope", "series=001")
    series = ("--scope", "series=001")
    book.next("nfe", "--attr", "series=001", "--date", "2025-12-30", "-n", "3")
    book.ok("sequence", "set-next", "nfe", "7", *series, "--reason", "operator mistake")
    book.next("nfe", "--attr", "series=001", "--date", "2026-01-04")
    error = book.fails(
        5, "already_blocked", "gaps", "block", "nfe", "4..6", *series, "--reason", "protocol 135"
    )
    assert error["hint"].startswith("for another reason, first: seqctl gaps review nfe 001-000000004")
    book.ok("gaps", "review", "nfe", "4..6", *series, "--reason", "to be declared")
    book.ok("gaps", "block", "nfe", "4..6", *series, "--reason", "declared, protocol 135")
    (gap,) = book.ok("gaps", "--json").json
    assert (gap["state"], gap["reason"], gap["never_printed"]) == ("blocked", "declared, protocol 135", True)


def test_a_monthly_series_goes_on_without_beginning_anew(book: Book) -> None:
    pattern = ("--document-type", "invoice", "--pattern", "PRO-{YYYY}{MM}-{number:3}")
    book.ok("sequence", "add", "inv", *pattern, "--reset", "month")
    book.next("inv", "-n", "4", "--date", "2024-03-10")
    book.fails(5, "locked_field", "sequence", "edit", "inv", "--reset", "never")
    book.ok("sequence", "edit", "inv", "--effective-until", "2024-03-31")
    book.ok("sequence", "add", "inv2", *pattern, "--effective-from", "2024-04-01")
    book.ok("sequence", "set-next", "inv2", "5", "--reason", "counts on")
    assert book.next("inv2", "--date", "2024-04-02") == ["PRO-202404-005"]
    assert book.next("inv2", "--date", "2024-05-02") == ["PRO-202405-006"]
