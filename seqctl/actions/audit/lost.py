"""Events that are gone or cannot be trusted: what the ledger shows that they did.

A log that was cut or edited stays broken for ever. What its lost events did to the ledger is taken from the
ledger itself, so that one lost event is one finding, and everything else can still be verified.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from seqctl.actions.audit.pool import Pool
from seqctl.model.log.chain import Chain
from seqctl.model.log.replay.places import Places
from seqctl.model.log.replay.rows import CHANGE, COUNTER, EVENT, STATE, Row
from seqctl.model.log.replay.state import BookState
from seqctl.model.log.replay.tally import Tally, drawn_again
from seqctl.model.number.gap_run import GapRun

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

CHUNK = 1000


class LostEvents:
    """What the events that are gone or broken did. `highest` is the highest of them behind the last one.

    `doubted` are the counters that they concerned. `behind` counts the rows of events behind the last one.
    """

    def __init__(self, transaction: Transaction, chain: Chain, state: BookState, places: Places) -> None:
        self.events = transaction.events
        self.chain = chain
        self.state = state
        self.places = places
        self.runs: dict[int, list[GapRun]] = dict(self.events.runs())
        self.highest = 0
        self.doubted: set[int] = set()
        self.behind = Tally()
        self._agreeing: dict[int, bool] = {}

    def excused(self, row: Row) -> bool:
        """Whether a row that is not as it should be was last changed by an event that cannot be asked."""
        if row[CHANGE] == "" or not self.chain.is_untrusted(row[CHANGE]):
            return False
        self._lose(row[CHANGE], row[COUNTER])
        return True

    def explained(self, counter_id: int, value: int) -> bool:
        """Whether a gap run of an event that can be asked holds an integer."""
        return any(
            run.first <= value <= run.last and not self.chain.is_untrusted(run.event_id or 0)
            for run in self.runs.get(counter_id, [])
        )

    def freed(self, writer: int, counter_id: int | None, value: int | None) -> bool:
        """Whether a number that is gone was freed by an event that cannot be asked, as far as traces show."""
        if counter_id is None or value is None:
            return False
        covering = [run for run in self.runs.get(counter_id, []) if run.first <= value <= run.last]
        if covering and covering[0].event_id is not None:
            excused = self.chain.is_untrusted(covering[0].event_id)
            if excused:
                self._lose(covering[0].event_id, counter_id)
            return excused
        again = self.events.row_at(counter_id, value)
        if again is None or (
            not self.chain.is_untrusted(again[EVENT]) and self.chain.trusted_between(writer, again[EVENT])
        ):
            return False
        self.doubted.add(counter_id)
        return True

    def take_rows(self, event_id: int, rows: Iterator[Row]) -> None:
        """The rows that an event wrote count, although it is gone."""
        while chunk := list(islice(rows, CHUNK)):
            tally = Tally()
            tally.add(chunk)
            action = "reserve" if chunk[0][STATE] == "reserved" else "issue"
            self.state.draw_again(drawn_again(chunk))
            self.state.write(event_id, action, tally.held())
            self.doubted.update(row[COUNTER] for row in chunk)

    def judge_behind(self, pool: Pool) -> None:
        """Rows of events behind the last one: an event wrote them, where their counter counts them.

        The others were inserted, and go to the pool.
        """
        for item in self.behind.held():
            if item.count and self._consistent(item.counter_id):
                self._lose(self.behind.highest[item.counter_id], item.counter_id)
                self.state.draw_again(self.behind.taken.get(item.counter_id, []))
                self.state.write(self.highest, "issue", [item])
            else:
                pool.rows += self.behind.rows[item.counter_id]

    def take_runs(self) -> None:
        """The gap runs that such an event made count, unless no counter counts them: they were inserted."""
        for id, counter in self.state.counters.items():
            for run in [run for run in counter.runs if self.chain.is_broken(run.event_id)]:
                counter.runs.clear(run.first, run.last)
            for stored in self.runs.get(id, []):
                event_id, shape = stored.event_id or 0, (stored.first, stored.last, stored.state)
                if not self.chain.is_untrusted(event_id) or not self._consistent(id):
                    continue
                if event_id > self.highest and any(known[:3] == shape for known in counter.runs):
                    continue
                self._lose(event_id, id)
                counter.runs.put(*shape, event_id)
                counter.pass_over(stored.last)

    def settled(self, counter_id: int) -> bool:
        """Whether a counter that such events concerned agrees with the ledger as it stands."""
        return counter_id in self.doubted and self._consistent(counter_id)

    def _consistent(self, counter_id: int) -> bool:
        """Whether a counter counts the rows and gap runs that there are; found out once."""
        if counter_id not in self._agreeing:
            self._agreeing[counter_id] = self._agrees(counter_id)
        return self._agreeing[counter_id]

    def _agrees(self, counter_id: int) -> bool:
        place = self.places.places.get(counter_id)
        if place is None:
            return False
        counter, step = place.counter, place.sequence.step
        held, reserved, low, high = self.events.recount(counter_id)
        runs = self.runs.get(counter_id, [])
        integers = [((run.last - run.first) // step + 1, run.state) for run in runs]
        ends = [run.first for run in runs] + [run.last for run in runs]
        ends += [end for end in (low, high) if end is not None]
        return (
            counter.accounted == held + sum(count for count, _ in integers)
            and counter.reusable == sum(count for count, state in integers if state == "reusable")
            and counter.reserved == reserved
            and all(counter.first <= end <= counter.last for end in ends)
        )

    def _lose(self, event_id: int, counter_id: int) -> None:
        self.doubted.add(counter_id)
        if event_id > self.chain.last:
            self.highest = max(self.highest, event_id)
