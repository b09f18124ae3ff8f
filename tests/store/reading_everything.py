"""Every command that reads and every method of the store's parts, on a book of every state: all SQL runs."""

import inspect
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from seqctl.model.finding import UNREADABLE
from seqctl.model.log.event import EventFilter
from seqctl.model.number.number_filter import NumberFilter
from seqctl.store.sqlite.engine import SqliteStore, Transaction
from seqctl.store.sqlite.file.create import open_store
from tests.book import Run

COMMANDS = """
show INV-2026-001
show INV-2026-003
show OLD-5
numbers
numbers invoice --limit 3
numbers --state void
numbers invoice --from 2026-01-01 --to 2026-12-31 --period 2026
numbers --from 2025-01-01 --to 2026-02-01 --last 4
numbers --set main --after 3
gaps
gaps invoice
gaps --from 2026-01-01 --to 2026-01-31 --set main
gaps old
status
statement invoice
statement memo
statement receipt
statement idle --type idle --from 2025-01-01 --to 2025-12-31
statement order
statement note
statement --from 2025-01-01 --to 2025-01-31
statement invoice --from 2026-01-01 --to 2026-01-31
check
lint
audit list
audit list --subject invoice --limit 2
audit list --last 2
audit list --by ada --action issue
audit head
audit verify
explain invoice
explain receipt --for branch:7 --attr entity=DE --attr branch=1 --attr clerk=c
explain slip
peek order --attr branch=A
export
sequence list
sequence show full
set list
set show main
policy list
policy show big
calendar list
calendar show fiscal
info
""".strip().splitlines()


SHARED = "seqctl.store.sql."
KEYED = "UPDATE number SET key = 'invoice:R-1', key_space = 1 WHERE serial = 1"

FINDINGS = 3
"""The status of what found something to tell."""


def read_everything(run: Run, path: Path) -> None:
    """Run all of them. Each must do its work, whether or not it finds something to tell."""
    for line in COMMANDS:
        result = run("--db", path, *line.split())
        assert result.status in (0, FINDINGS), (line, result)


def call_everything(path: str) -> None:
    """Call every method of every part once, with values that stand for their kinds; nothing stays written."""
    with open_store(path, actor="ada") as store:
        for part in parts(store):
            for name, method in inspect.getmembers(type(part), inspect.isfunction):
                if not name.startswith("_"):
                    with store.write() as transaction:
                        # One number of a record: only where there is any, look-ups of records run.
                        transaction.connection.execute(KEYED)
                        _call(transaction, method, part_of(transaction, type(part)))


def parts(store: SqliteStore) -> list[object]:
    """What a transaction offers, one of each."""
    with store.read() as transaction:
        names = [name for name in dir(transaction) if not name.startswith("_") and name != "store"]
        found = [getattr(transaction, name) for name in names]
        return [
            part for part in found if any(each.__module__.startswith(SHARED) for each in type(part).__mro__)
        ]


def _is_shared(kind: type[object]) -> bool:
    """Whether a part, or what it is made from, runs SQL that the engines share."""
    return any(each.__module__.startswith(SHARED) for each in kind.__mro__)


def part_of(transaction: Transaction, kind: type[object]) -> object:
    """The part of that kind."""
    names = [name for name in dir(transaction) if not name.startswith("_")]
    return next(part for part in (getattr(transaction, name) for name in names) if type(part) is kind)


def _call(transaction: Transaction, method: Callable[..., object], part: object) -> None:
    held = transaction.held.at(1, 1)
    known: dict[str, Any] = {
        "HeldNumber": held,
        "Counter": transaction.held.counter(1),
        "Lately": transaction.standing.written_since(1),
        "NumberFilter": NumberFilter(
            "invoice", "invoice", "issued", "2026-01-01", "2026-12-31", "2026", (), "R-6", "k-6", 3
        ),
        "EventFilter": EventFilter("2026-01-01", "2026-12-31", "ada", "issue", "invoice", 3),
        "Sequence": transaction.definitions.sequence("invoice"),
        "list[Sequence]": [transaction.definitions.sequence("invoice")],
        "list[int]": [1],
        "list[str]": ["account"],
        "int": 1,
        "int | None": 1,
        "str": "invoice",
        "str | None": "2026",
        "bool": True,
        "bytes": bytes(32),
    }
    if method.__name__ == "ended_lives":
        # Numbers of this counter were freed together with those of another.
        known["int"] = transaction.held.named("left-1", NumberFilter())[0].counter_id
    for text in TEXTS.get(method.__name__, ("invoice",)):
        wanted = [*inspect.signature(method).parameters.values()][1:]
        given = [(known | {"str": text}).get(_written(parameter.annotation)) for parameter in wanted]
        try:
            result = method(part, *given)
            if isinstance(result, Iterator):
                list(result)
        except (*UNREADABLE, sqlite3.Error):
            # The values stand for kinds and make no sense together: what counts is the statement that ran.
            continue


def _written(annotation: Any) -> str:
    """An annotation as the source has it."""
    written = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    return written if isinstance(annotation, (str, type)) and "|" not in str(annotation) else str(annotation)


TEXTS = {
    "remove": ("set", "policy", "sequence", "calendar"),
    "rename": ("set", "policy", "sequence", "calendar"),
    "put_book_list": ("owner_kinds",),
    "numbers_of": ("invoice:",),
    "last_freed_text": ("left-2",),
}
"""Methods of which a text decides what they run."""
