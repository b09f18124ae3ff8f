"""Issuing in one process through the library, one durable transaction for each number."""

import sqlite3

from seqctl.actions import issue
from seqctl.model.number.request import Request
from tests.benchmarks.peers import Worker
from tests.benchmarks.raw import rate, raw_issue, raw_tables
from tests.benchmarks.row_lock import Unavailable
from tests.benchmarks.setting import YEARLY, Setting, new_book
from tests.benchmarks.table import row, skipped

WORK = "one number each, library"
OTHERS = (
    ("django-sqlite", "django-sequences on SQLite", ""),
    ("django-postgresql", "django-sequences on PostgreSQL", "above 1"),
    ("postgresql", "PostgreSQL, UPDATE and two INSERTs by psycopg", ""),
)


def one_by_one(setting: Setting) -> str:
    """One number for each durable transaction, in one loop with raw sqlite3 and other libraries."""
    count = setting.size(400, 20)
    store, raw = new_book(setting.folder, YEARLY), raw_tables(setting.folder)
    workers, missing = _workers(setting)
    ours: list[float] = []
    theirs: dict[str, list[float]] = {"raw": [], **{kind: [] for kind in workers}}
    for _ in range(setting.rounds(9)):
        ours.append(rate(count, lambda: [issue(store, Request("invoice")) for _ in range(count)]))
        theirs["raw"].append(rate(count, lambda: _one_by_one_raw(raw, count)))
        for kind, worker in workers.items():
            theirs[kind].append(worker.rate(count))
    for worker in workers.values():
        worker.stop()
    store.close()
    raw.close()
    lines = [row(WORK, ours, theirs["raw"], "/s", "at least 0.5", "raw sqlite3 with audit row")]
    lines += [
        row(WORK, ours, theirs[kind], "/s", bound, name)
        if kind in workers
        else skipped(WORK, name, missing[kind], bound)
        for kind, name, bound in OTHERS
    ]
    return "\n".join(lines)


def _one_by_one_raw(raw: sqlite3.Connection, count: int) -> None:
    for _ in range(count):
        raw_issue(raw)


def _workers(setting: Setting) -> tuple[dict[str, Worker], dict[str, str]]:
    """The processes that issue with other libraries, and why others are missing."""
    workers, missing = {}, {}
    for kind, _, _ in OTHERS:
        try:
            workers[kind] = setting.peers.worker(kind, setting.folder)
        except Unavailable as reason:
            missing[kind] = str(reason)
    return workers, missing
