"""Reading the numbers of an input to the counters that they belong to, before anything is locked.

What is read goes to the staging of the store, some thousand numbers at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter

from seqctl.actions.adopting.places import (
    UNDATED,
    Place,
    Reader,
    Unusable,
    dated,
    is_plain,
    read_in,
    read_leniently,
    telling,
    usable_record,
)
from seqctl.actions.adopting.readers import Meant, Readers
from seqctl.actions.adopting.types import differ, type_of, type_of_misfit
from seqctl.actions.ledger.lost_zeros import LOST, PAD, WHOLE
from seqctl.model.number.reader import Placed, WrongCheck
from seqctl.model.pattern.compiled import MAXIMUM_LENGTH
from seqctl.model.reports.adoption import Adoption, Named, NumberLine, Said
from seqctl.model.reports.staged import UNTOLD, StagedNumbers, StagedProblem, Telling
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Staging, Store

Watch = Callable[[str, int, int], None]
"""Told how far the run is: what is being done, how many numbers are done, how many there are."""


UNCLEAR: Telling = ("", None, None, None, None, None)
"""A telling that is of no use; what is wrong with it is said where the line is looked at closely."""

SAID = len(Said._fields)
NAMED = itemgetter(4 + SAID)
"""The sequence that a line names."""


class Reading:
    """What was read of an input: `places` are the counters; the numbers themselves are staged.

    `problems` says that some cannot be entered, `misfits` that these fit no pattern. `unpacked` says that
    questions can be asked of all numbers at once; while they cannot, there is nothing to ask. `meant` has the
    readers of those misfits that name their sequence, by line.
    """

    def __init__(self, readers: Readers, staging: Staging, states: dict[str, str]) -> None:
        self.readers = readers
        self.meant: dict[int, Meant] = {}
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
            narrowed = reader.narrowed(period)
            own = reader.document_type or reader.sequence.document_type
            place = Place(len(self.places), narrowed, period, scope, own)
            reader.places[period, scope] = place
            self.places.append(place)
        return place

    def _numbers(self, lines: list[NumberLine]) -> StagedNumbers:
        """The lines that belong somewhere."""
        numbers = StagedNumbers()
        if not self.readers.adoption.by_sequence:
            self._add(lines, self.readers.of(None), numbers)
            return numbers
        for named, some in groupby(lines, NAMED):
            self._add(list(some), self.readers.of(named), numbers)
        return numbers

    def _add(self, lines: list[NumberLine], meant: Meant | Unusable, numbers: StagedNumbers) -> None:
        """Lines of the same sequences. Most are like the one before them, and settled here."""
        adoption = self.readers.adoption
        if isinstance(meant, Unusable) or len(meant) != 1 or meant[0].former or differ(meant[0], adoption):
            for line in lines:
                self._slow(line, meant, numbers)
            return
        only, add = meant[0], numbers.add
        read, places, days = only.read, only.places, only.days
        for line in lines:
            at, text, given, record, *more = line
            on = days.get(given)
            if on is not None and (record is None or is_plain(record)):
                said = more[:SAID]
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
            self._slow(line, meant, numbers)

    def _told(self, said: list[str | None]) -> Telling | None:
        """What an input says of a number; UNCLEAR where something is wrong with that."""
        try:
            return telling(Said(*said), self.states)
        except Unusable:
            return UNCLEAR

    def _slow(self, line: NumberLine, meant: Meant | Unusable, numbers: StagedNumbers) -> None:
        """One line, looked at from all sides; it is added, or noted where it belongs nowhere."""
        at, given_text, given, given_record, *more = line
        said, named = more[:SAID], Named(*more[SAID:])
        text = composed(given_text[: MAXIMUM_LENGTH + 1])
        day_text: str | None = None
        wrong: dict[str, Unusable] = {}
        readers = [] if isinstance(meant, Unusable) else meant
        if isinstance(meant, Unusable):
            wrong[meant.role] = meant
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
        for reader in readers:
            try:
                day, day_text = dated(reader, given)
            except Unusable as problem:
                wrong[problem.role] = problem
                day = None
            found = read_leniently(reader, text, day)
            if isinstance(found, str) and (named.period or named.scope):
                found = read_in(reader, text, day, named) or found
            if isinstance(found, str):
                words.append(found)
            else:
                fits.append((reader, *found))
        document_type = None
        adoption = self.readers.adoption
        if len(fits) == 1 and differ(fits[0][0], adoption):
            try:
                document_type = type_of(fits[0][0], adoption, *fits[0][1:], named.document_type)
            except Unusable as problem:
                wrong[problem.role] = problem
        misfit = len(fits) != 1 or any(reader.may_be_former(text) for reader in readers)
        several = any(len(reader.sequence.document_types) > 1 for reader in readers)
        if misfit and not wrong and (several or any(differ(reader, adoption) for reader in readers)):
            try:
                document_type = document_type or type_of_misfit(readers, text, named.document_type)
            except Unusable as problem:
                wrong[problem.role] = problem
        if wrong:
            self._note_all(at, text, wrong, words, readers, fits)
            return
        if misfit:
            message, hint = self._misfit(text, fits, words, readers)
            mistyped = not fits and any(isinstance(said, WrongCheck) for said in words)
            if any(differ(reader, adoption) for reader in readers):
                told = (*(told or UNTOLD)[:5], document_type)
            about = (day_text, record, told) if text.strip() else None
            if told is not None and told[5] is None and any(not reader.document_type for reader in readers):
                # Whatever held it, nobody knows what it was.
                about = None
            if about is not None and self.readers.adoption.by_sequence:
                self.meant[at] = readers
            self._note(at, text, message, hint, about, code="check_digit" if mistyped else "invalid_input")
            return
        reader, text, placed = fits[0]
        place, known = self.place(reader, placed.period, placed.scope), dated(reader, given)
        place.note(placed.value, known)
        numbers.add(at, place.number, placed.value, text, known[1], record)
        if document_type is not None:
            place.types.add(document_type)
            if document_type != place.document_type:
                told = (*(told or UNTOLD)[:5], document_type)
        if told is not None:
            numbers.told[at] = told

    def _note_all(
        self,
        at: int,
        text: str,
        wrong: dict[str, Unusable],
        words: list[str],
        readers: Meant,
        fits: list[tuple[Reader, str, Placed]],
    ) -> None:
        """Note everything that is wrong with a line, and that its number fits nothing, if it does not.

        One that fits keeps its place, so that a repetition of it is told in the same try.
        """
        where: tuple[int, int] | None = None
        if readers and len(words) == len(readers) and all(said.startswith("does not fit") for said in words):
            message, hint = self._misfit(text, [], words, readers)
            self._note(at, text, message, hint)
        elif len(fits) == 1:
            reader, text, placed = fits[0]
            place = self.place(reader, placed.period, placed.scope)
            place.note(placed.value, UNDATED)
            where = place.number, placed.value
        for problem in wrong.values():
            self._note(at, text, str(problem), problem.hint, role=problem.role, where=where)

    def _misfit(
        self, text: str, fits: list[tuple[Reader, str, Placed]], words: list[str], readers: Meant
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
            told = next(said for said in words if said.endswith(LOST))
            return told, PAD if self.readers.adoption.file is not None else WHOLE
        if len(words) == 1:
            return words[0], None
        telling = [(reader.sequence.name, said) for reader, said in zip(readers, words, strict=True)]
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
        where: tuple[int, int] | None = None,
    ) -> None:
        """Note a number that cannot be entered. `about` is what is said of a misfit that may be held yet,
        `where` the place and value of one that fits.
        """
        self.misfits |= about is not None
        # Half a character, as a shell may pass it, could not be stored.
        text, message = (item.encode("utf-8", "backslashreplace").decode() for item in (text, message))
        day, record, told = about or (None, None, None)
        self._problems.append(
            StagedProblem(
                *(at, about is not None, text, day, record, code, message, hint, told, role),
                *(where or (None, None)),
            )
        )


def read_places(store: Store, adoption: Adoption, watch: Watch) -> Reading:
    """Read all lines of an input. Raises NotFound for a target, UsageError for a period or scope of none.

    What is wrong with single numbers is staged with them.
    """
    reading = Reading(Readers(store, adoption), store.staging, adoption.states)
    reading.staging.begin()
    for lines in adoption.lines:
        reading.stage(lines)
        watch("reading", reading.lines, reading.lines)
    return reading
