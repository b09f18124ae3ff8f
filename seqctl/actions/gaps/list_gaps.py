"""Listing gaps: which ones somebody wants to see, what is shown of them, and which of them are findings."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from seqctl.actions.gaps.stranded import is_stranded
from seqctl.actions.ledger.gap_runs import gaps_of, gaps_within
from seqctl.actions.ledger.targets import (
    counters_of,
    of_set,
    policy_sequence,
    selected_sequences,
    target_sequences,
)
from seqctl.actions.ledger.texts import CounterTexts, ShownRun
from seqctl.errors import UsageError
from seqctl.model.catalogue.selection import of_type
from seqctl.model.classes import NamedTuple, frozen
from seqctl.model.log.told import Told
from seqctl.model.number.gap_run import EXPIRED, UNSAID, CounterPlace, GapRun, ListedGap
from seqctl.model.reports.windows import DatedSpan, Window
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

REMEMBERED = 10_000
ALWAYS = Window()


@frozen
class GapFilter:
    """Which gaps are meant; None: all. `target` is a sequence, else a document type.

    `set_name` means the sequences that a set names itself, and `window` the gaps that belong to it;
    `reason` is a part of theirs, whatever its capital letters; `since` the first and last instant at which
    they got their state, which missing numbers never did.
    """

    target: str | None = None
    document_type: str | None = None
    policy: str | None = None
    period: str | None = None
    scope: tuple[tuple[str, str], ...] = ()
    state: str | None = None
    set_name: str | None = None
    window: Window = ALWAYS
    actor: str | None = None
    reason: str | None = None
    since: tuple[str | None, str | None] = (None, None)
    limit: int | None = None


class Why(NamedTuple):
    """Why a gap is as it is, who made it so, and since when; None where nobody said."""

    reason: str | None
    actor: str | None
    since: str | None


def is_finding(transaction: Transaction, place: CounterPlace, run: GapRun) -> bool:
    """Whether somebody has to see to a run: missing or under review in a gapless sequence, or stranded."""
    if place.sequence.mode != "gapless":
        return False
    if run.state == "reusable":
        return is_stranded(transaction, place, run)
    return run.state in ("missing", "review")


class GapWords:
    """The texts, reasons, actors and neighbours' dates of gap runs, each asked of the book once."""

    __slots__ = ("_dated", "_events", "_printed", "_texts", "transaction")

    def __init__(self, transaction: Transaction) -> None:
        self.transaction = transaction
        self._printed = transaction.printed
        self._dated = transaction.dated
        self._texts: CounterTexts | None = None
        self._events: dict[int, Told] = {}

    def listed(self, place: CounterPlace, run: GapRun) -> Iterator[ListedGap]:
        """A run as lists show it: in parts where the pattern of its numbers changes."""
        if self._texts is None or self._texts.place is not place:
            self._texts = CounterTexts(place, self._printed)
        return (self._listed(place, named) for named in self._texts.parts(run))

    def _listed(self, place: CounterPlace, named: ShownRun) -> ListedGap:
        run, sequence = named.run, place.sequence
        place_and_run = (sequence.name, place.scope, place.period, run.first, run.last)
        count = (run.last - run.first) // sequence.step + 1
        span = self.dates_around(place, run)
        return ListedGap(
            *place_and_run,
            count,
            named.first,
            named.last,
            run.state,
            *self.why(place, run),
            named.never_printed,
            span.before_date,
            span.after_date,
            place.period if sequence.reset == "range" else None,
        )

    def dates_around(self, place: CounterPlace, run: GapRun) -> DatedSpan:
        """The dates of the nearest numbers of the counter that have one, on both sides of a run."""
        assert place.counter.id is not None
        return self._dated.around(place.counter.id, run.first, self.transaction.now)

    def why(self, place: CounterPlace, run: GapRun) -> Why:
        """The reason, actor and instant of a run; nothing where no event made it."""
        if run.event_id is None:
            return Why(EXPIRED, None, run.freed_at) if run.freed_at else Why(None, None, None)
        told = self._events.get(run.event_id)
        if told is None:
            if len(self._events) == REMEMBERED:
                self._events.clear()
            told = self._events[run.event_id] = self.transaction.history.told(run.event_id)
        reason = told.why(place.counter.id, run.first, run.last)
        return Why(reason or UNSAID.get(told.action), told.actor, told.at)


