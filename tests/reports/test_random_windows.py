"""Windows of time over random ledgers whose dates interleave, against a plain list of integers.

Every integer belongs to the day that the rule gives it, and the terms of twelve months add up to the year.
"""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seqctl.actions import add_sequence, issue, list_gaps, list_numbers, release, state_completeness, void
from seqctl.actions.gaps.change import block_gaps, review_gaps
from seqctl.actions.gaps.list_gaps import GapFilter
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import Request
from seqctl.model.reports.completeness import Completeness
from seqctl.model.reports.windows import Window
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_in_memory
from tests.reports.conftest import StandingClock

MONTHS = [f"2026-{month:02}" for month in range(1, 13)]
TERMS = ("issued", "reserved", "void", "reusable", "review", "blocked", "missing")
FATES = ("issued", "undated", "void", "void undated", "reusable", "review", "blocked", "missing", "reserved")
"""What becomes of an integer in these ledgers."""

days = st.integers(1, 12).flatmap(
    lambda month: st.integers(1, 28).map(lambda day: f"2026-{month:02}-{day:02}")
)
ledgers = st.lists(st.tuples(st.sampled_from(FATES), days), min_size=1, max_size=14)


def built(store: SqliteStore, ledger: list[tuple[str, str]], step: int) -> None:
    """A book whose one counter has these integers."""
    add_sequence(store, "n", {"step": step, "manual": True})
    values = [str(1 + at * step) for at in range(len(ledger))]
    for (fate, day), value in zip(ledger, values, strict=True):
        (text,) = issue(store, Request("n", date=day, contiguous=True, reserve=fate == "reserved")).texts
        assert text == value
    for (fate, _), value in zip(ledger, values, strict=True):
        if fate.startswith("void"):
            void(store, [value], "wrong customer")
        if fate in ("reusable", "review", "blocked", "missing"):
            release(store, [value], "never sent")
        if fate == "review":
            review_gaps(store, GapFilter("n"), [value], "asked")
        if fate == "blocked":
            block_gaps(store, GapFilter("n"), [value], "torn up")
        if "undated" in fate:
            store.connection.execute("UPDATE number SET date = NULL WHERE value = ?", (value,))
        if fate == "missing":
            store.connection.execute("DELETE FROM gap_run WHERE first = ?", (value,))
            store.connection.execute("UPDATE counter SET accounted = accounted - 1, reusable = reusable - 1")


def belonging(ledger: list[tuple[str, str]]) -> list[str | None]:
    """The day that each integer belongs to: its own, else that of the nearest lower one, else higher."""
    own = [day if fate in ("issued", "void", "reserved") else None for fate, day in ledger]
    found: list[str | None] = []
    for at, day in enumerate(own):
        lower = [item for item in own[:at] if item is not None]
        higher = [item for item in own[at:] if item is not None]
        found.append(day or (lower[-1] if lower else None) or (higher[0] if higher else None))
    return found


def state_of(fate: str) -> str:
    return {"undated": "issued", "void undated": "void"}.get(fate, fate)


def terms(statement: Completeness) -> Counter[str]:
    return Counter({term: getattr(statement, term) for term in TERMS if getattr(statement, term)})


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(ledgers, st.sampled_from([1, 3]), days, days)
def test_every_integer_counts_once_in_its_own_window(
    ledger: list[tuple[str, str]], step: int, one: str, other: str
) -> None:
    with open_in_memory("ada", StandingClock(), "UTC") as store:
        built(store, ledger, step)
        days_of = belonging(ledger)
        values = [1 + at * step for at in range(len(ledger))]
        windows = [Window(f"{month}-01", f"{month}-31") for month in MONTHS]
        windows += [Window("2026-01-01", "2026-12-31"), Window(min(one, other), max(one, other))]
        windows += [Window(one, None), Window(None, other)]
        found = []
        for window in windows:
            inside = [at for at, day in enumerate(days_of) if window.holds(day)]
            statements = list(state_completeness(store, "n", window=window))
            found.append(statements)
            shown = list(list_numbers(store, "n", NumberFilter(date_from=window.first, date_to=window.last)))
            held = [at for at in inside if state_of(ledger[at][0]) in ("issued", "void", "reserved")]
            assert [number.value for number in shown] == [values[at] for at in held]
            gaps = list(list_gaps(store, GapFilter("n", window=window)))
            assert sum(gap.count for gap in gaps) == len(inside) - len(held)
            if not inside:
                assert statements == []
                continue
            (statement,) = statements
            assert statement.first is not None and statement.last is not None
            assert statement.proved
            assert (statement.first, statement.last) == (values[inside[0]], values[inside[-1]])
            assert terms(statement) == Counter(state_of(ledger[at][0]) for at in inside)
            between = [at for at in range(inside[0], inside[-1]) if at not in inside]
            named = [value for item in statement.others for value in range(item.first, item.last + 1, step)]
            assert named == [values[at] for at in between]
            assert statement.total == (statement.last - statement.first) // step + 1
        months = sum((terms(item) for statements in found[:12] for item in statements), Counter[str]())
        year = sum((terms(item) for item in found[12]), Counter[str]())
        assert months == year
