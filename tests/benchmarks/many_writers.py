"""Many processes at once on one book, each number its own durable transaction: rate, fairness, worst wait.

Each round runs seqctl as it is, then seqctl with SQLite's busy handler alone, then the same rows in
PostgreSQL, whose row lock is what a server would queue by. After each run the ledger is held against what
the processes counted: every number from 1 on, each once.

On a server each round runs seqctl as it is, which lets the book go before the sync, and then the plain form,
which holds it until the commit is durable.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from seqctl import open_store
from seqctl.actions import add_sequence, issue
from seqctl.model.number.request import Request
from seqctl.store.sqlite import engine
from tests.benchmarks.row_lock import PostgreSQL, Unavailable
from tests.benchmarks.setting import Setting
from tests.benchmarks.table import row, skipped
from tests.postgres_server import programs, running

if TYPE_CHECKING:
    from seqctl.store.postgres.engine import PostgresStore
    from seqctl.store.sql.connection import Values

SECONDS = 3.0
RUNNING_IN = 1.0
"""Seconds before the measured ones: when all meet first, each loads code and starts its thread."""

RUNNING_OUT = 1.0
"""Seconds after them: processes that end take the processors from those that still wait."""

ROUNDS = 5

SERVER = {"fsync": "on", "max_connections": "100", "shared_buffers": "128MB"}
"""How the server of books is set: it syncs to the real disk."""

SLOW_SYNC = 2
"""Milliseconds that a sync takes on a slow disk. The server waits so long before each (`commit_delay`), and
whoever commits meanwhile shares it, as with a disk that is that slow."""

HELD = "the lock held over the sync"


@dataclass(frozen=True)
class Run:
    """What the processes of one run did: numbers of each, the longest wait for one, the time it took."""

    counts: list[int]
    worst: float
    seconds: float

    @property
    def rate(self) -> float:
        """Numbers a second of all together."""
        return sum(self.counts) / self.seconds

    @property
    def fairness(self) -> float:
        """Jain's index: 1 where all got the same, 1/n where one got everything."""
        return sum(self.counts) ** 2 / (len(self.counts) * sum(count**2 for count in self.counts))


def eight(folder: Path) -> str:
    """Eight processes."""
    return _measured(folder, 8, "150")


def sixty_four(folder: Path) -> str:
    """Sixty-four processes."""
    return _measured(folder, 64, "400")


def _measured(folder: Path, processes: int, longest: str) -> str:
    server, why_not = None, ""
    try:
        server = PostgreSQL(RUNNING_IN, SECONDS)
    except Unavailable as reason:
        why_not = str(reason)
    try:
        runs = _in_turn(folder, processes, server)
    finally:
        if server is not None:
            server.stop()
    rates = {kind: [run.rate for run in done] for kind, done in runs.items()}
    work = f"{processes} processes at once"
    lines = [row(work, rates["queue"], rates["handler"], "/s", "at least 0.4", "busy handler alone")]
    if server is None:
        lines.append(f"| {work} | skipped: {why_not} | PostgreSQL's row lock | | above 1 |")
    else:
        lines.append(row(work, rates["queue"], rates["row lock"], "/s", "above 1", "PostgreSQL's row lock"))
    figures = " | ".join(
        f"{name}Jain {median(run.fairness for run in done):.3f} ({min(run.fairness for run in done):.3f}), "
        f"worst wait {median(run.worst for run in done):,.0f} ms ({max(run.worst for run in done):,.0f})"
        for name, done in (("", runs["queue"]), ("busy handler alone ", runs["handler"]))
    )
    lines.append(f"| {work}, fairness | {figures} | | Jain 0.95, below {longest} ms |")
    return "\n".join(lines)


def eight_on_a_server(setting: Setting) -> str:
    """Eight processes on one counter of a server, beside the form that holds the lock over the sync.

    What is gained is the sync, so it is measured with the disk that is here and with one as slow as those
    that servers in clouds have.
    """
    here = _measured_on_a_server(setting, 8, f"sync {_sync(setting.folder):.2g} ms", "", SERVER)
    slow = {**SERVER, "commit_delay": f"{SLOW_SYNC * 1000}", "commit_siblings": "0"}
    return f"{here}\n{_measured_on_a_server(setting, 8, f'sync {SLOW_SYNC} ms', 'at least 1.8', slow)}"


def sixty_four_on_a_server(setting: Setting) -> str:
    """Sixty-four processes on one counter of a server: rate, fairness and the longest wait."""
    return _measured_on_a_server(setting, 64, f"sync {_sync(setting.folder):.2g} ms", "", SERVER)


