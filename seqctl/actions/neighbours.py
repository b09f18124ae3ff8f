"""The order of dates around one number: between which document dates it lies."""

from __future__ import annotations

from seqctl.days import date
from seqctl.errors import Refused
from seqctl.model.held_number import HeldNumber
from seqctl.model.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def check_place(transaction: Transaction, sequence: Sequence, number: HeldNumber, day: date) -> None:
    """Refuse a document date that does not lie between those of a number's neighbours (`date_order`).

    Only where the sequence refuses dates out of order.
    """
    if sequence.date_order != "refuse":
        return
    now = transaction.store.clock.now()
    below = transaction.held.dated_below(number.counter_id, number.value, now)
    above = transaction.held.dated_above(number.counter_id, number.value, now)
    text = day.isoformat()
    for other, wrong, side in (
        (below, below is not None and (below.date or "") > text, "before"),
        (above, above is not None and (above.date or "") < text, "after"),
    ):
        if other is not None and wrong:
            raise Refused(
                "date_order",
                f"{number.text} cannot be dated {text}: the number {side} it, {other.text}, is dated"
                f" {other.date}",
                f"sequence {sequence.name!r} keeps numbers in the order of dates",
            )
