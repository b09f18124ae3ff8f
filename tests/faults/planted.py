"""seqctl with a fault planted in it: `python planted.py FAULT ARGUMENTS...`.

The controls run it: a test that does not catch the fault that is planted here is worth nothing.
"""

import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def instead_of_sync(pragma: str) -> None:
    """The engine asks for its syncs, and gets something else."""
    from seqctl.store.sqlite import driver

    connect = driver.connect

    class Weak(driver.Connection):
        def execute(self, statement: str, *values: object) -> object:  # type: ignore[override]
            if statement.startswith("PRAGMA synchronous"):
                statement = f"PRAGMA {pragma}"
            return super().execute(statement, *values)  # type: ignore[arg-type]

    vars(driver)["connect"] = partial(connect, factory=Weak)


def no_journal() -> None:
    """A change is written in place, with nothing to undo it by."""
    connection = sqlite3.connect(sys.argv[sys.argv.index("--db") + 1])
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    instead_of_sync("journal_mode = OFF")


def prints_first() -> None:
    """The number is printed before it is committed."""
    from seqctl.actions.issuing.issue import issue, peek
    from seqctl.cli import express
    from seqctl.model.number.issue import Issue
    from seqctl.model.number.request import Request
    from seqctl.store.sqlite.engine import SqliteStore

    deliver = vars(express)["deliver"]

    def hasty(store: SqliteStore, request: Request) -> Issue:
        deliver(peek(store, request).texts, "")
        return issue(store, request)

    vars(express).update(issue=hasty, deliver=lambda *_: None)


def silent_output() -> None:
    """An output that fails is nobody's problem."""
    from seqctl import process

    write_all = process.write_all

    def silent(data: bytes) -> None:
        with suppress(OSError):
            write_all(data)

    process.write_all = silent


def silent_commit() -> None:
    """A commit that fails is nobody's problem."""
    from seqctl.errors import SeqctlError
    from seqctl.store.sqlite import driver, engine

    commit = engine.Transaction.commit

    def silent(self: engine.Transaction) -> None:
        with suppress(driver.Error, SeqctlError):
            commit(self)

    engine.Transaction.commit = silent  # type: ignore[method-assign]


def no_locks() -> None:
    """The file, which must not be in WAL, is not locked: each process believes that it is alone."""
    from seqctl.store.sqlite import driver

    connect: Callable[..., driver.Connection] = driver.connect

    def unlocked(path: str, **options: object) -> driver.Connection:
        return connect(f"{path}&nolock=1", **options)

    vars(driver)["connect"] = unlocked


def no_fsync() -> None:
    """What the program itself syncs, beside the database, is not synced."""
    vars(os)["fsync"] = lambda _: None


def two_transactions() -> None:
    """An upgrade commits its tables before it notes its event."""
    from seqctl.store.sqlite.file import migrations

    migrate = migrations.migrate

    def hasty(connection: sqlite3.Connection) -> list[str]:
        names = migrate(connection)
        connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")
        return names

    migrations.migrate = hasty


FAULTS: dict[str, Callable[[], None]] = {
    "synchronous=OFF": lambda: instead_of_sync("synchronous = OFF"),
    "synchronous=NORMAL": lambda: instead_of_sync("synchronous = NORMAL"),
    "synchronous=FULL": lambda: instead_of_sync("synchronous = FULL"),
    "no journal": no_journal,
    "no fsync": no_fsync,
    "prints first": prints_first,
    "silent output": silent_output,
    "silent commit": silent_commit,
    "no locks": no_locks,
    "two transactions": two_transactions,
}


if __name__ == "__main__":
    FAULTS[sys.argv.pop(1)]()
    from seqctl.__main__ import main

    sys.exit(main())
