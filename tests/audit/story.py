"""A book in which everything happened that can happen to numbers: what is tampered with in the tests."""

import datetime

from seqctl import open_store
from seqctl.actions import add_sequence, adopt, assign, define, issue, set_next
from seqctl.actions.counters.close import close, reopen
from seqctl.actions.counters.closing_targets import Closable
from seqctl.actions.gaps.change import block_gaps, restore_gaps, review_gaps
from seqctl.actions.gaps.list_gaps import GapFilter
from seqctl.actions.numbers.change import confirm, expire, release, void
from seqctl.actions.numbers.reinstate import reinstate
from seqctl.days import date
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.number.request import Request
from seqctl.model.reports.adoption import Adoption, NumberLine
from seqctl.model.reports.assignment import Batch
from seqctl.model.reports.record import Record
from seqctl.model.time.instant import later
from seqctl.process import Clock
from seqctl.store.port import Store


class SteppingClock(Clock):
    """A clock that a second passes on at every look."""

    def __init__(self) -> None:
        self.instant = "2026-03-01T12:00:00.000000Z"

    def now(self) -> str:
        self.instant = later(self.instant, 1)
        return self.instant

    def today(self, zone: str, now: str) -> datetime.date:
        return date(2026, 3, 1)


def tell(path: str) -> None:
    """Make the book."""
    clock = SteppingClock()
    with open_store(path, create=True, actor="ada", clock=clock) as store:
        add_sequence(store, "invoice", {"pattern": "INV-{YYYY}-{number:3}", "reset": "year"})
        add_sequence(
            store, "order", {"pattern": "ORD-{branch}-{number}", "scope": ["branch"], "mode": "standard"}
        )
        add_sequence(store, "note", {"pattern": "N{number}", "step": 10, "document_type": "note"})
        issue(store, Request("invoice", 5, date="2026-01-05", record="January"))
        issue(store, Request("invoice", date="2026-01-06", key="k-6", record="R-6"))
        issue(store, Request("invoice", date="2025-12-31"))
        issue(store, Request("invoice", 3, date="2026-01-07", reserve=True))
        confirm(store, ["INV-2026-007"], date="2026-01-08", record="R-7")
        void(store, ["INV-2026-002", "INV-2026-007"], "printed twice")
        reinstate(store, ["INV-2026-007"], "it was right")
        release(store, ["INV-2026-003", "INV-2026-004", "INV-2026-006"], "never came to be")
        issue(store, Request("invoice", 2, date="2026-01-09"))
        clock.instant = later(clock.instant, 3600)
        expire(store)
        set_next(store, "invoice", "20", "moved", period="2026")
        set_next(store, "invoice", "15", "too far", period="2026")
        issue(store, Request("invoice", 6, date="2026-02-01"))
        issue(store, Request("order", 4, attributes={"branch": "A"}))
        issue(store, Request("order", 1, attributes={"branch": "B"}))
        release(store, ["ORD-A-2", "ORD-A-4"], "cancelled")
        records = [Record(at + 2, f"R{at}", {"id": f"R{at}", "branch": "B"}) for at in range(3)]
        assign(store, Batch("order", "orders.csv", records))
        set_next(store, "note", "101", "migrated")
        issue(store, Request("note", 2))
        define(store, Wanted(counters={"order": {"all/branch=C": 500}}), "import", "counters.toml")
        close(store, Closable("note"), date(2025, 12, 31), "filed")
        reopen(store, Closable("note"), date(2025, 12, 1), "one more")
        issue(store, Request("invoice", 1, date="2026-02-02"))
        release(store, ["INV-2026-018", "INV-2026-016"], "the last one")
        issue(store, Request("invoice", contiguous=True, date="2026-02-03"))
        void(store, ["INV-2026-015"], "lost")
        _tell_of_old_numbers(store)


def _tell_of_old_numbers(store: Store) -> None:
    """Numbers that exist already, and the gaps between them."""
    add_sequence(store, "old", {"pattern": "OLD-{number}", "manual": True})
    _adopt(store, 8, 2, 5, 9, 1)
    gaps = GapFilter(target="old")
    block_gaps(store, gaps, ["3"], "printed over")
    review_gaps(store, gaps, ["4", "6..7"], "who knows")
    restore_gaps(store, gaps, ["6"], "never printed")
    _adopt(store, 4, 12, 6)
    issue(store, Request("old", 2))
    release(store, ["OLD-14"], "no")
    review_gaps(store, gaps, ["11"], "lost")


def _adopt(store: Store, *values: int) -> None:
    lines: list[NumberLine] = [
        (at, f"OLD-{value}", f"2025-01-{value:02}", None) for at, value in enumerate(values, 1)
    ]
    adopt(store, Adoption("old", [lines]))
