"""`backup FILE`: a consistent copy while others write, proved before it is put in its place."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.book import Book, Environment


def test_a_copy_has_what_the_book_has_and_checks_clean(invoices: Book, place: Path) -> None:
    invoices.next("invoice", "-n", "3")
    invoices.ok("void", "INV-00002", "--reason", "wrong")
    made = invoices.ok("--json", "backup", "copy.db").json
    assert (made["numbers"], made["file"]) == (3, "copy.db")
    assert invoices.ok("audit", "head").lines == [made["head"]]
    assert invoices.ok("--db", "copy.db", "check").out == ""
    assert invoices.ok("--db", "copy.db", "numbers", "--json").json == invoices.numbers()
    assert sorted(os.listdir(place)) == ["books", "copy.db", "home"]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_a_copy_is_readable_for_its_owner_alone(invoices: Book, place: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        invoices.ok("backup", "copy.db")
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat("copy.db").st_mode) == 0o600


def test_a_copy_replaces_the_one_before(invoices: Book) -> None:
    invoices.ok("backup", "copy.db")
    invoices.next("invoice")
    assert invoices.ok("--json", "backup", "copy.db").json["numbers"] == 1


def test_a_gap_in_the_book_is_no_fault_of_the_copy(invoices: Book) -> None:
    invoices.next("invoice", "-n", "5")
    with closing(sqlite3.connect(invoices.path)) as connection, connection:
        connection.execute("UPDATE number SET expires_at = NULL")
    invoices.ok("release", "INV-00003", "--reason", "x")
    invoices.ok("gaps", "review", "invoice", "3", "--reason", "look")
    assert invoices("check").status == 3
    invoices.ok("backup", "copy.db")


@pytest.mark.parametrize(
    ("target", "status", "code"),
    [("no/such/folder/copy.db", 74, "not_delivered"), ("books", 2, "usage"), ("/dev/null", 2, "usage")],
)
def test_a_place_that_cannot_be_written(invoices: Book, target: str, status: int, code: str) -> None:
    invoices.fails(status, code, "backup", target)


def test_the_book_itself_is_not_overwritten(invoices: Book, place: Path) -> None:
    os.symlink(invoices.path, "link.db")
    invoices.fails(2, "usage", "backup", invoices.path)
    invoices.fails(2, "usage", "backup", "link.db")


def test_a_database_in_use_is_not_overwritten(invoices: Book) -> None:
    shutil.copy(invoices.path, "other.db")
    with closing(sqlite3.connect("other.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE sequence SET title = 'x'")
        other.execute("COMMIT")
        invoices.fails(2, "usage", "backup", "other.db")


def test_a_damaged_book_gives_no_copy(invoices: Book) -> None:
    invoices.next("invoice", "-n", "3")
    with closing(sqlite3.connect(invoices.path)) as connection, connection:
        connection.execute("UPDATE number SET text = 'INV-99999' WHERE value = 2")
    invoices.fails(7, "damaged", "backup", "copy.db")
    assert not os.path.exists("copy.db")
    assert not [name for name in os.listdir(".") if name.startswith(".backup")]


def test_copies_taken_while_others_write_are_whole(invoices: Book, environment: Environment) -> None:
    loop = (
        "import sys\nfrom seqctl.__main__ import main\n"
        "for _ in range(150):\n    assert main(['next', 'invoice']) == 0\n"
    )
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", loop], env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    heads: list[dict[str, Any]] = []
    while any(writer.poll() is None for writer in writers):
        heads.append(invoices.ok("--json", "backup", f"copy{len(heads)}.db").json)
    assert [writer.communicate()[1] for writer in writers] == [b"", b""]
    assert len(invoices.texts()) == 300
    for place, made in enumerate(heads):
        copy = f"copy{place}.db"
        assert invoices.ok("--db", copy, "check").out == ""
        assert len(invoices.ok("--db", copy, "numbers", "--json").json) == made["numbers"]
        invoices.ok("audit", "verify", "--anchor", made["head"])
