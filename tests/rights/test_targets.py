"""Files that a user names: links are followed, strangers' links are not, and rights are kept or narrowed."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from seqctl.folders import destination
from tests.book import Book, Program

NOBODY = 65534
WRITERS = {
    "export": ("export", "--to"),
    "assign": ("assign", "invoice", "--input", "records.csv", "--write"),
    "backup": ("backup",),
}

as_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root makes other users' files"
)
every_writer = pytest.mark.parametrize("words", WRITERS.values(), ids=WRITERS)
every_text_writer = pytest.mark.parametrize(
    "words", [WRITERS["export"], WRITERS["assign"]], ids=["export", "assign"]
)


@pytest.fixture(autouse=True)
def records(place: Path) -> None:
    (place / "records.csv").write_text("id\na\n")


@pytest.fixture
def shared(place: Path) -> Path:
    """A folder in which everybody may put files, as /tmp."""
    folder = place / "shared"
    folder.mkdir()
    folder.chmod(0o1777)
    if os.geteuid() == 0:
        os.chown(folder, 1, 1)
    return folder


def rights(path: str | Path) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


def strangers(path: Path) -> None:
    os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


@every_writer
def test_a_link_of_ones_own_is_followed(
    invoices: Book, place: Path, shared: Path, words: tuple[str, ...]
) -> None:
    (place / "target").write_text("old")
    (shared / "link").symlink_to(place / "target")
    assert invoices(*words, shared / "link").status == 0
    assert (shared / "link").is_symlink()
    assert (place / "target").read_bytes() != b"old"
    assert os.listdir(shared) == ["link"]


@as_root
@every_writer
@pytest.mark.parametrize("where", ["link", "folder/target", "chain"])
def test_a_strangers_link_in_a_shared_folder_is_not_followed(
    invoices: Book, place: Path, shared: Path, words: tuple[str, ...], where: str
) -> None:
    (place / "target").write_text("kept")
    (shared / "link").symlink_to(place / "target")
    (shared / "folder").symlink_to(place)
    (shared / "chain").symlink_to("link")
    strangers(shared / "link")
    strangers(shared / "folder")
    error = invoices.fails(74, "not_delivered", *words, shared / where)
    assert "another user's" in error["message"]
    assert (place / "target").read_text() == "kept"
    assert invoices.numbers() == []


@as_root
@every_text_writer
def test_a_strangers_pipe_in_a_shared_folder_gets_nothing(
    invoices: Book, shared: Path, words: tuple[str, ...]
) -> None:
    os.mkfifo(shared / "pipe")
    strangers(shared / "pipe")
    invoices.fails(74, "not_delivered", *words, shared / "pipe")


@as_root
def test_a_strangers_link_makes_no_book(nowhere: Book, shared: Path, place: Path) -> None:
    (place / "empty.db").touch(mode=0o644)
    (shared / "book.db").symlink_to(place / "empty.db")
    strangers(shared / "book.db")
    result = nowhere("--db", shared / "book.db", "init")
    assert (result.status, "another user's" in result.err) == (7, True), result
    assert (rights(place / "empty.db"), (place / "empty.db").stat().st_size) == (0o644, 0)


@every_text_writer
@pytest.mark.parametrize(
    ("before", "after"), [(None, 0o600), (0o644, 0o644), (0o400, 0o400), (0o6755, 0o755)]
)
@pytest.mark.parametrize("umask", [0o000, 0o777], ids=oct)
def test_what_is_replaced_keeps_its_rights_and_nothing_else(
    invoices: Book, place: Path, words: tuple[str, ...], before: int | None, after: int, umask: int
) -> None:
    if before is not None:
        (place / "out").write_text("old")
        (place / "out").chmod(before)
    mask = os.umask(umask)
    try:
        assert invoices(*words, "out").status == 0
    finally:
        os.umask(mask)
    assert rights("out") == after


def test_a_backup_is_private_whatever_it_replaces(invoices: Book, place: Path) -> None:
    (place / "copy.db").write_text("old")
    (place / "copy.db").chmod(0o644)
    invoices.ok("backup", "copy.db", "-o", "tsv")
    assert rights("copy.db") == 0o600


@as_root
@every_text_writer
def test_what_another_user_put_there_decides_no_rights(
    invoices: Book, place: Path, words: tuple[str, ...]
) -> None:
    (place / "out").write_text("old")
    (place / "out").chmod(0o666)
    strangers(place / "out")
    assert invoices(*words, "out").status == 0
    assert (rights("out"), os.stat("out").st_uid) == (0o600, 0)


@as_root
def test_rights_of_a_group_are_kept_with_the_group(invoices: Book, place: Path) -> None:
    (place / "out").write_text("old")
    os.chown("out", 0, NOBODY)
    (place / "out").chmod(0o640)
    invoices.ok("export", "--to", "out")
    assert (rights("out"), os.stat("out").st_gid) == (0o640, NOBODY)


@every_text_writer
def test_a_second_name_of_what_is_replaced_keeps_the_old_text(
    invoices: Book, place: Path, words: tuple[str, ...]
) -> None:
    (place / "out").write_text("old")
    os.link("out", "second")
    assert invoices(*words, "out").status == 0
    assert ((place / "second").read_text(), os.stat("out").st_nlink) == ("old", 1)


@every_text_writer
def test_a_book_is_not_replaced_by_a_text(invoices: Book, place: Path, words: tuple[str, ...]) -> None:
    (place / "link").symlink_to(invoices.path)
    for name in (invoices.path, "link"):
        invoices.fails(2, "usage", *words, name)
    assert invoices.numbers() == []


@every_writer
@pytest.mark.parametrize("name", ["", ".", "books"])
def test_a_folder_is_no_file(invoices: Book, place: Path, words: tuple[str, ...], name: str) -> None:
    before = sorted(place.rglob("*"))
    assert invoices(*words, name).status in (2, 74)
    assert sorted(place.rglob("*")) == before


@every_text_writer
def test_a_pipe_is_written_as_it_is(invoices: Book, words: tuple[str, ...]) -> None:
    os.mkfifo("pipe")
    read = []
    reader = threading.Thread(target=lambda: read.append(Path("pipe").read_text()))
    reader.start()
    assert invoices(*words, "pipe").status == 0
    reader.join(30)
    assert "invoice" in read[0]
    assert stat.S_ISFIFO(os.stat("pipe").st_mode)


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="this system has no /dev/stdout")
def test_standard_output_by_its_name_may_be_a_pipe(invoices: Book, program: Program) -> None:
    result = program("export", "--to", "/dev/stdout", stdout=subprocess.PIPE)
    assert (result.status, result.err) == (0, "")
    assert result.out == invoices.ok("export").out


def test_a_destination_is_where_the_system_would_write(place: Path) -> None:
    (place / "a" / "b").mkdir(parents=True)
    (place / "up").symlink_to("a/b/..")
    (place / "far").symlink_to(place / "a" / "b")
    (place / "twice").symlink_to("far")
    for name in (
        "x",
        "./a//b/x",
        "up/x",
        "far/../x",
        "twice/../../x",
        "../x",
        "none/x",
        "/x",
        "//x",
        "twice",
        "up/b/",
    ):
        assert destination(name) == os.path.realpath(name), name
    (place / "loop").symlink_to("loop")
    with pytest.raises(OSError, match="Too many levels"):
        destination("loop/x")
