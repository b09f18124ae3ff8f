"""Drawing many numbers from many counters, in memory: the rules of an issue, record by record."""

from __future__ import annotations

from seqctl.actions.issuing.look import running_out
from seqctl.actions.issuing.reuse import FreeRun, Reuse
from seqctl.actions.ledger.refusals import date_order, no_room, number_taken, out_of_order
from seqctl.days import date
from seqctl.model.number.counter import Counter
from seqctl.model.number.issue import Issue
from seqctl.model.number.request import Choice
from seqctl.model.pattern.attributes import check_rendered, surely_readable
from seqctl.model.reports.record import Record
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.sequence.warning import warn_from

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable

    from seqctl.store.port import Transaction


class Lane:
    """One counter and where it stands in this run. `outcome` names it in messages.

    `freed` are the runs of freed values that are issued again before it counts on, `reused` those that did.
    """

    __slots__ = (
        *("counter", "drawn", "first", "freed", "latest_number", "limit", "outcome", "reuse", "reused"),
        *("sequence", "uniqueness"),
    )

    def __init__(self, sequence: Sequence, counter: Counter, outcome: Issue) -> None:
        self.sequence = sequence
        self.counter = counter
        self.outcome = outcome
        self.uniqueness = (sequence.document_type, outcome.period if sequence.unique == "period" else "")
        self.drawn = 0
        self.limit = 0
        self.latest_number: str | None = None
        self.first = counter.last + sequence.step
        self.reuse: Reuse | None = None
        self.freed: list[FreeRun] = []
        self.reused: set[int] = set()

    def has_more(self, limit: int) -> bool:
        """Whether the counter has a number left up to `limit`, or a freed one."""
        new = self.counter.last + self.sequence.step
        return new <= limit or any(run.first <= limit for run in self.freed)

    def shown(self) -> list[object]:
        """The counter as the event of the run names it: ids and names, lowest and highest value, how many."""
        names = (self.counter.id, self.sequence.name, self.outcome.period, self.outcome.scope)
        last = self.counter.last if self.drawn > len(self.reused) else max(self.reused)
        return [*names, min(self.reused, default=self.first), last, self.drawn]


class Frame:
    """What the numbers of records alike have in common: counter, date and the text around the count."""

    __slots__ = (
        *(
            "after",
            "attributes",
            "before",
            "chosen",
            "day",
            "lane",
            "limit",
            "policy",
            "readable",
            "set_name",
            "text_of",
        ),
        *("choice", "following", "last_in_line", "plain"),
        "step",
        "template",
        "warning",
    )

    def __init__(self, choice: Choice, lane: Lane, day: date, attributes: dict[str, str]) -> None:
        sequence = lane.sequence
        pattern = sequence.compiled
        self.lane = lane
        self.choice = choice
        # Where it is drawn from once the sequence is used up, when that was asked.
        self.following: Frame | None = None
        self.last_in_line = False
        self.policy = choice.policy
        self.chosen = (sequence.name, None if choice.policy is None else choice.policy.name)
        self.set_name = choice.set_name
        self.day = day.isoformat()
        self.before, self.after = pattern.frame(day, sequence.fiscal, attributes)
        self.limit = sequence.last_value(len(self.before) + len(self.after))
        self.text_of = pattern.counter_text
        # What renders digits at once; letters are rendered one by one.
        plain = (self.before.replace("%", "%%"), pattern.width, self.after.replace("%", "%%"))
        self.template = None if pattern.alpha else "{}%0{}d{}".format(*plain)
        self.warning: str | None = None
        self.step = sequence.step
        # Whether a draw is nothing but counting and rendering; set when everything else is known.
        self.plain = False
        # Whether every text of this frame is known to be readable; else each is read before it is issued.
        self.readable = not attributes
        self.attributes = attributes
        if attributes and not pattern.alpha and surely_readable(pattern, attributes):
            sample = self.before + pattern.counter_text(sequence.start) + self.after
            check_rendered(pattern, [sample], day, attributes)
            self.readable = True


