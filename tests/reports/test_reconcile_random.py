"""Random ledgers against random documents: `reconcile` finds what a plain comparison of lists finds."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seqctl.actions import add_sequence, issue
from seqctl.actions.numbers.change import release, void
from seqctl.actions.reconciling.reconcile import Reconciliation
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import Request
from seqctl.model.reports.reconciliation import Document, Limits
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_in_memory
from tests.reports.conftest import StandingClock

DAYS = ("2026-05-01", "2026-05-02", "2026-05-03")

numbers = st.lists(
    st.tuples(st.sampled_from(DAYS), st.sampled_from(["issued", "void", "reserved", "freed"])), max_size=8
)
papers = st.lists(
    st.tuples(st.integers(1, 10), st.none() | st.sampled_from(DAYS), st.booleans()), max_size=12
)
limits = st.builds(
    Limits, date_from=st.none() | st.sampled_from(DAYS), date_to=st.none() | st.sampled_from(DAYS)
)


def filled(store: SqliteStore, ledger: list[tuple[str, str]]) -> None:
    """Issue the numbers of a ledger, so that the value of each is its place from 1 on."""
    add_sequence(store, "n", {})
    for day, state in ledger:
        issue(store, Request("n", contiguous=True, date=day, reserve=state == "reserved"))
    for value, (_, state) in enumerate(ledger, 1):
        if state == "void":
            void(store, [str(value)], "wrong")
        elif state == "freed":
            release(store, [str(value)], "gone")


def expected(
    ledger: list[tuple[str, str]], documents: Sequence[tuple[int, str | None, bool]], wanted: Limits
) -> list[tuple[str, int]]:
    """The differences by the words of the documentation, as (code, number)."""
    found = []
    first: dict[int, str | None] = {}
    for value, day, is_void in documents:
        state = ledger[value - 1][1] if value <= len(ledger) else "freed"
        if value in first:
            found.append(("duplicate", value))
            continue
        first[value] = day
        if state == "freed":
            found.append(("foreign", value))
            continue
        if state == "void" and not is_void:
            found.append(("void_but_posted", value))
        if state == "issued" and is_void:
            found.append(("void_in_documents", value))
        if state == "reserved":
            found.append(("reserved_but_posted", value))
        if day not in (None, ledger[value - 1][0]):
            found.append(("date_differs", value))
    for value, (day, state) in enumerate(ledger, 1):
        inside = (wanted.date_from or "") <= day <= (wanted.date_to or "9999")
        if state == "issued" and inside and value not in first:
            found.append(("unposted", value))
    dated = [(value, day) for value, day in sorted(first.items()) if day and value <= len(ledger)]
    dated = [(value, day) for value, day in dated if ledger[value - 1][1] != "freed"]
    for (_, before), (value, day) in pairwise(dated):
        if day < before:
            found.append(("out_of_date_order", value))
    return sorted(found)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(ledger=numbers, documents=papers, wanted=limits)
def test_every_difference_is_found_and_nothing_else(
    ledger: list[tuple[str, str]], documents: Sequence[tuple[int, str | None, bool]], wanted: Limits
) -> None:
    with open_in_memory("ada", StandingClock(), "UTC") as store:
        filled(store, ledger)
        with Reconciliation(store, "n", wanted) as compared:
            rows = [
                Document(line, str(value), day, is_void)
                for line, (value, day, is_void) in enumerate(documents, 1)
            ]
            assert compared.load(rows) == []
            found = [(item.code, int(item.number)) for item in compared.differences()]
    assert sorted(found) == expected(ledger, documents, wanted)


YEARS = ("2025", "2026")
yearly_ledgers = st.fixed_dictionaries(
    {year: st.lists(st.sampled_from(["issued", "void", "freed"]), max_size=4) for year in YEARS}
)
yearly_papers = st.lists(st.tuples(st.integers(1, 5), st.none() | st.sampled_from(YEARS)), max_size=8)


def expected_of_years(
    ledger: dict[str, list[str]], documents: Sequence[tuple[int, str | None]], period: str | None
) -> tuple[list[tuple[str, int]], list[int]]:
    """The same where numbers come again each year: a date tells them apart, or the period asked for."""
    state = {(year, at): how for year, states in ledger.items() for at, how in enumerate(states, 1)}
    open_years = YEARS if period is None else (period,)
    named = {value: [year for year in open_years if (year, value) in state] for value, _ in documents}
    unsure = {value for value, year in documents if year is None and len(named[value]) > 1}
    found: list[tuple[str, int]] = []
    meant: dict[int, str] = {}
    for place, (value, year) in enumerate(documents):
        if year is None and value in unsure:
            found.append(("ambiguous_number", value))
            continue
        meant[place] = year or next(iter(named[value]), "")
    posted, seen = set(), set()
    # Those whose date tells come first.
    for place in sorted(meant, key=lambda place: (documents[place][1] is None, place)):
        number = (meant[place], documents[place][0])
        if state.get(number) in ("issued", "void") and number not in seen:
            seen.add(number)
            posted.add(place)
    for (year, value), how in state.items():
        wanted = period in (None, year)
        if wanted and how == "issued" and (year, value) not in seen and value not in unsure:
            found.append(("unposted", value))
    found += [
        ("void_but_posted", documents[place][0])
        for place in posted
        if state[meant[place], documents[place][0]] == "void"
    ]
    others = [place for place in meant if place not in posted]
    return sorted(found), [documents[place][0] for place in others]


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(ledger=yearly_ledgers, documents=yearly_papers, period=st.none() | st.sampled_from(YEARS))
def test_numbers_that_come_again_each_year_are_never_guessed(
    ledger: dict[str, list[str]], documents: Sequence[tuple[int, str | None]], period: str | None
) -> None:
    with open_in_memory("ada", StandingClock(), "UTC") as store:
        add_sequence(store, "n", {"reset": "year", "unique": "period"})
        for year, states in ledger.items():
            for at, state in enumerate(states, 1):
                issue(store, Request("n", contiguous=True, date=f"{year}-03-01"))
                change = {"void": void, "freed": release}.get(state)
                if change is not None:
                    change(store, [str(at)], "why", NumberFilter(period=year))
        with Reconciliation(store, "n", Limits(period=period)) as compared:
            rows = [
                Document(line, str(value), None if year is None else f"{year}-03-01")
                for line, (value, year) in enumerate(documents, 1)
            ]
            assert compared.load(rows) == []
            found = [(item.code, int(item.number)) for item in compared.differences()]
    wanted, others = expected_of_years(ledger, documents, period)
    strangers = [value for code, value in found if code in ("foreign", "duplicate")]
    assert sorted(item for item in found if item[0] not in ("foreign", "duplicate")) == wanted
    assert sorted(strangers) == sorted(others)
