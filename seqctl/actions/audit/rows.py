"""Which numbers of an event are not as it wrote them, in findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import islice

from seqctl.actions.audit.changed_rows import RowChanges
from seqctl.actions.audit.pool import Pool
from seqctl.actions.audit.words import number_finding
from seqctl.model.classes import NamedTuple
from seqctl.model.finding import Finding
from seqctl.model.log.event import Event
from seqctl.model.log.events.numbers import Numbered
from seqctl.model.log.replay.mending import MOST_ROWS, mend
from seqctl.model.log.replay.rows import (
    CHANGE,
    COUNTER,
    EVENT,
    SERIAL,
    Row,
    as_written,
    hashed,
)
from seqctl.model.log.replay.suspects import misread, range_words, suspects, value_at
from seqctl.model.log.replay.tally import Tally
from seqctl.model.number.held_number import ROW
from seqctl.model.number.issue import Issued

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.audit.ledger import LedgerCheck

MOST = 20
"""Most numbers of one event that are named."""

FEW = 10_000
"""Of more numbers, texts are only read where nothing else tells which one it is: that takes long."""

CHUNK = 1000

UNHELD = 10_000
"""Most integers of a counter among which the values of rows that are gone are looked for."""


class Failing(NamedTuple):
    """An event whose rows do not give its hash, and what later events kept of them."""

    event: Event
    said: Issued | Numbered
    changes: RowChanges

    @property
    def places(self) -> range:
        """The serials that the event gave."""
        first = self.event.serial or 0
        return range(first, first + (self.event.count or 0))


class Diagnosis:
    """The search for the numbers of one failing event that are at fault."""

    def __init__(self, failing: Failing, check: LedgerCheck) -> None:
        self.failing = failing
        self.event, self.said = failing.event, failing.said
        self.check = check
        self.claimed: list[Row] = []

    def claim(self, pool: Pool, behind: Tally) -> None:
        """Take the stray rows that stand at this event's places.

        A row that names an event behind the last one is only taken where it verifies as this event's.
        """
        self.claimed = pool.at(self.failing.places, self.failing.changes)
        for row in behind.kept():
            if row[SERIAL] in self.failing.places and row[SERIAL] not in self.failing.changes:
                self.claimed.append(row)
                if self._verifies(lambda item: (*item[:EVENT], self.event.id, *item[EVENT + 1 : CHANGE], "")):
                    behind.take_back(row)
                else:
                    self.claimed.pop()

    def findings(self, pool: Pool) -> list[Finding]:
        """The numbers that can be told to be at fault, else one finding for all of the event."""
        if self._verifies(lambda row: row):
            return []
        if not self.claimed and self._verifies(lambda row: (*row[:CHANGE], "")):
            words = "was changed: it names event {0}, which did not change it"
            named = islice((row for row in self._rows() if row[CHANGE] != ""), MOST)
            return [
                number_finding("number_changed", self.check, row, words.format(row[CHANGE])) for row in named
            ]
        return self._mended() or self._suspected(pool)

    def _mended(self) -> list[Finding]:
        """The finding on the one field that was changed, where putting it back gives the hash."""
        rows = list(islice(self._rows(), MOST_ROWS + 1))
        if len(rows) > MOST_ROWS or len(rows) != self.event.count:
            return []
        found = mend(self.event, self.said, rows, self.check.places)
        if found is None:
            return []
        words = f"was changed: its {found.column} is {found.row[ROW.index(found.column)]!r}"
        self.check.touched.add(self.event.counter_id or 0)
        if found.column == "counter_id" and isinstance(found.wrote, int):
            self.check.touched.add(found.wrote)
        if self.check.lost.excused(found.row):
            return []
        words += f", and event {self.event.id} wrote {found.wrote!r}"
        return [number_finding("number_changed", self.check, found.row, words)]

    def _suspected(self, pool: Pool) -> list[Finding]:
        step = self.check.places.step(self.event.counter_id or 0)
        self.check.touched.add(self.event.counter_id or 0)
        found, excused, gone, named = [], False, [], set()
        for suspect in islice(suspects(self.event, self.said, self._rows(), step), MOST):
            named.add(suspect.place)
            value = value_at(self.event, self.said, suspect.place, step)
            moved = pool.of(self.event.id, value) if suspect.row is None else None
            if moved is not None:
                words = f"was changed: its serial is {moved[SERIAL]}, and event {self.event.id} wrote"
                found.append(number_finding("number_changed", self.check, moved, f"{words} {suspect.place}"))
            elif suspect.row is None:
                gone.append((suspect.place, value))
            elif suspect.place not in self.failing.changes and self.check.lost.excused(suspect.row):
                excused = True
            else:
                found.append(number_finding("number_changed", self.check, suspect.row, suspect.words))
        for place, counter_id, value in self._gone(gone):
            if self.check.lost.freed(self.event.id, counter_id, value):
                excused = True
            else:
                found.append(self._deleted(place, counter_id, value))
        if not excused and not (found and (self.event.count or 0) > FEW):
            found += [
                number_finding("number_changed", self.check, suspect.row, suspect.words)
                for suspect in islice(misread(self._rows(), self.check.places.reads), MOST)
                if suspect.row is not None and suspect.place not in named
            ]
        return found if found or excused else [self._any()]

    def _gone(self, gone: list[tuple[int, int | None]]) -> list[tuple[int, int | None, int | None]]:
        """Counter and value of rows that are gone, from what the event says or what its counters lack."""
        if all(value is not None for _, value in gone):
            return [(place, self.event.counter_id, value) for place, value in gone]
        lacking = [
            (item.counter_id, value)
            for item in self.said.held()
            for value in self.check.events.unheld(
                item.counter_id, item.low, item.high, self.check.places.step(item.counter_id), UNHELD
            )
            if not self.check.lost.explained(item.counter_id, value)
        ]
        if len(lacking) != len(gone):
            lacking = [named for named in lacking if self._wrote(*named)]
        if len(lacking) != len(gone):
            return [(place, None, None) for place, _ in gone]
        return [(place, *named) for (place, _), named in zip(gone, lacking, strict=True)]

    def _wrote(self, counter_id: int, value: int) -> bool:
        """Whether the event says that it wrote a value: an end of its own, or one out of a gap run."""
        for item in self.said.held():
            if item.counter_id == counter_id and value in (item.low, item.high):
                return True
        own = [] if self.event.counter_id is None else [self.event.counter_id]
        runs = ([*own, *run] for run in self.said.runs_before or ())
        return any(run[0] == counter_id and run[1] <= value <= run[2] for run in runs)

    def _rows(self) -> Iterator[Row]:
        """The rows that should be as the event wrote them, by serial: its own and those it claims."""
        places = self.failing.places
        waiting = sorted(self.claimed, key=lambda row: -int(row[SERIAL]))
        for row in as_written(self._standing(places), self.failing.changes, lambda change, row: None):
            while waiting and waiting[-1][SERIAL] < row[SERIAL]:
                yield waiting.pop()
            yield row
        yield from reversed(waiting)

    def _standing(self, places: range) -> Iterator[Row]:
        claimed = {row[SERIAL] for row in self.claimed}
        for page in self.check.events.rows(places.start, places.stop - 1) if places else ():
            for row in page:
                if row[EVENT] == self.event.id and row[SERIAL] not in claimed:
                    yield row

    def _verifies(self, mended: Callable[[Row], Row]) -> bool:
        """Whether the rows, each mended in some way, give the hash of the event."""
        digest, count = sha256(), 0
        rows = self._rows()
        while chunk := [mended(row) for row in islice(rows, CHUNK)]:
            digest.update(hashed(chunk))
            count += len(chunk)
        return count == self.event.count and digest.hexdigest() == self.said.rows

    def _deleted(self, place: int, counter_id: int | None, value: int | None) -> Finding:
        """The finding on a row that is gone, named where its value is known."""
        event = self.event
        if counter_id is None or value is None:
            at = place - (event.serial or 0) + 1
            message = f"number {at} of the {event.count} of event {event.id} was deleted"
            return Finding("number_deleted", "error", ("events", str(event.id)), message)
        text, words = self.check.places.text(counter_id, value), self.check.places.words(counter_id)
        self.check.touched.add(counter_id)
        message = f"{text} of {words} was deleted; event {event.id} wrote it"
        return Finding("number_deleted", "error", ("numbers", text), message)

    def _any(self) -> Finding:
        """The finding where the hash alone says that something was changed."""
        event = self.event
        first = next(self._rows(), None)
        last = first
        for page in self.check.events.rows(self.failing.places.start, self.failing.places.stop - 1):
            last = page[-1]
        if first is None or last is None or event.count == 1:
            words = f"was changed since event {event.id} wrote it"
            if first is not None:
                return number_finding("number_changed", self.check, first, words)
        ends = [row for row in (first, last) if row is not None]
        self.check.touched.update(row[COUNTER] for row in ends)
        message = f"one or more of {range_words(event, ends)} were changed"
        return Finding("number_changed", "error", ("events", str(event.id)), message)
