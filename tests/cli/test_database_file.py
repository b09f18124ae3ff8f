"""Where the database is made, and what is said of a file that is none."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.book import Book, Run

NEEDS_A_DATABASE = [
    ("info",),
    ("upgrade",),
    ("sequence", "list"),
    ("sequence", "show", "x"),
    ("sequence", "edit", "x", "--end", "9"),
    ("sequence", "remove", "x", "--yes"),
    ("sequence", "activate", "x"),
    ("sequence", "deactivate", "x"),
    ("sequence", "set-next", "x", "5", "--reason", "move"),
    ("set", "list"),
    ("set", "show", "x"),
    ("set", "edit", "x", "invoice=x"),
    ("set", "remove", "x", "--yes"),
    ("set", "assign", "x", "account:ACME"),
    ("set", "unassign", "account:ACME"),
    ("calendar", "list"),
    ("calendar", "show", "x"),
    ("calendar", "edit", "x", "--start", "04-01"),
    ("calendar", "remove", "x", "--yes"),
    ("range", "list"),
    ("range", "show", "x"),
    ("range", "edit", "x", "--last", "5"),
    ("range", "remove", "x", "--yes"),
    ("next", "x"),
    ("peek", "x"),
    ("show", "X-1"),
    ("numbers",),
    ("export",),
]


@pytest.mark.parametrize("words", NEEDS_A_DATABASE, ids=" ".join)
def test_where_there_is_no_database_it_is_not_found_and_none_is_made(
    nowhere: Book, words: tuple[str, ...]
) -> None:
    error = nowhere.fails(4, "not_found", *words)
    assert str(nowhere.path) in error["message"]
    assert "seqctl init" in error["hint"]
    assert list(nowhere.path.parent.iterdir()) == []


def test_set_add_does_not_stumble_over_a_missing_database_but_over_the_missing_sequence(
    nowhere: Book,
) -> None:
    error = nowhere.fails(6, "invalid_definition", "set", "add", "europe", "invoice=nowhere")
    assert "nowhere" in error["message"]


def test_init_twice_keeps_the_book(invoices: Book) -> None:
    invoices.next("invoice")
    invoices.ok("init")
    assert invoices.next("invoice") == ["INV-00002"]


def test_init_says_which_zone_the_book_has_and_that_it_stays(nowhere: Book) -> None:
    assert nowhere.ok("init", "--timezone", "Europe/Berlin", "--json").json == {
        "database": str(nowhere.path),
        "timezone": "Europe/Berlin",
    }
    warned = nowhere.warned("init", "--timezone", "Asia/Tokyo")
    assert "Europe/Berlin" in warned.err
    assert nowhere.ok("info", "--json").json["timezone"] == "Europe/Berlin"


def test_init_refuses_an_unknown_zone_with_a_near_one_and_makes_nothing(nowhere: Book) -> None:
    error = nowhere.fails(2, "usage", "init", "--timezone", "Europe/Berln")
    assert "Europe/Berlin" in error["hint"]
    assert not nowhere.path.exists()


def test_the_machines_zone_is_taken_by_default(nowhere: Book) -> None:
    assert nowhere.ok("init", "--json", env={"TZ": "Asia/Tokyo"}).json["timezone"] == "Asia/Tokyo"


def test_info_counts_what_the_book_holds(invoices: Book) -> None:
    invoices.next("invoice", "-n", "3")
    shown = invoices.ok("info", "--json").json
    assert (shown["sequences"], shown["sets"], shown["calendars"], shown["numbers"]) == (1, 0, 0, 3)
    assert shown["chosen_by"] == "SEQCTL_DB"


@pytest.mark.parametrize(
    "content", [b"no database at all, only text" * 40, b"\x00" * 4096, b"{}", b"SQLite format 3\x00"]
)
@pytest.mark.parametrize(
    "words", [("next", "x"), ("init",), ("sequence", "add", "x"), ("numbers",), ("info",)]
)
def test_a_file_that_is_no_database_is_refused_and_kept(
    nowhere: Book, content: bytes, words: tuple[str, ...]
) -> None:
    nowhere.path.write_bytes(content)
    error = nowhere.fails(7, "not_a_database", *words)
    assert str(nowhere.path) in error["message"]
    assert nowhere.path.read_bytes() == content


@pytest.mark.parametrize("words", [("next", "x"), ("init",), ("import", "-"), ("info",)])
def test_the_database_of_another_program_is_refused_and_kept(nowhere: Book, words: tuple[str, ...]) -> None:
    with sqlite3.connect(nowhere.path) as other:
        other.execute("CREATE TABLE customer (id INTEGER)")
    other.close()
    before = nowhere.path.read_bytes()
    nowhere.fails(7, "not_a_database", *words, input="")
    assert nowhere.path.read_bytes() == before


@pytest.mark.parametrize("words", [("next", "x"), ("init",), ("upgrade",), ("export",)])
def test_a_newer_schema_is_refused(book: Book, words: tuple[str, ...]) -> None:
    with sqlite3.connect(book.path) as direct:
        direct.execute("PRAGMA user_version = 999")
    direct.close()
    assert "upgrade" in book.fails(7, "schema_newer", *words)["hint"]


@pytest.mark.parametrize("words", [("next", "x"), ("init",), ("numbers",)])
def test_a_directory_is_no_database(nowhere: Book, words: tuple[str, ...]) -> None:
    nowhere.path.mkdir()
    error = nowhere.fails(7, "not_a_database", *words)
    assert str(nowhere.path) in error["message"]


def test_an_empty_file_is_no_book_yet_and_init_makes_it_one(nowhere: Book) -> None:
    nowhere.path.touch(mode=0o600)
    nowhere.fails(4, "not_found", "next", "x")
    nowhere.ok("init")
    nowhere.ok("sequence", "add", "x")
    assert nowhere.next("x") == ["1"]


def test_a_truncated_database_is_said_to_be_damaged(invoices: Book) -> None:
    invoices.next("invoice", "-n", "2000")
    with open(invoices.path, "r+b") as file:
        file.truncate(os.path.getsize(invoices.path) // 3)
    assert "backup" in invoices.fails(7, "damaged", "numbers")["hint"]
    invoices.fails(7, "damaged", "next", "invoice")


def test_a_place_where_no_file_can_be_made_is_named(place: Path, run: Run) -> None:
    (place / "file").write_text("")
    result = run("--db", place / "file" / "book.db", "init")
    assert result.status == 7
    assert str(place / "file") in result.err


def test_a_copied_book_goes_on_where_it_stood(invoices: Book, place: Path, run: Run) -> None:
    invoices.next("invoice")
    shutil.copy(invoices.path, place / "copy.db")
    assert run("--db", place / "copy.db", "next", "invoice").out == "INV-00002\n"


@pytest.mark.parametrize("name", ["a b.db", "ü.db", "100%.db", "a?b#c.db", "it's.db", "[red].db"])
def test_any_file_name_will_do(place: Path, run: Run, name: str) -> None:
    path = place / name
    assert run("--db", path, "sequence", "add", "x").status == 0
    assert run("--db", path, "next", "x").out == "1\n"
    assert path.is_file()


def test_upgrade_of_a_present_book_has_nothing_to_do(book: Book) -> None:
    assert book.ok("upgrade", "--json").json == []
    assert book.ok("upgrade", "--dry-run", "--json").json == []


def test_an_old_schema_asks_for_upgrade(book: Book) -> None:
    with sqlite3.connect(book.path) as direct:
        direct.execute("PRAGMA user_version = 0")
    direct.close()
    assert "seqctl upgrade" in book.fails(7, "schema_outdated", "next", "x")["hint"]
