"""A database that is mounted as a single file has two names, each with a log of its own: it is refused."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from seqctl import open_store
from seqctl.errors import DatabaseUnusable
from seqctl.store.sqlite import engine
from tests.book import Book, Environment

IN_A_MOUNT = """
set -eu
touch "$2"
mount --bind "$1" "$2"
shift 2
exec "$@"
"""
"""Runs a command where a file is mounted in the place of another, which only that command sees."""


@pytest.fixture
def mounted(environment: Environment) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command of seqctl where one file is mounted on another name: `mounted(file, name, *words)`."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        pytest.skip("unshare is not installed: no file can be mounted")
    isolated = ["unshare", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    isolated += ["--mount", "--propagation", "private", "sh", "-c", IN_A_MOUNT, "sh"]

    def call(file: Path, name: str | Path, *words: object) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "seqctl", *map(str, words)]
        done = subprocess.run(
            [*isolated, str(file), str(name), *program], env=environment(), capture_output=True, text=True
        )
        if done.returncode not in (0, 2, 3, 4, 5, 7):
            pytest.skip(f"no file can be mounted here without rights: {done.stderr.strip()}")
        return done

    return call


@pytest.mark.parametrize("name", ["numbers.db", "my numbers.db", "back\\slash.db", "ü\tb.db"])
def test_a_single_file_of_a_container_is_refused_under_its_new_name(
    invoices: Book, place: Path, mounted: Callable[..., subprocess.CompletedProcess[str]], name: str
) -> None:
    invoices.next("invoice")
    (place / "data").mkdir()
    new = place / "data" / name
    for words in (("next", "invoice"), ("check",), ("numbers",), ("init",), ("upgrade",)):
        done = mounted(invoices.path, new, "--db", new, *words)
        assert (done.returncode, done.stdout) == (7, ""), done
        assert "is mounted as a single file, and so has two names" in done.stderr
        assert "hint: mount the folder that it lies in, not the file" in done.stderr
    assert os.listdir(new.parent) == [name], "no log was made beside it"
    assert invoices.next("invoice") == ["INV-00002"]


def test_it_is_refused_through_a_link_too_and_a_folder_is_not(
    invoices: Book, place: Path, mounted: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    (place / "data").mkdir()
    new = place / "data" / "numbers.db"
    (place / "link.db").symlink_to(new)
    assert mounted(invoices.path, new, "--db", place / "link.db", "next", "invoice").returncode == 7
    assert mounted(invoices.path, new, "--db", invoices.path, "next", "invoice").stdout == "INV-00001\n"
    other = place / "data" / "numbers.db.old"
    shutil.copy(invoices.path, new)
    assert mounted(invoices.path, other, "--db", new, "peek", "invoice").returncode == 0


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-mark"])
def test_a_file_beside_the_database_that_is_mounted_is_refused(
    invoices: Book, place: Path, mounted: Callable[..., subprocess.CompletedProcess[str]], ending: str
) -> None:
    (place / "elsewhere").touch()
    done = mounted(place / "elsewhere", f"{invoices.path}{ending}", "--db", invoices.path, "next", "invoice")
    assert done.returncode == 7
    assert f"book.db{ending} is mounted as a single file" in done.stderr


def test_the_list_of_mounts_is_read_to_its_end(
    invoices: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list longer than one read; and a system that has none."""
    line = b"36 35 98:0 /mnt1 %s rw - ext4 /dev/root rw\n"
    mounts = tmp_path / "mountinfo"
    mounts.write_bytes((line % b"/other") * 5000 + line % os.fsencode(invoices.path))
    monkeypatch.setattr(engine, "MOUNTS", str(mounts))
    with pytest.raises(DatabaseUnusable, match="mounted as a single file"):
        open_store(str(invoices.path))
    mounts.write_bytes(b"36 35 98:0 %s /data/x.db rw - ext4 /dev/root rw\n" % os.fsencode(invoices.path))
    open_store(str(invoices.path)).close()
    monkeypatch.setattr(engine, "MOUNTS", str(tmp_path / "nothing"))
    open_store(str(invoices.path)).close()
