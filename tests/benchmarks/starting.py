"""`seqctl next invoice` as a whole process: by instructions, and by the clock beside what others start."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.one_number import References, references
from tests.benchmarks.setting import PLAIN, Setting, new_book, seqctl_command
from tests.benchmarks.table import row, skipped
from tests.postgres_server import programs, running
from tests.servers.conftest import serving_from

IMPORT = [sys.executable, "-c", "import sqlite3"]


def instructions(setting: Setting) -> str:
    """`next` as a process, counted by valgrind, against `import sqlite3`."""
    work = "`next` as a process, instructions"
    if not has_valgrind():
        return skipped(work, "`import sqlite3`", "valgrind is not installed", "at most 1.5")
    command = next_command(setting.folder)
    ours, theirs = counted_in_turn(command, IMPORT, setting.rounds(3))
    return row(work, ours, theirs, "M", "at most 1.5", "`import sqlite3`")


def on_a_server(setting: Setting) -> str:
    """`next` from a book on a server, counted by valgrind; what the server runs is not: over its socket, and
    over TCP with a password (SCRAM), whose proof takes 4,096 rounds of a hash.
    """
    work, bin = "`next` on PostgreSQL, instructions", programs()
    if bin is None or not has_valgrind():
        missing = "valgrind is not installed" if bin else "there is no PostgreSQL server"
        return skipped(work, "`import sqlite3`", missing, "at most 1.6")
    with running(bin) as server:
        lines = [_next_on_a_server(setting, work, server.place(), "at most 1.6")]
    password = setting.folder / "password"
    password.write_text("*:*:*:clerk:secret\n", encoding="utf-8")
    password.chmod(0o600)
    with serving_from(bin) as serve:
        tcp = serve("host all all 127.0.0.1/32 scram-sha-256", password_encryption="scram-sha-256")
        tcp.ask("CREATE ROLE clerk LOGIN PASSWORD 'secret'", "GRANT CREATE ON DATABASE postgres TO clerk")
        place = tcp.remote("clerk", f"&passfile={password}")
        lines.append(_next_on_a_server(setting, f"{work}, TCP with SCRAM", place, "at most 3.5"))
    return "\n".join(lines)


def _next_on_a_server(setting: Setting, work: str, place: str, bound: str) -> str:
    seqctl = seqctl_command(place)
    add = [*seqctl, "sequence", "add", "invoice", "--pattern", PLAIN["pattern"]]
    subprocess.run(add, check=True, stdout=subprocess.DEVNULL, env=environment())
    ours, theirs = counted_in_turn([*seqctl, "next", "invoice"], IMPORT, setting.rounds(3))
    return row(work, ours, theirs, "M", bound, "`import sqlite3`")


def with_policies(setting: Setting) -> str:
    """`next` where a thousand policies could choose the sequence, counted, against one policy."""
    many = setting.size(1000, 20)
    work = f"`next` with {many:,} policies, instructions"
    if not has_valgrind():
        return skipped(work, "one policy", "valgrind is not installed", "at most 2")
    commands = []
    for policies in (many, 1):
        place = setting.place(str(policies))
        commands.append([*next_command(place), "--attr", "country=C0"])
        _add_policies(place, policies)
    ours, theirs = counted_in_turn(commands[0], commands[1], setting.rounds(3))
    return row(work, ours, theirs, "M", "at most 2", "with one policy")


def clock(setting: Setting) -> str:
    """`next` as a process by the clock, in one loop with everything else that gives one number."""
    work = "`next` as a process, clock"
    command = next_command(setting.folder)
    found: References = [("`import sqlite3`", "", IMPORT), *references(setting)]
    ours: list[float] = []
    theirs: dict[str, list[float]] = {name: [] for name, _, _ in found}
    for turn in range(setting.rounds(15) + 1):
        took = milliseconds(command)
        if turn:  # the first turn only fills caches
            ours.append(took)
        for name, _, reference in found:
            if isinstance(reference, list):
                took = milliseconds(reference)
                if turn:
                    theirs[name].append(took)
    return "\n".join(
        row(work, ours, theirs[name], "ms", bound, name)
        if isinstance(reference, list)
        else skipped(work, name, reference, bound)
        for name, bound, reference in found
    )


def environment() -> dict[str, str]:
    """The environment of a measured process: compiled files are kept and hashes repeat."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONHASHSEED": "0"}


def next_command(folder: Path) -> list[str]:
    """The command that is measured, on a new book in the folder."""
    new_book(folder, PLAIN).close()
    return [*seqctl_command(folder / "b.db"), "next", "invoice"]


def milliseconds(command: list[str]) -> float:
    """How long one process takes."""
    before = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment())
    return (time.perf_counter() - before) * 1000


def counted_in_turn(ours: list[str], theirs: list[str], rounds: int) -> tuple[list[float], list[float]]:
    """Millions of instructions of two commands, one after the other; the first runs only fill caches."""
    milliseconds(ours)
    milliseconds(theirs)
    counts = [(counted(ours) / 1e6, counted(theirs) / 1e6) for _ in range(rounds)]
    return [mine for mine, _ in counts], [other for _, other in counts]


def has_valgrind() -> bool:
    """Whether instructions can be counted here."""
    return shutil.which("valgrind") is not None


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


def _add_policies(folder: Path, count: int) -> None:
    lines = ['[sequences.chosen]\ndocument_type = "invoice"\nprefix = "P-"\n']
    lines += [
        f'[policies.p{place}]\ndocument_type = "invoice"\nsequence = "chosen"\npriority = {place}\n'
        f'conditions = [{{ field = "country", operator = "equals", value = "C{place}" }}]\n'
        for place in range(count)
    ]
    path = folder / "policies.toml"
    path.write_text("".join(lines), encoding="utf-8")
    command = [*seqctl_command(folder / "b.db"), "import", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment())
