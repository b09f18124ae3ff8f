"""Drawing many numbers from many counters, in memory: the rules of an issue, record by record."""

from __future__ import annotations

from seqctl.actions.issuing.draw import Frame, Lane, lane_of
from seqctl.actions.issuing.reuse import Reuse
from seqctl.actions.ledger.refusals import number_taken
from seqctl.actions.references.claims import Claims
from seqctl.days import date
from seqctl.model.number.counter_name import TextHolder
from seqctl.model.number.issue import Issue
from seqctl.model.number.request import Choice
from seqctl.model.pattern.attributes import check_rendered, surely_readable
from seqctl.model.pattern.compiled import HOLE
from seqctl.model.reports.record import Record
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable

    from seqctl.store.port import Transaction


class RecordFrame(Frame):
    """A frame of records, with how their numbers are rendered.

    `following` is where they are drawn from once the sequence is used up, when that was asked; `readable`
    says that every text is known to be readable, else each is read before it is issued; `plain` that a draw
    is nothing but counting and rendering.
    """

    __slots__ = (
        *("attributes", "chosen", "following", "last_in_line", "plain", "policy", "readable"),
        *("set_name", "step", "template"),
    )

    def __init__(self, choice: Choice, lane: Lane, day: date, attributes: dict[str, str]) -> None:
        super().__init__(choice, lane, day, attributes)
        sequence = lane.sequence
        pattern = sequence.compiled
        self.following: RecordFrame | None = None
        self.last_in_line = False
        self.policy = choice.policy
        self.chosen = (sequence.name, None if choice.policy is None else choice.policy.name)
        self.set_name = choice.set_name
        # What renders digits at once; letters and check digits are rendered one by one.
        plain = (self.before.replace("%", "%%"), pattern.width, self.after.replace("%", "%%"))
        slow = pattern.alpha or HOLE in self.after
        self.template = None if slow else "{}%0{}d{}".format(*plain)
        self.step = sequence.step
        self.plain = False
        self.readable = not attributes
        self.attributes = attributes
        if attributes and not slow and surely_readable(pattern, attributes):
            sample = pattern.text(self.before, sequence.start, self.after)
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
        self._claims: dict[str, Claims] = {}

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
            lane = self.lanes[key] = lane_of(self.transaction, sequence, scope, period)
            if lane.counter.reusable or lane.counter.reserved:
                lane.reuse = Reuse(self.transaction, sequence, lane.counter)
                lane.freed = lane.reuse.runs
        return lane

    def has_more(self, sequence: Sequence, scope: str, period: str, limit: int) -> bool:
        """Whether a counter, as it stands in this run, has a number left up to `limit`, or a freed one."""
        return self.lane(sequence, scope, period).has_more(limit)

    def settle(self, frame: RecordFrame) -> RecordFrame:
        """Note whether draws from a frame need no rule beside the end of the range."""
        sequence = frame.lane.sequence
        rules = frame.readable and frame.far is None and sequence.date_order == "off"
        rules = rules and sequence.reference is None
        free = frame.lane.freed
        frame.plain = rules and frame.template is not None and not self.careful and not free
        return frame

    def draw(self, frame: RecordFrame, record: Record) -> tuple[int, str]:
        """The next value of a frame's counter and its text. Raises Refused and then draws nothing."""
        lane, day = frame.lane, frame.day
        freed = lane.reuse.first(day, frame.limit) if lane.freed and lane.reuse is not None else None
        if freed is not None:
            value = freed.first
        else:
            off = lane.sequence.date_order == "off"
            late = None if off else lane.check_order(self.transaction, frame)
            if late is not None:
                self.warn(("order", lane), late, record)
            (value,) = lane.upcoming(frame)
        if frame.template is not None:
            text = frame.template % value
        else:
            text = lane.sequence.compiled.text(frame.before, value, frame.after)
        if not frame.readable:
            check_rendered(lane.sequence.compiled, [text], date.fromisoformat(day), frame.attributes)
        if lane.sequence.reference is not None:
            # First: a text that is not drawn after all must not be in the way of the next record.
            self._referring(lane.sequence).claim(value, text)
        if self.careful:
            self._claim(text, lane)
        if frame.far is not None:
            self.warn(("far", lane.sequence.id), frame.far, record)
            self.far = self.far or f"record {record.id!r}: {frame.far}"
        if freed is not None and lane.reuse is not None:
            for warning in lane.reuse.warnings(freed, day):
                self.warn(("reused", lane), warning, record)
            lane.reuse.take(freed, 1, day, text)
            lane.reused.add(value)
        frame.take(value)
        if lane.latest_date is None or day >= lane.latest_date:
            lane.dated(day, text)
        return value, text

    def referring(self) -> list[Sequence]:
        """The sequences that gave numbers references in this run."""
        return [claims.sequence for claims in self._claims.values()]

    def _referring(self, sequence: Sequence) -> Claims:
        """The references that a sequence gives out in this run."""
        claims = self._claims.get(sequence.name)
        if claims is None:
            claims = self._claims[sequence.name] = Claims(self.transaction, sequence)
        return claims

    def _claim(self, text: str, lane: Lane) -> None:
        """Refuse a text that another number holds, in the book or drawn before in this run."""
        document_type, period = lane.sequence.domain(lane.outcome.period)
        if lane.reuse is not None and any(number.text == text for number in lane.reuse.overdue):
            return
        holder = self.transaction.ledger.holder(text, document_type, period, 0)
        others = self._drawn.setdefault((document_type, text), [])
        for other_period, other in others:
            if "" in (period, other_period) or period == other_period:
                holder = TextHolder(other.sequence, other.period)
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
            if lane.drawn and lane.sequence.warn_at is not None:
                told += lane.early_warnings()
        return told
