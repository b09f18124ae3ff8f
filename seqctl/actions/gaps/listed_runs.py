"""Gaps of a file: runs of any counters, each with its own reason, changed all together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from seqctl.actions.gaps.change import BLOCK, RESTORE, REVIEW, Move, Stretch, change_stretches
from seqctl.actions.gaps.list_gaps import GapFilter, sequences_meant
from seqctl.actions.gaps.named_runs import NamedRun, RunReader
from seqctl.actions.gaps.refusals import Refusals
from seqctl.actions.ledger.free import free_overdue
from seqctl.actions.numbers.asked import finish, note
from seqctl.actions.numbers.number_list import NumberList
from seqctl.errors import InvalidInput, NotFound, Refused, UsageError, repeatable
from seqctl.model.catalogue.selection import check_scope
from seqctl.model.classes import NamedTuple, mutable, replaced
from seqctl.model.number.gap_run import CounterPlace, ListedGap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

MOVES = {move.action: move for move in (RESTORE, BLOCK, REVIEW)}
TAKEN = {"restore": ("", "reusable"), "block": ("", "blocked"), "review": ("", "review")}
"""The states of the rows that each command takes; all others are passed over."""


class RunRow(NamedTuple):
    """A run of a file: its word, FIRST or FIRST..LAST, and what else the row says of it."""

    line: int
    word: str
    state: str
    reason: str | None = None
    sequence: str | None = None
    period: str | None = None
    scope: tuple[tuple[str, str], ...] | None = None
    policy: str | None = None


@mutable
class RunList:
    """Runs to be changed, some at a time, read once; `about` says how, and what came to nothing.

    `passed_over` counts the rows in states that the command does not take.
    """

    read_once = True

    rows: Iterable[list[RunRow]]
    about: NumberList
    passed_over: int = 0


@repeatable
def change_listed_gaps(
    store: Store, action: str, wanted: GapFilter, runs: RunList, reason: str | None = None
) -> list[ListedGap]:
    """Restore, block or review the runs of a file (`action`), in one transaction; returns them as they are
    now.

    All or nothing: raises InvalidInput, Refused or NotFound with everything that is wrong, unless the others
    are to be changed. One event notes the file.
    """
    move = MOVES[action]
    with store.write_much() as transaction:
        reading = _Reading(transaction, wanted)
        taken: dict[CounterPlace, list[_Taken]] = {}
        lines = 0
        for rows in runs.rows:
            for row in rows:
                lines += 1
                if row.state not in TAKEN[action]:
                    runs.passed_over += 1
                    continue
                try:
                    why = row.reason or reason
                    if why is None:
                        raise UsageError(
                            f"{row.word} has no reason", "say why with --reason; the log keeps it"
                        )
                    run = reading.checked(row, move)
                except (InvalidInput, NotFound, Refused, UsageError) as error:
                    note(runs.about, row.line, row.word, error)
                    continue
                taken.setdefault(run.place, []).append(_Taken(run.first, run.last, row.line, row.word, why))
        stretches: dict[tuple[CounterPlace, str], Stretch] = {}
        for place, some in taken.items():
            for one in _one_reason_each(some, runs.about):
                stretch = stretches.setdefault((place, one.reason), Stretch(place, one.reason))
                stretch.runs.append((one.first, one.last))
        finish(runs.about, lines)
        for stretch in stretches.values():
            stretch.join()
            if move is BLOCK:
                stretch.cut_ahead()
        changed = change_stretches(transaction, move, [*stretches.values()], runs.about.file)
        if changed and not runs.about.dry_run:
            transaction.commit()
    return changed


class _Taken(NamedTuple):
    """The run of a row that may be changed, and why it is to be."""

    first: int
    last: int
    line: int
    word: str
    reason: str


def _one_reason_each(taken: list[_Taken], about: NumberList) -> Iterator[_Taken]:
    """The runs of one counter; one that overlaps another for a different reason is noted as a problem."""
    widest: _Taken | None = None
    for run in sorted(taken):
        overlaps = widest is not None and run.first <= widest.last
        if widest is not None and overlaps and run.reason != widest.reason:
            words = f"{run.word} has two reasons: line {widest.line} has {widest.reason!r} for numbers of it"
            note(about, run.line, run.word, InvalidInput("invalid_input", words))
            continue
        yield run
        if widest is None or run.last > widest.last:
            widest = run


class _Reading:
    """Reads the runs of rows, each within the sequence, period and scope that its row names."""

    def __init__(self, transaction: Transaction, wanted: GapFilter) -> None:
        self.transaction = transaction
        self.wanted = wanted
        self._readers: dict[GapFilter, RunReader] = {}
        self._places: dict[tuple[str, str, str], CounterPlace] = {}

    def checked(self, row: RunRow, move: Move) -> NamedRun:
        """The run of a row, of which all of it may be changed. Raises what keeps it from that."""
        run = self._read(row)
        refusals = Refusals(self.transaction, run.place, move.action, move.allowed)
        passed = Stretch(run.place, "", [(run.first, run.last)])
        if move is BLOCK:
            passed.cut_ahead()
        for first, last in passed.runs:
            refusals.check(first, last)
        return run

    def _read(self, row: RunRow) -> NamedRun:
        wanted = self.wanted
        if row.sequence is not None:
            wanted = replaced(wanted, target=row.sequence)
        if row.policy is not None:
            wanted = replaced(wanted, policy=row.policy)
        if (wanted.target, wanted.document_type, wanted.policy) == (None, None, None):
            raise UsageError(
                f"{row.word} names no sequence", "name TARGET, or their column: --sequence-column"
            )
        if row.period is not None:
            wanted = replaced(wanted, period=row.period)
        if row.scope is not None:
            wanted = replaced(wanted, scope=row.scope)
        reader = self._readers.get(wanted)
        if reader is None:
            sequences = sequences_meant(self.transaction, wanted)
            check_scope(sequences, wanted.scope)
            reader = RunReader(self.transaction, sequences, wanted.period, dict(wanted.scope))
            self._readers[wanted] = reader
        run = reader.read(row.word)
        names = (run.place.sequence.name, run.place.period, run.place.scope)
        place = self._places.get(names)
        if place is None:
            # What ended reservations held is freed once, and each row works on the same counter.
            place = self._places[names] = run.place
            free_overdue(self.transaction, place.sequence, place.counter)
        return replaced(run, place=place)
