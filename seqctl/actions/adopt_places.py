"""Reading the numbers of an input to the counters that they belong to, before anything is locked.

What is read goes to the staging of the store, some thousand numbers at a time.
"""

from __future__ import annotations

from collections.abc import Callable

from seqctl.actions.counters import target_sequences
from seqctl.actions.look import document_day
from seqctl.days import date
from seqctl.errors import Busy, UsageError
from seqctl.model.adoption import Adoption, NumberLine, Tally
from seqctl.model.counter import Counter
from seqctl.model.instant import check_date
from seqctl.model.pattern.compiled import MAXIMUM_LENGTH
from seqctl.model.pattern.number_reader import NumberReader, Placed
from seqctl.model.period_keys import period_problem
from seqctl.model.request import LONGEST_TEXT
from seqctl.model.sequence import Sequence
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import StagedProblem, StagedRow, Staging, Store, Transaction

REMEMBERED = 100_000
"""Document dates that are remembered at once."""

FORMULA_SIGNS = ("=", "+", "-", "@")
"""What CSV for spreadsheets guards with an apostrophe."""

Watch = Callable[[str, int, int], None]
"""Told how far the run is: what is being done, how many numbers are done, how many there are."""

Dated = tuple[date | None, str | None]
"""A document date, and the text of the day."""

UNDATED: Dated = (None, None)


class Place:
    """One counter that numbers belong to. `number` is its place among all of them.

    `ascending` says that no value came twice or after a higher one; only then does `tally` say what came.
    `dated` is the document date of the last one. `counter` is there once the lock is taken.
    """

    __slots__ = (
        *("ascending", "counter", "dated", "highest", "latest", "latest_value", "lowest", "number"),
        *("numbers", "period", "scope", "sequence"),
    )

    def __init__(self, number: int, sequence: Sequence, period: str, scope: str) -> None:
        self.number = number
        self.sequence = sequence
        self.period = period
        self.scope = scope
        self.numbers = 0
        self.lowest = self.highest = -1
        self.ascending = True
        self.latest: str | None = None
        self.latest_value: int | None = None
        self.dated: Dated = UNDATED
        self.counter: Counter

    @property
    def domain(self) -> str:
        """Within which period texts are unique; empty: in all of them."""
        return self.period if self.sequence.unique == "period" else ""

    def note(self, value: int, dated: Dated) -> None:
        """Note a value that belongs here, and its document date."""
        if value <= self.highest:
            self.ascending = False
            return
        if not self.numbers:
            self.lowest = value
        self._settle()
        day = dated[1]
        if day is not None and (self.latest is None or day > self.latest):
            self.latest = day
        self.numbers += 1
        self.highest, self.dated = value, dated

    def tally(self) -> Tally:
        """What came, where values ascend."""
        self._settle()
        return Tally(self.number, self.numbers, self.lowest, self.highest, self.latest, self.latest_value)

    def _settle(self) -> None:
        """Note the highest value as that of the latest date, if it carries it."""
        if self.latest is not None and self.dated[1] == self.latest:
            self.latest_value = self.highest


class Reader:
    """Reads for one sequence: numbers, and document dates in its time zone."""

    def __init__(self, sequence: Sequence, zone: str, today: date, adoption: Adoption) -> None:
        self.sequence = sequence
        self.zone = zone
        self.today = today
        self.read = NumberReader(sequence, today, adoption.period, adoption.scope).read
        self.places: dict[tuple[str, str], Place] = {}
        self.days: dict[str | None, Dated] = {None: UNDATED, "": UNDATED}

    def day(self, given: str | None) -> Dated:
        """A document date as it was given; a blank one is none. Raises UsageError for a text that is none."""
        if given is None or not given.strip():
            return UNDATED
        day = document_day(check_date(given.strip()), self.zone)
        if len(self.days) >= REMEMBERED:
            self.days.clear()
            self.days.update({None: UNDATED, "": UNDATED})
        known = self.days[given] = (day, day.isoformat())
        return known


