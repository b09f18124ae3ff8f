"""Later numbers with earlier dates, within one counter."""

from __future__ import annotations

from seqctl.model.number.known_number import KnownNumber


class DateOrder:
    """Sees the numbers of one counter by value; reservations, whose dates are provisional, do not count."""

    __slots__ = ("_lower",)

    def __init__(self) -> None:
        self._lower: tuple[str, str] | None = None

    def before(self, number: KnownNumber) -> tuple[str, str] | None:
        """The nearest lower number with a date, and that date, where the number is dated before it."""
        day = number.date
        if day is None or number.state == "reserved":
            return None
        lower, self._lower = self._lower, (number.number, day)
        return lower if lower is not None and day < lower[1] else None
