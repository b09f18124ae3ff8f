"""`status` has a row for each open range, before its first number is given out as well as after it."""

from typing import Any

import pytest

from seqctl.process import Clock
from tests.book import Book

SHOPS = """
[sequences.f]
pattern = "F{pos}-{number:2}"
reset = "range"
scope = ["pos"]
[ranges.A]
sequence = "f"
first = 11
last = 20
valid_from = 2026-01-01
valid_until = 2026-12-31
values = { pos = "1" }
warn_at = "30 days"
[ranges.B]
sequence = "f"
first = 21
last = 30
valid_from = 2027-01-01
values = { pos = "1" }
[ranges.C]
sequence = "f"
first = 41
values = { pos = "2" }
[ranges.D]
sequence = "f"
first = 31
last = 33
valid_until = 2026-11-26
values = { pos = "2" }
[sequences.plain]
"""


@pytest.fixture
def shops(book: Book, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A book of the day 2026-11-27: two ranges are open, one is planned and one is over."""
    monkeypatch.setattr(Clock, "now", lambda self: "2026-11-27T12:00:00.000000Z")
    book.load(SHOPS)
    return book


def rows(book: Book, *words: object) -> dict[str, dict[str, Any]]:
    return {row["period"]: row for row in book.ok("status", "--json", *words).json}


def test_open_ranges_have_a_row_before_their_first_number(shops: Book) -> None:
    found = rows(shops)
    assert list(found) == ["A", "C"]
    assert found["A"] == {
        **{"sequence": "f", "scope": {"pos": "1"}, "period": "A", "next": "F1-11", "used": 0, "left": 10},
        **{"gaps": 0, "reusable": 0, "reserved": 0, "last_number": None, "last_date": None, "last_at": None},
        **{"rate": 0.0, "runs_out": None, "days_left": 34, "warn": False, "range": "A"},
    }
    assert (found["C"]["next"], found["C"]["left"], found["C"]["days_left"]) == ("F2-41", None, None)
    assert list(rows(shops, "f", "--scope", "pos=2")) == ["C"]
    assert list(rows(shops, "--period", "A")) == ["A"]
    assert list(rows(shops, "--limit", "1")) == ["A"]
    assert rows(shops, "plain") == {}


def test_what_has_a_counter_keeps_its_row_and_its_place(shops: Book) -> None:
    assert shops.next("f", "--attr", "pos=2", "-n", "2") == ["F2-41", "F2-42"]
    shops.next("f", "--attr", "pos=2", "--date", "2026-11-26", "--range", "D")
    shops.next("plain")
    found = rows(shops)
    assert [(row["sequence"], key, row["used"]) for key, row in found.items()] == [
        *(("f", "A", 0), ("f", "C", 2), ("f", "D", 1), ("plain", "all", 1))
    ]
    assert "range" not in found["all"] and found["C"]["range"] == "C"
    # What is over has days below none, and is looked at until it is annulled.
    assert (found["D"]["days_left"], found["D"]["warn"]) == (-1, True)
    shops.ok("range", "annul", "D", "--reason", "over")
    annulled = rows(shops)["D"]
    assert [annulled[name] for name in ("next", "left", "days_left", "warn")] == [None, 0, None, False]


def test_days_left_are_those_of_the_range_itself(shops: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """The window of the sequence ends before; that still warns."""
    shops.ok("sequence", "edit", "f", "--effective-until", "2026-11-30", "--warn-at", "5 days")
    assert rows(shops)["A"]["days_left"] == 34
    assert (rows(shops)["C"]["days_left"], rows(shops)["C"]["warn"]) == (3, True)
    shops.ok("sequence", "edit", "f", "--effective-until", "", "--warn-at", "")
    monkeypatch.setattr(Clock, "now", lambda self: "2026-12-01T00:00:00.000000Z")
    assert (rows(shops)["A"]["days_left"], rows(shops)["A"]["warn"]) == (30, True)
    monkeypatch.setattr(Clock, "now", lambda self: "2027-01-01T00:00:00.000000Z")
    assert list(rows(shops)) == ["B", "C"]
