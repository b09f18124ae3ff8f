"""Which column `assign` takes the dates from where no option says it."""

import pytest

from tests.book import Book

PATTERN = ("--pattern", "A-{YYYY}-{number:3}", "--reset", "year")


@pytest.fixture
def yearly(book: Book) -> Book:
    """A book with a sequence that begins anew each year."""
    book.ok("sequence", "add", "invoice", *PATTERN)
    return book


def test_two_columns_of_dates_are_told_and_none_is_taken(yearly: Book) -> None:
    table = yearly.file("date,id,Date\n2025-01-01,1,2024-01-01\n", "two.csv")
    objects = yearly.file(
        '[{"id": "1", "Date": "2025-01-01"}, {"id": "2", "date": "2025-01-02"}]', "two.json"
    )
    for path in (table, objects):
        error = yearly.fails(6, "invalid_input", "assign", "invoice", "--input", path, "--id-column", "id")
        assert error["message"] == f"the columns {told(path)} could both hold the dates"
        assert error["hint"] == f"name one of them: --date-column {told(path).split()[0][1:-1]}"
    assert yearly.numbers() == []


def told(path: str) -> str:
    return "'date' and 'Date'" if path.endswith("csv") else "'Date' and 'date'"


def test_a_date_that_only_later_objects_have_is_not_passed_over(yearly: Book) -> None:
    lines = [f'{{"id": "{at}"}}\n' for at in range(110)] + ['{"id": "x", "date": "2024-01-01"}\n']
    path = yearly.file("".join(lines), "late.jsonl")
    yearly.fails(6, "invalid_input", "assign", "invoice", "--input", path, "--id-column", "id")
    assert yearly.numbers() == []


def test_a_format_is_proposed_only_where_all_dates_have_it(yearly: Book) -> None:
    path = yearly.file("id,date\n1,13.02.2026\n2,02/03/2026\n", "mixed.csv")
    error = yearly.fails(6, "invalid_input", "assign", "invoice", "--input", path, "--id-column", "id")
    assert "--date-format DD.MM.YYYY" not in str(error)
    path = yearly.file("id,date\n1,13.02.2026\n2,02.03.2026\n", "alike.csv")
    error = yearly.fails(6, "invalid_input", "assign", "invoice", "--input", path, "--id-column", "id")
    assert "--date-format DD.MM.YYYY" in str(error)