class Reading:
    """What was read of an input: `places` are the counters; the numbers themselves are staged.

    `problems` says that some cannot be entered, `misfits` that these fit no pattern. `unpacked` says that
    questions can be asked of all numbers at once; while they cannot, there is nothing to ask.
    """

    def __init__(self, readers: list[Reader], staging: Staging) -> None:
        self.readers = readers
        self.staging = staging
        self.places: list[Place] = []
        self.problems = False
        self.misfits = False
        self.unpacked = False
        self.lines = 0
        self._problems: list[StagedProblem] = []

    @property
    def ascending(self) -> bool:
        """Whether no integer of a counter can stand twice."""
        return all(place.ascending for place in self.places)

    def unpack(self) -> None:
        """Make it possible to ask questions of all numbers at once."""
        if not self.unpacked:
            self.staging.unpack()
            self.unpacked = True

    def stage(self, lines: list[NumberLine]) -> None:
        """Read some lines and put them aside."""
        self.lines += len(lines)
        self.staging.add(self._rows(lines))
        if self._problems:
            self.staging.refuse(self._problems)
            self.problems = True
            self._problems.clear()

    def place(self, reader: Reader, period: str, scope: str) -> Place:
        """The counter of that period and scope."""
        place = reader.places.get((period, scope))
        if place is None:
            place = Place(len(self.places), reader.sequence, period, scope)
            reader.places[period, scope] = place
            self.places.append(place)
        return place

    def _rows(self, lines: list[NumberLine]) -> list[StagedRow]:
        """The lines that belong somewhere. Most are like the one before them, and settled here."""
        only = self.readers[0] if len(self.readers) == 1 else None
        if only is None:
            return [row for line in lines if (row := self._slow(line)) is not None]
        rows: list[StagedRow] = []
        add, read, places, days = rows.append, only.read, only.places, only.days
        for line in lines:
            at, text, given, record = line
            dated = days.get(given)
            if dated is not None and (record is None or _is_plain(record)):
                found = read(text, dated[0])
                if not isinstance(found, str):
                    value, period, scope = found
                    place = places.get((period, scope))
                    if place is not None:
                        if value > place.highest and dated is place.dated:
                            # What `note` would do.
                            place.highest = value
                            place.numbers += 1
                        else:
                            place.note(value, dated)
                        add((at, place.number, value, text, dated[1], record))
                        continue
            row = self._slow(line)
            if row is not None:
                add(row)
        return rows

    def _slow(self, line: NumberLine) -> StagedRow | None:
        """One line, looked at from all sides; None where it belongs nowhere, which is then noted."""
        at, given_text, given, given_record = line
        text = composed(given_text[: MAXIMUM_LENGTH + 1])
        dated: str | None = None
        try:
            record = _record(given_record)
            fits: list[tuple[Reader, str, Placed]] = []
            words: list[str] = []
            for reader in self.readers:
                day, dated = _dated(reader, given)
                found = _read(reader, text, day)
                if isinstance(found, str):
                    words.append(found)
                else:
                    fits.append((reader, *found))
        except _Unusable as problem:
            self._note(at, text, False, None, None, str(problem), None)
            return None
        if len(fits) != 1:
            message, hint = self._misfit(text, fits, words)
            self._note(at, text, bool(text.strip()), dated, record, message, hint)
            return None
        reader, text, placed = fits[0]
        place, known = self.place(reader, placed.period, placed.scope), _dated(reader, given)
        place.note(placed.value, known)
        return at, place.number, placed.value, text, known[1], record

    def _misfit(
        self, text: str, fits: list[tuple[Reader, str, Placed]], words: list[str]
    ) -> tuple[str, str | None]:
        """Why no single sequence reads a number, and what to do."""
        if not text.strip():
            return "is blank", None
        if fits:
            names = " and ".join(repr(reader.sequence.name) for reader, *_ in fits[:3])
            return f"fits several sequences: {names}", "name one of them as TARGET"
        if len(words) == 1:
            return words[0], None
        telling = [(reader.sequence.name, said) for reader, said in zip(self.readers, words, strict=True)]
        for name, said in telling:
            if not said.startswith("does not fit"):
                return f"{said} (sequence {name!r})", None
        names = ", ".join(repr(name) for name, _ in telling[:3]) + (" ..." if len(telling) > 3 else "")
        return f"fits no pattern of the sequences {names}", None

    def _note(
        self,
        at: int,
        text: str,
        may_be_held: bool,
        dated: str | None,
        record: str | None,
        message: str,
        hint: str | None,
    ) -> None:
        self.misfits |= may_be_held
        # Half a character, as a shell may pass it, could not be stored.
        shown = text.encode("utf-8", "backslashreplace").decode()
        message = message.encode("utf-8", "backslashreplace").decode()
        self._problems.append((at, may_be_held, shown, dated, record, "invalid_input", message, hint))


