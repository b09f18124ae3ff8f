"""Findings on the numbering: unexplained gaps, reservations past their deadline, numbers that run out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby, islice

from seqctl.actions.checking.counters import counter_subject
from seqctl.actions.gaps.list_gaps import is_finding
from seqctl.actions.ledger.commands import block_command
from seqctl.actions.ledger.gap_runs import gaps_of
from seqctl.actions.ledger.texts import CounterTexts, counter_texts
from seqctl.actions.linting.calendars import lint_calendars
from seqctl.actions.linting.counters import lint_counters, says_when
from seqctl.actions.linting.window import lint_window
from seqctl.model.finding import Finding
from seqctl.model.number.counter_name import CounterKey
from seqctl.model.number.gap_run import CounterPlace, GapRun
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

RUNS_NAMED = 10
"""How many runs of one counter have a finding of their own."""

RUNS_COUNTED = 100_000
"""How many of the others are counted: behind so many nobody asks how many exactly."""

STATES = {
    "missing": "missing",
    "review": "under review",
    "reusable": "freed, and no document can take it any more",
}
"""The state of an unexplained run, in words."""


def check_numbering(transaction: Transaction, places: list[CounterPlace]) -> list[Finding]:
    """What needs attention although no rule of the book is broken; counter by counter.

    Reads no number of a counter that accounts for all of its integers.
    """
    now = transaction.now
    overdue = {id: (count, since) for id, count, since in transaction.invariants.overdue(now)}
    reviewed = transaction.invariants.reviewed()
    findings: list[Finding] = []
    for place in places:
        id = place.counter.id or 0
        if id in overdue:
            findings.append(_overdue(place, *overdue[id]))
        if place.sequence.mode == "gapless" and (id in reviewed or _has_gaps(place)):
            findings += _gaps(transaction, place, now)
    return [*findings, *_near_end(transaction, places)]


def _has_gaps(place: CounterPlace) -> bool:
    """Whether a counter may have integers that are missing, or freed ones to be issued again."""
    counter = place.counter
    return place.integers != counter.accounted or counter.reusable > 0 or counter.reserved > 0


def _overdue(place: CounterPlace, count: int, since: str) -> Finding:
    what = "1 reservation is" if count == 1 else f"{count} reservations are"
    message = f"{what} past the deadline, since {since}, and not yet recorded as freed"
    subject = counter_subject(place.sequence.name, place.period, place.scope)
    return Finding("overdue_reservations", "warning", subject, message, "record it with: seqctl expire")


def _gaps(transaction: Transaction, place: CounterPlace, now: str) -> Iterator[Finding]:
    """A finding for each run of a counter that `gaps --exit-code` counts, and one for those past a limit."""
    runs = (run for run in gaps_of(transaction, place, now) if is_finding(transaction, place, run))
    texts = counter_texts(transaction, place)
    subject = counter_subject(place.sequence.name, place.period, place.scope)
    for run in islice(runs, RUNS_NAMED):
        yield _gap(texts, run, subject)
    more = sum(1 for _ in islice(runs, RUNS_COUNTED))
    if more:
        count = f"more than {more}" if more == RUNS_COUNTED else str(more)
        message = f"... and {count} more {'run' if more == 1 else 'runs'} that nobody explained"
        hint = f"list them with: seqctl gaps {shell_word(place.sequence.name)}"
        yield Finding("unexplained_gap", "error", subject, message, hint)


def _gap(texts: CounterTexts, run: GapRun, subject: tuple[str, ...]) -> Finding:
    count = (run.last - run.first) // texts.place.sequence.step + 1
    named = texts.run_text(run.first, run.last)
    verb = "is" if count == 1 else f"({count} numbers) are"
    hint = f"explain it with: {block_command(texts, run)}"
    return Finding("unexplained_gap", "error", subject, f"{named} {verb} {STATES[run.state]}", hint)


def check_windows(transaction: Transaction, sequences: list[Sequence]) -> Iterator[Finding]:
    """Sequences whose window is over or near its end, and so with the calendars by which they count."""
    today_in = cache(transaction.today)
    for sequence in sequences:
        yield from lint_window(sequence, today_in(sequence.zone))
    yield from lint_calendars(sequences, lambda sequence: today_in(sequence.zone))


def _near_end(transaction: Transaction, places: list[CounterPlace]) -> Iterator[Finding]:
    """Counters in use now that reached `warn_at`, or have no number left.

    Without a `warn_at` nobody asked to be warned, which is a matter for `lint`.
    """
    today_in = cache(transaction.today)
    zone = transaction.definitions.book_timezone()
    for _, some in groupby(places, key=lambda place: place.sequence.name):
        group = list(some)
        sequence = group[0].sequence
        counters = {CounterKey(place.period, place.scope): place.counter for place in group}
        for finding in lint_counters(sequence, counters, today_in(sequence.timezone or zone)):
            if says_when(sequence) or finding.severity == "error":
                yield finding
