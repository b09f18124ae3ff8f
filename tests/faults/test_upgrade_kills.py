"""`upgrade` killed at every system call: the book is the old or the new one, whole, and upgrades again."""

import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from .outcomes import BOOK, fresh
from .tracing import Call, calls, environment, program, run, run_injected
from .whole_books.upgrading import Before, make_old, old_book, reached, wrong

UPGRADE = ("--db", BOOK, "--timeout", "1", "upgrade")
PARTS = 4

LARGER = """
INSERT INTO number (serial, counter_id, value, text, uniqueness_id, date, state, event_id)
  WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 60000)
  SELECT 10000 + n, 1, 10000 + n, printf('BIG-%06d', n), 1, '2026-11-21', 'issued', 1 FROM counted;
"""
"""Rows that no event wrote, so that the file has many pages; what they say is not looked at."""


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a book of schema 1, at rest."""
    folder = tmp_path_factory.mktemp("old") / "book"
    folder.mkdir()
    make_old(folder / BOOK)
    return folder


@pytest.fixture(scope="module")
def upgrade_calls(old: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Call]:
    """The calls of an upgrade that nothing happens to, from the first one on that names the book."""
    folder = tmp_path_factory.mktemp("calls") / "book"
    for _ in range(2):
        outcome = run(program(*UPGRADE), fresh(old, folder), ("-e", "trace=all"))
        assert outcome.status == 0, outcome.err
    assert wrong(folder / BOOK, old_book()) == []
    found = [call for call in calls(outcome.trace) if call.name != "execve"]
    return found[next(at for at, call in enumerate(found) if BOOK in call.line) :]


def at_the_book(found: list[Call]) -> list[Call]:
    """The calls that are made for the book or beside it; the others load modules."""
    store = ("pread64", "pwrite64", "fsync", "fdatasync", "ftruncate", "fcntl", "flock", "unlink", "rename")
    return [call for call in found if BOOK in call.line or call.name in store]


def killed_at(chosen: Iterable[Call], old: Path, folder: Path) -> tuple[int, set[object], list[str]]:
    """Kill an upgrade at each of these calls: how many were, the schemas that were found, broken promises."""
    kills, schemas, broken = 0, set(), []
    for call in chosen:
        outcome = run_injected(
            program(*UPGRADE), fresh(old, folder), call.name, "signal=KILL", str(call.ordinal)
        )
        kills += outcome.status == -signal.SIGKILL
        schemas.add(reached(folder / BOOK))
        broken += [
            f"killed at {call.name} {call.ordinal}: {text}" for text in wrong(folder / BOOK, old_book())
        ]
    return kills, schemas, broken


@pytest.mark.usefixtures("strace")
def test_a_kill_at_a_sample_of_calls_leaves_the_old_book_or_the_new(
    upgrade_calls: list[Call], old: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    found = at_the_book(upgrade_calls)
    kills, schemas, broken = killed_at(found[:: len(found) // 24], old, tmp_path / "book")
    tell(f"{kills} kills, schemas {sorted(map(str, schemas))}, {len(broken)} broken promises")
    assert kills > 15
    assert not broken


@pytest.mark.long
@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize("part", range(PARTS))
def test_a_kill_at_any_call_leaves_the_old_book_or_the_new(
    part: int, upgrade_calls: list[Call], old: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    found = at_the_book(upgrade_calls)
    kills, schemas, broken = killed_at(found[part::PARTS], old, tmp_path / "book")
    tell(f"{kills} kills, {len(found)} calls in all parts, {len(broken)} broken promises")
    assert kills > len(found) // PARTS - 10
    assert schemas == {1, 2}
    assert not broken


@pytest.mark.long
def test_a_kill_at_any_moment_of_the_upgrade_of_a_large_book(
    old: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    large = fresh(old, tmp_path / "large")
    with closing(sqlite3.connect(large / BOOK)) as connection:
        connection.executescript(LARGER)
        before = Before(connection)
    chance, schemas, broken = random.Random(20261128), [], []
    for _ in range(60):
        folder = fresh(large, tmp_path / "book")
        started = subprocess.Popen(
            program(*UPGRADE), cwd=folder, env=environment(folder), stdout=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.05, 0.8))
        started.kill()
        started.wait()
        schemas.append(reached(folder / BOOK))
        broken += wrong(folder / BOOK, before, verified=False)
    tell(f"schema 1 after {schemas.count(1)} kills, schema 2 after {schemas.count(2)}; {len(broken)} broken")
    assert not broken
