"""Which events are of one request: one that draws from several ranges leaves an event for each."""

from __future__ import annotations

from seqctl.model.log.events.kinds import read
from seqctl.model.number.issue import Issued

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def of_one_request(transaction: Transaction, one: int, other: int) -> bool:
    """Whether two events issued the numbers of one request, out of one range after the other."""
    first, second = (next(transaction.events.after(id - 1)) for id in (one, other))
    if (first.at, first.action, first.subject) != (second.at, second.action, second.subject):
        return False
    asked = [said.request for said in (read(first), read(second)) if isinstance(said, Issued)]
    if len(asked) < 2 or asked[0] != asked[1] or isinstance(asked[0], str):
        return False
    # Each gave a part of what was asked for.
    return max(first.count or 0, second.count or 0) < int(asked[0]["count"])
