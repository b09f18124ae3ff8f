"""How else a shell gets one number: a command for each way, on a store of its own."""

import shutil
import sqlite3
import subprocess
import sys

from tests.benchmarks.peers import WORKER
from tests.benchmarks.row_lock import TABLES, Unavailable
from tests.benchmarks.setting import Setting

References = list[tuple[str, str, list[str] | str]]
"""Name, what the ratio must be, and the command; or why there is none."""

SQLITE_TABLES = """
PRAGMA journal_mode = WAL;
CREATE TABLE counter (next INTEGER);
INSERT INTO counter VALUES (1);
CREATE TABLE number (id INTEGER PRIMARY KEY, value INTEGER, text TEXT UNIQUE);
"""
BARE = """
import os, sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("PRAGMA synchronous = FULL")
c.execute("BEGIN IMMEDIATE")
(n,) = c.execute("UPDATE counter SET next = next + 1 RETURNING next - 1").fetchone()
c.execute("INSERT INTO number (value, text) VALUES (?, ?)", (n, f"INV-{n:05}"))
c.execute("COMMIT")
c.close()
os.write(1, f"INV-{n:05}\\n".encode())
"""
SQLITE_SHELL = """
PRAGMA synchronous = FULL;
BEGIN IMMEDIATE;
INSERT INTO number (value, text) SELECT next, printf('INV-%05d', next) FROM counter;
UPDATE counter SET next = next + 1;
SELECT text FROM number ORDER BY id DESC LIMIT 1;
COMMIT;
"""
POSTGRESQL = """
WITH taken AS (UPDATE counter SET next = next + 1 WHERE id = 1 RETURNING next - 1 AS value),
 added AS (INSERT INTO number (value, text) SELECT value, 'INV-' || value FROM taken RETURNING text),
 noted AS (INSERT INTO audit (at, what) SELECT now(), text FROM added)
SELECT text FROM added
"""
FILE_COUNTER = """
cd "$1" && exec 9>lock && flock 9 && read -r n <counter && echo $((n + 1)) >counter.new &&
sync counter.new && mv counter.new counter && printf 'INV-%05d\\n' "$n"
"""
TYPER = """
import typer

def hello(name: str) -> None:
    print(name)

typer.run(hello)
"""


def references(setting: Setting) -> References:
    """Every way, ready to be started again and again."""
    found: References = []
    for name, bound, prepare in (
        ("bare script, one transaction", "at most 1.4", _bare_script),
        ("`psql` to a local PostgreSQL", "", _psql),
        ("`sqlite3` shell", "", _sqlite_shell),
        ("`flock` and a file, synced", "", _file_counter),
        ("django-sequences, `manage.py shell -c`", "below 1", _django),
        ("a Typer command that says hello", "below 1", _typer),
    ):
        try:
            found.append((name, bound, prepare(setting)))
        except Unavailable as reason:
            found.append((name, bound, str(reason)))
    return found


def _bare_script(setting: Setting) -> list[str]:
    script = setting.folder / "bare.py"
    script.write_text(BARE, encoding="utf-8")
    return [sys.executable, str(script), _database(setting, "bare.db")]


def _sqlite_shell(setting: Setting) -> list[str]:
    return [_program("sqlite3"), _database(setting, "shell.db"), SQLITE_SHELL]


def _database(setting: Setting, name: str) -> str:
    path = setting.folder / name
    connection = sqlite3.connect(path)
    connection.executescript(SQLITE_TABLES)
    connection.close()
    return str(path)


def _psql(setting: Setting) -> list[str]:
    server = setting.peers.server
    psql = [f"{server.programs}/psql", "-h", str(server.folder), "-U", "postgres", "-qAtX"]
    drop = "DROP TABLE IF EXISTS counter, number, audit"
    subprocess.run([*psql, "-c", drop, "-c", TABLES], check=True, capture_output=True)
    return [*psql, "-c", POSTGRESQL]


def _file_counter(setting: Setting) -> list[str]:
    _program("flock")
    (setting.folder / "counter").write_text("1\n")
    return [_program("sh"), "-c", FILE_COUNTER, "sh", str(setting.folder)]


def _django(setting: Setting) -> list[str]:
    worker = setting.peers.worker("django-sqlite", setting.folder)  # makes the tables
    worker.stop()
    return [str(setting.peers.python), str(WORKER), "django-sqlite", str(setting.folder), "once"]


def _typer(setting: Setting) -> list[str]:
    script = setting.folder / "hello.py"
    script.write_text(TYPER, encoding="utf-8")
    return [sys.executable, str(script), "INV-00001"]


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Unavailable(f"{name} is not installed")
    return found
