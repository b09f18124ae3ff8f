"""A process that is stopped with the turn at the write lock holds nobody up, unless it has that lock."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seqctl.actions import add_sequence
from seqctl.store.sqlite.file.create import open_store

ROOT = Path(__file__).parents[2]
VICTIM = """
import fcntl, os, signal, sys
from seqctl.store.sqlite.file.create import open_store
from seqctl.actions import issue
from seqctl.model.number.request import Request
from seqctl.store.sqlite import engine
from seqctl.store.sqlite.queue import turn

def stop():
    os.kill(os.getpid(), signal.SIGSTOP)

point = sys.argv[2]
at_once, leave, begin = turn.Turn.at_once, turn.Turn.leave, engine.begin_writing
if point == "before the lock":
    turn.Turn.at_once = lambda self: (at_once(self), stop())[0]
elif point == "after the commit":
    turn.Turn.leave = lambda self: (stop() if self._files else None, leave(self))[1]
elif point == "first in the queue":
    turn.Turn.at_once = lambda self: (fcntl.flock(self._files[0], fcntl.LOCK_EX), stop(), at_once(self))[2]
elif point == "with the lock":
    engine.begin_writing = lambda store: (begin(store), stop())[0]
open(sys.argv[1] + "-queue", "w").close()
with open_store(sys.argv[1]) as store:
    print(issue(store, Request("invoice")).texts[0])
"""
Writer = subprocess.Popen[str]
Stopped = Callable[[str], Writer]
POINTS = ["before the lock", "after the commit", "first in the queue"]


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = str(tmp_path / "b.db")
    with open_store(path, create=True) as store:
        add_sequence(store, "invoice", {})
    return path


@pytest.fixture
def stopped(path: str) -> Iterator[Stopped]:
    """A writer that was stopped at a point: `stopped(point)`; at the end it goes on."""
    victims = []

    def call(point: str) -> Writer:
        victim = subprocess.Popen(
            [sys.executable, "-c", VICTIM, path, point], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        victims.append(victim)
        assert os.WIFSTOPPED(os.waitpid(victim.pid, os.WUNTRACED)[1])
        return victim

    yield call
    for victim in victims:
        go_on(victim)


def go_on(victim: Writer) -> list[str]:
    """Let a stopped writer go on; what it printed. It may be stopped once more on its way."""
    while victim.poll() is None:
        victim.send_signal(signal.SIGCONT)
        time.sleep(0.02)
    assert victim.stdout is not None
    return [] if victim.stdout.closed else victim.communicate()[0].split()


def writers(path: str, count: int, timeout: int) -> list[Writer]:
    command = [sys.executable, "-m", "seqctl", "--db", path, "--timeout", str(timeout), "next", "invoice"]
    return [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(count)
    ]


@pytest.mark.parametrize("point", POINTS)
def test_who_waits_behind_a_stopped_process_goes_on(path: str, stopped: Stopped, point: str) -> None:
    victim = stopped(point)
    began = time.monotonic()
    printed = []
    for writer in writers(path, 5, 60):
        out, err = writer.communicate()
        assert (writer.returncode, err) == (0, "")
        printed += out.split()
    assert time.monotonic() - began < 30, "they waited for the stopped one"
    printed += go_on(victim)
    with open_store(path) as store:
        ledger = [text for (text,) in store.connection.execute("SELECT text FROM number")]
    assert sorted(printed, key=int) == [str(value) for value in range(1, 7)] == sorted(ledger, key=int)


def test_one_program_goes_on_again_and_again(path: str, stopped: Stopped) -> None:
    """Its places in the queue that were given up stay few."""
    victim = stopped("before the lock")
    code = (
        "import sys, threading\nfrom seqctl import open_store\nfrom seqctl.actions import issue\n"
        "from seqctl.model.number.request import Request\n"
        "with open_store(sys.argv[1], timeout=60) as store:\n"
        "    for _ in range(40):\n        print(issue(store, Request('invoice')).texts[0])\n"
    )
    done = subprocess.run([sys.executable, "-c", code, path], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.split() == [str(value) for value in range(1, 41)]
    assert go_on(victim) == ["41"]


def test_a_process_that_is_stopped_with_the_lock_itself_is_told(path: str, stopped: Stopped) -> None:
    victim = stopped("with the lock")
    (writer,) = writers(path, 1, 1)
    out, err = writer.communicate()
    assert (writer.returncode, out) == (75, "")
    assert "seqctl: error: " in err
    assert go_on(victim) == ["1"]
