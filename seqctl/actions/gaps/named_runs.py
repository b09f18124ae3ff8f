"""Which integers somebody means by `FIRST..LAST`: numbers as printed, else integers of a counter."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.actions.ledger.named_numbers import check_grid
from seqctl.actions.ledger.printed import PrintedNumbers
from seqctl.actions.ledger.targets import one_scope, target_sequences
from seqctl.errors import Refused, UsageError
from seqctl.model.classes import frozen
from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.number.reader import Placed
from seqctl.model.sequence.check import counter_value
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.period_keys import period_problem
from seqctl.model.value import ValueProblem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

BETWEEN = ".."


@frozen
class NamedRun:
    """A run that somebody named: integers of one counter, which may not have come that far."""

    place: CounterPlace
    first: int
    last: int

    @property
    def reached(self) -> bool:
        """Whether both ends lie between the first and last value of the counter."""
        counter = self.place.counter
        return counter.first <= self.first and self.last <= counter.last

    def words(self) -> str:
        """The run in a message: its integers and its counter."""
        shown = self.place.sequence.compiled.counter_text
        last = f"{BETWEEN}{shown(self.last)}" if self.last != self.first else ""
        return f"{shown(self.first)}{last} of {self.place.words()}"


def can_have_printed(store: Store, word: str) -> list[str]:
    """The sequences that can have printed a run, which nothing else tells them by: FIRST or FIRST..LAST."""
    found = []
    with store.read() as transaction:
        for sequence in target_sequences(transaction, None):
            try:
                RunReader(transaction, [sequence], None, {}).read(word)
            except (Refused, UsageError):
                continue
            found.append(sequence.name)
    return found


class RunReader:
    """Reads the runs of one request, which may lie in different counters."""

    def __init__(
        self,
        transaction: Transaction,
        sequences: list[Sequence],
        period: str | None,
        scope: dict[str, str],
    ) -> None:
        self.transaction = transaction
        self.sequences = _with_period(sequences, period)
        self.period = period
        self.scope = scope
        self._printed = {
            sequence.name: PrintedNumbers(transaction, sequence, period, scope) for sequence in self.sequences
        }
        self._places: dict[str, dict[tuple[str, str], CounterPlace]] = {}

    def read(self, word: str) -> NamedRun:
        """The run that a word names.

        Both ends are numbers as printed, or both are integers; of readings that differ the one counts whose
        counter came that far. Raises Refused `ambiguous_number` where two did, UsageError where none is.
        """
        problems: list[UsageError] = []
        printed = list(self._printed_runs(word, problems))
        integers = list(self._integer_runs(word, problems))
        runs = list(dict.fromkeys([*printed, *integers]))
        reached = [run for run in runs if run.reached]
        if len(reached) > 1:
            raise _ambiguous(word, reached)
        for run in reached or runs:
            if run.first > run.last:
                raise UsageError(
                    f"{word!r} runs backwards", f"write the lower number first: FIRST{BETWEEN}LAST"
                )
            return run
        raise problems[-1]

    def _printed_runs(self, word: str, problems: list[UsageError]) -> Iterator[NamedRun]:
        """The runs that a word names as printed.

        A number may itself hold two dots, in its pattern or in an attribute. But where both sides of them are
        numbers of one counter they are a run: an attribute would take in the first of `A5..A9`.
        """
        for sequence in self.sequences:
            printed = self._printed[sequence.name]
            single = printed.read(word)
            why = f"{word!r} is not a number of sequence {sequence.name!r}: it {printed.problem}"
            pairs = [
                (low, high)
                for first, last in _splits(word)
                for low in printed.read(first)
                for high in printed.read(last)
            ]
            runs = [self._run(sequence, low, high) for low, high in pairs if low[1:] == high[1:]]
            if not runs:
                runs = [self._run(sequence, placed, placed) for placed in single]
                if pairs:
                    why = f"{word!r} names two counters"
                    runs = [run for run in runs if run.reached]
            yield from runs
            problems.append(UsageError(why, f"write numbers as printed, or integers, as in 5 or 5{BETWEEN}9"))

    def _integer_runs(self, word: str, problems: list[UsageError]) -> Iterator[NamedRun]:
        """The runs that a word names by integers, or by letters where the counter is in letters."""
        first, between, last = word.partition(BETWEEN)
        for sequence in self.sequences:
            try:
                ends = (first, last if between else first)
                values = [counter_value(end, sequence.compiled) for end in ends]
            except ValueProblem:
                continue
            try:
                period, scope = self._counter_meant(sequence, word)
                check_grid(self.transaction.ranges.narrowed(sequence, period), values)
            except UsageError as problem:
                problems.append(problem)
                continue
            yield self._run(sequence, *(Placed(value, period, scope) for value in values))

    def _counter_meant(self, sequence: Sequence, word: str) -> tuple[str, str]:
        """The period and scope of integers, which must be given. Raises UsageError."""
        if self.period is None and sequence.reset != "never":
            raise UsageError(
                f"{word!r} alone does not say which period of sequence {sequence.name!r} is meant",
                "give --period KEY, or write the numbers as printed",
            )
        narrowed = self.transaction.ranges.narrowed(sequence, self.period or "all")
        return self.period or "all", one_scope(narrowed, self.scope)

    def _run(self, sequence: Sequence, low: Placed, high: Placed) -> NamedRun:
        """The run between two integers of one counter."""
        assert sequence.id is not None
        if sequence.name not in self._places:
            self._places[sequence.name] = {}
            for period, scope, counter in self.transaction.listing.counters(sequence.id):
                narrowed = self.transaction.ranges.narrowed(sequence, period)
                place = CounterPlace(narrowed, period, scope, counter)
                self._places[sequence.name][period, scope] = place
        known = self._places[sequence.name].get(low[1:])
        if known is None:
            narrowed = self.transaction.ranges.narrowed(sequence, low.period)
            unused = Counter.unused(narrowed.start, narrowed.step)
            known = CounterPlace(narrowed, low.period, low.scope, unused)
        return NamedRun(known, low.value, high.value)


def _with_period(sequences: list[Sequence], period: str | None) -> list[Sequence]:
    """The sequences that can have a period. Raises UsageError where none can."""
    problems = [
        None if period is None else period_problem(item.reset, period, item.fiscal) for item in sequences
    ]
    if problems and all(problems):
        raise UsageError(str(problems[0]))
    return [item for item, problem in zip(sequences, problems, strict=True) if problem is None]


def _splits(word: str) -> Iterator[tuple[str, str]]:
    """Every way to read a word as two, around two dots."""
    at = word.find(BETWEEN, 1)
    while 0 < at < len(word) - len(BETWEEN):
        yield word[:at], word[at + len(BETWEEN) :]
        at = word.find(BETWEEN, at + 1)


def _ambiguous(word: str, runs: list[NamedRun]) -> Refused:
    """A word reads in two ways, and the counters of both came that far."""
    listed = " and as ".join(run.words() for run in runs[:3])
    return Refused(
        "ambiguous_number",
        f"{word!r} reads as {listed}",
        "write it the other way, as printed or as an integer, or say more with --period or --scope",
    )
