"""The queue in front of the write lock: order for those who wait, and never a hindrance."""

import _thread
import errno
import fcntl
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from seqctl.actions import add_sequence, issue
from seqctl.errors import Busy
from seqctl.model.number.request import Request
from seqctl.store.sqlite import engine
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_in_memory, open_store
from seqctl.store.sqlite.queue import usher
from tests.odd_event import OddEvent
from tests.waiting import until

ROOT = Path(__file__).parents[2]
INVOICE = Request("invoice")


@pytest.fixture
def path(tmp_path: Path) -> str:
    with open_store(str(tmp_path / "b.db"), create=True) as store:
        add_sequence(store, "invoice", {})
    return str(tmp_path / "b.db")


@pytest.fixture
def store(path: str) -> Iterator[SqliteStore]:
    with open_store(path) as book:
        yield book


@pytest.fixture
def queue(path: str) -> None:
    """The book has its queue already: two writers met."""
    Path(path + "-queue").touch()


def lock_files(path: str) -> list[str]:
    """What lies beside a book and belongs to the queue."""
    return [name for name in os.listdir(os.path.dirname(path)) if name.endswith(("-queue", "-turn"))]


def waiting(path: str) -> int:
    """How many wait for one of the two locks, as the kernel lists them."""
    inodes = {
        f":{os.stat(path + suffix).st_ino}" for suffix in ("-queue", "-turn") if os.path.exists(path + suffix)
    }
    with open("/proc/locks", encoding="ascii") as file:
        blocked = [line.split() for line in file if " -> " in line]
    return sum(any(word.endswith(tuple(inodes)) for word in words) for words in blocked)


class Writer(threading.Thread):
    """A thread that issues one number with a store of its own and says so in a list."""

    def __init__(self, path: str, name: str, done: list[str], timeout: float = 60) -> None:
        super().__init__(name=name)
        self.path, self.done, self.timeout = path, done, timeout
        self.start()

    def run(self) -> None:
        with open_store(self.path, timeout=self.timeout) as book, book.write() as transaction:
            self.done.append(self.name)
            transaction.log.append(OddEvent("x", "x", "{}"))
            transaction.commit()


class Sleeper:
    """What there is without the queue: who finds the lock taken sleeps a while, and then looks again.

    So SQLite's busy handler waits; here the test says when a sleep is over.
    """

    def __init__(self) -> None:
        self.asleep, self.woken = threading.Event(), threading.Event()

    def begin(self, store: SqliteStore) -> None:
        """Begin as soon as the lock is free when it is looked at."""
        store.connection.execute("PRAGMA busy_timeout = 0")
        while True:
            try:
                store.connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                assert error.sqlite_errorcode == sqlite3.SQLITE_BUSY
            self.asleep.set()
            assert self.woken.wait(60)


def in_line(path: str, count: int) -> bool:
    return waiting(path) == count


@pytest.mark.usefixtures("queue")
def test_who_waits_comes_before_who_had_a_turn(path: str, store: SqliteStore) -> None:
    done: list[str] = []
    writers = []
    with store.write():
        for place in range(5):
            writers.append(Writer(path, str(place), done))
            until(partial(in_line, path, place + 1))
    turns = 0
    # Behind the first one the system wakes who waits in order, and whoever then runs first is the next. A
    # busy machine may take its time to run who was woken.
    while len(done) - turns < len(writers):
        assert turns < 5_000, "it had five thousand turns while others waited"
        with store.write():
            done.append("again")
        turns += 1
    for writer in writers:
        writer.join()
    assert done[0] == "0"
    assert sorted(name for name in done if name != "again") == ["0", "1", "2", "3", "4"]


