"""One rule of how far ahead a document date may lie, held wherever a date is given."""

from datetime import date, timedelta

import pytest

from tests.book import Book


def through(book: Book, command: str, day: date) -> str:
    """Give a document date to one of the commands that take one; what it says on stderr."""
    if command == "assign":
        records = book.file(f"id,day\n1,{day}\n", "records.csv")
        return book("assign", "invoice", "--input", records, "--date-column", "day").err
    if command == "adopt":
        return book("adopt", "invoice", "INV-00001", "--date", day).err
    if command == "adopt from a file":
        listed = book.file(f"n,day\nINV-00001,{day}\n", "numbers.csv")
        return book("adopt", "invoice", "--input", listed, "--column", "n", "--date-column", "day").err
    return book(command, "invoice", "--date", day).err


@pytest.mark.parametrize("command", ["next", "reserve", "peek", "assign", "adopt", "adopt from a file"])
@pytest.mark.parametrize(("days", "far"), [(366, False), (367, True)])
def test_more_than_366_days_ahead_is_far(
    invoices: Book, today: date, command: str, days: int, far: bool
) -> None:
    said = through(invoices, command, today + timedelta(days=days))
    assert ("366 days ahead" in said) == far, said
    assert bool(said) == far
