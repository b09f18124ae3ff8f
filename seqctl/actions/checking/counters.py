"""Findings on counters: what each says of itself, compared with a recount of its numbers and gap runs."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.actions.audit.schema import RESTORE
from seqctl.actions.ledger.targets import counters_of
from seqctl.model.finding import Finding
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.reports.recount import Recount
from seqctl.model.sequence.scope import scope_values
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.period_bounds import period_bounds
from seqctl.model.time.period_keys import period_problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

HINT = "somebody changed the book without seqctl: see seqctl audit verify, then restore the last backup"

Problem = tuple[str, str]
"""The code of a broken rule and what is wrong, in words."""


def counter_subject(sequence: str, period: str, scope: str) -> tuple[str, ...]:
    """How findings name a counter: sequence, period and, where it has one, scope."""
    names = ("counters", sequence, period)
    return (*names, scope) if scope else names


def readable_places(
    transaction: Transaction, sequences: list[Sequence]
) -> tuple[list[Finding], list[CounterPlace]]:
    """The counters of sequences, and findings on those whose period or scope the sequence cannot have."""
    findings, places = [], []
    for sequence in sequences:
        for place in counters_of(transaction, [sequence]):
            problem = _place_problem(place)
            if problem is None:
                places.append(place)
            else:
                subject = counter_subject(sequence.name, place.period, place.scope)
                findings.append(Finding("misplaced_counter", "error", subject, problem, RESTORE))
    return findings, places


def check_counters(transaction: Transaction, places: list[CounterPlace]) -> list[Finding]:
    """Every counter compared with its numbers and gap runs. Reads the whole ledger once."""
    readable = {place.counter.id: place for place in places}
    findings = []
    for count in transaction.invariants.recounted():
        subject = counter_subject(count.sequence, count.period, count.scope)
        problems = [*_counts(count), *_range(count), *_dates(count), *_rows(count)]
        if count.id in readable:
            problems += _outside_period(readable[count.id], count)
        findings += [Finding(code, "error", subject, message, HINT) for code, message in problems]
    return findings


def _place_problem(place: CounterPlace) -> str | None:
    problem = period_problem(place.sequence.reset, place.period, place.sequence.fiscal)
    if problem is None and set(scope_values(place.scope)) != set(place.sequence.scope):
        wanted = ", ".join(place.sequence.scope) or "nothing"
        problem = f"it counts for {place.scope or 'nothing'!r}, where the sequence counts by {wanted}"
    return problem


def _counts(count: Recount) -> Iterator[Problem]:
    """The counts of its row: integers accounted for, those to be issued again, those reserved."""
    for what, stored, counted in (
        ("accounted for", count.accounted, count.held + count.in_runs),
        ("to be issued again", count.reusable, count.in_reusable),
        ("reserved", count.reserved, count.held_reserved),
    ):
        if stored != counted:
            yield "miscounted", f"says that {stored} integers are {what}; there are {counted}"


def _range(count: Recount) -> Iterator[Problem]:
    """First and last value: on the grid from start on, and around everything that is held."""
    step = count.step
    if count.last < count.first - step or (count.last - count.first) % step:
        yield "counter_range", f"cannot go from {count.first} to {count.last} in steps of {step}"
    if count.first < count.start or (count.first - count.start) % step:
        yield (
            "counter_range",
            f"begins at {count.first}, which is not a value from {count.start} in steps of {step}",
        )
    if count.lowest is not None and count.lowest < count.first:
        yield "counter_range", f"begins at {count.first}, but {count.lowest} is held"
    if count.highest is not None and count.highest > count.last:
        yield "counter_range", f"stands at {count.last}, but {count.highest} is held: it could come again"


def _dates(count: Recount) -> Iterator[Problem]:
    """The latest document date, which decides where order matters: never before the true one."""
    latest = count.latest_counting
    if latest is not None and (count.latest_date or "") < latest:
        yield "latest_date", f"says that its latest date is {count.latest_date}; a number is dated {latest}"
    elif count.latest_value is not None and count.date_at_latest != count.latest_date:
        yield (
            "latest_date",
            f"says that its value {count.latest_value} is dated {count.latest_date};"
            f" it is {'not held or not dated' if count.date_at_latest is None else count.date_at_latest}",
        )


def _rows(count: Recount) -> Iterator[Problem]:
    """What the rows of its numbers must have in common with it."""
    if count.off_grid:
        yield "off_grid", f"holds {count.off_grid} values that are not {count.start} + k * {count.step}"
    if count.outside:
        end = "" if count.end is None else f" to {count.end}"
        yield (
            "out_of_range",
            f"holds {count.outside} values outside the range of the sequence, {count.start}{end}",
        )
    if count.stored_domain != count.right_domain:
        stored, right = _domain(count.stored_domain), _domain(count.right_domain)
        yield "uniqueness", f"keeps its texts unique within {stored} instead of {right}"
    if count.strays:
        yield "uniqueness", f"holds {count.strays} numbers whose texts are kept unique elsewhere"
    if count.open_ended:
        yield "deadline", f"holds {count.open_ended} numbers whose deadline does not go with their state"


def _outside_period(place: CounterPlace, count: Recount) -> Iterator[Problem]:
    """Document dates that belong to another period."""
    sequence = place.sequence
    first, last = period_bounds(sequence.reset, place.period, sequence.fiscal)
    if first is None or last is None:
        return
    for day in (count.earliest, count.latest):
        if day is not None and not first.isoformat() <= day <= last.isoformat():
            yield "date_period", f"holds a number dated {day}, outside its period {place.period}"


def _domain(domain: tuple[str | None, str | None]) -> str:
    document_type, period = domain
    if document_type is None:
        return "nothing"
    return f"{document_type} {period}" if period else document_type
