"""The ledger against the log: rows, gap runs and counters must be what the events made of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from itertools import groupby, islice

from seqctl.actions.audit.changed_rows import ChangedRows, RowChanges
from seqctl.actions.audit.definitions import DefinitionCheck
from seqctl.actions.audit.lost import CHUNK, LostEvents
from seqctl.actions.audit.pool import Pool, displaced
from seqctl.actions.audit.rows import Diagnosis, Failing
from seqctl.actions.audit.words import left_otherwise, number_finding
from seqctl.model.finding import UNREADABLE, Finding
from seqctl.model.log.chain import Chain
from seqctl.model.log.event import Event
from seqctl.model.log.events.counters import RunsTurned
from seqctl.model.log.events.kinds import kinds_of, read
from seqctl.model.log.events.numbers import Numbered, RowsChanged, RowsFreed
from seqctl.model.log.replay.compare import (
    CounterCheck,
    closed_findings,
    former_findings,
    next_id_findings,
    run_findings,
)
from seqctl.model.log.replay.dates import LatestDates
from seqctl.model.log.replay.feed import Feed
from seqctl.model.log.replay.places import Places
from seqctl.model.log.replay.rows import (
    CHANGE,
    COUNTER,
    EVENT,
    SERIAL,
    VALUE,
    Change,
    Row,
    as_written,
    changes_of,
    hashed,
)
from seqctl.model.log.replay.state import BookState
from seqctl.model.log.replay.tally import drawn_again
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.number.issue import Issued
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Spool, Transaction

MOST = 1000
"""Most findings, and most rows kept for them: who has more has no use for a list."""

ALL = 2**63


class LedgerCheck:
    """Follows the events of one book from the first one on, and compares the ledger with them.

    `touched` are the counters of numbers that are not as they were written.
    """

    def __init__(
        self, transaction: Transaction, chain: Chain, definitions: DefinitionCheck, spool: Spool
    ) -> None:
        self.events = transaction.events
        self.chain = chain
        self.definitions = definitions
        sequences, self._found = _readable(definitions)
        self.closed = {name: sequence.closed_until for name, sequence in sequences.items()}
        by_id = {sequence.id: sequence for sequence in sequences.values()}
        self.places = Places({})
        for sequence_id, period, scope, counter in self.events.counters():
            if sequence_id in by_id:
                narrowed = definitions.narrowed(by_id[sequence_id], period)
                place = CounterPlace(narrowed, period, scope, counter)
                self.places.places[counter.id or 0] = place
            elif self._found:
                self.places.unreadable.add(counter.id or 0)
        self.state = BookState(self.places.step, partial(self.places.value, sequences))
        self.lost = LostEvents(transaction, chain, self.state, self.places)
        self.dates = LatestDates()
        self.touched: set[int] = set()
        self._strange: list[Row] = []
        self._untold = 0
        self._failing: list[Failing] = []
        self._otherwise: list[tuple[Change, Row | None]] = []
        self._changes = self._noted_changes(spool)
        self._feed = Feed(self._dated(), MOST)

    @property
    def numbers(self) -> int:
        """How many numbers of the ledger were read."""
        return self._feed.rows

    def follow(self, event: Event) -> None:
        """Take the next event: what it wrote must be there, and what it did counts from here on."""
        broken = self.chain.is_broken(event.id)
        if broken and event.counter_id is not None:
            self.lost.doubted.add(event.counter_id)
        try:
            said = read(event)
            if broken and isinstance(said, RowsChanged | RowsFreed | RunsTurned):
                self.lost.doubted.update(int(counter[0]) for counter in said.counters or ())
            if isinstance(said, Issued | Numbered):
                if not broken:
                    self._pass_over(event.id)
                    self._follow_rows(event, said)
            elif said is not None:
                said.apply(event, self.state)
        except UNREADABLE:
            if not broken:
                message = f"{event.words} cannot be understood: this program did not write it"
                self._tell(Finding("event_unreadable", "error", ("events", str(event.id)), message))

    def findings(self) -> list[Finding]:
        """What is not as the events made it; asked for once, behind the last event."""
        self._pass_over(ALL)
        for event_id in self._changes.untaken():
            self._take_lost(event_id, iter(()))
        pool = Pool([*self._feed.strays, *self._strange])
        self._diagnose(pool)
        otherwise = [(change, self._elsewhere(change, row, pool)) for change, row in self._otherwise]
        self.lost.judge_behind(pool)
        self.lost.take_runs()
        for change, row in otherwise:
            self._judge_change(change, row)
        for row in pool.rows:
            words = f"was inserted: event {row[EVENT]} did not write it"
            self._tell(number_finding("number_inserted", self, row, words))
        for id in sorted({*self.lost.runs, *self.state.counters}):
            counter = self.state.counters.get(id)
            if (counter is None or not counter.unsure) and id not in self.places.unreadable:
                self._tell(*run_findings(id, self.lost.runs.get(id, []), counter, self.places))
        domains = (self.events.uniqueness(), self.events.spaces())
        counters = CounterCheck(self.state, self.places, self.dates, *domains, self.touched)
        self._tell(*counters.findings(self.lost.settled, self.events.row_at))
        self._tell(*closed_findings(self.state, self.closed))
        if not self.chain.breaks and not self.places.unreadable:
            self._tell(*former_findings(self.state, self.events.former_patterns(), self.places))
        self._tell_blanks()
        self._tell_definitions()
        if self._untold:
            message = f"there are {self._untold} more findings"
            self._found.append(Finding("more_findings", "error", ("ledger",), message))
        return self._found

    def _noted_changes(self, spool: Spool) -> ChangedRows:
        """What later events kept of the rows that they changed or freed."""
        changes = ChangedRows(spool)
        for event in self.chain.mended(self.events.after(None, kinds_of(RowsChanged, RowsFreed))):
            try:
                said = read(event)
                if isinstance(said, RowsChanged | RowsFreed):
                    for change in changes_of(event, said, self.events.joined()):
                        changes.note(change)
                    self.definitions.note_chosen(said.rows_before)
            except UNREADABLE:
                # Told where the event is followed.
                continue
        return changes

    def _follow_rows(self, event: Event, said: Issued | Numbered) -> None:
        """The rows of an event as it wrote them must give its hash; what they hold counts."""
        changes = self._changes.take(event.id)
        digest, count = sha256(), 0
        again = said.runs_before is not None or event.action == "adopt"
        anywhere = self.state.has_runs if event.action == "adopt" else None
        first = event.serial or 0
        end = first + (event.count or 0)
        taken, outside = [], []
        for rows in self._written(self._feed.of(event.id), changes):
            digest.update(hashed(rows))
            count += len(rows)
            if again:
                taken += drawn_again(rows, anywhere)
            if rows[0][SERIAL] < first or rows[-1][SERIAL] >= end:
                outside += [row for row in rows if not first <= row[SERIAL] < end]
        self.state.draw_again(taken)
        said.apply(event, self.state)
        if count == event.count and digest.hexdigest() == said.rows:
            return
        self._strange += outside[: max(0, MOST - len(self._strange))]
        if len(self._failing) < MOST:
            self._failing.append(Failing(event, said, changes))
        else:
            self._untold += 1
        for item in said.held() if again else ():
            self.state.counters[item.counter_id].unsure = event.id

    def _dated(self) -> Iterator[list[Row]]:
        """The pages of the ledger; notes the dates of the rows."""
        for rows in self.events.rows():
            page: list[Row] = [*rows]
            self.dates.stand(page)
            self.definitions.note_chosen(page)
            yield page

    def _written(self, standing: Iterator[list[Row]], changes: RowChanges) -> Iterator[list[Row]]:
        """The rows of an event as it wrote them, in lists."""
        if not changes:
            return standing
        written = as_written((row for rows in standing for row in rows), self._dating(changes), self._keep)
        return iter(lambda: list(islice(written, CHUNK)), [])

    def _dating(self, changes: RowChanges) -> Iterator[list[Change]]:
        """The changes of each row; notes the dates that they took and gave."""
        for of_row in changes:
            kept = [row for change in of_row for row in (change.before, change.after) if row]
            self.dates.stood(kept)
            yield of_row

    def _keep(self, change: Change, row: Row | None) -> None:
        """A row is not as a change left it: judged when all rows were read, since it may stand elsewhere."""
        if len(self._otherwise) < MOST:
            self._otherwise.append((change, row))
        else:
            self._untold += 1

    def _pass_over(self, event_id: int) -> None:
        """Take the rows up to those of an event which no event wrote that is there."""
        for writer, rows in groupby(self._feed.before(event_id), key=lambda row: row[EVENT]):
            if writer > self.chain.last:
                while chunk := list(islice(rows, CHUNK)):
                    self.lost.behind.add(chunk)
            elif self.chain.is_untrusted(writer):
                self._take_lost(writer, rows)
            else:
                self._strange += islice(rows, max(0, MOST - len(self._strange)))

    def _take_lost(self, event_id: int, rows: Iterator[Row]) -> None:
        """The rows of an event that is gone, as it wrote them, tell what it did."""
        chunks = iter(lambda: list(islice(rows, CHUNK)), [])
        written = self._written(chunks, self._changes.take(event_id))
        self.lost.take_rows(event_id, (row for chunk in written for row in chunk))

    def _diagnose(self, pool: Pool) -> None:
        """Tell which numbers of the failing events are at fault; takes their rows out of the pool."""
        diagnoses = [Diagnosis(failing, self) for failing in self._failing]
        behind = self.lost.behind
        for diagnosis in diagnoses:
            diagnosis.claim(pool, behind)
        for diagnosis in diagnoses:
            self._tell(*diagnosis.findings(pool))

    def _elsewhere(self, change: Change, row: Row | None, pool: Pool) -> Row | None:
        """A row that is not where a change left it, from where it stands now."""
        if row is not None or change.after is None:
            return row
        found = pool.holding(change.known[COUNTER], change.known[VALUE])
        if found is None:
            behind = self.lost.behind.kept(change.known[COUNTER])
            found = next((other for other in behind if displaced(change, other)), None)
            if found is not None:
                self.lost.behind.take_back(found)
        return found

    def _judge_change(self, change: Change, row: Row | None) -> None:
        """Tell that a row is not as a change left it, unless an event that is gone may be the cause."""
        if row is not None and change.after is not None:
            if row == change.after:
                return
            same = row[:CHANGE] == change.after[:CHANGE]
            alone = same and row[CHANGE] != "" and row[CHANGE] > max(self.chain.last, self.lost.highest)
            if alone or displaced(change, row) or not self.lost.excused(row):
                self._tell(left_otherwise(change, row, self))
        elif row is not None or not self.lost.freed(
            change.event_id, change.known[COUNTER], change.known[VALUE]
        ):
            self._tell(left_otherwise(change, row, self))

    def _tell_blanks(self) -> None:
        named = {finding.subject for finding in self._found}
        for column, text in self.events.blank_texts(MOST):
            if ("numbers", text) not in named:
                message = f"{text} was changed: its {column} is an empty text, which no event wrote"
                self._tell(Finding("number_changed", "error", ("numbers", text), message))

    def _tell_definitions(self) -> None:
        used = self.definitions.used
        for id, counter in self.state.counters.items():
            place = self.places.places.get(id)
            name = counter.sequence if place is None else place.sequence.name
            # A sequence that issued a number is no longer one whose numbers were only adopted.
            used[name] = min(filter(None, (counter.use, used.get(name))), default=0)
        if self.chain.count:
            self._tell(*self.definitions.findings(self.state.definitions, bool(self.chain.breaks)))
        known = max([*self.state.counters, *self.places.places], default=0)
        self._tell(*next_id_findings(self.definitions.stored.next_counter_id(), known))

    def _tell(self, *findings: Finding) -> None:
        for finding in findings:
            if len(self._found) < MOST:
                self._found.append(finding)
            else:
                self._untold += 1


def _readable(definitions: DefinitionCheck) -> tuple[dict[str, Sequence], list[Finding]]:
    """The sequences that can be read, and findings on the others: their counters cannot be verified."""
    sequences, findings = {}, []
    for name, sequence in [(item.name, item.value) for item in definitions.sequences]:
        if sequence is not None:
            sequences[name] = sequence
            continue
        message = f"the definition of sequence {name!r} cannot be read, so its counters are not verified"
        findings.append(Finding("unreadable_definition", "error", ("sequences", name), message))
    return sequences, findings