def test_without_the_queue_whoever_had_the_lock_has_it_again(
    path: str, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeper = Sleeper()
    monkeypatch.setattr(engine, "begin_writing", sleeper.begin)
    done: list[str] = []
    with store.write():
        writer = Writer(path, "the second", done)
        until(sleeper.asleep.is_set)
    for _ in range(50):
        with store.write():
            done.append("the first again")
    sleeper.woken.set()
    writer.join()
    assert done == ["the first again"] * 50 + ["the second"], "the control is fair, and the queue for nothing"


def test_a_writer_who_meets_nobody_makes_no_files(path: str, store: SqliteStore) -> None:
    with store.write():
        assert lock_files(path) == []


def test_lock_files_are_private_and_go_with_the_last_who_has_the_book_open(
    path: str, store: SqliteStore
) -> None:
    umask = os.umask(0)
    done: list[str] = []
    try:
        with store.write():
            writer = Writer(path, "x", done)
            until(lambda: os.path.exists(path + "-turn"))
            for suffix in ("-queue", "-turn"):
                assert stat.S_IMODE(os.stat(path + suffix).st_mode) == 0o600
        writer.join()
    finally:
        os.umask(umask)
    assert os.path.exists(path + "-queue")
    issue(store, INVOICE)
    store.close()
    assert lock_files(path) == []


def test_a_file_of_that_name_with_something_in_it_is_kept(path: str, store: SqliteStore) -> None:
    Path(path + "-queue").write_text("mine")
    issue(store, INVOICE)
    store.close()
    assert Path(path + "-queue").read_text() == "mine"
    assert not os.path.exists(path + "-turn")


@pytest.mark.usefixtures("queue")
def test_what_the_queue_took_of_the_time_is_not_waited_again(path: str, store: SqliteStore) -> None:
    statements: list[str] = []
    with open_store(path, timeout=0.3) as late, store.write():
        late.connection.set_trace_callback(statements.append)
        for _ in range(2):
            with pytest.raises(Busy, match=r"held .*b\.db for longer than 0\.3 seconds"):
                issue(late, INVOICE)
            assert statements[-3:] == [
                "PRAGMA busy_timeout = 0",
                "BEGIN IMMEDIATE",
                "PRAGMA busy_timeout = 300",
            ]
        store.connection.execute("ROLLBACK")
        assert issue(late, INVOICE).texts == ["1"]


def test_a_turn_is_free_again_while_the_error_of_it_is_kept(path: str, store: SqliteStore) -> None:
    with open_store(path, timeout=0.05) as late:
        with store.write(), pytest.raises(Busy):
            issue(late, INVOICE)
        with late.write() as first, pytest.raises(RuntimeError) as kept:
            first.ledger.mark_used(1)
            first.commit()
        assert kept.value.__traceback__ is not None
        assert issue(store, INVOICE).texts == ["1"]
        assert issue(late, INVOICE).texts == ["2"]


@pytest.mark.parametrize("suffix", ["-queue", "-turn"])
@pytest.mark.parametrize("timeout", [0, 0.2])
def test_a_queue_that_does_not_move_keeps_nobody_from_a_lock_that_is_free(
    path: str, suffix: str, timeout: float
) -> None:
    Path(path + "-queue").touch()
    stuck = os.open(path + suffix, os.O_RDWR | os.O_CREAT)
    fcntl.flock(stuck, fcntl.LOCK_EX)
    with open_store(path, timeout=timeout) as book:
        assert [issue(book, INVOICE).texts for _ in range(3)] == [["1"], ["2"], ["3"]]
    os.close(stuck)


def test_a_timeout_of_0_does_not_wait(path: str, store: SqliteStore) -> None:
    with open_store(path, timeout=0) as hasty:
        threads = _thread._count()
        with store.write():
            for _ in range(2):
                with pytest.raises(Busy):
                    issue(hasty, INVOICE)
        assert _thread._count() == threads
        assert issue(hasty, INVOICE).texts == ["1"]


def make_link(path: Path) -> None:
    path.symlink_to(path.with_name("elsewhere"))


@pytest.mark.parametrize("suffix", ["-queue", "-turn"])
@pytest.mark.parametrize("make", [make_link, Path.mkdir, os.mkfifo], ids=["link", "directory", "pipe"])
def test_what_is_no_lock_file_is_passed_over(
    path: str, store: SqliteStore, suffix: str, make: Callable[[Path], None]
) -> None:
    make(Path(path + suffix))
    meet(path, store)
    assert not Path(path).with_name("elsewhere").exists()


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EMFILE, errno.ENOSPC])
@pytest.mark.parametrize("suffix", ["-queue", "-turn"])
def test_a_lock_file_that_cannot_be_opened_is_passed_over(
    path: str, store: SqliteStore, suffix: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refuse(name: str, *arguments: int) -> int:
        if str(name).endswith(suffix):
            raise OSError(number, os.strerror(number))
        return opened(name, *arguments)

    monkeypatch.setattr(os, "open", refuse)
    meet(path, store)


@pytest.mark.parametrize("kind", [fcntl.LOCK_EX | fcntl.LOCK_NB, fcntl.LOCK_EX], ids=["at once", "waiting"])
def test_a_system_without_locks_is_passed_over(
    path: str, store: SqliteStore, kind: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock = fcntl.flock

    def refuse(file: int, operation: int) -> None:
        if operation == kind:
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
        flock(file, operation)

    monkeypatch.setattr(fcntl, "flock", refuse)
    meet(path, store)


def test_a_system_without_threads_is_passed_over(
    path: str, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(usher, "start_new_thread", refuse)
    meet(path, store)


def meet(path: str, store: SqliteStore) -> None:
    """Two writers meet, the second waits, and both get their number without a word."""
    with open_store(path, timeout=60) as second:
        with store.write():
            done = threading.Timer(0.2, lambda: None)
            done.start()
            waiter = threading.Thread(target=lambda: issue_in(path))
            waiter.start()
            done.join()
        waiter.join()
        assert [issue(second, INVOICE).texts, issue(store, INVOICE).texts] == [["2"], ["3"]]


def issue_in(path: str) -> None:
    with open_store(path, timeout=60) as book:
        issue(book, INVOICE)


HOLD = """
import os, sys, time
from seqctl.store.sqlite.file.create import open_store
store = open_store(sys.argv[1], timeout=60)
transaction = store.write()
transaction.__enter__()
if sys.argv[2] == "forks":
    child = os.fork()
    if child == 0:
        os.close(1)
        time.sleep(600)
    os.write(1, b"%d\\n" % child)
os.write(1, b"ready\\n")
time.sleep(600)
"""


def program(path: str, what: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", HOLD, path, what], stdout=subprocess.PIPE, cwd=ROOT)


def ended(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.communicate()


def free(path: str) -> bool:
    """Whether nobody holds either lock."""
    for suffix in ("-queue", "-turn"):
        file = os.open(path + suffix, os.O_RDWR)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(file)
    return True


@pytest.mark.usefixtures("queue")
def test_a_writer_killed_in_its_turn_leaves_no_lock(path: str, store: SqliteStore) -> None:
    killed = program(path, "holds")
    assert killed.stdout is not None and killed.stdout.readline() == b"ready\n"
    assert not free(path)
    ended(killed)
    assert free(path)
    assert issue(store, INVOICE).texts == ["1"]


@pytest.mark.usefixtures("queue")
def test_a_writer_killed_in_the_queue_leaves_no_lock(path: str, store: SqliteStore) -> None:
    with store.write():
        killed = program(path, "waits")
        until(lambda: waiting(path) == 1)
        ended(killed)
        assert waiting(path) == 0
    assert free(path)
    assert issue(store, INVOICE).texts == ["1"]


@pytest.mark.usefixtures("queue")
def test_a_forked_process_keeps_no_lock_of_a_killed_parent(path: str, store: SqliteStore) -> None:
    killed = program(path, "forks")
    assert killed.stdout is not None
    child = int(killed.stdout.readline())
    try:
        assert killed.stdout.readline() == b"ready\n"
        until(lambda: not any("b.db-" in name for name in open_files(child, ("-queue", "-turn"))))
        assert not free(path)
        ended(killed)
        assert free(path)
        assert issue(store, INVOICE).texts == ["1"]
    finally:
        os.kill(child, signal.SIGKILL)


def open_files(process: int, suffixes: tuple[str, ...]) -> list[str]:
    folder = f"/proc/{process}/fd"
    names = [os.readlink(f"{folder}/{number}") for number in os.listdir(folder)]
    return [name for name in names if name.endswith(suffixes)]


@pytest.mark.usefixtures("queue")
def test_the_alarm_of_the_program_stays_its_own(path: str, store: SqliteStore) -> None:
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: rung.append(number))
    try:
        with open_store(path, timeout=0.4) as late, store.write():
            handler = signal.getsignal(signal.SIGALRM)
            signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
            with pytest.raises(Busy):
                issue(late, INVOICE)
            assert signal.getsignal(signal.SIGALRM) is handler
            assert signal.getitimer(signal.ITIMER_REAL)[1] == pytest.approx(0.05)
            assert len(rung) > 1
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("queue")
def test_an_interruption_in_the_queue_gives_the_place_away(path: str, store: SqliteStore) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    done: list[str] = []
    try:
        with open_store(path, timeout=60) as late:
            with store.write():
                signal.setitimer(signal.ITIMER_REAL, 0.2)
                with pytest.raises(KeyboardInterrupt) as kept:
                    issue(late, INVOICE)
                writer = Writer(path, "x", done)
                until(lambda: waiting(path) == 2)
            writer.join()
            assert done == ["x"]
            assert kept.value.__traceback__ is not None
            assert [issue(late, INVOICE).texts, issue(store, INVOICE).texts] == [["1"], ["2"]]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("queue")
def test_places_that_were_given_up_stay_few_and_come_to_an_end(path: str, store: SqliteStore) -> None:
    threads = _thread._count()
    with store.write():
        for _ in range(usher.MOST_LEFT + 4):
            with open_store(path, timeout=0.02) as late, pytest.raises(Busy):
                issue(late, INVOICE)
        assert _thread._count() <= threads + usher.MOST_LEFT
    until(lambda: _thread._count() == threads)
    assert free(path)


@pytest.mark.usefixtures("queue")
def test_a_book_that_is_dropped_or_closed_takes_its_thread_along(path: str, store: SqliteStore) -> None:
    threads = _thread._count()
    closed, dropped = open_store(path, timeout=0.3), open_store(path, timeout=0.3)
    for late in (closed, dropped):
        with store.write(), pytest.raises(Busy):
            issue(late, INVOICE)
        meeting = threading.Timer(0.1, lambda: None)
        meeting.start()
        meeting.join()
    closed.close()
    dropped.connection.close()
    del dropped, late
    until(lambda: _thread._count() == threads)


def test_threads_share_a_book_like_processes(path: str) -> None:
    numbers: list[str] = []

    def work() -> None:
        with open_store(path, timeout=60) as book:
            for _ in range(25):
                numbers.extend(issue(book, INVOICE).texts)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(int, numbers)) == list(range(1, 201))
    assert lock_files(path) == []


def test_a_second_transaction_on_one_store_does_not_end_the_first(store: SqliteStore) -> None:
    with store.write() as first:
        with pytest.raises(Exception, match="within a transaction"), store.write():
            pass
        first.log.append(OddEvent("x", "x", "{}"))
        first.commit()
    assert store.committed


def test_a_book_in_memory_has_no_queue(
    tmp_path: Path, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = os.listdir()
    with open_in_memory("x", store.clock) as book:
        add_sequence(book, "invoice", {})
        issue(book, INVOICE)
    assert os.listdir() == before


def test_the_queue_is_beside_the_file_whatever_it_is_called_by(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = elsewhere / "link.db"
    link.symlink_to(path)
    monkeypatch.chdir(tmp_path)
    for name in ("b.db", str(link)):
        with open_store(name, timeout=0.05) as late:
            os.chdir(elsewhere)
            with open_store(path) as store, store.write(), pytest.raises(Busy):
                issue(late, INVOICE)
            assert os.path.exists(path + "-turn")
            assert lock_files(str(link)) == []
        assert not os.path.exists(path + "-turn")
        os.chdir(tmp_path)
