"""A book with every kind of state: the long history of numbers, and definitions of every kind and form."""

from seqctl import open_store
from seqctl.actions import (
    add_calendar,
    add_policy,
    add_range,
    add_sequence,
    add_set,
    adopt,
    annul_range,
    assign_set,
    define,
    edit_calendar,
    edit_policy,
    edit_sequence,
    edit_set,
    issue,
    remove_definition,
    reopen_range,
    unassign_set,
)
from seqctl.actions.gaps.list_gaps import GapFilter
from seqctl.actions.gaps.listed_runs import RunList, RunRow, change_listed_gaps
from seqctl.actions.numbers.change import extend, record, release, void
from seqctl.actions.numbers.list_numbers import list_numbers
from seqctl.actions.numbers.number_list import Asked, NumberList
from seqctl.actions.numbers.reinstate import reinstate
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import Request
from seqctl.model.reports.adoption import Adoption, NumberLine
from seqctl.model.time.instant import later
from seqctl.store.port import Store
from tests.audit import story

SEQUENCES: dict[str, dict[str, object]] = {
    "full": {
        "title": "All fields",
        "description": "Nothing left out",
        "document_type": "receipt",
        "pattern": "RC-{entity}-{FY}-{number:4}",
        "end": 900,
        "max_width": 4,
        "max_length": 40,
        "reset": "fiscal-year",
        "calendar": "fiscal",
        "timezone": "Europe/Berlin",
        "scope": {"entity": ["DE", "FR"]},
        "requires": {"branch": ["1", "2"], "clerk": []},
        "date_order": "warn",
        "manual": True,
        "warn_at": "90%",
        "reservation_ttl": "2h",
        "effective_from": "2026-01-01",
        "effective_until": "2026-12-31",
    },
    "letters": {"kind": "alpha", "pattern": "L{number:3}"},
    "short letters": {"kind": "alpha", "pattern": "SL{number}", "start": "c"},
    "monthly": {"pattern": "M{number}", "reset": "month", "unique": "period", "document_type": "slip"},
    "idle": {"pattern": "I{number}", "status": "inactive"},
    "gone": {"pattern": "G{number}"},
    "tickets": {"pattern": "T{number}"},
    "shared": {
        "document_type": ["bill", "memo"],
        "type_codes": {"bill": "BI", "memo": "ME"},
        "pattern": "{type}{number:3}",
    },
    "granted": {"pattern": "{letters}{number}", "reset": "range"},
    "paid": {
        "pattern": "P{customer}-{number}",
        "characters": "[A-Z0-9-]",
        "reference": "kid10",
        "reference_base": "{customer}{number:3}",
        "scope": ["customer"],
    },
    "paid once": {"pattern": "PO{customer}-{number}", "reference": "kid10", "scope": ["customer"]},
}
RANGES: dict[str, dict[str, object]] = {
    "18764/1": {
        "first": 1,
        "last": 500,
        "valid_from": "2026-01-01",
        "valid_until": "2026-12-31",
        "values": {"letters": "AB"},
        "warn_at": ["10 left", "30 days"],
        "authority": "DIAN",
        "code": "X7",
        "note": "first",
        "granted_on": "2025-12-01",
    },
    "18764/2": {"first": 501, "values": {"letters": "AB"}},
}
CONDITIONS = [
    {"id": 1, "field": "amount", "operator": "greater", "value": 10},
    {"id": 2, "field": "country", "operator": "in", "value": ["DE", "FR"]},
    {"id": 3, "field": "paid", "operator": "equals", "value": True},
    {"id": 4, "field": "clerk", "operator": "is_set"},
]


def tell(path: str) -> None:
    """Make the book."""
    story.tell(path)
    clock = story.SteppingClock()
    clock.instant = later(clock.instant, 86400)
    with open_store(path, actor="grace", clock=clock) as store:
        _define(store)
        _change(store)
        _use(store)


def _define(store: Store) -> None:
    add_calendar(store, "fiscal", {"start": "04-01", "named_by": "end"})
    add_calendar(store, "plain", {"start": "07-01"})
    for name, fields in SEQUENCES.items():
        add_sequence(store, name, fields)
    for name, fields in RANGES.items():
        add_range(store, name, {"sequence": "granted", **fields})
    add_set(store, "main", {"receipt": "full", "slip": "monthly"}, default=True)
    add_set(store, "berlin", {"receipt": "full"}, default=False)
    add_set(store, "empty", {"note": "note"}, default=False)
    add_set(store, "former", {"receipt": "full"}, default=False)
    assign_set(store, "main", ["account:ACME", "account:GLOBEX"])
    assign_set(store, "berlin", ["branch:7", "account:INITECH"])
    big = {"document_type": "invoice", "sequence": "invoice", "description": "Large ones"}
    add_policy(
        store, "big", {**big, "conditions": CONDITIONS, "logic": "1 AND (2 OR NOT 3) OR 4", "priority": 5}
    )
    add_policy(store, "rest", {"document_type": "note", "sequence": "note"})
    window = {"effective_from": "2026-01-01", "effective_until": "2026-12-31", "timezone": "Asia/Tokyo"}
    add_policy(
        store, "never", {"document_type": "slip", "sequence": "monthly", "status": "inactive", **window}
    )


