"""Many numbers at once on a server, beside a raw COPY of the same rows into a table without indexes.

The reference gets the rows as the ledger holds them afterwards, ready to be sent: the same columns, through
the same driver to the same server, in one durable transaction. Both sides are interleaved; by the clock, and
by what the processors did in this process and in the one that served it, which other work changes less.
"""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from seqctl import open_store
from seqctl.actions import add_sequence, adopt, assign, issue
from seqctl.actions.copying.move import move_book
from seqctl.definitions.records.records import read_records
from seqctl.definitions.tables.table import Form, TableFile
from seqctl.model.number.request import Request
from seqctl.model.reports.adoption import Adoption
from seqctl.model.reports.assignment import Batch
from seqctl.process import ProcessClock
from seqctl.store import open_place
from tests.benchmarks.adopting import write_numbers
from tests.benchmarks.batches import write_records
from tests.benchmarks.many_writers import SERVER
from tests.benchmarks.setting import YEARLY, Setting
from tests.benchmarks.table import row, skipped
from tests.postgres_server import Server, programs, running

RAW = "raw COPY without indexes"
WAL = {**SERVER, "max_wal_size": "4GB"}
"""No checkpoint falls into one side alone."""

CHUNK = 65536

Cost = tuple[float, float]
"""Seconds by the clock, and of the processors."""

Work = Callable[[str, Path], Cost]
"""Does the measured work on a book at an address that is not there yet, with a folder of its own."""


def batch(setting: Setting) -> str:
    """`next -n` of a hundred thousand numbers on a server, against a raw COPY of their rows."""
    count = setting.size(100_000, 500)

    def work(url: str, place: Path) -> Cost:
        with _book(url) as store:
            return _cost(store, lambda: issue(store, Request("invoice", count)))

    return _beside_raw(setting, f"`next -n {count}` on a server, library", count, work, "at least 0.12")


def assigning(setting: Setting) -> str:
    """`assign` of the records of a CSV file on a server, against a raw COPY of their rows."""
    count = setting.size(100_000, 500)

    def work(url: str, place: Path) -> Cost:
        path = write_records(place, count, None)

        def number() -> None:
            records = read_records(str(path), "id", ("date",)).records
            assert assign(store, Batch("invoice", path.name, records, "date")).issued == count

        with _book(url) as store:
            return _cost(store, number)

    return _beside_raw(setting, f"`assign` of {count:,} records on a server", count, work, "at least 0.12")


def adopting(setting: Setting) -> str:
    """`adopt` of a list of numbers on a server, against a raw COPY of their rows."""
    count = setting.size(200_000, 500)

    def work(url: str, place: Path) -> Cost:
        path = write_numbers(place, count, dated=False)

        def enter() -> None:
            file = TableFile(str(path), ("number", "date", "record"), Form({}))
            adopt(store, Adoption("invoice", file, path.name, file.faults))

        with _book(url, "INV-{YYYY}-{number:7}") as store:
            return _cost(store, enter)

    return _beside_raw(setting, f"`adopt` of {count:,} numbers on a server", count, work, "at least 0.12")


class _Copied(Exception):
    """All rows are in their new place, and durable."""


def copying(setting: Setting) -> str:
    """`copy --to` a server of a book in a file, until all its rows are there, against a raw COPY of them."""

    def copy(source: Any, to: Any) -> None:
        def watch(work: str) -> None:
            if work == "checking the copy":
                raise _Copied

        with suppress(_Copied):
            move_book(source, to, watch, print)

    return _copied(setting, "`copy --to` a server of {:,} numbers, unproved", copy, "at least 0.25")


def moving(setting: Setting) -> str:
    """The same to its end: proved against its log, opened there, and left here."""
    work = "`copy --to` a server of {:,} numbers, with its proof"
    return _copied(setting, work, lambda source, to: move_book(source, to, lambda work: None, print), "")


def _copied(setting: Setting, work: str, copy: Callable[[Any, Any], object], bound: str) -> str:
    count = setting.size(300_000, 500)

    def measured(url: str, place: Path) -> Cost:
        with _book(str(place / "b.db")) as source:
            issue(source, Request("invoice", count))
            to = open_place(url, "benchmark", ProcessClock())
            try:
                return _cost(to, lambda: copy(source, to))
            finally:
                to.close()

    return _beside_raw(setting, work.format(count), count, measured, bound)


def _beside_raw(setting: Setting, work: str, count: int, measured: Work, bound: str) -> str:
    bin = programs()
    if bin is None:
        return skipped(work, RAW, "there is no PostgreSQL server", bound)
    ours: list[Cost] = []
    raw: list[Cost] = []
    with running(bin, **WAL) as server:
        for turn in range(setting.rounds(5)):
            url = server.place()
            ours.append(measured(url, setting.place(str(turn))))
            raw.append(_raw_copy(server, url, count))
    lines = [
        row(
            f"{work}{by}",
            [count / cost[kind] for cost in ours],
            [count / cost[kind] for cost in raw],
            unit,
            bound,
            RAW,
        )
        for kind, (by, unit) in enumerate([("", "/s"), (", processors", "/s")])
    ]
    return "\n".join(lines)


@contextmanager
def _book(path: str, pattern: str = YEARLY["pattern"]) -> Iterator[Any]:
    """A new book with one sequence, open."""
    with open_store(path, create=True, actor="postgres") as store:
        add_sequence(store, "invoice", {**YEARLY, "pattern": pattern})
        yield store


def _cost(store: Any, work: Callable[[], object]) -> Cost:
    """What work on a server costs through the session that a store has."""
    session = getattr(store, "_store", store)
    session.dialed()
    gc.disable()  # as the commands do while they work
    try:
        return _measured(lambda: session._connection.backend, work)
    finally:
        gc.enable()


def _measured(backend: Callable[[], int], work: Callable[[], object]) -> Cost:
    served = backend()
    before, here, there = time.perf_counter(), time.process_time(), _processor_seconds(served)
    work()
    took = time.perf_counter() - before
    return took, time.process_time() - here + _processor_seconds(served) - there


def _processor_seconds(process: int) -> float:
    """What a process used of the processors, as Linux counts it."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _raw_copy(server: Server, url: str, count: int) -> Cost:
    """Write the rows of a book's ledger anew into a table without indexes."""
    import psycopg

    schema = url.rpartition("=")[2]
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE {schema}.raw (LIKE {schema}.number)")
        with connection.cursor().copy(f"COPY {schema}.number TO STDOUT") as copy:
            rows = b"".join(bytes(part) for part in copy)

        def write() -> None:
            with connection.cursor().copy(f"COPY {schema}.raw FROM STDIN") as copy:
                for start in range(0, len(rows), CHUNK):
                    copy.write(rows[start : start + CHUNK])

        cost = _measured(lambda: connection.info.backend_pid, write)
        (held,) = connection.execute(f"SELECT count(*) FROM {schema}.raw").fetchone() or (0,)
        assert held == count
        connection.execute(f"DROP SCHEMA {schema} CASCADE")
        return cost
