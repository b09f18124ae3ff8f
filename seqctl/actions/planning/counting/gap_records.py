"""Planning gap records of another system: numbers that its counter passed and gave to no document."""

from __future__ import annotations

from seqctl.actions.gaps.change import BLOCK, RESTORE, REVIEW
from seqctl.actions.gaps.refusals import Refusals
from seqctl.actions.planning.counting.recounted import standing_counters
from seqctl.actions.planning.planning import Planning
from seqctl.errors import Refused
from seqctl.model.catalogue.catalogue import GapRecord
from seqctl.model.catalogue.plan import GapChange
from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import CounterKey
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.number.runs import joined
from seqctl.model.sequence.changes import counter_shown
from seqctl.model.sequence.sequence import Sequence

PERIOD = "all"
MOVES = {"reusable": RESTORE, "blocked": BLOCK, "review": REVIEW}
ASSIGNED = "assigned"


def plan_gap_records(planning: Planning) -> None:
    """Plan the runs that gap records make; records that agree with the book change nothing.

    A record tells that the counter has passed its number. Where the counter of the book has not, everything
    up to it that is no gap record was given out elsewhere: it comes under review until it is adopted.
    """
    for name, records in planning.wanted.gaps.items():
        sequence = planning.new.sequences.get(name)
        if sequence is not None:
            _Records(planning, sequence).plan(records)


class _Records:
    """The gap records of one sequence, compared with its counter."""

    def __init__(self, planning: Planning, sequence: Sequence) -> None:
        self.planning = planning
        self.transaction = planning.transaction
        self.sequence = sequence
        self.planned = planning.plan

    def plan(self, records: list[GapRecord]) -> None:
        """Plan the changes of all records, or note what is wrong with them."""
        sequence = self.sequence
        if sequence.reset != "never" or sequence.scope:
            message = "gap records do not say which counter of the sequence they mean"
            self._error(records[0], "invalid_definition", message)
            return
        standing = standing_counters(self.planning, sequence)
        counter = standing.get(CounterKey(PERIOD, "")) or Counter.unused(sequence.start, sequence.step)
        taken: dict[int, GapRecord] = {}
        for record in records:
            other = taken.setdefault(record.value, record)
            if other.state != record.state:
                message = f"{record.value} is {other.state} at {other.place} and {record.state} here"
                self._error(record, "invalid_definition", message)
        fitting = [record for record in records if self._fits(record)]
        if len(fitting) == len(records):
            file = records[0].place.rpartition(":")[0]
            self._note(counter, self._by_state(counter, taken), self._passed(counter, taken), file)

    def _fits(self, record: GapRecord) -> bool:
        sequence = self.sequence
        inside = record.value >= sequence.start and (sequence.end is None or record.value <= sequence.end)
        if not inside or (record.value - sequence.start) % sequence.step:
            self._error(
                record, "invalid_definition", f"{record.value} is not a value of sequence {sequence.name!r}"
            )
            return False
        if record.state == "reusable" and sequence.mode != "gapless":
            message = f"sequence {sequence.name!r} issues no number again (mode standard)"
            self._error(record, "not_gapless", message)
            return False
        return True

    def _by_state(self, counter: Counter, records: dict[int, GapRecord]) -> dict[str, list[int]]:
        """The values that get each state: those that are not in it yet."""
        wanted: dict[str, list[int]] = {state: [] for state in MOVES}
        unheld = 0
        for value, record in sorted(records.items()):
            state = self._state(counter, value)
            if value < counter.first:
                message = f"{value} lies below {counter.first}, where the counter of the book begins"
                self._error(record, "before_first", message)
            elif record.state == ASSIGNED:
                unheld += state != "held"
            elif state == "held":
                self._held(record)
            elif state != record.state:
                allowed = (*MOVES[record.state].allowed, "new")
                if state in allowed:
                    wanted[record.state].append(value)
                else:
                    message = f"{value} is {state} in the book, and cannot become {record.state}"
                    self._error(record, f"already_{state}" if state != "blocked" else state, message)
        if unheld:
            message = f"{unheld} gap records are assigned to documents that the book does not know"
            hint = f"enter them with: seqctl adopt {self.sequence.name!r}"
            self._find("warning", "invalid_definition", message, hint)
        return wanted

    def _state(self, counter: Counter, value: int) -> str:
        if value > counter.last or counter.id is None:
            return "new"
        if self.transaction.held.between(counter.id, value, value, 1):
            return "held"
        runs = self.transaction.gaps.overlapping(counter.id, value, value)
        return runs[0][2] if runs else "missing"

    def _held(self, record: GapRecord) -> None:
        """A gap that went out again since needs nothing; what shall be blocked or looked at does."""
        message = f"{record.value} is held by a document in the book"
        if record.state == "reusable":
            self._find("warning", "invalid_definition", f"{message}: it is no longer a gap")
        else:
            self._error(record, "not_a_gap", message)

    def _passed(self, counter: Counter, records: dict[int, GapRecord]) -> list[tuple[int, int]]:
        """What lies between where the counter stands and the highest record."""
        highest = max(records)
        if highest <= counter.last:
            return []
        return [(counter.last + self.sequence.step, highest)]

    def _note(
        self, counter: Counter, wanted: dict[str, list[int]], passed: list[tuple[int, int]], file: str
    ) -> None:
        """Add the changes to the plan: what was passed over first, since the others lie in it."""
        name, step = self.sequence.name, self.sequence.step
        shown = []
        fields: dict[str, list[object]] = {}
        if passed:
            reason = f"passed by the gap records in {file}: adopt what documents have"
            self.planned.gaps.append(GapChange(name, "", PERIOD, REVIEW.action, passed, reason))
            before, after = (
                counter_shown(self.sequence, value + step) for value in (counter.last, passed[0][1])
            )
            fields[f"counters.{PERIOD}"] = [before, after]
            message = (
                f"the counter goes on at {after}: the numbers below it that no gap"
                " record names come under review, until they are adopted"
            )
            self._find("warning", "invalid_definition", message)
        for state, values in wanted.items():
            runs = joined(values, step)
            self._check_open(counter, state, runs)
            if runs:
                action = MOVES[state].action
                reason = f"gap record in {file}"
                self.planned.gaps.append(GapChange(name, "", PERIOD, action, runs, reason))
                shown += [f"{self._run(run)} {state}" for run in runs]
        if shown:
            fields[f"gaps.{PERIOD}"] = [None, shown]
        if fields:
            self.planned.note("sequence", name, fields)

    def _check_open(self, counter: Counter, state: str, runs: list[tuple[int, int]]) -> None:
        """Refuse to let numbers be issued again that could only be dated in a closed period."""
        place = CounterPlace(self.sequence, PERIOD, "", counter)
        for first, last in runs:
            if state == RESTORE.to and counter.id is not None and last <= counter.last:
                try:
                    Refusals(self.transaction, place, RESTORE.action, RESTORE.allowed).check(first, last)
                except Refused as refused:
                    self._find("error", refused.code, refused.message, refused.hint)

    def _run(self, run: tuple[int, int]) -> str:
        texts = [self.sequence.compiled.counter_text(value) for value in run]
        return texts[0] if run[0] == run[1] else "..".join(texts)

    def _error(self, record: GapRecord, code: str, message: str) -> None:
        self._find("error", code, f"{record.place}: {message}")

    def _find(self, severity: str, code: str, message: str, hint: str | None = None) -> None:
        subject = ("sequences", self.sequence.name)
        self.planned.find(code, subject, message, hint, severity=severity)
