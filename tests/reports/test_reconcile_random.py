"""Random ledgers against random documents: `reconcile` finds what a plain comparison of lists finds."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seqctl.actions import add_sequence, issue
from seqctl.actions.living import release, void
from seqctl.actions.reconciling import Reconciliation
from seqctl.model.reconciliation import Document, Limits
from seqctl.model.request import Request
from seqctl.store.sqlite.opening import open_in_memory
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


def filled(store, ledger):
    """Issue the numbers of a ledger, so that the value of each is its place from 1 on."""
    add_sequence(store, "n", {})
    for day, state in ledger:
        issue(store, Request("n", contiguous=True, date=day, reserve=state == "reserved"))
    for value, (_, state) in enumerate(ledger, 1):
        if state == "void":
            void(store, [str(value)], "wrong")
        elif state == "freed":
            release(store, [str(value)], "gone")


def expected(ledger, documents, wanted):
    """The differences by the words of the documentation, as (code, number)."""
    found = []
    first = {}
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
    dated = [value for value in sorted(first) if first[value] and value <= len(ledger)]
    dated = [value for value in dated if ledger[value - 1][1] != "freed"]
    for before, value in pairwise(dated):
        if first[value] < first[before]:
            found.append(("out_of_date_order", value))
    return sorted(found)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(ledger=numbers, documents=papers, wanted=limits)
def test_every_difference_is_found_and_nothing_else(ledger, documents, wanted):
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
