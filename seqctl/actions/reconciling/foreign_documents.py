"""Documents whose number the ledger does not hold: what that number is instead."""

from __future__ import annotations

from seqctl.actions.ledger.printed import PrintedNumbers
from seqctl.days import date
from seqctl.model.classes import NamedTuple
from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.reader import NumberReader, Placed, WrongCheck
from seqctl.model.pattern.coded import TYPE
from seqctl.model.pattern.read import readings
from seqctl.model.range.reader import reader_of
from seqctl.model.reports.reconciliation import Difference, Limits, Posted, ambiguous, duplicate
from seqctl.model.sequence.document_types import codes_of
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import document_type_name, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Documents, Transaction

ANY = NumberFilter()
OTHER_SEQUENCE, UNISSUED, BEFORE_FIRST, UNREADABLE, CHECK_DIGIT = (
    "other_sequence",
    "unissued",
    "before_first",
    "unreadable",
    "check_digit",
)
STATES = {
    "missing": "is missing",
    "reusable": "was freed and will be issued again",
    "review": "is under review",
    "blocked": "is blocked",
    UNISSUED: "is not yet issued",
    BEFORE_FIRST: "lies before its first value",
}
"""What an integer that no document holds is, in words."""


COMES_BACK = ("missing", "reusable", "review")
"""The states from which a number that was issued and freed can be reinstated."""


class Whereabouts(NamedTuple):
    """What the number of a document is: its state, its sequence, both in words, and what to do."""

    state: str | None
    sequence: str | None
    words: str
    hint: str | None


class ForeignDocuments:
    """Tells what is wrong with documents that hold no number of the ledger, within one transaction."""

    def __init__(
        self, transaction: Transaction, sequences: list[Sequence], documents: Documents, wanted: Limits
    ) -> None:
        self._transaction = transaction
        self._sequences = sequences
        self._documents = documents
        self._wanted = wanted
        self._names = {sequence.name for sequence in sequences}
        self._types = {sequence.document_type for sequence in sequences}
        self._readers: dict[str, list[NumberReader]] = {}
        self._printed: dict[tuple[str, str | None], PrintedNumbers] = {}
        self._places: dict[tuple[str, str, str], CounterPlace] = {}

    def difference(self, document: Posted) -> Difference:
        """The finding of a document without a number of the ledger: a duplicate, or foreign to the ledger."""
        if not document.number.strip():
            hint = "number it, or leave drafts out of the file"
            return _foreign(document, Whereabouts(None, None, "the document has no number", hint))
        periods = self._documents.periods_meant(document)
        if periods:
            return ambiguous(document, periods)
        twin = self._twin(document)
        if twin is not None:
            return duplicate(document, twin)
        return _foreign(document, self._found(document))

    def overdue(self, document: Posted) -> Difference:
        """The finding of a document whose number is a reservation that has ended, and so counts as freed."""
        assert document.sequence is not None
        sequence = self._transaction.definitions.sequence(document.sequence)
        assert sequence is not None
        words = f"its reservation ended at {document.expires_at}, so the number counts as freed"
        hint = _adopt(sequence, document)
        return _foreign(document, Whereabouts("expired", document.sequence, words, hint))

    def _twin(self, document: Posted) -> Posted | None:
        """Another document that has the same number, and the better right to it."""
        for other, single in self._documents.namesakes(document):
            known = single or document.domain is None or other.domain is None
            alike = known or document.domain == other.domain
            if alike and (other.serial is not None or other.place < document.place):
                return other
        return None

    def _found(self, document: Posted) -> Whereabouts:
        """Where the number of a document belongs: to a sequence of the type, to the target, or elsewhere."""
        holders = self._transaction.held.named(document.number, ANY)
        elsewhere = [number for number in holders if number.sequence not in self._names]
        for number in elsewhere:
            if number.document_type in self._types:
                return _held_elsewhere(number.sequence, number.document_type)
        problem, wrong = "", None
        for sequence in self._sequences:
            read = self._read(sequence, document)
            if isinstance(read, Placed):
                return self._integer(sequence, read, document)
            if isinstance(read, WrongCheck):
                hint = "check the document: one of its digits is wrong"
                wrong = Whereabouts(CHECK_DIGIT, sequence.name, f"it {read}", hint)
            problem = read
        if elsewhere:
            return _held_elsewhere(elsewhere[0].sequence, elsewhere[0].document_type)
        if wrong is not None:
            return wrong
        words = problem if len(self._sequences) == 1 else "it fits no pattern of its document type"
        return Whereabouts(UNREADABLE, None, words, "see what the numbers look like: seqctl sequence list")

    def _read(self, sequence: Sequence, document: Posted) -> Placed | str:
        """Where a number belongs: to what had its text, else by the pattern, and by that of former days.

        By its date, by itself, by what was asked for.
        """
        day = None if document.date is None else date.fromisoformat(document.date)
        printed = self._printed_of(sequence, day is None)
        given = printed.given(document.number, day)
        if not given and day is not None and sequence.unique != "period":
            # Its date is another one than the number shows.
            given = printed.given(document.number)
        if given:
            return given[0]
        readers = self._readers_of(sequence)
        read = readers[0].read(document.number, day)
        if isinstance(read, str) and day is not None:
            read = readers[0].read(document.number)
        if isinstance(read, str) and len(readers) > 1:
            read = readers[1].read(document.number)
        if isinstance(read, str):
            read = next(iter(printed.shown_by_former(document.number, day)), read)
        return read

    def _printed_of(self, sequence: Sequence, undated: bool) -> PrintedNumbers:
        """What reads the numbers of documents; those of undated ones in the period that is asked for."""
        narrowed = undated and sequence.unique == "period"
        key = (sequence.name, self._wanted.period if narrowed else None)
        if key not in self._printed:
            self._printed[key] = PrintedNumbers(self._transaction, sequence, key[1], {})
        return self._printed[key]

    def _readers_of(self, sequence: Sequence) -> list[NumberReader]:
        readers = self._readers.get(sequence.name)
        if readers is None:
            zone = sequence.zone
            today = self._transaction.today(zone)
            assert sequence.id is not None
            ranges = self._transaction.ranges.of(sequence.id)
            readers = [reader_of(sequence, ranges, today)]
            period, scope = self._wanted.period, dict(self._wanted.scope)
            if period is not None or scope:
                readers.append(reader_of(sequence, ranges, today, period, scope))
            self._readers[sequence.name] = readers
        return readers

    def _integer(self, sequence: Sequence, placed: Placed, document: Posted) -> Whereabouts:
        """What became of an integer that a document has and the ledger does not hold under its text."""
        place = self._place(sequence, placed)
        shown = sequence.compiled.counter_text(placed.value)
        if place.counter.id is not None and placed.value <= place.counter.last:
            held = self._transaction.held.at(place.counter.id, placed.value)
            if held is not None:
                words = f"{shown} in {place.words()} is held as {held.text}"
                hint = f"see: seqctl show {shell_word(held.text)}"
                return Whereabouts(held.state, sequence.name, words, hint)
        state = self._state(place, placed.value)
        words = f"{shown} in {place.words()} {STATES[state]}"
        if state == "blocked":
            hint = f"see why it is blocked: seqctl gaps {shell_word(sequence.name)} --state blocked"
            return Whereabouts(state, sequence.name, words, hint)
        period = placed.period if sequence.unique == "period" else None
        hint = _adopt(sequence, document, period)
        if state in COMES_BACK and self._was_issued(place, placed.value, document.number):
            hint = _reinstate(sequence.name, document, period)
        return Whereabouts(state, sequence.name, words, f"at once, {hint}" if state == "reusable" else hint)

    def _was_issued(self, place: CounterPlace, value: int, text: str) -> bool:
        """Whether an integer was issued under a text before, so that it can be reinstated."""
        assert place.counter.id is not None
        lives = self._transaction.printed.lives(place.counter.id, value)
        return any(life.text == text and life.state == "issued" for life in lives)

    def _place(self, sequence: Sequence, placed: Placed) -> CounterPlace:
        """The counter that a number belongs to; one that was never used counts from the start."""
        key = (sequence.name, placed.period, placed.scope)
        place = self._places.get(key)
        if place is None:
            assert sequence.id is not None
            sequence = self._transaction.ranges.narrowed(sequence, placed.period)
            assert sequence.id is not None
            counter = self._transaction.ledger.counter(sequence.id, placed.scope, placed.period)
            unused = Counter.unused(sequence.start, sequence.step)
            place = CounterPlace(sequence, placed.period, placed.scope, counter or unused)
            self._places[key] = place
        return place

    def _state(self, place: CounterPlace, value: int) -> str:
        """The state of an integer that no document holds."""
        counter = place.counter
        if counter.id is None or value > counter.last:
            return UNISSUED
        if value < counter.first:
            return BEFORE_FIRST
        runs = self._transaction.gaps.overlapping(counter.id, value, value)
        return runs[0][2] if runs else "missing"


