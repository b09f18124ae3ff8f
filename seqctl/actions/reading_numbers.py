"""Reading printed numbers of one sequence back to their integers, whether a document holds them or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy

from seqctl.model.letters import from_letters
from seqctl.model.pattern.compiled import LARGEST_VALUE, Pattern
from seqctl.model.pattern.gap_text import GapText
from seqctl.model.pattern.number_reader import NumberReader, Placed
from seqctl.model.scope import scope_values
from seqctl.model.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

COUNTER_PARTS = re.compile("[0-9]{1,255}|[a-z]{1,255}")


class PrintedNumbers:
    """Reads texts by the pattern of a sequence as it is now.

    `period` and `scope` are what the user said. `problem` says in words why the last text was not read.
    """

    def __init__(
        self, transaction: Transaction, sequence: Sequence, period: str | None, scope: dict[str, str]
    ) -> None:
        zone = sequence.timezone or transaction.definitions.book_timezone()
        self._today = transaction.store.clock.today(zone)
        self._transaction = transaction
        self._sequence = sequence
        self._period = period
        self._scope = scope
        self._reader = NumberReader(_without_limits(sequence), self._today, period, scope)
        self.problem = ""

    def read(self, text: str) -> list[Placed]:
        """The integers that a text can mean: one, or none; several where it keeps tokens of its pattern.

        Lists show a number that does not exist with the tokens that it does not have: that is read as well.
        """
        read = self._reader.read(text)
        if isinstance(read, Placed):
            return [read]
        self.problem = read
        if "{" not in text:
            return []
        return list(self._with_tokens(text))

    def read_in_any_period(self, text: str) -> list[Placed]:
        """The same, in every period with a counter where the number itself does not show its period."""
        found = self.read(text)
        sequence = self._sequence
        if found or self._period is not None or sequence.unique != "period" or sequence.reset == "never":
            return found
        assert sequence.id is not None
        for period in {key for key, _, _ in self._transaction.listing.counters(sequence.id)}:
            read = NumberReader(_without_limits(sequence), self._today, period, self._scope).read(text)
            if isinstance(read, Placed):
                found.append(read)
        return sorted(found, key=lambda placed: placed.period)

    def _with_tokens(self, text: str) -> Iterator[Placed]:
        sequence = self._sequence
        assert sequence.id is not None
        values = set(_possible_values(sequence.compiled, text))
        for period, scope, _ in self._transaction.listing.counters(sequence.id, self._period):
            if self._scope.items() <= scope_values(scope).items():
                shown = GapText(sequence, period, scope)
                for value in values:
                    if shown.of(value) == text:
                        yield Placed(value, period, scope)


def _possible_values(pattern: Pattern, text: str) -> Iterator[int]:
    """The values of everything in a text that could be its counter."""
    for part in COUNTER_PARTS.findall(text):
        if pattern.alpha and part.isalpha() and len(part) == (pattern.width or len(part)):
            yield min(from_letters(part, pattern.width), LARGEST_VALUE)
        elif part.isdigit() and not pattern.alpha:
            yield min(int(part), LARGEST_VALUE)


def _without_limits(sequence: Sequence) -> Sequence:
    """A sequence without what only limits new numbers: one from before a limit is one all the same."""
    free = copy(sequence)
    free.end = free.max_width = free.max_length = None
    free.requires = {}
    free.scope = dict.fromkeys(sequence.scope, ())
    return free
