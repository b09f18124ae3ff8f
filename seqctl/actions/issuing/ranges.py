"""Numbers out of ranges: which range serves a request, and how a batch goes on in the next one.

Of the ranges of a sequence that are not annulled, are in force on the document date and do not contradict the
request, the one that ends first serves, as long as it has a number. Loaded by an issue of a sequence with
ranges.
"""

from seqctl.actions.issuing.draw import Frame, counted_in, lane_of, look_at
from seqctl.errors import Refused
from seqctl.model.number.request import Choice, Request, document_day
from seqctl.model.range.serving import in_range
from seqctl.model.sequence.scope import scope_text, shown_attributes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.issuing.candidates import HasMore
    from seqctl.days import date
    from seqctl.model.range.range import Range
    from seqctl.model.sequence.sequence import Sequence
    from seqctl.store.port import Transaction


def look_in_ranges(transaction: "Transaction", request: Request, choice: Choice) -> Frame:
    """Find what a request would draw out of ranges; the frames of further ranges are `beyond` the first.

    Raises Refused `no_range` where none is in force, `exhausted` where those that are have too few numbers.
    """
    sequence = choice.sequence
    day = document_day(request.date, sequence.zone) if request.date else transaction.today(sequence.zone)
    if sequence.types is not None:
        request = _coded(request, choice)
    counted_in(sequence, request.attributes, day)
    frames: list[Frame] = []
    left = request.count
    for served in _serving(transaction, request, sequence, day):
        room = min(left, _numbers_left(transaction, request, served, day))
        if not room or (request.contiguous and room < left):
            continue
        frame = look_at(transaction, _part(request, room), _in_place(choice, served))
        frame.choice = choice
        frames.append(frame)
        left -= room
        if not left:
            return _joined(frames)
    raise _refusal(transaction, request, sequence, day, request.count - left)


def _serving(
    transaction: "Transaction", request: Request, sequence: "Sequence", day: "date"
) -> "list[Sequence]":
    """The sequence as each range that may serve makes it, best first."""
    assert sequence.id is not None
    if request.range is not None:
        from seqctl.actions.ledger.range_refusals import range_asked_for

        return [in_range(sequence, range_asked_for(transaction, request, sequence, day))]
    ranges = transaction.ranges.serving(sequence.id, day.isoformat())
    return [in_range(sequence, each) for each in ranges if each.admits(request.attributes, sequence.scope)]


def _numbers_left(transaction: "Transaction", request: Request, served: "Sequence", day: "date") -> int:
    """How many numbers a request could draw from a range."""
    attributes = shown_attributes(served, request.attributes)
    scope, period = scope_of(served), range_of(served).name
    frame = Frame(Choice("range", "", served), lane_of(transaction, served, scope, period), day, attributes)
    counter = frame.lane.counter
    new = max((frame.limit - counter.last) // served.step, 0)
    if request.contiguous or not (counter.reusable or counter.reserved):
        return new
    from seqctl.actions.issuing.reuse import Reuse

    outcome = frame.lane.outcome
    outcome.date = frame.day
    most = None if served.date_order == "refuse" else request.count
    return new + len(Reuse(transaction, served, counter, most).values(request.count, outcome, frame.limit))


def range_of(served: "Sequence") -> "Range":
    """The range by which a sequence is narrowed."""
    assert served.served is not None
    return served.served


def scope_of(served: "Sequence") -> str:
    """The scope of the one counter of a range."""
    return scope_text(tuple(served.scope), range_of(served).values)


def _coded(request: Request, choice: Choice) -> Request:
    """A request alike that gives what `{type}` prints. Raises Refused where nothing says the type."""
    from seqctl.actions.issuing.asked_type import asked_type, with_code

    coded = _part(request, request.count)
    coded.attributes = with_code(choice.sequence, asked_type(request, choice), request.attributes)
    return coded


def _part(request: Request, count: int) -> Request:
    """A request alike for so many numbers."""
    part = Request.__new__(Request)
    for name in Request.__slots__:
        setattr(part, name, getattr(request, name))
    part.count = count
    return part


def _in_place(choice: Choice, served: "Sequence") -> Choice:
    """A choice alike of a sequence as a range makes it."""
    narrowed = Choice(choice.by, choice.target, served, choice.set_name, choice.policy)
    narrowed.warnings = choice.warnings
    return narrowed


def _joined(frames: list[Frame]) -> Frame:
    """The first frame with what is beyond it; each warning is reported once."""
    first, *beyond = frames
    outcome = first.lane.outcome
    for frame in beyond:
        more = frame.lane.outcome
        outcome.warnings += [text for text in more.warnings if text not in outcome.warnings]
    outcome.beyond = [frame.lane.outcome for frame in beyond]
    first.beyond = beyond
    return first


def _refusal(
    transaction: "Transaction", request: Request, sequence: "Sequence", day: "date", found: int
) -> Refused:
    from seqctl.actions.ledger.range_refusals import no_number

    return no_number(transaction, request, sequence, day, found)


def has_range_left(
    transaction: "Transaction",
    request: Request,
    sequence: "Sequence",
    day: "date",
    has_more: "HasMore | None",
) -> bool:
    """Whether ranges in force have a number left; where none is in force, another reason refuses."""
    assert sequence.id is not None
    text, of = day.isoformat(), transaction.ranges.of(sequence.id)
    admitting = [each for each in of if each.admits(request.attributes, sequence.scope)]
    if not any(each.in_force(text) and each.annulled is None for each in admitting):
        return True
    for served in _serving(transaction, request, sequence, day):
        if has_more is None and _numbers_left(transaction, request, served, day):
            return True
        if has_more is not None and has_more(
            served, scope_of(served), range_of(served).name, served.last_value(0)
        ):
            return True
    return False
