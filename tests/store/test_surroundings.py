"""A store of the library in a program that forks, starts threads, or opens the file of the book itself."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from seqctl.actions import add_sequence, issue
from seqctl.errors import NotDelivered, UsageError
from seqctl.model.number.request import Request
from seqctl.store.sqlite.file.create import open_store
from tests.odd_event import OddEvent

ROOT = Path(__file__).parents[2]
INVOICE = Request("invoice")
BEGINNING = """
import os, sys, threading
from seqctl.store.sqlite.file.create import open_store
from seqctl.actions import issue
from seqctl.errors import UsageError
from seqctl.model.number.request import Request

def one(store):
    print(issue(store, Request("invoice")).texts[0], flush=True)

def turn():
    reading, writing = os.pipe()
    return (lambda: os.read(reading, 1)), (lambda: os.write(writing, b"x"))

path = sys.argv[1]
wait_for_child, child_is_ready = turn()
wait_for_parent, parent_is_ready = turn()
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = str(tmp_path / "b.db")
    with open_store(path, create=True) as store:
        add_sequence(store, "invoice", {})
    return path


@pytest.fixture
def told(path: str) -> Callable[[str], list[str]]:
    """Run a program on the book in a process of its own; the lines that it printed: `told(code)`."""

    def call(code: str) -> list[str]:
        command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", BEGINNING + code, path]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert done.stderr == ""
        return done.stdout.splitlines()

    return call


def held(path: str) -> list[str]:
    with open_store(path) as store:
        return [text for (text,) in store.connection.execute("SELECT text FROM number ORDER BY serial")]


def test_a_forked_process_does_not_use_the_store_of_its_parent(
    told: Callable[[str], list[str]], path: str
) -> None:
    lines = told("""
store = open_store(path)
one(store)
child = os.fork()
if child == 0:
    for use in (one, lambda store: store.read().__enter__()):
        try:
            use(store)
        except UsageError as error:
            print(error, flush=True)
    os._exit(0)
os.waitpid(child, 0)
one(store)
store.close()
""")
    assert [line for line in lines if not line.isdigit()] == [
        f"this store of {path} was opened before the process was forked"
    ] * 2
    assert [line for line in lines if line.isdigit()] == held(path)


def test_a_forked_process_opens_the_book_itself_and_loses_nothing(
    told: Callable[[str], list[str]], path: str
) -> None:
    """The parent closes the book meanwhile; as the last one it would take the log away."""
    lines = told("""
store = open_store(path)
one(store)
child = os.fork()
if child == 0:
    own = open_store(path)
    one(own)
    child_is_ready(), wait_for_parent()
    one(own), one(own)
    own.close()
    os._exit(0)
wait_for_child()
store.close()
parent_is_ready()
os.waitpid(child, 0)
""")
    assert lines == ["1", "2", "3", "4"] == held(path)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("transaction = store.write()\ntransaction.__enter__()", "in the middle of a transaction"),
        (
            "other = []\nthread = threading.Thread(target=lambda: other.append(open_store(path)))\n"
            "thread.start()\nthread.join()",
            "while another thread of its parent had",
        ),
    ],
)
def test_what_cannot_be_let_go_of_is_told(
    told: Callable[[str], list[str]], path: str, before: str, words: str
) -> None:
    (line,) = told(f"""
store = open_store(path)
{before}
child = os.fork()
if child == 0:
    try:
        open_store(path)
    except UsageError as error:
        print(error, flush=True)
    os._exit(0)
os.waitpid(child, 0)
os._exit(0)
""")
    assert words in line


def test_a_store_serves_the_thread_that_opened_it(path: str) -> None:
    told: list[str] = []

    def use() -> None:
        for begin in (store.write, store.read):
            try:
                with begin():
                    told.append("it went through")
            except UsageError as error:
                told.append(f"{error}; {error.hint}")

    with open_store(path) as store:
        thread = threading.Thread(target=use)
        thread.start()
        thread.join()
        words = (
            f"this store of {path} was opened in another thread; open one in each thread, and close it there"
        )
        assert told == [words] * 2
        assert issue(store, INVOICE).texts == ["1"]


def next_of_another_process(path: str) -> list[str]:
    command = [sys.executable, "-m", "seqctl", "--db", path, "next", "invoice"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()


def test_a_program_that_opens_the_file_itself_is_told_before_a_number_is_lost(path: str) -> None:
    printed = []
    with open_store(path) as store:
        printed += issue(store, INVOICE).texts
        Path(path).read_bytes()
        printed += next_of_another_process(path)
        assert not os.path.exists(f"{path}-wal"), "the other one thought that it was the last"
        for begin in (store.write, store.read):
            with pytest.raises(UsageError, match="was taken away while this store had it open"), begin():
                pass
    with open_store(path) as store:
        printed += issue(store, INVOICE).texts
    assert printed == ["1", "2", "3"] == held(path)


def test_a_log_that_goes_during_a_transaction_is_told(path: str) -> None:
    with open_store(path) as store:
        with pytest.raises(NotDelivered, match="it is lost"), store.write() as transaction:
            transaction.log.append(OddEvent("x", "x", "{}"))
            os.rename(f"{path}-wal", f"{path}-away")
            transaction.commit()
        os.rename(f"{path}-away", f"{path}-wal")


def test_a_store_is_not_closed_in_another_thread(path: str) -> None:
    store = open_store(path)
    told: list[UsageError] = []

    def close_it() -> None:
        with pytest.raises(UsageError) as raised:
            store.close()
        told.append(raised.value)

    thread = threading.Thread(target=close_it)
    thread.start()
    thread.join()
    assert told[0].code == "usage"
    assert "opened in another thread" in str(told[0])
    assert "close it there" in str(told[0].hint)
    assert issue(store, INVOICE).texts == ["1"]
    store.close()
    assert not Path(path + "-wal").exists()
