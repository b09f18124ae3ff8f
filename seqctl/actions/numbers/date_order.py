"""The order of dates around one number: between which document dates it lies, and which days that leaves."""

from __future__ import annotations

from seqctl.days import date, timedelta
from seqctl.errors import Refused
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.pattern.compiled import date_token_text
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import shell_word
from seqctl.model.time.period_bounds import period_bounds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

SEARCHED = 366
"""How many days on either side of its own are tried for a number that shows its date."""


class Neighbours:
    """The nearest dated numbers of a counter below and above one of its numbers.

    Reservations and numbers without a date do not count. `before` is a number below that gets a date in the
    same request, and so counts already.
    """

    def __init__(
        self,
        transaction: Transaction,
        sequence: Sequence,
        number: HeldNumber,
        before: HeldNumber | None = None,
    ) -> None:
        self.sequence = sequence
        self.number = number
        self.below = transaction.held.dated_below(number.counter_id, number.value)
        self.above = transaction.held.dated_above(number.counter_id, number.value)
        if before is not None and (self.below is None or self.below.value < before.value):
            self.below = before

    def check(self, day: str) -> str | None:
        """What is wrong with a document date, where the sequence warns of dates out of order.

        None where nothing is. Raises Refused (`date_order`) where it refuses them, naming the days that fit.
        """
        if self.sequence.date_order == "off":
            return None
        if self.below is not None and (self.below.date or "") > day:
            side, other = "before", self.below
        elif self.above is not None and (self.above.date or "") < day:
            side, other = "after", self.above
        else:
            return None
        message = f"the number {side} it, {other.text}, is dated {other.date}"
        if self.sequence.date_order == "warn":
            return f"{self.number.text} is dated {day}, out of order: {message}"
        raise Refused(
            "date_order", f"{self.number.text} cannot be dated {day}: {message}", self._days_that_fit()
        )

    def _days_that_fit(self) -> str:
        """The days that a number may carry, in words: between its neighbours, in its period, as it shows."""
        sequence, number = self.sequence, self.number
        first, last = period_bounds(sequence.reset, number.period, sequence.fiscal)
        low = max((day for day in (_text(first), self.below and self.below.date) if day), default=None)
        high = min((day for day in (_text(last), self.above and self.above.date) if day), default=None)
        if sequence.closed_until is not None and (low is None or low <= sequence.closed_until):
            low = (date.fromisoformat(sequence.closed_until) + timedelta(1)).isoformat()
        if sequence.compiled.date_tokens and number.date is not None:
            shown = shown_days(sequence, date.fromisoformat(number.date))
            fitting = [day for day in shown if (low or day) <= day <= (high or day)]
            low, high = (fitting[0], fitting[-1]) if fitting else ("1", "0")
        if low is not None and high is not None and low > high:
            return (
                f"no day fits: give it back with: seqctl release {shell_word(number.text)}, and take another"
            )
        if low is not None and high is not None:
            span = f"only {low} fits" if low == high else f"the days from {low} to {high} fit"
        else:
            span = f"the days from {low} on fit" if low is not None else f"the days up to {high} fit"
        return f"{span}: give one of them with --date"


def shown_days(sequence: Sequence, day: date) -> list[str]:
    """The days around one on which a number of the sequence shows the same date tokens, ascending."""

    def shown(other: date) -> list[str]:
        return [date_token_text(token, other, sequence.fiscal) for token in sequence.compiled.date_tokens]

    ordinal, same = day.toordinal(), shown(day)
    ordinals = range(max(ordinal - SEARCHED, 1), min(ordinal + SEARCHED, date.max.toordinal()) + 1)
    days = [date.fromordinal(other) for other in ordinals]
    return [
        other.isoformat()
        for other in days
        if (sequence.fiscal is None or sequence.fiscal.holds(other)) and shown(other) == same
    ]


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
