"""Many writers, some of them killed, and a queue whose files somebody spoils: each number once, none lost."""

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from .judging import examine
from .outcomes import BEFORE, BOOK, QUEUE, fresh
from .tracing import environment, obey, program

LOCK_FILES = (QUEUE, f"{BOOK}-turn")
WRITER = """
import sys
from seqctl import open_store
from seqctl.actions import issue
from seqctl.model.number.request import Request
with open_store(sys.argv[1]) as store:
    for _ in range(int(sys.argv[2])):
        print(issue(store, Request("invoice")).texts[0], flush=True)
"""
ENDLESS = 10**9


class Writer:
    """A process that issues numbers one after the other; what it printed is read when it ended."""

    def __init__(self, folder: Path, count: int, bound: Callable[[], None] | None = None) -> None:
        self.output = folder.parent / f"printed-{time.monotonic_ns()}"
        with self.output.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-c", WRITER, BOOK, str(count)],
                cwd=folder,
                env=environment(folder),
                stdout=file,
                stderr=subprocess.PIPE,
                preexec_fn=bound,
            )

    def printed(self) -> list[str]:
        """The numbers that a reader has got: whole lines only."""
        assert self.process.stderr is not None
        self.said = self.process.stderr.read().decode()
        self.process.stderr.close()
        self.process.wait()
        return self.output.read_text(encoding="utf-8").split("\n")[:-1]


def whole(folder: Path, printed: list[str]) -> list[str]:
    """The ledger, in which there must be every printed number, each once and without a hole."""
    facts = examine(folder / BOOK)
    assert facts.problems == []
    assert facts.numbers == [f"INV-{value:05}" for value in range(1, len(facts.numbers) + 1)]
    assert len(set(printed)) == len(printed), "a number was printed twice"
    assert set(printed) <= set(facts.numbers), "a printed number is not in the ledger"
    return facts.numbers


def kill_at_random(folder: Path, kills: int, seed: int) -> list[str]:
    """Let four writers run and kill one after the other, each to be replaced; what all of them printed."""
    chance, printed = random.Random(seed), []
    writers = [Writer(folder, ENDLESS) for _ in range(4)]
    for _ in range(kills):
        time.sleep(chance.uniform(0.02, 0.3))
        victim = writers.pop(chance.randrange(len(writers)))
        victim.process.kill()
        printed += victim.printed()
        writers.append(Writer(folder, ENDLESS))
    for victim in writers:
        victim.process.kill()
        printed += victim.printed()
    return printed


@pytest.mark.parametrize(
    "kills", [pytest.param(20, id="few"), pytest.param(500, id="hundreds", marks=pytest.mark.long)]
)
def test_killed_writers_leave_nothing_half_done(
    kills: int, template: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    folder = fresh(template, tmp_path / "book")
    printed = kill_at_random(folder, kills, kills)
    ledger = whole(folder, printed)
    tell(f"{kills + 4} kills, {len(printed)} numbers printed, {len(ledger) - BEFORE - len(printed)} not yet")
    # A writer that is killed between its commit and its output is the known hole: one number at most.
    assert len(ledger) - BEFORE - len(printed) <= kills + 4
    assert len(printed) > kills


def unlink(path: Path) -> None:
    path.unlink(missing_ok=True)


def exchange(path: Path) -> None:
    """Another file under the same name."""
    beside = path.with_suffix(".new")
    beside.touch(mode=0o600)
    beside.rename(path)


def close_up(path: Path) -> None:
    """A file that nobody may open."""
    if path.exists():
        path.chmod(0)


@pytest.mark.parametrize("spoil", [unlink, exchange, close_up])
def test_a_queue_that_is_spoiled_loses_order_and_no_number(
    spoil: Callable[[Path], None], template: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    folder = fresh(template, tmp_path / "book")
    (folder / LOCK_FILES[0]).touch(mode=0o600)
    writers = [Writer(folder, 150, obey) for _ in range(4)]
    times = 0
    while any(writer.process.poll() is None for writer in writers):
        for name in LOCK_FILES:
            try:
                spoil(folder / name)
            except FileNotFoundError:
                continue
        times += 1
        time.sleep(0.001)
    printed = [text for writer in writers for text in writer.printed()]
    assert [writer.said for writer in writers] == [""] * 4
    ledger = whole(folder, printed)
    tell(f"spoiled {times} times while {len(printed)} numbers were issued")
    assert len(ledger) == BEFORE + 600 == BEFORE + len(printed)


def test_writers_without_locks_are_caught(
    template: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    folder = fresh(template, tmp_path / "book")
    with closing(sqlite3.connect(folder / BOOK)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    # The mark would notice and refuse to go on: here it is something that is passed over.
    (folder / f"{BOOK}-mark").unlink()
    (folder / f"{BOOK}-mark").mkdir()
    command = program("--db", BOOK, "next", "invoice", plant="no locks")
    loop = ["sh", "-c", 'for i in 1 2 3 4 5 6 7 8; do "$@"; done', "loop", *command]
    writers = [
        subprocess.Popen(
            loop,
            cwd=folder,
            env=environment(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for _ in range(4)
    ]
    printed = [text for writer in writers for text in writer.communicate()[0].split()]
    facts = examine(folder / BOOK)
    twice, lost = len(printed) - len(set(printed)), set(printed) - set(facts.numbers)
    tell(
        f"control: of {len(printed)} printed {twice} twice, {len(lost)} lost, {len(facts.problems)} problems"
    )
    assert len(printed) > 8
    assert twice or lost or facts.problems
