"""From integers to texts: what a number that no document holds is called.

It is called by the text that was printed for it last. One that never was printed has the text that the
pattern gives which was in force when its counter passed it; what such a text lacks stays a token.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from seqctl.model.classes import NamedTuple
from seqctl.model.number.gap_run import CounterPlace, GapRun
from seqctl.model.number.gap_text import GapText
from seqctl.model.number.printed import FormerPattern, Stretch, Texts, stretches
from seqctl.model.pattern.compiled import Pattern
from seqctl.model.sequence.document_types import codes_of
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import PrintedTexts, Transaction


class ShownRun(NamedTuple):
    """A part of a gap run, with the texts of its first and last number, and whether none was ever printed."""

    run: GapRun
    first: str
    last: str
    never_printed: bool


class CounterTexts:
    """The texts of the numbers of one counter. `printed` is what the book printed before."""

    def __init__(self, place: CounterPlace, printed: PrintedTexts) -> None:
        self.place = place
        self._printed = printed
        self._by_pattern: dict[str | None, GapText] = {}
        self._former: list[FormerPattern] = []
        if place.counter.id is not None:
            self._former = printed.former_patterns(place.counter.id)

    def of(self, value: int) -> tuple[str, bool]:
        """The text of one integer, held or not, and whether it never was printed."""
        counter = self.place.counter
        if counter.id is not None and counter.first <= value <= counter.last:
            texts = self._printed.held(counter.id, value, value) or self._printed.freed(
                counter.id, value, value
            )
            if texts:
                return texts[value][0], False
        (stretch,) = self._stretches(value, value)
        return self._shown(stretch.pattern, value), True

    def text(self, value: int) -> str:
        """The text of one integer, held or not."""
        return self.of(value)[0]

    def run_text(self, first: int, last: int) -> str:
        """A run as text: `FIRST..LAST`, or one number."""
        return self.text(first) if first == last else f"{self.text(first)}..{self.text(last)}"

    def parts(self, run: GapRun) -> Iterator[ShownRun]:
        """A gap run, cut where the pattern changes and between what was printed and what never was."""
        texts = self._texts(run)
        if not self._former and len(texts) == (run.last - run.first) // self.place.sequence.step + 1:
            yield ShownRun(run, texts[run.first][0], texts[run.last][0], False)
            return
        if not texts:
            for stretch in self._stretches(run.first, run.last):
                yield self._unprinted(run, stretch)
            return
        yield from self._cut(run, texts)

    def _texts(self, run: GapRun) -> Texts:
        """The texts of those numbers of a run that were printed."""
        counter_id = self.place.counter.id
        assert counter_id is not None
        if run.freed_at is not None:
            return self._printed.held(counter_id, run.first, run.last)
        if run.event_id is not None:
            freed = self._printed.freed_by(run.event_id, counter_id)
            if run.first in freed:
                return {value: named for value, named in freed.items() if run.first <= value <= run.last}
        return self._printed.freed(counter_id, run.first, run.last)

    def _cut(self, run: GapRun, texts: Texts) -> Iterator[ShownRun]:
        """A run of which some numbers were printed, in parts."""
        step = self.place.sequence.step
        at = run.first
        for first, last in self._alike(texts):
            for stretch in self._stretches(at, first - step) if at < first else ():
                yield self._unprinted(run, stretch)
            yield ShownRun(_part(run, first, last), texts[first][0], texts[last][0], False)
            at = last + step
        for stretch in self._stretches(at, run.last) if at <= run.last else ():
            yield self._unprinted(run, stretch)

    def _alike(self, texts: Texts) -> Iterator[tuple[int, int]]:
        """The runs of printed numbers that one pattern printed."""
        values = sorted(texts)
        patterns = [self._pattern_of(*texts[value]) for value in values]
        first = values[0]
        for (value, pattern), (following, other) in pairwise(
            [*zip(values, patterns, strict=True), (None, None)]
        ):
            assert value is not None
            if following != value + self.place.sequence.step or other != pattern:
                yield first, value
                first = following or 0

    def _pattern_of(self, text: str, event_id: int) -> str | None:
        """The pattern that printed a text: the one in force then, or for an adopted one any that reads it."""
        if not self._former:
            return None
        from seqctl.model.pattern.read import readings

        later = [former.pattern for former in self._former if former.event_id > event_id]
        wanted = [later[0] if later else None, None, *(former.pattern for former in reversed(self._former))]
        for pattern in wanted:
            if readings(self._sequence(pattern).compiled, text, 1):
                return pattern
        return wanted[0]

    def _unprinted(self, run: GapRun, stretch: Stretch) -> ShownRun:
        first, last, pattern = stretch
        texts = self._shown(pattern, first), self._shown(pattern, last)
        return ShownRun(_part(run, first, last), *texts, True)

    def _stretches(self, first: int, last: int) -> list[Stretch]:
        """Integers of the counter, cut where the pattern changed when it passed them."""
        if not self._former:
            return [Stretch(first, last, None)]
        assert self.place.counter.id is not None
        step = self.place.sequence.step
        moves = [(event, value - step) for event, value in self._printed.moves(self.place.counter.id)]
        return stretches(self._former, moves, first, last, step)

    def _shown(self, pattern: str | None, value: int) -> str:
        shown = self._by_pattern.get(pattern)
        if shown is None:
            shown = GapText(self._sequence(pattern), self.place.period, self.place.scope)
            self._by_pattern[pattern] = shown
        return shown.of(value)

    def _sequence(self, pattern: str | None) -> Sequence:
        return with_pattern(self.place.sequence, pattern)


def with_pattern(sequence: Sequence, pattern: str | None) -> Sequence:
    """A sequence as it would be with a pattern that it had before; None: as it is."""
    from copy import copy

    if pattern in (None, sequence.pattern):
        return sequence
    former = copy(sequence)
    former.pattern = str(pattern)
    codes = tuple(codes_of(sequence).values())
    # Loaded where a pattern was changed: lists of all other books start faster.
    from seqctl.model.pattern.coded import coded
    from seqctl.model.pattern.compile import compile_pattern

    former.compiled = coded(compile_pattern(former.pattern, sequence.alpha), codes)
    if sequence.served is not None:
        from seqctl.model.pattern.coded import filled

        former.compiled = filled(former.compiled, sequence.served.values)
    return former


def former_patterns(transaction: Transaction, sequence: Sequence) -> list[Pattern]:
    """The patterns that a sequence had before while it was used, the latest first."""
    assert sequence.id is not None
    former = transaction.printed.patterns_before(sequence.id)
    return [with_pattern(sequence, item).compiled for item in former if item != sequence.pattern]


def counter_texts(transaction: Transaction, place: CounterPlace) -> CounterTexts:
    """The texts of the numbers of one counter."""
    return CounterTexts(place, transaction.printed)


def _part(run: GapRun, first: int, last: int) -> GapRun:
    return GapRun(first, last, run.state, run.event_id, run.freed_at)