class _Unusable(Exception):
    """What is wrong with the date or the record of a line."""


def read_places(store: Store, adoption: Adoption, watch: Watch) -> Reading:
    """Read all lines of an input. Raises NotFound for a target, UsageError for a period or scope of none.

    What is wrong with single numbers is staged with them.
    """
    with store.read() as transaction:
        sequences = sequences_meant(transaction, adoption)
        book_zone = transaction.definitions.book_timezone()
        readers = []
        for sequence in sequences:
            zone = sequence.timezone or book_zone
            readers.append(Reader(sequence, zone, store.clock.today(zone), adoption))
    reading = Reading(readers, store.staging)
    reading.staging.begin()
    for lines in adoption.lines:
        reading.stage(lines)
        watch("reading", reading.lines, reading.lines)
    return reading


def sequences_meant(transaction: Transaction, adoption: Adoption) -> list[Sequence]:
    """The sequences that the numbers may belong to: those of the target that have the given period."""
    sequences = target_sequences(transaction, composed(adoption.target))
    period = adoption.period
    if period is not None:
        problems = [period_problem(sequence.reset, period) for sequence in sequences]
        if all(problems):
            raise UsageError(str(problems[0]))
        sequences = [item for item, problem in zip(sequences, problems, strict=True) if not problem]
    known = {name for sequence in sequences for name in sequence.scope}
    for name in adoption.scope:
        if name not in known:
            counted = ", ".join(sorted(known)) or "nothing"
            raise UsageError(f"no counter is kept by {name!r}", f"{adoption.target} counts by {counted}")
    return sequences


def check_definitions(transaction: Transaction, adoption: Adoption, reading: Reading) -> None:
    """Make sure that the numbers would be read alike now that the lock is held. Raises Busy."""
    now = sequences_meant(transaction, adoption)
    before = [reader.sequence for reader in reading.readers]
    if [_read_by(sequence) for sequence in now] != [_read_by(sequence) for sequence in before]:
        raise Busy(
            f"the definitions of {adoption.target!r} changed while the input was read; nothing was adopted",
            "run the command again",
        )
    for reader, sequence in zip(reading.readers, now, strict=True):
        reader.sequence = sequence
    by_id = {sequence.id: sequence for sequence in now}
    for place in reading.places:
        place.sequence = by_id[place.sequence.id]


def _read_by(sequence: Sequence) -> tuple[object, ...]:
    fiscal = sequence.fiscal
    calendar = None if fiscal is None else (fiscal.month, fiscal.day, fiscal.named_by)
    return sequence.id, sequence.definition(), calendar


def _read(reader: Reader, text: str, day: date | None) -> tuple[str, Placed] | str:
    """A number as it is, else without what spreadsheets and lists put around it; else why it does not fit."""
    said = ""
    guarded = text.startswith("'") and text[1:].startswith(FORMULA_SIGNS)
    for candidate in dict.fromkeys((text, text.strip(), text[1:] if guarded else text)):
        found = reader.read(candidate, day)
        if not isinstance(found, str):
            return candidate, found
        said = said or found
    return said


def _dated(reader: Reader, given: str | None) -> Dated:
    known = reader.days.get(given)
    if known is not None:
        return known
    try:
        return reader.day(given)
    except UsageError:
        raise _Unusable(f"has the document date {str(given)[:MAXIMUM_LENGTH]!r}, which is no date") from None


def _is_plain(record: str) -> bool:
    """Whether a record can be taken as it is, without a closer look."""
    return record.isascii() and record.isprintable() and len(record) <= LONGEST_TEXT and bool(record.strip())


def _record(record: str | None) -> str | None:
    """The record of a line; a blank one is none."""
    if record is None or not record.strip():
        return None
    record = composed(record)
    if not record.isprintable() or len(record) > LONGEST_TEXT:
        raise _Unusable(
            f"has the record {record[:LONGEST_TEXT]!r}, which is not one line of 1 to {LONGEST_TEXT}"
            " printable characters"
        )
    return record
