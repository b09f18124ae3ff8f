"""The numbers of one request to change numbers, from the command line or a file, found and sorted by counter.

What is refused of a single number ends a request that names it; of a file everything that is refused is told
together, and with `skip_invalid` the others are changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from seqctl.actions.ledger.lost_zeros import LostZeros
from seqctl.actions.ledger.targets import target_sequences
from seqctl.actions.numbers.find import find_held
from seqctl.actions.numbers.number_list import Asked, NumberList
from seqctl.errors import InvalidInput, NotFound, Refused, SeqctlError, UsageError
from seqctl.model.classes import field, mutable, replaced
from seqctl.model.number.counter import Counter
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.reports.file_problems import (
    MOST_FINDINGS,
    FileProblem,
    findings_of,
    grouped,
    options_proposed,
)
from seqctl.model.sequence.sequence import Sequence as NumberSequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from seqctl.store.port import Store, Transaction

    Found = TypeVar("Found")

NOTHING = "; nothing was changed"

Numbers = Sequence[str] | NumberList
"""Numbers as printed, or those of a file."""


@mutable
class Group:
    """The numbers of a request in one counter, ascending, and what was asked for each, by value."""

    sequence: NumberSequence
    counter: Counter
    numbers: list[HeldNumber] = field(factory=list)
    asked: dict[int, Asked] = field(factory=dict)


def writing(store: Store, given: Numbers) -> Transaction:
    """The transaction of a request, by whether it names one number or more."""
    many = isinstance(given, NumberList) or len(given) > 1
    return store.write_much() if many else store.write()


class Attempt:
    """One request within its transaction. `reason` and `note` are those of all numbers that have none of
    their own.
    """

    def __init__(self, transaction: Transaction, given: Numbers, wanted: NumberFilter, action: str) -> None:
        self.transaction = transaction
        self.list = given if isinstance(given, NumberList) else NumberList([[Asked(text) for text in given]])
        self.wanted = wanted
        self.action = action
        self.lines = 0
        self.order: dict[int, int] = {}
        self._zeros: list[LostZeros] | None = None

    def groups(self, find: Callable[[str, NumberFilter], HeldNumber] | None = None) -> list[Group]:
        """The numbers by counter, each in a state that allows the action; one given twice counts once."""
        by_counter: dict[int, Group] = {}
        for asked in self.each():
            number = self.tried(asked, lambda asked=asked: self._found(asked, find))  # type: ignore[misc]
            if number is None:
                continue
            group = by_counter.get(number.counter_id)
            if group is None:
                sequence = self.transaction.definitions.sequence_by_id(number.sequence_id)
                sequence = self.transaction.ranges.narrowed(sequence, number.period)
                counter = self.transaction.held.counter(number.counter_id)
                group = by_counter[number.counter_id] = Group(sequence, counter)
            if number.value not in group.asked:
                group.numbers.append(number)
                group.asked[number.value] = asked
        for group in by_counter.values():
            group.numbers.sort(key=lambda number: number.value)
        return list(by_counter.values())

    def tried(self, asked: Asked, act: Callable[[], Any]) -> Any:
        """Do it for one number; what is refused of a line of a file is noted, and None given."""
        try:
            return act()
        except (InvalidInput, NotFound, Refused, UsageError) as error:
            if self.list.file is None:
                raise
            note(self.list, asked.line, asked.text, error)
            return None

    def keep(self, group: Group, check: Callable[[HeldNumber, Asked], None]) -> None:
        """Keep those numbers of a group that pass a check, which raises for the others."""

        def checked(number: HeldNumber, asked: Asked) -> HeldNumber:
            check(number, asked)
            return number

        group.numbers = [
            number
            for number in group.numbers
            if self.tried(
                group.asked[number.value],
                lambda number=number: checked(number, group.asked[number.value]),  # type: ignore[misc]
            )
        ]

    def each(self) -> Iterator[Asked]:
        """What was asked for, in order."""
        for some in self.list.asked:
            for asked in some:
                self.order[id(asked)] = self.lines
                self.lines += 1
                yield asked

    def _found(self, asked: Asked, find: Callable[[str, NumberFilter], HeldNumber] | None) -> HeldNumber:
        wanted = self.wanted if asked.sequence is None else replaced(self.wanted, sequence=asked.sequence)
        text = asked.text
        if self.list.pad and not self.transaction.held.named(text, wanted):
            text = next((other for other in self._padded(text, wanted)), text)
        if find is not None:
            return told_apart(asked, text, wanted, find)
        return told_apart(asked, text, wanted, self._held)

    def _held(self, text: str, wanted: NumberFilter) -> HeldNumber:
        return find_held(self.transaction, text, wanted, self.action)

    def _padded(self, text: str, wanted: NumberFilter) -> Iterator[str]:
        """Held numbers that a text without its leading zeros may be."""
        if self._zeros is None:
            sequences = target_sequences(self.transaction, wanted.sequence)
            self._zeros = [LostZeros(sequence.compiled, self.list.decimal_comma) for sequence in sequences]
        for zeros in self._zeros:
            for candidate in zeros.candidates(text):
                if self.transaction.held.named(candidate, wanted):
                    yield candidate


def told_apart(
    asked: Asked, text: str, wanted: NumberFilter, find: Callable[[str, NumberFilter], Found]
) -> Found:
    """What a text names; where that is several numbers, the one of the period that its line names."""
    try:
        return find(text, wanted)
    except Refused as refused:
        if refused.code != "ambiguous_number" or asked.period is None or wanted.period is not None:
            raise
    return find(text, replaced(wanted, period=asked.period))


def note(given: NumberList, line: int | None, text: str, error: SeqctlError) -> None:
    """Note why a line of the file came to nothing."""
    words = error.message.removeprefix(f"{text} ")
    number = text if words != error.message else None
    code = "invalid_input" if error.code == "usage" else error.code
    given.problems.append(FileProblem(line or 0, number, code, words, error.hint, status=error.exit_status))


def finish(given: NumberList, lines: int) -> None:
    """Raise the error of a file that has problems, unless the others were to be changed."""
    faults = [FileProblem(line, None, "invalid_input", words, status=6) for line, words in given.faults]
    if not faults and (given.skip_invalid or not given.problems):
        return
    told = sorted([*given.problems, *faults], key=lambda item: item.line)
    worst = max(told, key=lambda item: 6 if item.status == UsageError.exit_status else item.status)
    message = f"{len({item.line for item in told}):,} of {max(lines, 1):,} numbers cannot be changed"
    hint: str | None = "fix them and try again, or go on without them: --skip-invalid"
    if faults:
        proposed = options_proposed(" ".join(words for _, words in given.faults))
        hint = f"try again with: {' '.join(proposed)}" if proposed else "fix the file and try again"
    if len(told) == 1:
        message, hint = told[0]._replace(hint=None).words(given.file), told[0].hint or hint
    error: SeqctlError = InvalidInput("invalid_input", message + NOTHING, hint)
    if worst.status == Refused.exit_status:
        error = Refused(worst.code, message + NOTHING, hint)
    elif worst.status == NotFound.exit_status:
        error = NotFound(message + NOTHING, hint)
    if len(told) > 1:
        error.problems = tuple(grouped(given.file, told))
    error.findings = findings_of(given.file, told[:MOST_FINDINGS], given.columns)
    error.findings_count = len(told)
    raise error
