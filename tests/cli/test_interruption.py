"""An interruption after the commit: the numbers are named, and the status is not that of nothing done."""

import os
import signal
import threading
from pathlib import Path

import pytest

from seqctl import process
from seqctl.process import Clock
from seqctl.store.sqlite.driver import Connection
from seqctl.store.sqlite.engine import open_book
from tests.book import Book


@pytest.mark.parametrize("words", [["next", "invoice"], ["next", "invoice", "--json"]], ids=" ".join)
def test_an_interruption_while_printing_names_the_number(
    invoices: Book, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    write = os.write

    def interrupted(descriptor: int, data: memoryview) -> int:
        if descriptor == process.STDOUT:
            raise KeyboardInterrupt
        return write(descriptor, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", interrupted)
        result = invoices.run(*words)
    assert result.status == 74, result
    assert "INV-00001" in result.err
    assert invoices.texts() == ["INV-00001"]


@pytest.mark.parametrize("words", [["next", "invoice"], ["next", "invoice", "--json"]], ids=" ".join)
def test_an_interruption_between_commit_and_output_is_told(
    invoices: Book, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        for place in ("express", "issuing.drawing"):
            patch.setattr(f"seqctl.cli.{place}.deliver", interrupted)
        result = invoices.run(*words)
    assert result.status == 74, result
    assert "committed" in result.err
    assert invoices.texts() == ["INV-00001"]


ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def test_a_query_of_sqlite_that_takes_long_ends_with_an_interruption(invoices: Book) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT))
    try:
        with open_book(str(invoices.path), "ada", Clock()) as store:
            timer.start()
            with pytest.raises(KeyboardInterrupt), store.read() as transaction:
                connection = transaction.connection
                assert isinstance(connection, Connection)
                connection.execute(ENDLESS).fetchall()
            timer.join()
            with store.read() as transaction:
                assert transaction.log.last()[0] > 0
    finally:
        signal.signal(signal.SIGINT, before)
    assert not Path(f"{invoices.path}-wal").exists()
