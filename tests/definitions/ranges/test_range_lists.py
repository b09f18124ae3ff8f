"""`range list` and `range show`: which ranges there are, in the order in which they serve."""

import pytest

from tests.book import Book


@pytest.fixture
def several(granted: Book) -> Book:
    """Ranges of two sequences: one that ends late, one that ends first, one that never does."""
    granted.ok("sequence", "add", "boleta", "--pattern", "B{number}", "--reset", "range")
    for name, sequence, first, days in (
        ("late", "factura", 1, ("--from", "2026-01-01", "--until", "2027-12-31")),
        ("soon", "factura", 501, ("--from", "2026-01-01", "--until", "2026-12-31")),
        ("ever", "factura", 901, ()),
        ("b", "boleta", 1, ("--until", "2025-12-31")),
    ):
        last = first + 99
        granted.ok(
            *("range", "add", name, sequence, "--first", first, "--last", last, *days),
            *(("--value", "prefix=F") if sequence == "factura" else ()),
        )
    return granted


def listed(book: Book, *words: object) -> list[str]:
    return [row["range"] for row in book.ok("range", "list", *words).rows]


def test_ranges_stand_in_the_order_in_which_they_serve(several: Book) -> None:
    assert listed(several) == ["b", "soon", "late", "ever"]
    assert listed(several, "factura") == ["soon", "late", "ever"]
    assert listed(several, "--on", "2027-05-05") == ["late", "ever"]
    assert listed(several, "boleta", "--on", "2026-01-01") == []
    assert listed(several, "--limit", "2") == ["b", "soon"]
    assert listed(several, "--last", "2") == ["late", "ever"]
    assert listed(several, "--after", "soon", "--limit", "1") == ["late"]
    columns = several.ok("range", "list", "factura", "--columns", "last,range", "--limit", "1").lines
    assert columns == ["last\trange", "600\tsoon"]


def test_json_has_every_field(several: Book) -> None:
    shown = several.ok("range", "show", "soon", "--json").json
    assert shown["created_by"] is not None and "cursor" not in shown
    told = ("range", "sequence", "first", "last", "valid_from", "valid_until", "values", "warn_at", "note")
    assert [shown[name] for name in told] == [
        *("soon", "factura", 501, 600, "2026-01-01", "2026-12-31", {"prefix": "F"}, None, None)
    ]
    standing = {"first_number": "F901", "last_number": "F1000", "used": 0, "left": 100, "state": "open"}
    ever = several.ok("range", "show", "ever", "--json").json
    assert {name: ever[name] for name in standing} == standing
    (one,) = several.ok("range", "list", "boleta", "--json").json
    assert (one["cursor"], one["last"], one["values"]) == ("b", 100, {})


def test_ranges_are_listed_by_what_they_are_today(several: Book) -> None:
    several.ok("range", "annul", "b", "--reason", "lapsed")
    several.next("factura", "--date", "2026-05-05", "-n", "2")
    assert listed(several, "--state", "annulled") == ["b"]
    assert listed(several, "--state", "planned") == []
    rows = several.ok("range", "list", "factura").rows
    columns = ["range", "first_number", "last_number", "used", "left"]
    assert [rows[0][name] for name in columns] == ["soon", "F501", "F600", "2", "98"]
    assert "ever" in listed(several, "--state", "open")
    assert list(rows[0])[:9] == [
        *("range", "sequence", "first_number", "last_number", "used", "left", "valid_from", "valid_until"),
        "state",
    ]


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (4, "not_found", ("list", "facturas")),
        (4, "not_found", ("list", "--after", "sooner")),
        (4, "not_found", ("show", "sooner")),
        (2, "usage", ("list", "--on", "2026-02-30")),
        (2, "usage", ("list", "--columns", "colour")),
    ],
)
def test_what_is_not_there_is_named(several: Book, status: int, code: str, words: tuple[str, ...]) -> None:
    several.fails(status, code, "range", *words)
