"""Windows of time, a company at a time, cursors, the feed of events and the views for analysts."""

from collections import Counter

import pytest

from seqctl.actions import (
    add_sequence,
    add_set,
    adopt,
    close,
    edit_sequence,
    follow_events,
    list_definitions,
    list_events,
    list_gaps,
    list_status,
    release,
    show_definition,
    state_completeness,
    void,
)
from seqctl.actions.book.views import drop_views, make_views, views_script
from seqctl.actions.counters.closing_targets import Closable
from seqctl.actions.definitions.list_definitions import DefinitionFilter
from seqctl.actions.gaps.change import block_gaps
from seqctl.actions.gaps.list_gaps import GapFilter
from seqctl.days import date
from seqctl.errors import NotFound
from seqctl.model.log.event import EventFilter
from seqctl.model.reports.adoption import Adoption
from seqctl.model.reports.completeness import Completeness
from seqctl.model.reports.windows import Window
from seqctl.store.port import Store
from tests.conformance.conftest import Open, SteppingClock
from tests.conformance.telling import held, is_sound, next_texts, refused

TERMS = ("issued", "reserved", "void", "reusable", "review", "blocked", "missing")
DAYS = ("01-05", "01-20", "02-03", "01-31", "02-10", "03-01", "02-28", "03-09", "03-10")
YEAR = Window("2026-01-01", "2026-12-31")
MONTHS = [Window(f"2026-{month:02}-01", f"2026-{month:02}-31") for month in range(1, 13)]


@pytest.fixture
def mixed(store: Store) -> Store:
    """N1 ... N9 of three months whose dates interleave; a void, a freed and a blocked one; N12 undated."""
    add_sequence(store, "n", {"pattern": "N{number}", "manual": True})
    for day in DAYS:
        next_texts(store, "n", date=f"2026-{day}")
    void(store, ["N2"], "spoilt")
    release(store, ["N5", "N8"], "never sent")
    block_gaps(store, GapFilter("n"), ["N8"], "torn up")
    adopt(store, Adoption("n", [[(1, "N12", None, None)]]))
    return store


def terms(statements: list[Completeness]) -> Counter[str]:
    return Counter({term: sum(getattr(item, term) for item in statements) for term in TERMS})


def test_every_number_belongs_to_one_window(mixed: Store) -> None:
    months = [list(state_completeness(mixed, "n", window=window)) for window in MONTHS]
    assert all(item.proved for month in months for item in month)
    (january,), (february,), (march,) = months[:3]
    assert (january.first, january.last, terms([january])) == (
        *(1, 5),
        Counter({"issued": 2, "void": 1, "reusable": 1}),
    )
    assert [(other.first, other.date) for other in january.others] == [(3, "2026-02-03")]
    assert (february.first, february.last, february.blocked, february.total) == (3, 8, 1, 6)
    assert [(other.first, other.state, other.belongs_to) for other in february.others] == [
        (4, "issued", "2026-01-31"),
        (5, "reusable", "2026-01-31"),
        (6, "issued", "2026-03-01"),
    ]
    assert (march.first, march.last, march.issued, march.missing, march.other_window) == (6, 12, 3, 2, 2)
    (year,) = state_completeness(mixed, "n", window=YEAR)
    assert (year.first, year.last, year.total, year.other_window) == (1, 12, 12, 0)
    assert sum((terms(month) for month in months), Counter[str]()) == terms([year])
    gaps = list(list_gaps(mixed, GapFilter("n", window=MONTHS[1])))
    assert [(gap.first, gap.state, gap.before_date, gap.after_date) for gap in gaps] == [
        (8, "blocked", "2026-02-28", "2026-03-10")
    ]
    shown = held(mixed, date_from="2026-03-01", date_to="2026-03-31")
    assert [text for text, _ in shown] == ["N6", "N9", "N12"]