class Counters:
    """The counters that a run draws from. With `careful`, every text is looked up before it is drawn."""

    def __init__(self, transaction: Transaction, careful: bool) -> None:
        self.transaction = transaction
        self.careful = careful
        self.lanes: dict[tuple[int | None, str, str], Lane] = {}
        self.warned: dict[Hashable, tuple[str, int]] = {}
        self.far: str | None = None
        self._todays: dict[str, date] = {}
        self._drawn: dict[tuple[str, str], list[tuple[str, Issue]]] = {}

    def today(self, zone: str) -> date:
        """The day that it is in a time zone, the same throughout a run."""
        if zone not in self._todays:
            self._todays[zone] = self.transaction.today(zone)
        return self._todays[zone]

    def lane(self, sequence: Sequence, scope: str, period: str) -> Lane:
        """The counter of a sequence, scope and period, read or begun when it is first asked for."""
        key = (sequence.id, scope, period)
        lane = self.lanes.get(key)
        if lane is None:
            assert sequence.id is not None
            counter = self.transaction.ledger.counter(sequence.id, scope, period)
            if counter is None:
                counter = Counter.unused(sequence.start, sequence.step)
            names = (sequence.name, sequence.document_type, period, scope)
            outcome = Issue(*names, None, "issued", None, None, None, None)
            lane = self.lanes[key] = Lane(sequence, counter, outcome)
            if counter.reusable or counter.reserved:
                lane.reuse = Reuse(self.transaction, sequence, counter)
                lane.freed = lane.reuse.runs(None)
        return lane

    def has_more(self, sequence: Sequence, scope: str, period: str, limit: int) -> bool:
        """Whether a counter, as it stands in this run, has a number left up to `limit`, or a freed one."""
        return self.lane(sequence, scope, period).has_more(limit)

    def settle(self, frame: Frame) -> Frame:
        """Note whether draws from a frame need no rule beside the end of the range."""
        rules = frame.readable and frame.warning is None and frame.lane.sequence.date_order == "off"
        free = frame.lane.freed
        frame.plain = rules and frame.template is not None and not self.careful and not free
        return frame

    def draw(self, frame: Frame, record: Record) -> tuple[int, str]:
        """The next value of a frame's counter and its text. Raises Refused and then draws nothing."""
        lane, day = frame.lane, frame.day
        counter, sequence = lane.counter, lane.sequence
        freed = self._freed(frame, record) if lane.freed else None
        latest = counter.latest_date
        if freed is not None:
            value = freed
        else:
            if latest is not None and day < latest and sequence.date_order != "off":
                self._out_of_order(frame, record)
            value = counter.last + sequence.step
        if value > frame.limit:
            raise no_room(sequence, lane.outcome, counter, (frame.before, frame.after))
        if frame.template is not None:
            text = frame.template % value
        else:
            text = f"{frame.before}{frame.text_of(value)}{frame.after}"
        if not frame.readable:
            check_rendered(sequence.compiled, [text], date.fromisoformat(day), frame.attributes)
        if self.careful:
            self._claim(text, lane)
        if frame.warning is not None:
            self.warn(("far", sequence.id), frame.warning, record)
            self.far = self.far or f"record {record.id!r}: {frame.warning}"
        if freed is not None:
            assert lane.reuse is not None
            lane.reuse.take(lane.freed, value, day, text)
            lane.reused.add(value)
        if latest is None or day >= latest:
            lane.latest_number = text
        counter.hold(1, value, value)
        counter.date(day, value)
        lane.drawn += 1
        lane.limit = frame.limit
        return value, text

    def _freed(self, frame: Frame, record: Record) -> int | None:
        """The freed value that a record's number gets, or None where its date fits none."""
        lane = frame.lane
        assert lane.reuse is not None
        place = lane.reuse.place(lane.freed, frame.day)
        if place is None or lane.freed[place].first > frame.limit:
            return None
        for warning in lane.reuse.warnings(lane.freed[place], frame.day):
            self.warn(("reused", lane), warning, record)
        return lane.freed[place].first

    def _out_of_order(self, frame: Frame, record: Record) -> None:
        """Warn of or refuse a date before the latest one of the counter, in this run or before it."""
        lane = frame.lane
        counter, day = lane.counter, date.fromisoformat(frame.day)
        if lane.latest_number is None:
            warning = date_order(self.transaction, lane.sequence, counter, day)
        else:
            assert counter.latest_date is not None
            warning = out_of_order(lane.sequence, day, lane.latest_number, counter.latest_date)
        if warning is not None:
            self.warn(("order", lane), warning, record)

    def _claim(self, text: str, lane: Lane) -> None:
        """Refuse a text that another number holds, in the book or drawn before in this run."""
        document_type, period = lane.uniqueness
        if lane.reuse is not None and any(number.text == text for number in lane.reuse.overdue):
            return
        holder = self.transaction.ledger.holder(text, document_type, period, 0)
        others = self._drawn.setdefault((document_type, text), [])
        for other_period, other in others:
            if "" in (period, other_period) or period == other_period:
                holder = (other.sequence, other.period)
        if holder is not None:
            raise number_taken(text, lane.outcome, holder)
        others.append((period, lane.outcome))

    def warn(self, about: Hashable, message: str, record: Record) -> None:
        """Note a warning; of several about the same only the first is worded, the others are counted."""
        first, count = self.warned.get(about, (f"record {record.id!r}: {message}", 0))
        self.warned[about] = (first, count + 1)

    def warnings(self) -> list[str]:
        """The warnings of the run, one for each sequence or counter and kind."""
        told = [
            first if count == 1 else f"{first} (so for {count} in all)"
            for first, count in self.warned.values()
        ]
        for lane in self.lanes.values():
            sequence, last = lane.sequence, lane.counter.last
            if not lane.drawn or sequence.warn_at is None:
                continue
            if last >= warn_from(sequence.warn_at, sequence.start, lane.limit, sequence.step):
                told.append(running_out(sequence, lane.outcome, (lane.limit - last) // sequence.step))
        return told
