"""What every command makes is for its owner alone from the first byte on, whatever the umask is.

A file that is made too open and closed afterwards looks well at the end, and could be opened in between. So
the system calls are read: none makes a file or a folder that others may use, or lets others in later.
"""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.tracing import environment, missing, obey

UMASKS = [0o000, 0o022, 0o027, 0o077, 0o777]
NAMES = (
    *("open", "openat", "openat2", "creat", "mkdir", "mkdirat", "mknod", "mknodat"),
    *("chmod", "fchmod", "fchmodat", "fchmodat2", "umask"),
)
CALLS = ",".join(f"?{name}" for name in NAMES)
"""Those that make something or change its rights, as far as the system and its strace know them."""

MADE = re.compile(r'(?:openat\(\w+, |open\(|creat\(|mkdir\(|mkdirat\(\w+, |mknod\()"(?P<name>[^"]*)"')
RIGHTS = re.compile(r", 0?(?P<rights>[0-7]+)\)\s+= (?!-)")

COMMANDS = """
import os, sys
from seqctl.__main__ import main
from seqctl.store.sqlite import high_water

high_water.COMPACTED = 300
for line in open(sys.argv[1]):
    status = main(line.split())
    assert status in (0, 3), (line, status)
"""
"""All commands in one process: what one of them makes hangs on no other's start."""

EVERY_MAKER = """
--db new/deeper/book.db init
--db new/deeper/book.db sequence add invoice --pattern INV-{number:5}
--db imported/book.db import definitions.toml
--db new/deeper/book.db next invoice
--db new/deeper/book.db next invoice
--db new/deeper/book.db next invoice
--db new/deeper/book.db next invoice
--db new/deeper/book.db reserve invoice
--db new/deeper/book.db assign invoice --input records.csv --write written.csv
--db new/deeper/book.db export --with-counters --to exported.toml
--db new/deeper/book.db backup copy.db
--db new/deeper/book.db backup open-copy.db
--db new/deeper/book.db simulate invoice --from 2026-01-01 --to 2026-01-03
--db new/deeper/book.db reconcile invoice --input numbers.csv --column number
--db imported/book.db adopt order --input many.csv --column number --yes
--db new/deeper/book.db audit list -o csv
--db new/deeper/book.db check
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the commands read, and an old copy that everybody may read."""
    (tmp_path / "definitions.toml").write_text('format = 1\n[sequences.order]\npattern = "O-{number}"\n')
    (tmp_path / "records.csv").write_text("id\na\nb\n")
    (tmp_path / "numbers.csv").write_text("number\n" + "".join(f"INV-{n:05}\n" for n in range(1, 8)))
    (tmp_path / "many.csv").write_text("number\n" + "".join(f"O-{n}\n" for n in range(1, 25_000)))
    (tmp_path / "commands").write_text(EVERY_MAKER.strip())
    (tmp_path / "open-copy.db").write_text("old")
    (tmp_path / "open-copy.db").chmod(0o644)
    (tmp_path / "temporary").mkdir(mode=0o700)
    return tmp_path


def run(folder: Path, umask: int, *before: str) -> None:
    """Run every command that makes a file, bound by the rights of files as an ordinary user is."""

    def prepare() -> None:
        obey()
        os.umask(umask)

    given = {
        **environment(folder),
        "SQLITE_TMPDIR": str(folder / "temporary"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [*before, sys.executable, "-c", COMMANDS, "commands"]
    done = subprocess.run(
        command, cwd=folder, env=given, preexec_fn=prepare, capture_output=True, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()


def too_open(trace: str) -> list[str]:
    """The calls that make something for others than the owner, or let them in later."""
    found = []
    for line in trace.splitlines():
        made = "O_CREAT" in line or "creat(" in line or "mkdir" in line or "mknod" in line
        rights = RIGHTS.search(line)
        if rights and (made or "chmod" in line) and int(rights["rights"], 8) & 0o077:
            found.append(line)
    return found


@pytest.mark.parametrize("umask", UMASKS, ids=oct)
def test_nothing_is_made_for_others_even_for_a_moment(folder: Path, umask: int) -> None:
    if reason := missing():
        pytest.skip(reason)
    log = folder / "trace"
    log.touch()
    there = set(folder.rglob("*"))
    run(folder, umask, "strace", "-f", "-e", f"trace={CALLS}", "-o", str(log))
    trace = log.read_text(errors="replace")
    assert too_open(trace) == []
    # The umask belongs to the whole process, other threads of a library's user included.
    assert " umask(" not in trace
    made = {
        Path(found["name"]).name
        for line in trace.splitlines()
        if "O_CREAT" in line or "mkdir" in line
        if (found := MADE.search(line))
    }
    for name in ("deeper", "imported", "book.db", "book.db-wal", "book.db-shm"):
        assert name in made, sorted(made)
    for start in (".backup-", ".mark-", "etilqs_", "tmp"):
        assert any(name.startswith(start) for name in made), sorted(made)
    # SQLite's own files with numbers in them have no name any more once they are made.
    assert os.listdir(folder / "temporary") == []
    assert_private(folder, there)


@pytest.mark.parametrize("umask", [0o000, 0o777], ids=oct)
def test_everything_that_is_left_is_for_its_owner_and_usable_for_it(folder: Path, umask: int) -> None:
    if os.geteuid() == 0 and sys.platform != "linux":
        pytest.skip("rights are taken from root in a way that only Linux has")
    there = set(folder.rglob("*"))
    run(folder, umask)
    assert_private(folder, there)


def assert_private(folder: Path, there: set[Path]) -> None:
    """Hold the rights of everything that was not there before, and of what was replaced, to the promise."""
    made = {path: stat.S_IMODE(path.lstat().st_mode) for path in set(folder.rglob("*")) - there}
    made[folder / "open-copy.db"] = stat.S_IMODE((folder / "open-copy.db").stat().st_mode)
    assert len(made) >= 10
    for path, rights in made.items():
        assert rights == (0o700 if path.is_dir() else 0o600), (path, oct(rights))


def test_the_reading_of_calls_finds_what_is_too_open(folder: Path) -> None:
    """The control: a program that makes its files first and closes them afterwards."""
    if reason := missing():
        pytest.skip(reason)
    careless = "import os; open('late', 'w'); os.chmod('late', 0o600); os.mkdir('d'); os.chmod('d', 0o750)"
    log = folder / "trace"
    command = ["strace", "-f", "-e", f"trace={CALLS}", "-o", str(log), sys.executable, "-Bc", careless]
    subprocess.run(command, cwd=folder, check=True, env=environment(folder))
    assert len(too_open(log.read_text())) == 3
    shutil.rmtree(folder / "d")
