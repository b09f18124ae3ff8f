"""One book has one queue, one mark and one log, whatever name it is opened by; what is no book is no trap."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.book import Book, Program, Run

MARK = "-mark"


@pytest.fixture
def linked(invoices: Book, place: Path) -> Path:
    """A link to the book, in another folder."""
    (place / "links").mkdir()
    link = place / "links" / "link.db"
    link.symlink_to(invoices.path)
    return link


def beside(path: Path) -> list[str]:
    return sorted(os.listdir(path.parent))


def test_through_a_link_the_mark_lies_beside_the_book(invoices: Book, linked: Path, run: Run) -> None:
    assert run("--db", linked, "next", "invoice").out == "INV-00001\n"
    assert invoices.next("invoice") == ["INV-00002"]
    assert beside(linked) == ["link.db"]
    assert beside(invoices.path) == ["book.db", "book.db-mark"]
    assert run("--db", linked, "check").out == ""


def test_a_restored_book_is_noticed_through_a_link_too(
    invoices: Book, linked: Path, place: Path, run: Run
) -> None:
    invoices.ok("backup", "old.db")
    invoices.next("invoice")
    os.replace(place / "old.db", invoices.path)
    result = run("--db", linked, "--json", "next", "invoice")
    assert (result.status, result.error["code"]) == (5, "older_book")


def test_rights_of_the_book_are_checked_behind_a_link(invoices: Book, linked: Path, run: Run) -> None:
    invoices.path.with_name("book.db-mark").touch(mode=0o644)
    finding = run("--db", linked, "--json", "check").json[0]
    assert finding["code"] == "open_rights"
    assert str(invoices.path) + MARK in finding["message"]


def test_dots_after_a_link_mean_what_they_mean_to_every_program(
    invoices: Book, place: Path, run: Run
) -> None:
    """`link/..` is the folder above the one that the link leads to, and not the one that the link is in."""
    (place / "books" / "inner").mkdir()
    (place / "link").symlink_to(place / "books" / "inner")
    assert run("--db", "link/../book.db", "next", "invoice").out == "INV-00001\n"
    assert run("--db", "link/../other.db", "init").status == 0
    assert (place / "books" / "other.db").exists()
    assert not (place / "other.db").exists()


def test_a_book_of_two_names_is_refused_by_either(invoices: Book, place: Path, run: Run) -> None:
    invoices.next("invoice")
    os.link(invoices.path, place / "second.db")
    for words in (("next", "invoice"), ("check",), ("init",), ("upgrade",), ("numbers",), ("export",)):
        error = invoices.fails(7, "hard_link", *words)
        assert "-samefile" in error["hint"]
        assert run("--db", "second.db", *words).status == 7
    os.unlink("second.db")
    assert invoices.next("invoice") == ["INV-00002"]


@pytest.mark.parametrize("words", [("next", "x"), ("init",), ("import", "-"), ("check",)], ids=" ".join)
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "directory"])
def test_what_is_no_file_is_no_database_and_nobody_waits(
    nowhere: Book, make: Callable[[Path], None], words: tuple[str, ...]
) -> None:
    make(nowhere.path)
    nowhere.fails(7, "not_a_database", *words, input="format = 1\n")


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero", "/dev/full"])
def test_a_device_is_no_database(run: Run, device: str) -> None:
    for words in (("next", "x"), ("init",)):
        result = run("--db", device, *words)
        assert (result.status, "is a pipe or a device" in result.err) == (7, True), result


@pytest.mark.parametrize("words", [("next", "x"), ("init",), ("sequence", "add", "x")], ids=" ".join)
def test_a_link_that_leads_nowhere_makes_nothing_there(
    nowhere: Book, place: Path, words: tuple[str, ...]
) -> None:
    nowhere.path.symlink_to(place / "elsewhere.db")
    error = nowhere.fails(4, "not_found", *words)
    assert "elsewhere.db" in error["message"]
    assert not (place / "elsewhere.db").exists()


def test_links_in_a_circle_are_told(nowhere: Book) -> None:
    nowhere.path.symlink_to(nowhere.path)
    nowhere.fails(4, "not_found", "next", "x")
    assert nowhere("init").status == 7


def test_an_empty_file_is_private_before_it_becomes_a_book(nowhere: Book, place: Path) -> None:
    (place / "real.db").touch(mode=0o644)
    nowhere.path.symlink_to(place / "real.db")
    nowhere.ok("init", "-o", "tsv")
    assert stat.S_IMODE((place / "real.db").stat().st_mode) == 0o600


def test_rights_of_a_book_are_its_owners_choice(invoices: Book) -> None:
    """They are warned of by `check`, and not changed behind anybody's back."""
    invoices.path.chmod(0o640)
    invoices.ok("init", "-o", "tsv")
    invoices.next("invoice")
    assert stat.S_IMODE(invoices.path.stat().st_mode) == 0o640


@pytest.mark.parametrize("path", ["book.db", "../books/book.db"])
@pytest.mark.parametrize("words", [("next", "x"), ("init",), ("check",)], ids=" ".join)
def test_a_directory_that_is_gone_is_told(
    book: Book, place: Path, program: Program, path: str, words: tuple[str, ...]
) -> None:
    (place / "gone").mkdir()

    def vanish() -> None:
        os.rmdir(place / "gone")

    result = program("--db", path, *words, cwd=place / "gone", preexec_fn=vanish, input=b"")
    assert result.status == 7, result
    assert "directory" in result.err
