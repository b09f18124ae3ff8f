"""Writers of every kind, killed at random moments: what they printed is in the ledger, and the book is sound.

Three processes at a time work on one book, each in a loop of its own kind of work; one of them is killed
with SIGKILL after a random while and a new one takes its place. The parent reads what they print from
pipes. In the end every number that was printed is in the ledger, none was printed for two requests, the sums
of all counters are proved, and the log verifies.

The short form runs in CI. The long form kills a thousand processes, or as many as KILLS says.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from typing import Self

import pytest

from tests.book import Book, Environment, Tell

WORK = """
import itertools, os, random, sys
from seqctl.__main__ import main

work, seed = sys.argv[1], sys.argv[2]
draw = random.Random(seed)
for turn in itertools.count():
    mine = f"{work}-{seed}-{turn}"
    if work == "next":
        main(["next", "invoice", "--record", mine])
    elif work == "batch":
        main(["next", "invoice", "-n", str(draw.randrange(2, 400)), "--record", mine])
    elif work == "reserve":
        main(["reserve", "slot", "--ttl", "1s", "--record", mine])
    elif work == "expire":
        main(["-o", "jsonl", "expire"])
    elif work == "assign":
        with open(mine, "w") as file:
            file.write("id\\n" + "".join(f"{mine}-{place}\\n" for place in range(50)))
        main(["assign", "memo", "--input", mine, "-o", "jsonl"])
    elif work == "adopt":
        first = draw.randrange(10**9)
        with open(mine, "w") as file:
            file.write("".join(f"OLD-{first + place}\\n" for place in range(0, 300, 2)))
        main(["adopt", "old", "--input", mine, "--yes", "-o", "jsonl"])
    elif work == "import":
        with open(mine + ".toml", "w") as file:
            file.write(f'format = 1\\n[sequences."{mine}"]\\npattern = "{mine}/{{number}}"\\n')
        main(["import", mine + ".toml", "-o", "jsonl"])
    elif work == "upgrade":
        main(["upgrade"])
"""
KINDS = ("next", "next", "batch", "reserve", "expire", "assign", "adopt", "import", "upgrade")


class Worker:
    """One process, and what it printed line by line until it died."""

    def __init__(self, kind: str, seed: int, environment: Environment) -> None:
        self.kind = kind
        self.lines: list[bytes] = []
        self.errors = b""
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORK, kind, str(seed)],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None and self.process.stderr is not None
        # A line that was cut off by the kill was not delivered as a whole.
        for line in self.process.stdout:
            if line.endswith(b"\n"):
                self.lines.append(line)
        self.errors = self.process.stderr.read()

    def kill(self) -> Self:
        self.process.send_signal(signal.SIGKILL)
        self.reader.join()
        self.process.wait()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()
        return self


@pytest.fixture
def busy(book: Book) -> Book:
    """A book with a sequence for each kind of work."""
    book.load(
        'format = 1\n[sequences.invoice]\npattern = "INV-{number:6}"\n'
        '[sequences.slot]\npattern = "S-{number}"\n'
        '[sequences.memo]\npattern = "M-{number}"\n[sequences.old]\npattern = "OLD-{number}"\n'
        "manual = true\n"
    )
    return book


def run_kills(busy: Book, environment: Environment, kills: int, seed: int) -> list[Worker]:
    """Kill so many workers, one after the other; gives all of them."""
    chance = random.Random(seed)
    seeds = iter(range(10**9))
    alive = [Worker(kind, next(seeds), environment) for kind in ("next", "batch", "assign")]
    dead = []
    while not any(worker.lines for worker in alive):
        time.sleep(0.01)
    for _ in range(kills):
        time.sleep(chance.uniform(0, 0.5))
        victim = alive.pop(chance.randrange(len(alive)))
        dead.append(victim.kill())
        alive.append(Worker(chance.choice(KINDS), next(seeds), environment))
    return dead + [worker.kill() for worker in alive]


def printed(workers: list[Worker], kinds: tuple[str, ...]) -> list[str]:
    return [line.decode().rstrip("\n") for worker in workers if worker.kind in kinds for line in worker.lines]


def check_book(busy: Book, workers: list[Worker]) -> dict[str, int]:
    """Hold what was printed against the book, and the book against itself. Gives the counts."""
    assert [worker.errors for worker in workers if b"Traceback" in worker.errors] == []
    # A worker that was killed between its commit and its mark leaves the mark behind until the next number.
    busy.ok("next", "invoice")
    issued = printed(workers, ("next", "batch"))
    held = busy.texts("invoice")
    assert len(set(issued)) == len(issued), "a number was printed for two requests"
    assert set(issued) <= set(held), "a printed number is not in the ledger"
    assert len(set(held)) == len(held)

    assigned = [json.loads(line) for line in printed(workers, ("assign",))]
    by_record = {number["record"]: number["number"] for number in busy.numbers("memo")}
    assert all(by_record[one["id"]] == one["number"] for one in assigned)

    known = {line.split("\t")[0] for line in busy.ok("sequence", "list", "-o", "tsv").lines}
    created = [json.loads(line)["name"] for line in printed(workers, ("import",))]
    assert set(created) <= known

    reserved = printed(workers, ("reserve",))
    log = busy.ok("audit", "list", "-o", "jsonl").lines
    taken = sum(event["count"] for event in map(json.loads, log) if event["action"] == "reserve")
    assert taken >= len(reserved), "a printed reservation is not in the log"

    busy.ok("audit", "verify")
    busy.ok("statement", "--json")
    findings = busy("--json", "check").json
    allowed = {"unexplained_gap", "overdue_reservations"}
    assert [finding for finding in findings if finding["code"] not in allowed] == []
    listed = busy.ok("gaps", "invoice", "--json").json
    held_or_listed = len(held) + sum(run["count"] for run in listed)
    (state,) = busy.ok("statement", "invoice", "--json").json
    assert held_or_listed == state["total"]
    return {"printed": len(issued), "held": len(held), "reserved": len(reserved), "assigned": len(assigned)}


def test_a_few_kills(busy: Book, environment: Environment) -> None:
    workers = run_kills(busy, environment, 12, seed=20261122)
    assert sum(check_book(busy, workers).values()) > 0


@pytest.mark.long
def test_a_thousand_kills(busy: Book, environment: Environment, tell: Tell) -> None:
    kills = int(os.environ.get("KILLS", "1000"))
    seed = int(os.environ.get("SEED", str(time.time_ns())))
    workers = run_kills(busy, environment, kills, seed)
    counts = check_book(busy, workers)
    tell(f"{kills} kills (SEED={seed}): {counts}; every printed number is in the ledger, none twice")
