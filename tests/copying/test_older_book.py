"""A restored book is older than what was printed from it: the high-water mark beside it notices."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.book import Book, Run

MARK = "-mark"


@pytest.fixture
def restored(invoices: Book) -> Book:
    """A book that printed INV-00001 to INV-00007 and then was restored to the state after 3."""
    invoices.next("invoice", "-n", "3")
    shutil.copy(invoices.path, "old.db")
    invoices.next("invoice", "-n", "4")
    shutil.copy("old.db", invoices.path)
    return invoices


def test_nothing_is_issued_from_a_restored_book(restored: Book) -> None:
    for command in ("next", "reserve", "peek"):
        error = restored.fails(5, "older_book", command, "invoice")
        assert "stood at 00007 and stands at 00003" in error["message"].replace(
            ", and here at", " and stands at"
        )
    file = restored.file("id\na\n", "records.csv")
    restored.fails(5, "older_book", "assign", "invoice", "--input", file)
    assert len(restored.texts()) == 3


def test_a_restored_book_can_be_read_and_mended(restored: Book) -> None:
    restored.ok("numbers")
    restored.ok("void", "INV-00002", "--reason", "wrong")
    restored.ok("sequence", "edit", "invoice", "--title", "Invoices")
    restored.fails(5, "older_book", "next", "invoice")


def test_the_hint_is_the_way_on(restored: Book) -> None:
    hint = restored.fails(5, "older_book", "next", "invoice")["hint"]
    command = hint.partition("skip them: seqctl ")[2].split()
    assert command == ["sequence", "set-next", "invoice", "00008", "--at-least", "--reason", "restored"]
    restored.ok(*command)
    assert restored.next("invoice") == ["INV-00008"]
    assert restored.next("invoice") == ["INV-00009"]


def test_adopting_what_was_printed_is_a_way_on(restored: Book) -> None:
    restored.ok("adopt", "invoice", "INV-00004", "INV-00005", "INV-00006")
    restored.fails(5, "older_book", "next", "invoice")
    restored.ok("adopt", "invoice", "INV-00007")
    restored.fails(5, "not_manual", "adopt", "invoice", "INV-00008")
    assert restored.next("invoice") == ["INV-00008"]


def test_only_what_was_lost_comes_back(book: Book) -> None:
    for name in ("lost", "kept"):
        book.ok("sequence", "add", name, "--pattern", f"{name}-{{number}}")
        book.next(name)
    shutil.copy(book.path, "old.db")
    book.next("lost")
    shutil.copy("old.db", book.path)
    book.fails(5, "not_manual", "adopt", "kept", "kept-2")
    book.ok("adopt", "lost", "lost-2")
    assert book.next("kept") == ["kept-2"]


def test_every_counter_has_to_catch_up(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "A{number}")
    book.ok("sequence", "add", "m", "--pattern", "M-{YYYY}-{MM}-{number}", "--reset", "month")
    book.next("a")
    shutil.copy(book.path, "old.db")
    book.next("a")
    book.next("m", "--date", "2026-01-05", "-n", "2")
    shutil.copy("old.db", book.path)
    assert "1 more" in book.fails(5, "older_book", "next", "a")["message"]
    book.ok("sequence", "set-next", "a", "3", "--at-least", "--reason", "x")
    hint = book.fails(5, "older_book", "next", "a")["hint"]
    assert "set-next m 3 --period 2026-01 --at-least" in hint
    book.ok("sequence", "set-next", "m", "3", "--period", "2026-01", "--at-least", "--reason", "x")
    assert book.next("m", "--date", "2026-01-06") == ["M-2026-01-3"]
    assert book.next("a") == ["A3"]


def test_a_book_that_went_on_elsewhere_is_not_older_but_told(invoices: Book) -> None:
    invoices.next("invoice", "-n", "3")
    shutil.copy(f"{invoices.path}{MARK}", "old-mark")
    invoices.next("invoice", "-n", "3")
    shutil.copy("old-mark", f"{invoices.path}{MARK}")
    (finding,) = invoices("--json", "check").json
    assert (finding["code"], finding["severity"]) == ("mark_behind", "warning")
    told = invoices.warned("next", "invoice")
    assert told.out == "INV-00007\n"
    assert "ends at event 3, and the book went on" in told.err
    assert "it may be older than the numbers that were issued from it" in told.err
    assert invoices.next("invoice") == ["INV-00008"]
    assert invoices.ok("check").out == ""


def test_the_mark_of_another_book_says_nothing_of_this_one(invoices: Book) -> None:
    invoices.next("invoice", "-n", "5")
    os.rename(invoices.path, "away.db")
    invoices.ok("init")
    invoices.ok("sequence", "add", "invoice", "--pattern", "INV-{number:5}")
    assert invoices.next("invoice") == ["INV-00001"]
    shutil.copy("away.db", invoices.path)
    (finding,) = invoices("--json", "check").json
    assert finding["code"] == "no_mark"
    told = invoices.warned("next", "invoice")
    assert told.out == "INV-00006\n"
    assert "is that of another book" in told.err
    assert invoices.next("invoice") == ["INV-00007"]


@pytest.mark.parametrize(
    "rubbish", [b"", b"\n\n", b"book\tzz\n1\t2\t3\n", b"\x00\xff" * 3000, b"7\tab\ta\tall\t\t9"]
)
def test_a_mark_that_is_rubbish_is_told_and_begun_anew(invoices: Book, rubbish: bytes) -> None:
    invoices.next("invoice")
    Path(f"{invoices.path}{MARK}").write_bytes(rubbish)
    (finding,) = invoices("--json", "check", "--quick").json
    assert finding["code"] == "strange_file"
    told = invoices.warned("next", "invoice", "-n", "2")
    assert told.out == "INV-00002\nINV-00003\n"
    assert "is not whole" in told.err
    assert invoices.next("invoice") == ["INV-00004"]
    assert invoices.ok("check").out == ""


def test_a_mark_that_is_gone_is_told_by_check_and_by_the_next_number(invoices: Book) -> None:
    invoices.next("invoice", "-n", "2")
    os.unlink(f"{invoices.path}{MARK}")
    (finding,) = invoices("--json", "check").json
    assert (finding["code"], finding["severity"]) == ("no_mark", "warning")
    assert invoices("peek", "invoice").err == invoices("peek", "invoice").err != ""
    assert "its mark is gone" in invoices.warned("reserve", "invoice").err
    assert invoices.ok("check").out == ""


def test_a_book_whose_mark_is_gone_does_not_move_without_a_word(invoices: Book) -> None:
    invoices.next("invoice", "-n", "2")
    os.unlink(f"{invoices.path}{MARK}")
    there = invoices.folder / "moved.db"
    assert "its mark is gone" in invoices.warned("copy", "--to", there).err
    assert invoices.run("--db", there, "next", "invoice").lines == ["INV-00003"]


def test_a_book_that_gave_nothing_out_needs_no_mark(invoices: Book) -> None:
    assert not os.path.exists(f"{invoices.path}{MARK}")
    assert invoices.ok("check").out == ""
    assert invoices.next("invoice") == ["INV-00001"]


def test_a_book_at_its_beginning_is_one_file(nowhere: Book) -> None:
    nowhere.ok("init")
    assert os.listdir(nowhere.path.parent) == [nowhere.path.name]


def test_a_backup_is_a_copy_until_it_is_used(invoices: Book, run: Run) -> None:
    invoices.next("invoice", "-n", "2")
    # Whatever the copy of a server's book is asked to write, it refuses.
    assert invoices.path.exists()
    invoices.ok("backup", "copy.db")
    assert run("--db", "copy.db", "check").status == 0
    told = run("--db", "copy.db", "next", "invoice")
    assert told.out == "INV-00003\n"
    assert "is a copy that seqctl backup made" in told.err
    os.unlink("copy.db-mark")
    assert run("--db", "copy.db", "check").status == 3


def test_a_mark_is_never_written_through_a_link(invoices: Book, place: Path) -> None:
    (place / "victim").write_text("kept")
    os.symlink(place / "victim", f"{invoices.path}{MARK}")
    invoices.next("invoice")
    assert (place / "victim").read_text() == "kept"


def test_a_counter_that_went_back_is_not_behind(invoices: Book) -> None:
    invoices.next("invoice", "-n", "3")
    invoices.ok("release", "INV-00003", "--reason", "x")
    invoices.ok("sequence", "set-next", "invoice", "3", "--reason", "x")
    assert invoices.next("invoice") == ["INV-00003"]


def test_a_long_mark_is_made_short(invoices: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    from seqctl.store.sqlite import high_water

    monkeypatch.setattr(high_water, "COMPACTED", 500)
    for _ in range(12):
        invoices.next("invoice")
    text = Path(f"{invoices.path}{MARK}").read_text()
    assert text.startswith("seqctl-mark\t1\t")
    assert len(text.splitlines()) < 10
    shutil.copy(invoices.path, "old.db")
    invoices.next("invoice")
    shutil.copy("old.db", invoices.path)
    invoices.fails(5, "older_book", "next", "invoice")


def test_a_void_that_is_lost_is_told_until_somebody_accepts(invoices: Book) -> None:
    invoices.next("invoice", "-n", "2")
    shutil.copy(invoices.path, "old.db")
    invoices.ok("void", "INV-00001", "--reason", "wrong customer")
    shutil.copy("old.db", invoices.path)
    error = invoices.fails(5, "older_book", "next", "invoice")
    assert "Every counter stands where it stood" in error["message"]
    (finding,) = invoices("--json", "check").json
    assert (finding["code"], finding["severity"]) == ("older_book", "error")
    assert finding["hint"].endswith("seqctl copy --accept --reason restored")
    invoices.ok("void", "INV-00001", "--reason", "wrong customer")
    invoices.fails(5, "older_book", "next", "invoice")
    assert invoices.ok("copy", "--accept", "--reason", "voided again", "-o", "json").json == {
        "database": str(invoices.path),
        "accepted_by_event": 5,
    }
    assert invoices.next("invoice") == ["INV-00003"]
    assert invoices.ok("check").out == ""
    (event,) = invoices.ok("audit", "list", "--action", "accept", "--json").json
    assert json.loads(event["detail"]) == {"reason": "voided again", "mark": 4}


def test_accepting_does_not_override_later_numbers(restored: Book) -> None:
    error = restored.fails(5, "older_book", "copy", "--accept", "--reason", "x")
    assert "stood at 00007 and stands at 00003" in error["message"]
    restored.fails(5, "older_book", "next", "invoice")


def test_there_is_nothing_to_accept_in_a_book_that_is_in_step(invoices: Book) -> None:
    invoices.next("invoice")
    done = invoices.ok("copy", "--accept", "--reason", "x", "-o", "json").json
    assert done["accepted_by_event"] is None
    assert len(invoices.ok("audit", "list", "--json").json) == 3
    invoices.fails(2, "usage", "copy", "--reason", "x")


def test_a_counter_that_the_older_book_had_not_used_goes_past_the_lost_numbers(invoices: Book) -> None:
    kept = Path(invoices.path).read_bytes()
    invoices.next("invoice", "-n", "3")
    Path(invoices.path).write_bytes(kept)
    assert "set-next invoice 00004 " in invoices.fails(5, "older_book", "next", "invoice")["hint"]
    invoices.ok("sequence", "set-next", "invoice", "00004", "--at-least", "--reason", "restored")
    (gap,) = invoices.ok("gaps", "invoice", "--json").json
    assert (gap["first_number"], gap["last_number"], gap["state"]) == ("INV-00001", "INV-00003", "blocked")
    assert invoices.next("invoice") == ["INV-00004"]
    invoices.ok("audit", "verify")
    invoices.ok("check")
