"""What one event says of the counters that it concerns: one, or all that a request changed."""

from __future__ import annotations

from seqctl.model.classes import NamedTuple
from seqctl.model.number.counter import Counter
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.sequence.sequence import Sequence


class Concerned(NamedTuple):
    """A counter that a request changes: its lowest and highest value of them, and how many there are."""

    sequence: Sequence
    counter: Counter
    period: str
    scope: str
    low: int
    high: int
    integers: int


class Aim(NamedTuple):
    """The columns of an event and the parts of its detail that say what it concerns.

    Of several counters `counter_id`, `period` and `scope` are None, and `counters` has each.
    """

    subject: str
    counter_id: int | None
    first: int
    last: int
    period: str | None
    scope: str | None
    counters: list[list[object]] | None


def held_of(sequence: Sequence, counter: Counter, numbers: list[HeldNumber]) -> Concerned:
    """A counter of which held numbers, at least one, are changed."""
    values = [number.value for number in numbers]
    period, scope = numbers[0].period, numbers[0].scope
    return Concerned(sequence, counter, period, scope, min(values), max(values), len(values))


def aim_of(concerned: list[Concerned], file: str | None) -> Aim:
    """What an event of these counters, each once, concerns.

    Of several its subject is the sequence, else the document type that all have, else the file, else their
    names.
    """
    if len(concerned) == 1:
        (one,) = concerned
        return Aim(one.sequence.name, one.counter.id, one.low, one.high, one.period, one.scope, None)
    names = sorted({one.sequence.name for one in concerned})
    types = {one.sequence.document_type for one in concerned}
    subject = file or ", ".join(names)
    if len(names) == 1 or len(types) == 1:
        subject = names[0] if len(names) == 1 else types.pop()
    counters: list[list[object]] = [
        [one.counter.id, one.sequence.name, one.period, one.scope, one.low, one.high, one.integers]
        for one in concerned
    ]
    low, high = min(one.low for one in concerned), max(one.high for one in concerned)
    return Aim(subject, None, low, high, None, None, counters)