def _sync(folder: Path) -> float:
    """Milliseconds in which the disk of a folder makes a written block durable; the median."""
    times = []
    with (folder / "sync").open("wb", buffering=0) as file:
        file.write(bytes(200 * 8192))
        os.fsync(file.fileno())
        for block in range(200):
            os.pwrite(file.fileno(), os.urandom(8192), block * 8192)
            before = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - before)
    return median(times) * 1000


def _measured_on_a_server(
    setting: Setting, processes: int, disk: str, bound: str, settings: dict[str, str]
) -> str:
    work = f"{processes} processes at once on a server, {disk}"
    bin = programs()
    if bin is None:
        return skipped(work, HELD, "there is no PostgreSQL server", bound)
    runs: dict[str, list[Run]] = {"queue": [], "held": []}
    with running(bin, **settings) as server:
        for _ in range(setting.rounds(ROUNDS)):
            for kind, done in runs.items():
                done.append(run(server.place(), kind, processes))
    ours, held = ([run.rate for run in done] for done in runs.values())
    fairness = [run.fairness for run in runs["queue"]]
    worst = [run.worst for run in runs["queue"]]
    figures = f"Jain {median(fairness):.3f} ({min(fairness):.3f}), longest wait {max(worst):,.0f} ms"
    told = f"| {work}, fairness | {figures} | | | Jain 0.97, no longer than --timeout |"
    return "\n".join([row(work, ours, held, "/s", bound, HELD), told])


def _in_turn(folder: Path, processes: int, server: PostgreSQL | None) -> dict[str, list[Run]]:
    """The runs of each kind, one after the other in each round."""
    runs: dict[str, list[Run]] = {"queue": [], "handler": [], "row lock": []}
    for turn in range(ROUNDS):
        for kind in ("queue", "handler"):
            runs[kind].append(run(str(folder / f"{turn}-{kind}.db"), kind, processes))
        if server is not None:
            runs["row lock"].append(Run(*server.run(processes)))
    return runs


def run(path: str, kind: str, processes: int) -> Run:
    """One run on a new book.

    `queue` is seqctl as it is, `handler` with SQLite's busy handler alone; `held` keeps the lock of a book on
    a server until its commit is durable.
    """
    with open_store(path, create=True, actor="benchmark") as store:
        add_sequence(store, "invoice", {"pattern": "INV-{YYYY}-{number:7}", "reset": "year"})
    command = [sys.executable, "-m", "tests.benchmarks.many_writers", kind, path]
    command += map(str, (RUNNING_IN, SECONDS, RUNNING_OUT))
    writers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    for writer in writers:
        assert writer.stdout is not None and writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    told = [json.loads(writer.communicate()[0]) for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * processes
    with open_store(path) as store, store.read() as transaction:
        query = "SELECT count(*), count(DISTINCT value), min(value), max(value) FROM number"
        total = sum(item["issued"] for item in told)
        connection: Any = transaction
        assert connection.connection.execute(query).fetchone() == (total, total, 1, total)
    seconds = max(item["seconds"] for item in told)
    return Run([item["measured"] for item in told], max(item["worst"] for item in told), seconds)


def write(kind: str, path: str, *times: str) -> None:
    """One of the processes: issues until its time is over and prints what it did."""
    running_in, seconds, running_out = map(float, times)
    if kind == "handler":
        engine.begin_writing = _begin_alone
    elif kind == "held":
        _hold_over_the_sync()
    with open_store(path, actor="benchmark") as store:
        request = Request("invoice")
        issue(store, request)
        print("ready", flush=True)
        sys.stdin.readline()
        started = time.perf_counter() + running_in
        unmeasured, waits, before, ended = 1, [0.0], time.perf_counter(), started
        while before < started + seconds + running_out:
            issue(store, request)
            after = time.perf_counter()
            if started <= before < started + seconds:
                waits.append(after - before)
                ended = after
            else:
                unmeasured += 1
            before = after
    told = {"issued": unmeasured + len(waits) - 1, "measured": len(waits) - 1}
    print(json.dumps({**told, "worst": max(waits) * 1000, "seconds": ended - started}))


def _begin_alone(store: engine.SqliteStore) -> None:
    store.connection.execute("BEGIN IMMEDIATE")


def _hold_over_the_sync() -> None:
    from seqctl.store.postgres import beginning

    released = beginning.locking

    def held(store: "PostgresStore") -> "list[tuple[str, Values]]":
        begin, settings, (lock, values) = released(store)
        return [begin, settings, (lock.replace("'off'", "'on'"), values)]

    beginning.locking = held


if __name__ == "__main__":
    write(*sys.argv[1:])
