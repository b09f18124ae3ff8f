"""Another writer: wait for as long as --timeout says, then say so; an interruption does no harm."""

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.book import Book, Environment
from tests.waiting import until


@contextmanager
def another_writer(path: Path) -> Iterator[sqlite3.Connection]:
    """Somebody else's transaction that holds the write lock."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    finally:
        connection.close()


@pytest.mark.parametrize(
    "words",
    [
        ("next", "invoice"),
        ("sequence", "edit", "invoice", "--title", "x"),
        ("sequence", "set-next", "invoice", "9", "--reason", "x"),
        ("import", "-"),
    ],
    ids=" ".join,
)
def test_a_writer_that_stays_is_busy_and_nothing_happens(invoices: Book, words: tuple[str, ...]) -> None:
    before = invoices.ok("info", "--json").json["head"]
    with another_writer(invoices.path):
        result = invoices(*words, "--timeout", "0.1", input="[sequences.new]\nprefix = 'N'")
        assert result.status == 75
        assert result.out == ""
        assert "--timeout" in result.err
        told = invoices("--json", *words, "--timeout", "0.1", input="[sequences.new]\nprefix = 'N'")
        assert (told.status, told.error["code"]) == (75, "busy")
    assert invoices.ok("info", "--json").json["head"] == before


@pytest.mark.parametrize("words", [("next", "invoice"), ("next", "invoice", "--json")], ids=" ".join)
def test_timeout_0_does_not_wait_at_all(invoices: Book, words: tuple[str, ...]) -> None:
    with another_writer(invoices.path) as writer:
        done = threading.Timer(0.8, lambda: writer.execute("ROLLBACK"))
        done.start()
        result = invoices(*words, "--timeout", "0")
        done.join()
    assert result.status == 75
    assert invoices.numbers() == []


@pytest.mark.parametrize("seconds", ["5", "3000000", "1000000000000", "inf"])
def test_a_writer_that_goes_away_in_time_is_waited_for(invoices: Book, seconds: str) -> None:
    with another_writer(invoices.path) as writer:
        done = threading.Timer(0.2, lambda: writer.execute("ROLLBACK"))
        done.start()
        result = invoices("next", "invoice", "--timeout", seconds)
        done.join()
    if seconds == "inf" and result.status == 2:
        assert invoices.numbers() == []
        return
    assert (result.status, result.lines) == (0, ["INV-00001"])


@pytest.mark.parametrize(
    "words", [("peek", "invoice"), ("numbers",), ("export",), ("info",), ("sequence", "list")]
)
def test_readers_do_not_wait_for_a_writer(invoices: Book, words: tuple[str, ...]) -> None:
    with another_writer(invoices.path):
        invoices.ok(*words, "--timeout", "0")


def test_an_import_that_changes_nothing_waits_for_nobody(invoices: Book) -> None:
    text = invoices.ok("export").out
    with another_writer(invoices.path):
        assert invoices.ok("import", "-", "--timeout", "0", input=text).rows[-1]["action"] == "unchanged"


@pytest.mark.parametrize("words", [("next", "invoice"), ("next", "invoice", "--json")], ids=" ".join)
def test_an_interruption_while_waiting_is_130_and_issues_nothing(
    invoices: Book, environment: Environment, words: tuple[str, ...]
) -> None:
    with another_writer(invoices.path):
        process = subprocess.Popen(
            [sys.executable, "-m", "seqctl", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        until(lambda: [file for file in invoices.path.parent.iterdir() if file.name.endswith("-turn")])
        process.send_signal(signal.SIGINT)
        process.wait(timeout=40)
    out, err = process.communicate(timeout=40)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    assert invoices.numbers() == []
