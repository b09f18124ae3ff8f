"""Where numbers of an input belong: counters, and the readers that find them."""

from __future__ import annotations

from seqctl.actions.issuing.asked_type import type_meant
from seqctl.actions.ledger.lost_zeros import LOST, LostZeros
from seqctl.days import date
from seqctl.errors import UsageError
from seqctl.model.cell import unguarded
from seqctl.model.number.counter import Counter
from seqctl.model.number.reader import NumberReader, Placed, WrongCheck
from seqctl.model.number.request import LONGEST_TEXT, document_day
from seqctl.model.pattern.compiled import MAXIMUM_LENGTH, Pattern
from seqctl.model.pattern.read import readings
from seqctl.model.range.range import Range
from seqctl.model.range.reader import reader_of
from seqctl.model.range.serving import in_range
from seqctl.model.reports.adoption import Adoption, Named, Said, Tally
from seqctl.model.reports.staged import Telling
from seqctl.model.reports.state_words import ISSUED, STATES, folded, meant
from seqctl.model.sequence.scope import scope_problem, scope_values
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import composed, document_type_name, shell_word
from seqctl.model.time.instant import check_date
from seqctl.model.time.period_keys import period_problem

LONGEST_REASON = 1000
"""Most characters of a reason that another system gave."""

REMEMBERED = 100_000
"""Document dates that are remembered at once."""

Dated = tuple[date | None, str | None]
"""A document date, and the text of the day."""

UNDATED: Dated = (None, None)


class Place:
    """One counter that numbers belong to. `number` is its place among all of them.

    `ascending` says that no value came twice or after a higher one; only then does `tally` say what came.
    `document_type` is that of numbers that have none of their own, `types` those of the others. `dated` is
    the document date of the last one. `counter` is there once the lock is taken.
    """

    __slots__ = (
        *("ascending", "counter", "dated", "highest", "latest", "latest_value", "lowest", "number"),
        *("document_type", "numbers", "period", "scope", "sequence", "types"),
    )

    def __init__(self, number: int, sequence: Sequence, period: str, scope: str, document_type: str) -> None:
        self.number = number
        self.sequence = sequence
        self.document_type = document_type
        self.types: set[str] = set()
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
        return self.sequence.domain(self.period)[1]

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
    """Reads for one sequence: numbers, and document dates in its time zone.

    `former` are the patterns that it had before.
    """

    def __init__(
        self,
        sequence: Sequence,
        zone: str,
        today: date,
        adoption: Adoption,
        former: list[Pattern],
        ranges: list[Range],
    ) -> None:
        self.former = former
        meant = document_type_name(adoption.target or "")
        told = adoption.document_type is not None or meant in sequence.document_types
        several = len(sequence.document_types) > 1
        # None: each number says its own.
        self.document_type = (
            type_meant(sequence, meant, adoption.document_type) if told or not several else None
        )
        self.sequence = sequence
        self.zone = zone
        self.read_date = adoption.read_date
        self.today = today
        self.ranges = {each.name: each for each in ranges}
        said = (adoption.period, adoption.scope, self.document_type)
        self.read = reader_of(sequence, ranges, today, *said).read
        self.pad = adoption.pad
        self.lost_zeros = LostZeros(sequence.compiled, adoption.decimal_comma)
        self.places: dict[tuple[str, str], Place] = {}
        self.days: dict[str | None, Dated] = {None: UNDATED, "": UNDATED}
        self._elsewhere: dict[tuple[str, str], NumberReader | None] = {}

    def narrowed(self, period: str) -> Sequence:
        """The sequence as the range of a period makes it, where it has ranges."""
        served = self.ranges.get(period)
        return self.sequence if served is None else in_range(self.sequence, served)

    def in_place(self, period: str, scope: str) -> NumberReader | None:
        """Reads the numbers of a period and scope as lists show them; None where no counter has these."""
        if (period, scope) not in self._elsewhere:
            reader = None
            if not period or period_problem(self.sequence.reset, period, self.sequence.fiscal) is None:
                ranges = [*self.ranges.values()]
                reader = reader_of(self.sequence, ranges, self.today, period or None, scope_values(scope))
            self._elsewhere[period, scope] = reader
        return self._elsewhere[period, scope]

    def may_be_former(self, text: str) -> bool:
        """Whether a former pattern can have printed a text: who had it then is looked up under the lock."""
        return any(readings(pattern, item, 1) for pattern in self.former for item in variants(text))

    def day(self, given: str | None) -> Dated:
        """A document date as it was given; a blank one is none. Raises UsageError for a text that is none."""
        if given is None or not given.strip():
            return UNDATED
        day = document_day(check_date(self.read_date(given).strip()), self.zone)
        if len(self.days) >= REMEMBERED:
            self.days.clear()
            self.days.update({None: UNDATED, "": UNDATED})
        known = self.days[given] = (day, day.isoformat())
        return known