def _change(store: Store) -> None:
    edit_calendar(store, "plain", {"start": "08-01"})
    edit_sequence(store, "letters", {"title": "Letters", "status": "inactive"})
    edit_sequence(store, "letters", {"status": "active"})
    edit_set(store, "empty", {"receipt": "full"}, ["note"], False)
    unassign_set(store, ["account:GLOBEX"])
    assign_set(store, "berlin", ["account:ACME"])
    edit_policy(store, "rest", {"priority": 3})
    remove_definition(store, "sequence", "gone")
    remove_definition(store, "set", "former")
    edit_sequence(store, "full", {"title": "Every field"})
    origins: dict[str, dict[str, dict[str, object]]] = {
        "full": {"zuora": {"startNumber": 1}},
        "letters": {"intacct": {"key": "7"}},
    }
    define(store, Wanted(origins=origins), "import", "zuora.json")
    define(
        store, Wanted(timezone="Europe/Paris", counters={"monthly": {"2026-03": 7}}), "import", "book.toml"
    )


def _use(store: Store) -> None:
    full = {"entity": "DE", "branch": "1", "clerk": "c"}
    issue(store, Request("full", 2, attributes=full, date="2026-03-01"))
    issue(store, Request("receipt", owners=(("branch", "7"),), attributes=full, date="2026-05-01"))
    issue(store, Request("letters", 2))
    issue(store, Request("granted", 3, date="2026-03-01"))
    release(store, ["AB2"], "never sent")
    issue(store, Request("granted", 2, date="2027-03-01", range="18764/2"))
    annul_range(store, "18764/1", "lapsed", confirmed=True)
    reopen_range(store, "18764/1", "extended")
    annul_range(store, "18764/2", "given back", confirmed=True)
    issue(store, Request("monthly", date="2026-01-31"))
    issue(store, Request("slip", date="2026-02-28", reserve=True, ttl="300d", key="slip-1"))
    issue(store, Request("invoice", attributes={"amount": "12", "country": "DE"}, date="2026-02-05"))
    release(store, ["RC-DE-2026-0002"], "never sent")
    lines: list[NumberLine] = [
        (1, "I5", "2025-01-05", "R-I5"),
        (2, "I8", None, None),
        (3, "I9", "2025-01-06", None, "void", "sent twice", "seen", "ada", "2025-01-06T10:00:00Z"),
        (4, "I10", None, None, "reserved", None, None, "bob"),
    ]
    adopt(store, Adoption("idle", [lines]))
    noted = [Asked("I5", 2, record="R-5", note="corrected"), Asked("I9", 3, reason="asked for")]
    record(store, NumberList([noted], "records.csv"), note="looked at", reason="typing error")
    (reserved,) = list_numbers(store, None, NumberFilter(state="reserved"))
    extend(store, [reserved.number], "200d", NumberFilter(period=reserved.period))
    edit_sequence(store, "letters", {"pattern": "LT{number:3}"})
    for customer in ("7", "8"):
        issue(store, Request("paid", 2, attributes={"customer": customer}, date="2026-05-05"))
    edit_sequence(store, "paid once", {"reference": "ocr"})
    edit_sequence(store, "full", {"characters": "[A-Z0-9-]"})
    _join(store)
    _list_years(store)
    _change_several(store)


def _change_several(store: Store) -> None:
    """Requests that change numbers and gaps of several counters, each in one event."""
    for name, mode in (("left", "gapless"), ("right", "standard")):
        add_sequence(store, name, {"pattern": f"{name}-{{number}}", "mode": mode})
        issue(store, Request(name, 6, date="2026-03-01"))
    void(store, ["left-1", "right-2"], "printed twice")
    told = [Asked("left-2", 2, reason="torn"), Asked("right-3", 3), Asked("left-3", 4), Asked("right-4", 5)]
    release(store, NumberList([told], "released.csv"), "never sent")
    back = [Asked("left-1", 2, reason="found"), Asked("right-4", 3), Asked("left-3", 4)]
    reinstate(store, NumberList([back], "back.csv"), "it was right")
    release(store, ["left-6", "right-6"], "never sent")
    rows = [
        RunRow(2, "left-2", "", "eaten", "left"),
        RunRow(3, "right-3", "", "lost", "right"),
        RunRow(4, "left-6", "", "eaten", "left"),
    ]
    change_listed_gaps(store, "block", GapFilter(), RunList([rows], NumberList([], "runs.csv")))
    release(store, ["left-3", "right-5"], "never sent")
    issue(store, Request("left", date="2026-03-01"))


def _list_years(store: Store) -> None:
    """A calendar that lists its fiscal years, by which something was numbered before one was added."""
    years = {"2025": "2025-02-02", "2026": "2026-02-01"}
    add_calendar(store, "weeks", {"years": years, "until": "2027-01-30"})
    fields: dict[str, object] = {"pattern": "W{FY}-{number}", "reset": "fiscal-year", "calendar": "weeks"}
    add_sequence(store, "weekly", fields)
    issue(store, Request("weekly", date="2026-03-01"))
    edit_calendar(store, "weeks", {"years": {"2027": "2027-01-31"}, "until": "2028-01-29"})
    issue(store, Request("weekly", of="W2026-1", date="2026-03-02"))


def _join(store: Store) -> None:
    """Several types on one counter, and types whose numbers are joined when both hold some."""
    for kind in ("memo", "bill", "memo", "tickets"):
        issue(store, Request(kind, 2, date="2026-03-01"))
    release(store, ["ME001", "BI003"], "never sent")
    together = [["tickets", "memo"], ["note", "slip"]]
    define(store, Wanted(book={"unique_together": together}), "import", "book.toml")
    issue(store, Request("memo", date="2026-03-01"))
