"""The book is let go before a commit is durable: nobody is shown it sooner, and nobody holds it for long."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import seqctl.store.postgres.beginning as beginning
import seqctl.store.postgres.outages.barrier as barrier
from seqctl import open_store
from seqctl.actions import add_sequence, issue, show_number, void
from seqctl.errors import SeqctlError
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import Request
from seqctl.store.postgres import engine
from tests.book import Run
from tests.postgres.cluster import Cluster
from tests.postgres_server import Server

ROOT = Path(__file__).parents[3]
SHOWN = [[], ["show", "1"], ["numbers"], ["audit", "head"], ["next", "invoice", "--key", "k"]]
ANY = NumberFilter()
VICTIM = """
import os, signal, sys
from seqctl.__main__ import main
from seqctl.store.postgres import engine

commit = engine.Transaction.commit

def stopped(transaction):
    os.kill(os.getpid(), signal.SIGSTOP)
    commit(transaction)

engine.Transaction.commit = stopped
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("words", SHOWN, ids=lambda words: " ".join(words) or "nothing")
def test_what_somebody_was_shown_survives_the_primary(
    words: list[str], cluster: Cluster, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer died before its barrier; whoever shows its number waits in its place."""
    url = f"{cluster.url}?schema=books"
    with open_store(url, create=True, timeout=10) as store:
        add_sequence(store, "invoice", {})
    with monkeypatch.context() as hasty:
        hasty.setattr(barrier, "BARRIER", "SELECT 1")
        with open_store(url, timeout=10) as store:
            assert issue(store, Request("invoice", key="k")).texts == ["1"]
    if words:
        shown = run("--db", url, *words)
        assert (shown.status, shown.err) == (0, "")
    cluster.primary.kill()
    cluster.succeed()
    held = [("1",)] if words else []
    assert cluster.primary.ask("SELECT text FROM books.number") == held


@pytest.fixture
def book(postgres_server: Server) -> str:
    url = postgres_server.place()
    with open_store(url, create=True) as store:
        add_sequence(store, "invoice", {})
        issue(store, Request("invoice"))
    return url


@pytest.fixture
def stopped(book: str) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """A command that is stopped just before its COMMIT: `stopped(*words)`; at the end it goes on."""
    victims = []

    def call(*words: str) -> "subprocess.Popen[str]":
        victim = subprocess.Popen(
            [sys.executable, "-c", VICTIM, "--db", book, *words],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        victims.append(victim)
        assert os.WIFSTOPPED(os.waitpid(victim.pid, os.WUNTRACED)[1])
        return victim

    yield call
    for victim in victims:
        if victim.returncode is None:
            os.kill(victim.pid, signal.SIGCONT)
            victim.communicate(timeout=30)


@pytest.mark.parametrize(
    "words",
    [["next", "invoice"], ["next", "invoice", "--json"], ["void", "1", "--reason", "x"]],
    ids=" ".join,
)
def test_whoever_is_stopped_with_the_lock_is_dropped_and_prints_nothing(
    words: list[str], book: str, stopped: Callable[..., "subprocess.Popen[str]"]
) -> None:
    victim = stopped(*words)
    began = time.monotonic()
    with open_store(book, timeout=10) as store:
        assert issue(store, Request("invoice")).texts == ["2"]
        assert time.monotonic() - began < 8
        os.kill(victim.pid, signal.SIGCONT)
        out, err = victim.communicate(timeout=30)
        assert (victim.returncode, out) == (75, "")
        assert "nothing was" in err
        assert issue(store, Request("invoice")).texts == ["3"]
        assert show_number(store, "1", ANY).number.state == "issued"


def test_many_numbers_may_take_their_time(book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does much is not dropped after the seconds that one number has; one number is."""
    monkeypatch.setattr(engine, "IDLE", 1)
    slow = engine.Transaction.commit

    def commit(transaction: engine.Transaction) -> None:
        time.sleep(1.5)
        slow(transaction)

    monkeypatch.setattr(engine.Transaction, "commit", commit)
    with open_store(book) as store:
        assert issue(store, Request("invoice", 2)).texts == ["2", "3"]
        assert len(void(store, ["2", "3"], "x")) == 2
        with pytest.raises(SeqctlError) as dropped:
            void(store, ["1"], "x")
        assert dropped.value.code == "server_unreachable"


def test_a_reader_knows_what_is_durable(book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is waited for twice: a barrier costs a sync."""
    made: list[object] = []
    settled = barrier.settled

    def counted(connection: Any, statements: Any) -> Any:
        made.append(connection)
        return settled(connection, statements)

    monkeypatch.setattr(beginning, "SEEN", beginning.SEEN.replace(barrier.UNSETTLED, "true"))
    monkeypatch.setattr(beginning, "settled", counted)
    with open_store(book) as store, open_store(book) as other:
        show_number(store, "1", ANY)
        show_number(store, "1", ANY)
        assert len(made) == 1
        issue(store, Request("invoice"))
        show_number(store, "2", ANY)
        assert len(made) == 1
        issue(other, Request("invoice"))
        show_number(store, "3", ANY)
        assert len(made) == 2