def test_lists_are_read_from_their_end_and_from_cursors(mixed: Store) -> None:
    whole = held(mixed)
    assert held(mixed, last=3) == whole[-3:]
    assert held(mixed, after=2, limit=2) == whole[2:4]
    assert held(mixed, sequence="n", last=2) == whole[-2:]
    add_sequence(mixed, "rare", {"pattern": "R{number}"})
    next_texts(mixed, "rare", 2)
    next_texts(mixed, "n", 30)
    assert held(mixed, sequence="rare", last=1) == [("R2", "issued")]
    assert held(mixed, sequence="rare") == [("R1", "issued"), ("R2", "issued")]
    ids = [event.id for event in list_events(mixed, EventFilter())]
    assert [event.id for event in list_events(mixed, EventFilter(last=3))] == ids[-3:]
    assert [event.id for event in list_events(mixed, EventFilter(after=ids[-3]))] == ids[-2:]
    assert [event.id for event in list_events(mixed, EventFilter(subject="rare", last=1))] == ids[-2:-1]


def test_a_company_at_a_time(store: Store) -> None:
    for name, kind in (("inv-a", "invoice"), ("inv-b", "invoice"), ("refund", "refund")):
        add_sequence(store, name, {"pattern": name + "-{number}", "document_type": kind})
    add_set(store, "a", {"invoice": "inv-a"}, default=True)
    add_set(store, "b", {"invoice": "inv-b", "refund": "refund"}, default=False)
    add_set(store, "c", {"refund": "refund"}, default=False)
    for name in ("inv-a", "inv-b", "refund"):
        next_texts(store, name, date="2026-02-01")
    assert [item.sequence for item in state_completeness(store, set_name="b")] == ["inv-b", "refund"]
    assert [item.sequence for item in list_status(store, "invoice", set_name="b")] == ["inv-b"]
    assert held(store, set_name="a") == [("inv-a-1", "issued")]
    day = date(2026, 2, 28)
    assert refused(lambda: close(store, Closable(set_name="b"), day, "filed")) == "shared"
    closed = close(store, Closable(set_name="b"), day, "filed", confirmed=True)
    assert [(item.sequence, item.closed_through) for item in closed] == [
        ("inv-b", "2026-02-28"),
        ("refund", "2026-02-28"),
    ]
    is_sound(store)


def test_definitions_tell_who_made_and_who_changed_them(open_book: Open) -> None:
    ada, bob = open_book("ada"), open_book("bob")
    add_sequence(ada, "one", {})
    add_sequence(ada, "two", {})
    edit_sequence(bob, "two", {"title": "second"})
    found = list_definitions(ada, "sequence", DefinitionFilter(["t*"]))
    assert [(item.definition.name, item.times.created_by, item.times.modified_by) for item in found] == [
        ("two", "ada", "bob")
    ]
    shown = show_definition(ada, "sequence", "one")
    assert (shown.times.created_at, shown.times.created_by) == (shown.times.modified_at, "ada")
    with pytest.raises(NotFound):
        list_definitions(ada, "sequence", DefinitionFilter(["three"]))


def test_each_event_is_followed_once_while_others_write(open_book: Open) -> None:
    writer, reader = open_book("ada"), open_book("bob")
    add_sequence(writer, "n", {})
    batches = follow_events(reader, EventFilter())
    seen = [event.id for event in next(batches)]
    for _ in range(20):
        next_texts(writer, "n")
        seen += [event.id for event in next(batches)]
        assert next(batches) == []
    assert seen == [event.id for event in list_events(reader, EventFilter())]


def test_views_are_made_and_taken_away(mixed: Store, clock: SteppingClock) -> None:
    names = ["numbers_view", "gaps_view", "events_view"]
    assert make_views(mixed) == names
    assert [line for line in views_script(mixed).splitlines() if line.startswith("CREATE")] == [
        f"CREATE TEMP VIEW {name} AS" for name in names
    ]
    assert drop_views(mixed) == names
    assert drop_views(mixed) == []
    assert make_views(mixed) == names
    is_sound(mixed)
