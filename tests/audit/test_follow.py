"""`audit list --last`, `--after` and `--follow`: each event once, while others write, until it is stopped."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from seqctl.actions import add_sequence, issue
from seqctl.actions.audit.follow import follow_events
from seqctl.model.log.event import EventFilter
from seqctl.model.number.request import Request
from seqctl.store.sqlite.file.create import open_store
from tests.book import Book, Environment

PATIENCE = 30.0


def ids(book: Book, *words: object) -> list[int]:
    return [event["id"] for event in book.ok("audit", "list", "--json", *words).json]


@pytest.fixture
def log(invoices: Book) -> Book:
    """Twelve events: the book, the sequence, ten issues by two people."""
    for at in range(10):
        invoices.next("invoice", "--actor", "ines" if at % 2 else "bob")
    return invoices


def test_the_log_is_read_from_its_end_or_from_an_event_on(log: Book) -> None:
    assert ids(log) == list(range(1, 13))
    assert ids(log, "--last", "3") == [10, 11, 12]
    assert ids(log, "--last", "0") == []
    assert ids(log, "--after", "9") == [10, 11, 12]
    assert ids(log, "--after", "9", "--limit", "2") == [10, 11]
    assert ids(log, "--after", "9", "--last", "2") == [11, 12]
    assert ids(log, "--by", "ines", "--last", "2") == [10, 12]
    assert ids(log, "--subject", "invoice", "--last", "2", "--by", "bob") == [9, 11]
    assert ids(log, "--subject", "invoice", "--after", "10") == [11, 12]
    assert [event["cursor"] for event in log.ok("audit", "list", "--last", "2", "--json").json] == [11, 12]


def test_a_loop_sees_each_event_once_while_writers_write(log: Book) -> None:
    seen, cursor = [], 0
    for _ in range(40):
        page = log.ok("audit", "list", "--after", cursor, "--limit", "3", "--json").json
        seen += [event["id"] for event in page]
        cursor = page[-1]["cursor"] if page else cursor
        if len(seen) < 30:
            log.next("invoice")
    assert seen == ids(log)


def test_the_library_follows_in_batches(tmp_path: Path) -> None:
    path = str(tmp_path / "b.db")
    with open_store(path, create=True, actor="ada") as writer, open_store(path, actor="bob") as reader:
        add_sequence(writer, "n", {})
        batches = follow_events(reader, EventFilter(after=1))
        assert [event.id for event in next(batches)] == [2]
        assert next(batches) == []
        for _ in range(700):
            issue(writer, Request("n"))
        assert [event.id for event in next(batches)] == list(range(3, 503))
        assert [event.id for event in next(batches)] == list(range(503, 703))
        assert next(batches) == []
        some = follow_events(reader, EventFilter(action="init", last=5))
        assert [event.id for event in next(some)] == [1]
        assert next(some) == next(some) == []
        few = follow_events(reader, EventFilter(after=1, limit=3))
        assert [[event.id for event in batch] for batch in few] == [[2, 3, 4]]


def test_only_lines_of_json_are_followed(log: Book) -> None:
    told = log("audit", "list", "--follow", "-o", "csv")
    assert (told.status, told.err.splitlines()[0]) == (2, "seqctl: error: --follow prints JSON Lines")
    log.fails(2, "usage", "audit", "list", "--follow", "--action", "isue")
    lines = log.ok("audit", "list", "--follow", "--limit", "2", "--columns", "id,about").lines
    assert [json.loads(line) for line in lines] == [
        {"id": 1, "about": "timezone UTC"},
        {"id": 2, "about": "created sequence invoice"},
    ]


@contextmanager
def follower(book: Book, environment: Environment, *words: str) -> Iterator[subprocess.Popen[str]]:
    """The real program, following."""
    command = [sys.executable, "-m", "seqctl", "--db", str(book.path), "audit", "list", "--follow", *words]
    process = subprocess.Popen(
        command, env=environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.communicate()


def line_of(process: subprocess.Popen[str]) -> dict[str, object]:
    """The next line that it prints, waited for."""
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
    assert ready, "nothing came"
    told: dict[str, object] = json.loads(process.stdout.readline())
    return told


def test_new_events_are_printed_as_they_come(log: Book, environment: Environment) -> None:
    with follower(log, environment, "--after", "12") as process:
        for expected in (13, 14, 15):
            log.next("invoice")
            assert line_of(process)["id"] == expected
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err


def test_a_reader_that_goes_away_ends_it_although_nothing_happens(
    log: Book, environment: Environment
) -> None:
    with follower(log, environment, "--after", "11") as process:
        assert line_of(process)["id"] == 12
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(timeout=PATIENCE) == 74
        assert process.stderr is not None and process.stderr.read() == ""


def test_another_book_in_its_place_is_told(log: Book, environment: Environment) -> None:
    with follower(log, environment, "--after", "11") as process:
        assert line_of(process)["id"] == 12
        copy = f"{log.path}.copy"
        log.ok("backup", copy)
        os.replace(copy, log.path)
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 7
    assert "seqctl: error: another file was put in the place of" in err
    assert "audit list --after 12 --follow" in err


def test_waiting_costs_next_to_nothing(log: Book, environment: Environment) -> None:
    with follower(log, environment, "--after", "11") as process:
        assert line_of(process)["id"] == 12
        used = [_cpu_ticks(process.pid)]
        time.sleep(3)
        used.append(_cpu_ticks(process.pid))
    assert used[1] - used[0] <= os.sysconf("SC_CLK_TCK") * 3 // 20, "more than five hundredths of the time"


def _cpu_ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
