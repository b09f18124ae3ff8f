"""Reading the numbers of an input to the counters that they belong to, before anything is locked.

What is read goes to the staging of the store, some thousand numbers at a time.
"""

from __future__ import annotations

from collections.abc import Callable

from seqctl.actions.adopting.places import (
    Place,
    Reader,
    Unusable,
    dated,
    is_plain,
    read_leniently,
    telling,
    usable_record,
)
from seqctl.actions.ledger.lost_zeros import LOST, PAD
from seqctl.actions.ledger.targets import target_sequences
from seqctl.actions.ledger.texts import former_patterns
from seqctl.errors import Busy, UsageError
from seqctl.model.catalogue.selection import check_scope
from seqctl.model.number.reader import Placed, WrongCheck
from seqctl.model.pattern.compiled import MAXIMUM_LENGTH
from seqctl.model.reports.adoption import Adoption, NumberLine, Said
from seqctl.model.reports.staged import StagedNumbers, StagedProblem, Telling
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import composed
from seqctl.model.time.period_keys import period_problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Staging, Store, Transaction

Watch = Callable[[str, int, int], None]
"""Told how far the run is: what is being done, how many numbers are done, how many there are."""


UNCLEAR: Telling = ("", None, None, None)
"""A telling that is of no use; what is wrong with it is said where the line is looked at closely."""


class Reading:
    """What was read of an input: `places` are the counters; the numbers themselves are staged.

    `problems` says that some cannot be entered, `misfits` that these fit no pattern. `unpacked` says that
    questions can be asked of all numbers at once; while they cannot, there is nothing to ask.
    """

    def __init__(self, readers: list[Reader], staging: Staging, states: dict[str, str]) -> None:
        self.readers = readers
        self.states = states
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
        self.staging.add(self._numbers(lines))
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

    def _numbers(self, lines: list[NumberLine]) -> StagedNumbers:
        """The lines that belong somewhere. Most are like the one before them, and settled here."""
        only = self.readers[0] if len(self.readers) == 1 else None
        numbers = StagedNumbers()
        add = numbers.add
        if only is None or only.former:
            for line in lines:
                self._slow(line, numbers)
            return numbers
        read, places, days = only.read, only.places, only.days
        for line in lines:
            at, text, given, record, *said = line
            on = days.get(given)
            if on is not None and (record is None or is_plain(record)):
                told = self._told(said) if any(said) else None
                found = read(text, on[0])
                if told is not UNCLEAR and not isinstance(found, str):
                    value, period, scope = found
                    place = places.get((period, scope))
                    if place is not None:
                        if value > place.highest and on is place.dated:
                            # What `note` would do.
                            place.highest = value
                            place.numbers += 1
                        else:
                            place.note(value, on)
                        add(at, place.number, value, text, on[1], record)
                        if told is not None:
                            numbers.told[at] = told
                        continue
            self._slow(line, numbers)
        return numbers

    def _told(self, said: list[str | None]) -> Telling | None:
        """What an input tells of a number; UNCLEAR where something is wrong with that."""
        try:
            return telling(Said(*said), self.states)
        except Unusable:
            return UNCLEAR

    def _slow(self, line: NumberLine, numbers: StagedNumbers) -> None:
        """One line, looked at from all sides; it is added, or noted where it belongs nowhere."""
        at, given_text, given, given_record, *said = line
        text = composed(given_text[: MAXIMUM_LENGTH + 1])
        day_text: str | None = None
        wrong: dict[str, Unusable] = {}
        record = told = None
        try:
            record = usable_record(given_record)
        except Unusable as problem:
            wrong[problem.role] = problem
        try:
            told = telling(Said(*said), self.states)
        except Unusable as problem:
            wrong[problem.role] = problem
        fits: list[tuple[Reader, str, Placed]] = []
        words: list[str] = []
        for reader in self.readers:
            try:
                day, day_text = dated(reader, given)
            except Unusable as problem:
                wrong[problem.role] = problem
                day = None
            found = read_leniently(reader, text, day)
            if isinstance(found, str):
                words.append(found)
            else:
                fits.append((reader, *found))
        if wrong:
            self._note_all(at, text, wrong, words)
            return
        if len(fits) != 1 or any(reader.may_be_former(text) for reader in self.readers):
            message, hint = self._misfit(text, fits, words)
            mistyped = not fits and any(isinstance(said, WrongCheck) for said in words)
            about = (day_text, record, told) if text.strip() else None
            self._note(at, text, message, hint, about, code="check_digit" if mistyped else "invalid_input")
            return
        reader, text, placed = fits[0]
        place, known = self.place(reader, placed.period, placed.scope), dated(reader, given)
        place.note(placed.value, known)
        numbers.add(at, place.number, placed.value, text, known[1], record)
        if told is not None:
            numbers.told[at] = told

    def _note_all(self, at: int, text: str, wrong: dict[str, Unusable], words: list[str]) -> None:
        """Note everything that is wrong with a line, and that its number fits nothing, if it does not."""
        if len(words) == len(self.readers) and all(said.startswith("does not fit") for said in words):
            message, hint = self._misfit(text, [], words)
            self._note(at, text, message, hint)
        for problem in wrong.values():
            self._note(at, text, str(problem), problem.hint, role=problem.role)

    def _misfit(
        self, text: str, fits: list[tuple[Reader, str, Placed]], words: list[str]
    ) -> tuple[str, str | None]:
        """Why no single sequence reads a number, and what to do."""
        if not text.strip():
            return "is blank", None
        if len(fits) == 1:
            return "was printed by a former pattern", None
        if fits:
            names = " and ".join(repr(reader.sequence.name) for reader, *_ in fits[:3])
            return f"fits several sequences: {names}", "name one of them as TARGET"
        if any(said.endswith(LOST) for said in words):
            return next(said for said in words if said.endswith(LOST)), PAD
        if len(words) == 1:
            return words[0], None
        telling = [(reader.sequence.name, said) for reader, said in zip(self.readers, words, strict=True)]
        # A wrong check digit tells more than anything else.
        for name, said in sorted(telling, key=lambda pair: not isinstance(pair[1], WrongCheck)):
            if not said.startswith("does not fit"):
                return f"{said} (sequence {name!r})", None
        names = ", ".join(repr(name) for name, _ in telling[:3]) + (" ..." if len(telling) > 3 else "")
        return f"fits no pattern of the sequences {names}", None

    def _note(
        self,
        at: int,
        text: str,
        message: str,
        hint: str | None = None,
        about: tuple[str | None, str | None, Telling | None] | None = None,
        role: str = "number",
        code: str = "invalid_input",
    ) -> None:
        """Note a number that belongs nowhere. `about` is what is said of one that may be held yet."""
        self.misfits |= about is not None
        # Half a character, as a shell may pass it, could not be stored.
        text, message = (item.encode("utf-8", "backslashreplace").decode() for item in (text, message))
        day, record, told = about or (None, None, None)
        self._problems.append(
            StagedProblem(at, about is not None, text, day, record, code, message, hint, told, role)
        )


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
            former = former_patterns(transaction, sequence)
            readers.append(Reader(sequence, zone, transaction.today(zone), adoption, former))
    reading = Reading(readers, store.staging, adoption.states)
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
    check_scope(sequences, adoption.scope.items())
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
