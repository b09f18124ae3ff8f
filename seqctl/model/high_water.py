"""How far a book lags behind the numbers that were given out from it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lag:
    """A counter that stood at `marked` and stands at `last` here, None where the book has no such counter."""

    sequence: str
    period: str
    scope: str
    marked: int
    last: int | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A counter that gives freed numbers out again, with how many are freed and how many reserved."""

    sequence: str
    period: str
    scope: str
    freed: int
    reserved: int
