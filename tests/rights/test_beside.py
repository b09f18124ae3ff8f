"""What somebody put under a name beside a book is not written, and nobody waits for it; `check` tells."""

import os
import stat
import sys
from pathlib import Path

import pytest

from seqctl import open_store
from seqctl.actions import add_sequence, issue
from seqctl.model.number.request import Request
from seqctl.model.reports.high_water import UNUSABLE
from seqctl.store.marks.written import read
from seqctl.store.sqlite.queue.turn import Turn
from tests.book import Book, Program

NOBODY = 65534


def make_link(path: Path) -> None:
    path.symlink_to(path.parent.parent / "victim")


def make_second_name(path: Path) -> None:
    os.link(path.parent.parent / "victim", path)


MAKE = {"link": make_link, "second name": make_second_name, "pipe": os.mkfifo}


@pytest.fixture
def victim(place: Path) -> Path:
    """A file of this user that is none of the program's business."""
    path = place / "victim"
    path.write_text("kept")
    path.chmod(0o640)
    return path


def untouched(path: Path) -> None:
    assert path.read_text() == "kept"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("kind", MAKE)
def test_a_mark_that_is_something_else_is_not_written_and_told(
    invoices: Book, victim: Path, kind: str
) -> None:
    mark = Path(f"{invoices.path}-mark")
    MAKE[kind](mark)
    assert invoices.next("invoice", "-n", "3") == ["INV-00001", "INV-00002", "INV-00003"]
    untouched(victim)
    finding = invoices("check", "--json").json[-1]
    assert (finding["code"], finding["severity"]) == ("strange_file", "warning")
    assert finding["hint"] == f"rm {mark}"


def test_an_empty_second_name_is_not_written_either(invoices: Book, victim: Path) -> None:
    victim.write_text("")
    os.link(victim, f"{invoices.path}-mark")
    invoices.next("invoice")
    assert victim.read_text() == ""
    assert stat.S_IMODE(victim.stat().st_mode) == 0o640


@pytest.mark.parametrize("kind", MAKE)
def test_a_mark_that_is_something_else_is_not_read_without_end(
    invoices: Book, victim: Path, kind: str
) -> None:
    """Reading it as a whole happens where it is not in step with the book, and where it grew long."""
    mark = Path(f"{invoices.path}-mark")
    MAKE[kind](mark)
    before = os.lstat(mark)
    with pytest.raises(OSError, match=r"Too many levels|was not written by seqctl"):
        read(str(mark))
    with open_store(str(invoices.path)) as store, store.write() as transaction:
        assert transaction.mark.kind == UNUSABLE
    assert os.lstat(mark).st_ino == before.st_ino
    untouched(victim)


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_log_that_is_something_else_is_refused_in_words(
    invoices: Book, victim: Path, program: Program, kind: str, ending: str
) -> None:
    MAKE[kind](Path(f"{invoices.path}{ending}"))
    result = program("next", "invoice")
    assert (result.status, result.out) == (7, ""), result
    assert result.err.startswith("seqctl: error: ")
    untouched(victim)


def test_lock_files_and_marks_are_private_and_usable_under_any_umask(tmp_path: Path) -> None:
    path = str(tmp_path / "b.db")
    for mask in (0o000, 0o022, 0o777):
        before = os.umask(mask)
        try:
            with open_store(path, create=True) as store:
                add_sequence(store, f"invoice-{mask}", {})
                issue(store, Request(f"invoice-{mask}"))
            turn = Turn(path)
        finally:
            os.umask(before)
        rights = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in os.listdir(tmp_path)}
        turn.leave()
        assert rights == dict.fromkeys(("b.db", "b.db-mark", "b.db-queue", "b.db-turn"), 0o600)
        for name in ("b.db-mark", "b.db-queue", "b.db-turn"):
            os.unlink(tmp_path / name)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root acts for other users")
def test_what_root_makes_beside_a_book_belongs_to_the_owner_of_the_book(
    invoices: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or one command of root would shut the owner out: SQLite does the same with its log."""
    from seqctl.store.sqlite import high_water

    os.chown(invoices.path, NOBODY, NOBODY)
    os.chown(invoices.path.parent, NOBODY, NOBODY)
    monkeypatch.setattr(high_water, "COMPACTED", 300)
    for count in range(6):
        invoices.next("invoice")
        mark = os.stat(f"{invoices.path}-mark")
        assert (mark.st_uid, stat.S_IMODE(mark.st_mode)) == (NOBODY, 0o600), count
    turn = Turn(str(invoices.path))
    assert [os.stat(f"{invoices.path}{ending}").st_uid for ending in ("-queue", "-turn")] == [NOBODY] * 2
    turn.leave()
    assert invoices("check").status == 0


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root makes other users' files")
def test_a_folder_or_a_mark_of_another_user_is_told(invoices: Book) -> None:
    os.chown(invoices.path.parent, NOBODY, NOBODY)
    (finding,) = invoices("check", "--json").json
    assert finding["code"] == "open_rights" and str(invoices.path.parent) in finding["message"]
    os.chown(invoices.path.parent, 0, 0)
    invoices.next("invoice")
    os.chown(f"{invoices.path}-mark", NOBODY, NOBODY)
    (finding,) = invoices("check", "--json").json
    assert finding["code"] == "strange_file"
