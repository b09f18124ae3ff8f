"""From texts to integers: which numbers of one sequence a text names, whether documents hold them or not.

A text that was printed stays a name, also after the number was freed and after the pattern changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from seqctl.actions.ledger.texts import counter_texts, with_pattern
from seqctl.days import date
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.number.gap_text import GapText
from seqctl.model.number.reader import NumberReader, Placed
from seqctl.model.pattern.compiled import LARGEST_VALUE, Pattern
from seqctl.model.pattern.letters import from_letters
from seqctl.model.pattern.read import readings
from seqctl.model.range.range import Range
from seqctl.model.range.reader import RangeReader, reader_of
from seqctl.model.sequence.scope import scope_values
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

COUNTER_PARTS = "[0-9]{1,255}|[a-z]{1,255}"
NOW = 2**63
"""Behind every event: a number that is held has its text now."""


class PrintedNumbers:
    """Reads texts by the patterns that a sequence has and had.

    `period` and `scope` are what the user said. `problem` says in words why the present pattern does not read
    the last text.
    """

    def __init__(
        self, transaction: Transaction, sequence: Sequence, period: str | None, scope: dict[str, str]
    ) -> None:
        assert sequence.id is not None
        zone = sequence.zone
        self._today = transaction.today(zone)
        self._transaction = transaction
        self._printed = transaction.printed
        self._sequence = sequence
        self._period = period
        self._scope = scope
        present = _without_limits(sequence)
        former = self._printed.patterns_before(sequence.id)
        self._sequences = [
            present,
            *(with_pattern(present, item) for item in former if item != present.pattern),
        ]
        self._ranges = transaction.ranges.of(sequence.id) if sequence.reset == "range" else []
        self._ranges_before = [_without_last(each) for each in self._ranges]
        self._readers: dict[tuple[str, str | None], NumberReader] = {}
        self.problem = ""

    @property
    def had_other_patterns(self) -> bool:
        """Whether the sequence had another pattern before while it was used."""
        return len(self._sequences) > 1

    def reads(self, text: str) -> bool:
        """Whether any of the patterns can have printed a text."""
        if self._ranges:
            # Their values may stand where attributes that anybody chooses may not.
            return True
        return "{" in text or any(readings(item.compiled, text, 1) for item in self._sequences)

    def read(self, text: str, day: date | None = None) -> list[Placed]:
        """The integers that a text can mean; none, and then `problem` says why not.

        What was given the text comes first, and where nothing was, what the patterns read. `day` is the date
        of its document, where that is known.
        """
        return self.given(text, day) or self.possible(text, day)

    def given(self, text: str, day: date | None = None) -> list[Placed]:
        """The integers that a text was given to: one of each space of texts, which has it or had it last."""
        return [placed for _, placed in self.given_last(text, day).values()]

    def given_last(self, text: str, day: date | None = None) -> dict[str, tuple[int, Placed]]:
        """The same by the period in which the text is unique, empty for all, with the event until which."""
        named: dict[str, tuple[int, Placed]] = {}
        for placed in dict.fromkeys(self._everywhere(text, day)):
            since = self._had_until(placed, text)
            space = placed.period if self._sequence.unique == "period" else ""
            if since is not None and (space not in named or named[space][0] < since):
                named[space] = (since, placed)
        return named

    def possible(self, text: str, day: date | None = None) -> list[Placed]:
        """The integers that the patterns read: the present one, and a former one where lists show it.

        Lists show a number that never was printed by the pattern under which its counter passed it, with the
        tokens that it does not have: that is read as well.
        """
        read = self._reader(self._sequence_now).read(text, day)
        found = [read] if isinstance(read, Placed) else []
        self.problem = "" if isinstance(read, Placed) else read
        found += [placed for placed in self.shown_by_former(text, day) if placed not in found]
        if "{" in text and not found:
            found += self._with_tokens(text)
        return found

    def shown_by_former(self, text: str, day: date | None = None) -> list[Placed]:
        """The integers that a former pattern reads and by whose text lists show them."""
        read = (self._reader(former).read(text, day) for former in self._sequences[1:])
        found = dict.fromkeys(placed for placed in read if isinstance(placed, Placed))
        return [placed for placed in found if self._shown(placed) == text]

    def in_any_period(self, text: str) -> list[Placed]:
        """The integers that the present pattern reads in every period that has a counter.

        Where the number itself does not show its period, and the user gave none.
        """
        if self._period is not None or self._sequence.unique != "period" or self._sequence.reset == "never":
            return []
        return sorted(
            dict.fromkeys(self._in_periods(self._sequence_now, text)), key=lambda placed: placed.period
        )

    @property
    def _sequence_now(self) -> Sequence:
        return self._sequences[0]

    def _everywhere(self, text: str, day: date | None) -> Iterator[Placed]:
        """What every pattern reads, in every period where the number does not show it."""
        for sequence in self._sequences:
            if self._ranges:
                given = (self._today, self._period, self._scope)
                yield from RangeReader(sequence, self._ranges_before, *given).every(text, day)
                continue
            if not readings(sequence.compiled, text, 1):
                continue
            read = self._reader(sequence).read(text, day)
            if isinstance(read, Placed):
                yield read
            elif day is None and self._period is None and sequence.unique == "period":
                yield from self._in_periods(sequence, text)

    def _in_periods(self, sequence: Sequence, text: str) -> Iterator[Placed]:
        assert sequence.id is not None
        for period in {key for key, _, _ in self._transaction.listing.counters(sequence.id)}:
            read = self._reader(sequence, period).read(text)
            if isinstance(read, Placed):
                yield read

    def _reader(self, sequence: Sequence, period: str | None = None) -> NumberReader:
        key = (sequence.pattern, period)
        if key not in self._readers:
            reader = reader_of(sequence, self._ranges, self._today, period or self._period, self._scope)
            self._readers[key] = reader
        return self._readers[key]

    def _had_until(self, placed: Placed, text: str) -> int | None:
        """Until which event an integer had a text; None where it never had it."""
        place = self._place(placed)
        if place is None:
            return None
        assert place.counter.id is not None
        held = self._transaction.ledger.number_text(place.counter.id, placed.value)
        if held == text:
            return NOW
        lives = self._printed.lives(place.counter.id, placed.value)
        return next((life.event_id for life in lives if life.text == text), None)

    def _shown(self, placed: Placed) -> str | None:
        """How lists show an integer; None where its counter was never used."""
        place = self._place(placed)
        if place is None or placed.value > place.counter.last:
            return None
        return counter_texts(self._transaction, place).text(placed.value)

    def _place(self, placed: Placed) -> CounterPlace | None:
        sequence = self._sequence
        assert sequence.id is not None
        counter = self._transaction.ledger.counter(sequence.id, placed.scope, placed.period)
        if counter is None:
            return None
        narrowed = self._transaction.ranges.narrowed(sequence, placed.period)
        return CounterPlace(narrowed, placed.period, placed.scope, counter)

    def _with_tokens(self, text: str) -> Iterator[Placed]:
        sequence = self._sequence
        assert sequence.id is not None
        values = set(_possible_values(sequence.compiled, text))
        for period, scope, _ in self._transaction.listing.counters(sequence.id, self._period):
            if not self._scope.items() <= scope_values(scope).items():
                continue
            now = GapText(self._transaction.ranges.narrowed(sequence, period), period, scope)
            for value in values:
                placed = Placed(value, period, scope)
                if now.of(value) == text or (self.had_other_patterns and self._shown(placed) == text):
                    yield placed


def _possible_values(pattern: Pattern, text: str) -> Iterator[int]:
    """The values of everything in a text that could be its counter."""
    import re

    for part in re.findall(COUNTER_PARTS, text):
        if pattern.alpha and part.isalpha() and len(part) == (pattern.width or len(part)):
            yield min(from_letters(part, pattern.width), LARGEST_VALUE)
        elif part.isdigit() and not pattern.alpha:
            yield min(int(part), LARGEST_VALUE)


def _without_last(served: Range) -> Range:
    """A range without its last number, which may have been lowered since."""
    free = copy(served)
    free.last = None
    return free


def _without_limits(sequence: Sequence) -> Sequence:
    """A sequence without what only limits new numbers: one from before a limit is one all the same."""
    free = copy(sequence)
    free.end = free.max_width = free.max_length = None
    free.requires = {}
    free.scope = dict.fromkeys(sequence.scope, ())
    return free
