"""`seqctl next invoice` as a whole process: by instructions, and by the clock."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from seqctl.__main__ import main

ROUNDS = 15
IMPORT = [sys.executable, "-c", "import sqlite3"]
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


def environment() -> dict[str, str]:
    """The environment of a measured process: compiled files are kept and hashes repeat."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONHASHSEED": "0"}


def next_command(folder: Path) -> list[str]:
    """The command that is measured, on a fresh book; the installed program where there is one."""
    book = folder / "b.db"
    script = Path(sys.executable).with_name("seqctl")
    program = [str(script)] if script.exists() else [sys.executable, "-m", "seqctl"]
    saved = os.dup(1)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        arguments = ["--db", str(book), "sequence", "add", "invoice", "--prefix", "INV-", "--width", "5"]
        assert main(arguments) == 0
    os.dup2(saved, 1)
    os.close(saved)
    return [*program, "--db", str(book), "next", "invoice"]


def instructions(folder: Path) -> str:
    """Instructions of `next` against those of `import sqlite3`, counted by valgrind."""
    from tests.benchmarks.__main__ import row

    work = "`next` as a process, instructions"
    if shutil.which("valgrind") is None:
        return f"| {work} | skipped: valgrind is not installed | | | |"
    command = next_command(folder)
    run(command)
    ours = [counted(command) / 1e6 for _ in range(3)]
    reference = [counted(IMPORT) / 1e6 for _ in range(3)]
    return row(work, ours, reference, "M", "at most 1.5", "`import sqlite3`")


def against_import(folder: Path) -> str:
    """The clock of `next` against that of `import sqlite3`."""
    return _paired(folder, "`next` as a process, clock", IMPORT, "", "`import sqlite3`")


def against_bare_script(folder: Path) -> str:
    """The clock of `next` against a script that does one bare transaction."""
    import sqlite3

    book = folder / "bare.db"
    connection = sqlite3.connect(book)
    connection.executescript(
        "PRAGMA journal_mode = WAL; CREATE TABLE counter (next INTEGER); INSERT INTO counter VALUES (1);"
        "CREATE TABLE number (id INTEGER PRIMARY KEY, value INTEGER, text TEXT UNIQUE)"
    )
    connection.close()
    script = folder / "bare.py"
    script.write_text(BARE, encoding="utf-8")
    reference = [sys.executable, str(script), str(book)]
    return _paired(folder, "`next` as a process, clock", reference, "at most 1.4", "bare script")


def with_policies(folder: Path) -> str:
    """Instructions of `next` on a document type with a thousand policies, against one with one."""
    from tests.benchmarks.__main__ import row

    work = "`next` with 1,000 policies, instructions"
    if shutil.which("valgrind") is None:
        return f"| {work} | skipped: valgrind is not installed | | | |"
    counts = []
    for policies in (1000, 1):
        place = folder / str(policies)
        place.mkdir()
        command = [*next_command(place), "--attr", "country=C0"]
        _add_policies(place, policies)
        run(command)
        counts.append([counted(command) / 1e6 for _ in range(3)])
    return row(work, counts[0], counts[1], "M", "at most 2", "with one policy")


def _add_policies(folder: Path, count: int) -> None:
    lines = ['[sequences.chosen]\ndocument_type = "invoice"\nprefix = "P-"\n']
    lines += [
        f'[policies.p{place}]\ndocument_type = "invoice"\nsequence = "chosen"\npriority = {place}\n'
        f'conditions = [{{ field = "country", operator = "equals", value = "C{place}" }}]\n'
        for place in range(count)
    ]
    path = folder / "policies.toml"
    path.write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "seqctl", "--db", str(folder / "b.db"), "import", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment())


def _paired(folder: Path, work: str, reference: list[str], bound: str, name: str) -> str:
    from tests.benchmarks.__main__ import row

    command = next_command(folder)
    run(command)
    run(reference)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(run(command))
        theirs.append(run(reference))
    return row(work, ours, theirs, "ms", bound, name)


def run(command: list[str]) -> float:
    """Milliseconds of one process."""
    before = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment())
    return (time.perf_counter() - before) * 1000


def counted(command: list[str]) -> int:
    """Instructions of one process."""
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
    )
    found = re.search(r"Collected : (\d+)", done.stderr)
    assert found is not None, done.stderr
    return int(found[1])