class Unusable(Exception):
    """What is wrong with the date, the record or the state of a line, and what to do."""

    def __init__(self, role: str, words: str, hint: str | None = None) -> None:
        super().__init__(words)
        self.role = role
        self.hint = hint


def read_leniently(reader: Reader, text: str, day: date | None) -> tuple[str, Placed] | str:
    """A number as it is, else without what spreadsheets and lists put around it; else why it does not fit."""
    said = ""
    for candidate in variants(text):
        found = reader.read(candidate, day)
        if not isinstance(found, str):
            problem = scope_problem(reader.sequence.scope, found.scope)
            if problem is None:
                return candidate, found
            found = problem[0]
        said = found if not said or isinstance(found, WrongCheck) else said
    given_back = _padded(reader, text, day)
    if given_back is None:
        return said
    return given_back if reader.pad else f"{said}: {LOST}"


def read_in(reader: Reader, text: str, day: date | None, named: Named) -> tuple[str, Placed] | None:
    """A number that does not show its counter, by the period and scope that its line names."""
    in_place = reader.in_place((named.period or "").strip(), (named.scope or "").strip())
    if in_place is None:
        return None
    for candidate in variants(text):
        found = in_place.read(candidate, day)
        if not isinstance(found, str) and scope_problem(reader.sequence.scope, found.scope) is None:
            return candidate, found
    return None


def _padded(reader: Reader, text: str, day: date | None) -> tuple[str, Placed] | None:
    """A number that fits once it has its leading zeros again; None for any other."""
    for candidate in reader.lost_zeros.candidates(text):
        found = reader.read(candidate, day)
        if not isinstance(found, str) and scope_problem(reader.sequence.scope, found.scope) is None:
            return candidate, found
    return None


def variants(text: str) -> list[str]:
    """A number as it is, and without what spreadsheets and lists put around it."""
    return list(dict.fromkeys((text, text.strip(), unguarded(text))))


def dated(reader: Reader, given: str | None) -> Dated:
    """A document date as it was given. Raises Unusable for a text that is none."""
    known = reader.days.get(given)
    if known is not None:
        return known
    try:
        return reader.day(given)
    except ValueError as error:
        raise Unusable("date", f"has the document date {error}") from None
    except UsageError:
        raise Unusable(
            "date", f"has the document date {str(given)[:MAXIMUM_LENGTH]!r}, which is not a date"
        ) from None


def telling(said: Said, states: dict[str, str]) -> Telling | None:
    """What an input says of a number beside its type, None where it is simply issued. Raises Unusable."""
    state = ISSUED
    if said.state is not None and said.state != ISSUED:
        known = states.get(folded(said.state))
        if known is None:
            word = composed(said.state.strip())
            raise Unusable(
                "state",
                f"has the state {word[:LONGEST_TEXT]!r}, which is none of {', '.join(STATES)}",
                f"say what it means: --state-word {shell_word(f'{word[:LONGEST_TEXT]}={meant(word)}')}",
            )
        state = known
    reason = _line(said.reason, LONGEST_REASON)
    actor, at = _line(said.source_actor, LONGEST_TEXT), _line(said.source_at, LONGEST_TEXT)
    if actor is None and at is None:
        actor, at = _line(said.actor, LONGEST_TEXT), _line(said.at, LONGEST_TEXT)
    note = _line(said.note, LONGEST_REASON)
    if state == ISSUED and reason is None and actor is None and at is None and note is None:
        return None
    return state, reason, actor, at, note, None


def _line(text: str | None, longest: int) -> str | None:
    """What a cell says, as one printable line; a blank one is none."""
    if text is None:
        return None
    said = " ".join(composed(unguarded(text)).split())
    said = "".join(character if character.isprintable() else "?" for character in said)
    return said[:longest] or None


def is_plain(record: str) -> bool:
    """Whether a record can be taken as it is, without a closer look."""
    return (
        record[:1] != "'"
        and record.isascii()
        and record.isprintable()
        and len(record) <= LONGEST_TEXT
        and bool(record.strip())
    )


def usable_record(record: str | None) -> str | None:
    """The record of a line; a blank one is none."""
    if record is None or not record.strip():
        return None
    record = composed(unguarded(record))
    if not record.isprintable() or len(record) > LONGEST_TEXT:
        raise Unusable(
            "record",
            f"has the record {record[:LONGEST_TEXT]!r}, which is not one line of 1 to {LONGEST_TEXT}"
            " printable characters",
        )
    return record
