"""Calendars that list their years end: `check`, `lint` and `status` say so while there is time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.book import Book


def ending_in(days: int) -> tuple[str, date]:
    """A calendar of one year that ends in so many days, with two sequences that count by it."""
    last = datetime.now(UTC).date() + timedelta(days=days)
    first = last - timedelta(days=363)
    text = (
        f"[calendars.retail]\nyears = {{ {first.year} = {first} }}\nuntil = {last}\n"
        '[sequences.one]\npattern = "A{FY}-{number}"\nreset = "fiscal-year"\ncalendar = "retail"\n'
        '[sequences.two]\npattern = "B{FY}-{number}"\ncalendar = "retail"\n'
    )
    return text, last


@pytest.mark.parametrize(
    ("days", "code", "words"),
    [
        (62, None, ""),
        (59, "calendar_ends", "its last year ends in "),
        (2, "calendar_ends", "its last year ends in "),
        (-2, "calendar_over", "its last year ended on "),
    ],
)
def test_the_end_of_the_last_year_is_told_once_a_calendar(
    book: Book, days: int, code: str | None, words: str
) -> None:
    text, last = ending_in(days)
    book.load(text)
    for command in ("check", "lint"):
        found = book(command, "--json").json
        assert [(item["code"], item["severity"], item["subject"]) for item in found] == (
            [] if code is None else [(code, "warning", "calendars.retail")]
        )
        for item in found:
            assert item["message"].startswith(words) and f"{last}: documents dated later" in item["message"]
            begins = last + timedelta(days=1)
            assert f"calendar edit retail --year NAME={begins} --until DATE" in item["hint"]
    book.ok("next", "one", "--date", str(last - timedelta(days=100)))
    (row,) = book.ok("status", "one", "--json").json
    assert row["warn"] is (code is not None)
    assert days - 1 <= row["days_left"] <= days


def test_another_year_ends_the_matter(book: Book) -> None:
    text, last = ending_in(10)
    book.load(text)
    begins = last + timedelta(days=1)
    named = (last - timedelta(days=363)).year + 1
    more = ("--year", f"{named}={begins}", "--until", str(begins + timedelta(days=363)))
    book.ok("calendar", "edit", "retail", *more)
    assert book.ok("check", "--json").json == book.ok("lint", "--json").json == []


def test_whoever_counts_by_it_no_more_is_not_told(book: Book) -> None:
    text, last = ending_in(10)
    book.load(text)
    book.ok("sequence", "deactivate", "one")
    book.ok("sequence", "edit", "two", "--effective-until", str(last - timedelta(days=1)))
    assert book.ok("check", "--json").json == []
    book.ok("next", "two", "--date", str(last - timedelta(days=20)))
    (row,) = book.ok("status", "--json").json
    # The window of the sequence ends before its calendar does.
    assert 8 <= row["days_left"] <= 9 and row["warn"] is False


def test_lint_names_the_line_of_a_file(book: Book) -> None:
    text, _ = ending_in(10)
    path = book.file(text)
    found = book("lint", path, "--json").json
    assert [item["code"] for item in found] == ["calendar_ends"]
    assert f"{path}:3" in str(found) or "calendars.retail" in found[0]["subject"]
