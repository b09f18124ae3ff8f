"""Records of a file whose numbers come out of ranges: the rules of an issue, record by record."""

from __future__ import annotations

from seqctl.actions.assigning.counters import Counters, RecordFrame
from seqctl.actions.issuing.draw import counted_in
from seqctl.actions.ledger.range_refusals import no_number
from seqctl.days import date
from seqctl.model.number.request import Choice, Request
from seqctl.model.range.serving import in_range


def range_frame(counters: Counters, choice: Choice, given: dict[str, str], day: date) -> RecordFrame:
    """The frame of a record in the range that serves it, as the counters stand in this run.

    Raises Refused `no_range` where none is in force, `exhausted` where those that are have no number left.
    """
    sequence, transaction = choice.sequence, counters.transaction
    counted_in(sequence, given, day)
    assert sequence.id is not None
    for each in transaction.ranges.serving(sequence.id, day.isoformat()):
        if not each.admits(given, sequence.scope):
            continue
        served = in_range(sequence, each)
        attributes, scope, period = counted_in(served, given, day)
        lane = counters.lane(served, scope, period)
        frame = RecordFrame(choice, lane, day, attributes)
        if lane.has_more(frame.limit):
            return frame
        lane.frames.remove(frame)
    request = Request(choice.target)
    request.attributes = given
    raise no_number(transaction, request, sequence, day, 0)
