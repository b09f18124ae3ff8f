"""Lists of numbers from their end, or from a cursor on: `--last`, `--after`, `--limit`, with every filter."""

import random

import pytest

from tests.book import Book, Sql


@pytest.fixture
def mixed(book: Book) -> Book:
    """Numbers of a busy sequence, of one with two entities, and three of a rare one, in a mixed order."""
    book.ok("sequence", "add", "busy", "--pattern", "B{number}")
    book.ok("sequence", "add", "rare", "--pattern", "R{number}")
    book.ok("sequence", "add", "till", "--pattern", "{shop}{number}", "--scope", "shop")
    book.next("rare", "--actor", "ines")
    for _ in range(4):
        book.next("busy", "-n", "20")
        for shop in "XY":
            book.next("till", "--attr", f"shop={shop}", "-n", "2")
    book.next("rare", "-n", "2")
    book.ok("void", "R2", "--reason", "spoilt")
    return book


CHOICES = (
    (),
    ("busy",),
    ("rare",),
    ("--type", "till"),
    ("till", "--scope", "shop=Y"),
    ("--state", "void"),
    ("--sequence", "rare", "--by", "ines"),
    ("--by", "ines"),
    ("--from", "2000-01-01", "rare"),
)


@pytest.mark.parametrize("chosen", CHOICES, ids=" ".join)
def test_every_list_can_be_read_from_its_end_and_from_a_cursor_on(
    mixed: Book, chosen: tuple[str, ...]
) -> None:
    whole = mixed.numbers(*chosen)
    assert whole and [item["cursor"] for item in whole] == sorted(item["cursor"] for item in whole)
    chance = random.Random(str(chosen))
    for most in (0, 1, 2, 5, 200):
        assert mixed.numbers(*chosen, "--last", most) == (whole[-most:] if most else [])
        assert mixed.numbers(*chosen, "--limit", most) == whole[:most]
        cursor = chance.choice(whole)["cursor"]
        behind = [item for item in whole if item["cursor"] > cursor]
        assert mixed.numbers(*chosen, "--after", cursor) == behind
        assert mixed.numbers(*chosen, "--after", cursor, "--limit", most) == behind[:most]
        assert mixed.numbers(*chosen, "--after", cursor, "--last", most) == (behind[-most:] if most else [])
    assert mixed.numbers(*chosen, "--last", "5", "--limit", "2") == whole[-5:][:2]


def test_a_loop_over_cursors_reads_everything_once(mixed: Book) -> None:
    seen, cursor = [], 0
    while page := mixed.numbers("--after", cursor, "--limit", "7"):
        seen += page
        cursor = page[-1]["cursor"]
    assert seen == mixed.numbers()


def test_a_policy_narrows_the_list(book: Book) -> None:
    book.load(
        '[sequences.large]\ndocument_type = "invoice"\npattern = "L{number}"\n'
        '[sequences.small]\ndocument_type = "invoice"\npattern = "S{number}"\n'
        '[policies.big]\ndocument_type = "invoice"\nsequence = "large"\n'
        'conditions = [{ field = "total", operator = "greater", value = 10 }]\n'
        '[policies.other]\ndocument_type = "invoice"\nsequence = "small"\npriority = -1\n'
    )
    book.next("invoice", "--attr", "total=11")
    book.next("invoice", "--attr", "total=9")
    assert book.texts("--policy", "big") == ["L1"]
    assert book.texts("invoice", "--policy", "other") == ["S1"]
    assert book.numbers("large", "--policy", "other") == []
    assert "did you mean" in book.fails(4, "not_found", "numbers", "--policy", "bigg")["hint"]


def test_a_target_and_an_option_that_contradict_each_other_are_refused(mixed: Book) -> None:
    mixed.fails(2, "usage", "numbers", "busy", "--sequence", "rare")
    mixed.ok("sequence", "add", "other", "--document-type", "memo")
    mixed.fails(2, "usage", "numbers", "memo", "--type", "rare")


@pytest.mark.parametrize("option", ["--limit", "--last", "--after"])
def test_what_is_no_number_of_rows_is_a_slip(mixed: Book, option: str) -> None:
    for given in ("x", "1.5", "--1"):
        mixed.fails(2, "usage", "numbers", f"{option}={given}")


def test_freed_numbers_come_back_with_a_cursor_of_their_own(mixed: Book, sql: Sql) -> None:
    mixed.ok("release", "R3", "--reason", "never sent")
    before = mixed.numbers("--last", "1")[0]["cursor"]
    assert mixed.next("rare") == ["R3"]
    (newest,) = mixed.numbers("--after", before)
    assert (newest["number"], newest["reused"]) == ("R3", True)
    assert sql("SELECT max(serial) FROM number") == [(newest["cursor"],)]