def _held_elsewhere(sequence: str, document_type: str) -> Whereabouts:
    words = f"it is held by sequence {sequence!r}, document type {document_type!r}"
    hint = f"compare the documents of that sequence: seqctl reconcile {shell_word(sequence)} --input FILE"
    return Whereabouts(OTHER_SEQUENCE, sequence, words, hint)


def _adopt(sequence: Sequence, document: Posted, period: str | None = None) -> str:
    """How to enter a number, with its date; without one with the period that the number does not show."""
    target, option = _asked_for(sequence, document.number)
    words = f"adopt it with: seqctl adopt {shell_word(target)} {shell_word(document.number)}{option}"
    if document.date is not None:
        return f"{words} --date {document.date}"
    return words if period in (None, "all") else f"{words} --period {period}"


def _asked_for(sequence: Sequence, text: str) -> tuple[str, str]:
    """The target that means a sequence and the type that a text shows, and the option that says the type."""
    types, codes = sequence.document_types, codes_of(sequence)
    if len(types) == 1:
        return sequence.name, ""
    shown = {reading.attributes.get(TYPE) for reading in readings(sequence.compiled, text)}
    named = [name for name, code in codes.items() if code in shown]
    if named and document_type_name(sequence.name) in types:
        return named[0], ""
    return sequence.name, f" --type {shell_word(named[0]) if named else 'TYPE'}"


def _reinstate(sequence: str, document: Posted, period: str | None) -> str:
    """How to give a number back to its document, with the period that it does not show."""
    words = f"give it back with: seqctl reinstate {shell_word(document.number)}"
    told = "" if period in (None, "all") else f" --sequence {shell_word(sequence)} --period {period}"
    return f"{words}{told} --reason TEXT"


def _foreign(document: Posted, found: Whereabouts) -> Difference:
    code = CHECK_DIGIT if found.state == CHECK_DIGIT else "foreign"
    message = "not held by the ledger: " + found.words if found.state is not None else found.words
    return Difference(
        *(code, "error", document.number, message, found.hint, document.line, found.sequence),
        date=document.date,
        state=found.state,
    )
