"""Keys of numbers that come back: two requests never have one key."""

from tests.book import Book


def test_two_requests_of_one_key_do_not_both_come_back(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "A-{YYYY}-{number:4}", "--reset", "year")
    for year in ("2025", "2026"):
        book.ok("next", "invoice", "--key", "K1", "--date", f"{year}-05-05")
        book.ok("release", f"A-{year}-0001", "--reason", "x")
    both = ("reinstate", "A-2025-0001", "A-2026-0001", "--reason", "back")
    error = book.fails(5, "key_reused", *both)
    assert error["message"] == (
        "A-2026-0001 and A-2025-0001 cannot both be reinstated: two requests used the key 'K1'"
    )
    assert book.numbers() == []
    book.ok("reinstate", "A-2025-0001", "--reason", "back")
    book.fails(5, "key_reused", "reinstate", "A-2026-0001", "--reason", "back")
    assert [
        finding["code"] for finding in book.ok("check", "--json").json if finding["severity"] == "error"
    ] == []


def test_of_one_counter_too(book: Book) -> None:
    book.ok("sequence", "add", "order", "--mode", "standard")
    book.ok("next", "order", "--key", "K2", "-n", "2")
    book.ok("release", "1", "2", "--reason", "x")
    book.ok("reinstate", "1", "2", "--reason", "one request had both")
    book.ok("release", "1", "2", "--reason", "x")
    book.ok("next", "order", "--key", "K2")
    book.ok("release", "3", "--reason", "x")
    book.fails(5, "key_reused", "reinstate", "2", "3", "--reason", "back")
    assert book.ok("check", "--json").json == []
