"""Stretches of the integers of one counter, and single ones with what became of them."""

from seqctl.model.classes import NamedTuple


class Stretch(NamedTuple):
    """The integers from one to another, in the steps of the counter."""

    first: int
    last: int


EVERYTHING = Stretch(0, 2**63 - 1)
"""All integers that a counter can have."""


class EndedReservation(NamedTuple):
    """An integer whose reservation ended, and when."""

    value: int
    deadline: str


class FreedValue(NamedTuple):
    """An integer that an event freed, with the lowest one that this event freed."""

    lowest: int
    event_id: int
    value: int


class Move(NamedTuple):
    """An event that set the next value of a counter, and the integers that it concerned."""

    event_id: int
    first: int
    last: int


class NextSet(NamedTuple):
    """An event that set the next value of a counter, and that value."""

    event_id: int
    next: int


class DatedValue(NamedTuple):
    """A document date, and the highest integer of a counter that carries it."""

    date: str
    value: int
