"""Many processes at once on one book, each number its own durable transaction: rate, fairness, worst wait.

Each round runs seqctl as it is, then seqctl with SQLite's busy handler alone, then the same rows in
PostgreSQL, whose row lock is what a server would queue by. After each run the ledger is held against what
the processes counted: every number from 1 on, each once.
"""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from seqctl.actions import add_sequence, issue
from seqctl.model.number.request import Request
from seqctl.store.sqlite import engine
from seqctl.store.sqlite.file.create import open_store
from tests.benchmarks.row_lock import PostgreSQL, Unavailable

SECONDS = 3.0
RUNNING_IN = 1.0
"""Seconds before the measured ones: when all meet first, each loads code and starts its thread."""

RUNNING_OUT = 1.0
"""Seconds after them: processes that end take the processors from those that still wait."""

ROUNDS = 5


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
    from tests.benchmarks.__main__ import row

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


def _in_turn(folder: Path, processes: int, server: PostgreSQL | None) -> dict[str, list[Run]]:
    """The runs of each kind, one after the other in each round."""
    runs: dict[str, list[Run]] = {"queue": [], "handler": [], "row lock": []}
    for turn in range(ROUNDS):
        for kind in ("queue", "handler"):
            runs[kind].append(run(folder / f"{turn}-{kind}.db", kind, processes))
        if server is not None:
            runs["row lock"].append(Run(*server.run(processes)))
    return runs


def run(path: Path, kind: str, processes: int) -> Run:
    """One run on a new book: `queue` as seqctl is, `handler` with SQLite's busy handler alone."""
    with open_store(str(path), create=True, actor="benchmark") as store:
        add_sequence(store, "invoice", {"pattern": "INV-{YYYY}-{number:7}", "reset": "year"})
    command = [sys.executable, "-m", "tests.benchmarks.many_writers", kind, str(path)]
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
    with open_store(str(path)) as store:
        query = "SELECT count(*), count(DISTINCT value), min(value), max(value) FROM number"
        total = sum(item["issued"] for item in told)
        assert store.connection.execute(query).fetchone() == (total, total, 1, total)
    seconds = max(item["seconds"] for item in told)
    return Run([item["measured"] for item in told], max(item["worst"] for item in told), seconds)


def write(kind: str, path: str, *times: str) -> None:
    """One of the processes: issues until its time is over and prints what it did."""
    running_in, seconds, running_out = map(float, times)
    if kind == "handler":
        engine.begin_writing = _begin_alone
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


if __name__ == "__main__":
    write(*sys.argv[1:])
