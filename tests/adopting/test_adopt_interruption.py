"""`adopt` interrupted, killed, or fed slowly: all of the numbers enter the book or none, and nobody waits."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from seqctl.store.postgres.bulk.adopted_rows import NumberWriter as ServerWriter
from seqctl.store.postgres.bulk.staging import Staging as ServerStaging
from seqctl.store.sqlite.bulk.adopted_rows import NumberWriter
from seqctl.store.sqlite.bulk.staging import Staging
from tests.book import Book, Environment, Shell, Sql
from tests.waiting import read_by_the_other_side, until

NUMBERS = 20_000


@pytest.fixture
def listed(invoices: Book) -> str:
    return invoices.file("".join(f"INV-{value:05}\n" for value in range(1, NUMBERS + 1)), "numbers.txt")


@pytest.fixture
def started(invoices: Book, environment: Environment) -> Callable[..., subprocess.Popen[bytes]]:
    """Start the real program: `started(*args, **options of Popen)`."""

    def start(*args: str, **options: Any) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "seqctl", *map(str, args)]
        return subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, **options)

    return start


def interrupted_later(write: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """What writes a page of numbers, interrupted at the second one."""

    def interrupted(writer: Any, page: Any) -> Any:
        if writer.serial > 1:
            raise KeyboardInterrupt
        return write(writer, page)

    return interrupted


WRITING: tuple[tuple[Any, str], ...] = ((NumberWriter, "write"), (ServerWriter, "_copied"))
"""What writes a page of numbers, of each engine."""


def test_an_interruption_while_writing_leaves_nothing(
    invoices: Book, listed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        for kind, name in WRITING:
            patch.setattr(kind, name, interrupted_later(getattr(kind, name)))
        result = invoices.run("adopt", "invoice", "--input", listed)
    assert result.status == 130
    assert invoices.numbers() == []
    assert invoices.ok("adopt", "invoice", "--input", listed).rows[0]["adopted"] == str(NUMBERS)


def test_an_interruption_after_the_commit_is_told(invoices: Book, monkeypatch: pytest.MonkeyPatch) -> None:

    def interrupted(staging: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Staging, "clear", interrupted)
        patch.setattr(ServerStaging, "clear", interrupted)
        result = invoices.run("adopt", "invoice", "INV-00001")
    assert result.status == 74
    assert "committed" in result.err
    assert invoices.texts() == ["INV-00001"]


def test_killed_at_any_moment_all_or_none(
    invoices: Book, listed: str, started: Callable[..., subprocess.Popen[bytes]], sql: Sql
) -> None:
    lengths = random.Random(5)
    for _ in range(8):
        running = started("adopt", "invoice", "--input", listed, stdout=subprocess.DEVNULL)
        time.sleep(lengths.uniform(0.1, 1.2))
        running.kill()
        running.communicate()
        found = sql("SELECT count(*), count(DISTINCT event_id) FROM number")
        assert found in ([(0, 0)], [(NUMBERS, 1)])
        if found == [(NUMBERS, 1)]:
            break
    assert invoices.run("audit", "verify").status == 0


def test_others_issue_while_a_slow_input_is_read(
    invoices: Book, started: Callable[..., subprocess.Popen[bytes]]
) -> None:
    invoices.ok("sequence", "edit", "invoice", "--manual")
    running = started("adopt", "invoice", "--input", "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert running.stdin is not None
    running.stdin.write(b"INV-00007\n")
    running.stdin.flush()
    until(partial(read_by_the_other_side, running.stdin))
    assert invoices.next("invoice") == ["INV-00001"]
    running.stdin.write(b"INV-00009\n")
    out, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (0, b"")
    assert b"\t2\t0\tINV-00001\tINV-00009\t00010\t6\t2" in out
    assert invoices.next("invoice") == ["INV-00010"]


def test_an_interruption_while_reading_leaves_nothing(
    invoices: Book, started: Callable[..., subprocess.Popen[bytes]]
) -> None:
    running = started("adopt", "invoice", "--input", "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert running.stdin is not None
    running.stdin.write(b"INV-00007\n")
    running.stdin.flush()
    until(partial(read_by_the_other_side, running.stdin))
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert b"Traceback" not in err
    assert invoices.numbers() == []


def test_a_reader_that_goes_away_is_told_by_the_status_alone(
    invoices: Book, shell: Shell, listed: str
) -> None:
    result = shell(f"seqctl adopt invoice --input {listed} | true; exit ${{PIPESTATUS[0]}}")
    assert result.status in (0, 74)
    assert len(invoices.texts()) == NUMBERS