def list_gaps(store: Store, wanted: GapFilter, findings: list[GapRun] | None = None) -> Generator[ListedGap]:
    """The gaps that pass a filter, by sequence, scope, period and first value, read as they are asked for.

    The first one that somebody has to see to is added to `findings`, where these are given.
    Raises NotFound for a target, document type, set or policy that does not exist, UsageError for a period
    that no sequence of them can have.
    """
    with store.read() as transaction:
        shown = GapWords(transaction)
        for listed, gap in enumerate(_passing(transaction, wanted, shown, findings)):
            if wanted.limit is None or listed < wanted.limit:
                yield gap
            elif findings != []:
                # The limit is one of the list: whether there is a finding does not hang on it.
                return


def _passing(
    transaction: Transaction, wanted: GapFilter, shown: GapWords, findings: list[GapRun] | None
) -> Iterator[ListedGap]:
    """The gaps that pass a filter, whatever its limit."""
    for place in places_meant(transaction, wanted):
        for run in runs_within(transaction, place, wanted.window):
            if wanted.state not in (None, run.state):
                continue
            if wanted.actor is not None and shown.why(place, run).actor != wanted.actor:
                continue
            if wanted.reason is not None:
                reason = shown.why(place, run).reason
                if reason is None or wanted.reason.casefold() not in reason.casefold():
                    continue
            if wanted.since != (None, None):
                first, last = wanted.since
                since = shown.why(place, run).since
                if since is None or not (first or since) <= since <= (last or since):
                    continue
            if findings == [] and is_finding(transaction, place, run):
                findings.append(run)
            yield from shown.listed(place, run)


def runs_within(transaction: Transaction, place: CounterPlace, window: Window) -> Iterator[GapRun]:
    """The gaps of a counter that belong to a window, lowest first."""
    now = transaction.now
    if window.open:
        return gaps_of(transaction, place, now)
    assert place.counter.id is not None
    held = transaction.dated.counts(place.counter.id, *window.ends, now)
    if held.lowest is None or held.highest is None:
        return iter(())
    found = transaction.dated.stretches(place.counter.id, held.lowest, held.highest, *window.ends, now)
    return gaps_within(transaction, place, now, found)


def places_meant(transaction: Transaction, wanted: GapFilter) -> Iterator[CounterPlace]:
    """The counters that pass a filter, by sequence, scope and period."""
    places = counters_of(transaction, sequences_meant(transaction, wanted), wanted.period, dict(wanted.scope))
    return iter(sorted(places, key=lambda place: (place.sequence.name, place.scope, place.period)))


def sequences_meant(transaction: Transaction, wanted: GapFilter) -> list[Sequence]:
    """The sequences that pass a filter, by name.

    Raises NotFound for a target, policy or type that does not exist, UsageError where one excludes another.
    """
    if wanted.policy is not None:
        named_by = f"the sequence of policy {wanted.policy!r}"
        sequences = [policy_sequence(transaction, wanted.policy)]
        if wanted.target is not None:
            named = {item.name for item in target_sequences(transaction, wanted.target)}
            if sequences[0].name not in named:
                raise UsageError(
                    f"policy {wanted.policy!r} chooses sequence {sequences[0].name!r}, and not one of"
                    f" {wanted.target!r}",
                    "leave TARGET or --policy out",
                )
    else:
        return selected_sequences(transaction, wanted.target, wanted.set_name, wanted.document_type)
    if wanted.document_type is not None:
        sequences = of_type(sequences, wanted.document_type, named_by)
    return sequences if wanted.set_name is None else of_set(transaction, sequences, wanted.set_name, named_by)
