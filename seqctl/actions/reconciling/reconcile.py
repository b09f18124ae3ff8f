"""Holding the ledger against the documents that really exist, in both directions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from seqctl.actions.ledger.free import Freed, free
from seqctl.actions.ledger.refusals import closed
from seqctl.actions.ledger.targets import counters_of, sequences_of
from seqctl.actions.reconciling.foreign_documents import ForeignDocuments
from seqctl.errors import UsageError
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.number.request import document_day
from seqctl.model.pattern.compiled import period_key
from seqctl.model.reports.reconciliation import (
    ComparedCounter,
    Difference,
    Document,
    Limits,
    PlacedDocument,
    differences,
    out_of_date_order,
    unposted,
)
from seqctl.model.reports.windows import Window
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import composed
from seqctl.model.time.period_bounds import period_bounds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

    from seqctl.actions.ledger.lost_zeros import LostZeros
    from seqctl.model.pattern.compiled import Pattern
    from seqctl.store.port import Store, Transaction

REVIEW = "review"
EVERYTHING = Limits()


class Reconciliation:
    """The documents of a sequence, else of a type, beside the ledger: load them, then ask for differences.

    A context that ends with the documents. `wanted` says which numbers of the ledger must have one; documents
    are looked up among all numbers of the target. A set stands in place of a target, or narrows it. Raises
    NotFound for what there is not, and UsageError for a period or a scope that the target cannot have, and
    where neither a target nor a set is given. `targets` stands in place of a target: several of them, or none
    for all of the book.
    """

    def __init__(
        self,
        store: Store,
        target: str | None,
        wanted: Limits = EVERYTHING,
        set_name: str | None = None,
        targets: tuple[str, ...] | None = None,
    ) -> None:
        if target is None and set_name is None and targets is None:
            raise UsageError("TARGET is missing: whose documents are they?", "name it, or give --set")
        self.store = store
        self.targets = targets if targets is not None else tuple([target] if target is not None else [])
        self.set_name = set_name
        self.wanted = wanted
        self.documents = store.documents()
        self._reviewed: list[Difference] | None = None
        self._zeros: list[tuple[Pattern, LostZeros]] | None = None
        with store.read() as transaction:
            self._sequences = sequences_of(transaction, self.targets, set_name)
            _check_limits(transaction, self._sequences, wanted)
            self._zone = transaction.definitions.book_timezone()

    def __enter__(self) -> Reconciliation:
        self.documents.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.documents.__exit__(kind, error, trace)

    def with_zeros(self, text: str, decimal_comma: bool = False) -> str:
        """A number with the leading zeros that it lost, where a pattern reads it only with them."""
        from seqctl.actions.ledger.lost_zeros import LostZeros
        from seqctl.model.pattern.read import readings

        patterns = [sequence.compiled for sequence in self._sequences]
        if any(readings(pattern, text, 1) for pattern in patterns):
            return text
        if self._zeros is None:
            self._zeros = [(pattern, LostZeros(pattern, decimal_comma)) for pattern in patterns]
        found = (
            candidate
            for pattern, zeros in self._zeros
            for candidate in zeros.candidates(text)
            if readings(pattern, candidate, 1)
        )
        return next(found, text)

    def load(self, documents: Iterable[Document]) -> list[tuple[int, str]]:
        """Read the documents; returns what is wrong with their dates, by line. Locks nothing."""
        reader = _Reader(self._sequences, self._zone)
        self.documents.load(map(reader.placed, documents))
        return reader.problems

    def review(self, reason: str, *, dry_run: bool = False) -> int:
        """Put the wanted numbers that are issued and have no document under review, for `reason`.

        They are looked up without the write lock and looked at again under it; one event notes all.
        Returns how many numbers of the counters have neither a document nor a date that could be compared.
        Raises UsageError where no last date is given, and Refused (`closed`) where one lies in a closed
        period: nothing is changed then.
        """
        if self.wanted.date_to is None:
            raise UsageError("a review needs a last document date", "give --to DATE")
        with self.store.read() as transaction:
            places = self._match(transaction)
            found = [number for place in places for number in self._unposted(transaction, place)]
            # Who knows no day of a document does not know either whether its time has come.
            found = [number for number in found if number.date is not None]
            undated = sum(self.documents.undated(place.counter.id or 0) for place in places)
            seen = transaction.log.last()
        with self.store.write_much() as transaction:
            if transaction.log.last() != seen:
                found = [number for number in found if _still_stands(transaction, number)]
            _review(transaction, found, reason)
            if found and not dry_run:
                transaction.commit()
        self._reviewed = [self._difference(number, REVIEW) for number in found]
        return undated

    def differences(self) -> Iterator[Difference]:
        """All differences: numbers without a document, then documents in their order, then their dates.

        Numbers that were put under review stand for all with a date that lack a document.
        """
        yield from self._reviewed or ()
        with self.store.read() as transaction:
            yield from self.differences_within(transaction)

    def differences_within(self, transaction: Transaction) -> Iterator[Difference]:
        """The same within a transaction, but for numbers that were put under review."""
        for place in self._match(transaction):
            for number in self._unposted(transaction, place):
                if self._reviewed is None or number.date is None:
                    yield self._difference(number)
        yield from self._of_documents(transaction)
        yield from self._of_dates()

    def _match(self, transaction: Transaction) -> list[CounterPlace]:
        """Find the numbers of the documents; returns the counters whose numbers must have one."""
        sequences = sequences_of(transaction, self.targets, self.set_name)
        wanted = counters_of(transaction, sequences, self.wanted.period, dict(self.wanted.scope))
        every = counters_of(transaction, sequences)
        self.documents.match(
            ComparedCounter(place.counter.id or 0, *_days(place), self.wanted.period in (None, place.period))
            for place in every
        )
        return wanted

    def _unposted(self, transaction: Transaction, place: CounterPlace) -> Iterator[HeldNumber]:
        """The issued numbers of a counter that lie in the window and no document has, by value."""
        wanted, counter_id, now = self.wanted, place.counter.id or 0, transaction.now
        window, dated = Window(wanted.date_from, wanted.date_to), transaction.dated
        for number in self.documents.unposted(counter_id, wanted.date_from, wanted.date_to):
            day = number.date
            if day is None and not window.open:
                day = dated.around(counter_id, number.value, now).date
            if window.open or window.holds(day):
                yield number

    def _difference(self, number: HeldNumber, action: str | None = None) -> Difference:
        alike = any(item.name == number.sequence and item.unique == "period" for item in self._sequences)
        return unposted(
            *(number.text, number.sequence, number.date, number.period if alike else None), action=action
        )

    def _of_documents(self, transaction: Transaction) -> Iterator[Difference]:
        foreign = ForeignDocuments(transaction, self._sequences, self.documents, self.wanted)
        now = transaction.now
        for document in self.documents.differing():
            if document.serial is None:
                yield foreign.difference(document)
            elif document.overdue(now):
                yield foreign.overdue(document)
            else:
                yield from differences(document)

    def _of_dates(self) -> Iterator[Difference]:
        strict = {sequence.name for sequence in self._sequences if sequence.date_order == "refuse"}
        for document, before in self.documents.out_of_order():
            yield out_of_date_order(document, before, "error" if document.sequence in strict else "warning")


class _Reader:
    """Makes rows of documents: texts composed, dates as days, and the domain of numbers that may be alike."""

    def __init__(self, sequences: list[Sequence], zone: str) -> None:
        zones = {sequence.timezone or zone for sequence in sequences}
        self.problems: list[tuple[int, str]] = []
        self._zone = zones.pop() if len(zones) == 1 else zone
        self._resets = {
            (sequence.reset, sequence.fiscal) for sequence in sequences if sequence.unique == "period"
        }
        self._known: dict[str, tuple[str | None, str | None, str | None]] = {}

    def placed(self, document: Document) -> PlacedDocument:
        """A document with its day, and the periods that it may lie in."""
        line, number, given, void = document
        given = given.strip() if given else ""
        known = self._known.get(given)
        if known is None:
            known = self._known[given] = self._dated(given)
        day, domain, problem = known
        if problem is not None:
            self.problems.append((line, problem))
        return PlacedDocument(line, composed(number), day, void, domain)

    def _dated(self, given: str) -> tuple[str | None, str | None, str | None]:
        """A date as a day, the periods that it lies in where numbers may come again, and what is wrong."""
        nowhere = None if self._resets else ""
        if not given:
            return None, nowhere, None
        try:
            day = document_day(given, self._zone)
        except UsageError as error:
            return None, nowhere, error.message
        periods = [period_key(reset, day, fiscal) for reset, fiscal in self._resets]
        return day.isoformat(), " ".join(periods), None


def _check_limits(transaction: Transaction, sequences: list[Sequence], wanted: Limits) -> None:
    """Refuse what would leave nothing to compare by mistake. Raises UsageError."""
    counters_of(transaction, sequences, wanted.period)
    for name, _ in wanted.scope:
        if not any(name in sequence.scope for sequence in sequences):
            known = sorted({name for sequence in sequences for name in sequence.scope})
            hint = f"it counts by {', '.join(known)}" if known else "it has one counter in each period"
            raise UsageError(f"--scope names {name!r}, by which the target does not count", hint)


def _days(place: CounterPlace) -> tuple[bool, str | None, str | None]:
    """Whether the texts of a counter are unique within its period only, and the days of that period."""
    sequence = place.sequence
    first, last = period_bounds(sequence.reset, place.period, sequence.fiscal)
    if sequence.unique != "period" or first is None or last is None:
        return False, None, None
    return True, first.isoformat(), last.isoformat()


def _still_stands(transaction: Transaction, number: HeldNumber) -> bool:
    """Whether a number is held as it was when it was looked up."""
    present = transaction.held.at(number.counter_id, number.value)
    return present is not None and present.row == number.row


def _review(transaction: Transaction, numbers: list[HeldNumber], reason: str) -> None:
    """Put issued numbers under review, ascending within each counter. Raises Refused (`closed`)."""
    freed = []
    for counter_id, some in groupby(numbers, lambda number: number.counter_id):
        group = list(some)
        sequence = transaction.definitions.sequence_by_id(group[0].sequence_id)
        until = sequence.closed_until
        for number in group:
            if until is not None and number.date is not None and number.date <= until:
                raise closed(sequence, f"{number.text}, dated {number.date},", number.date)
        counter = transaction.held.counter(counter_id)
        freed.append(Freed(sequence, counter, group, REVIEW, []))
    if freed:
        free(transaction, freed, "reconcile", reason, None)
