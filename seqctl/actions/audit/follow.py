"""Following the event log: every event once, in the order of the log, also while others write."""

from __future__ import annotations

from collections.abc import Generator

from seqctl.actions.audit.log import check_action, chosen_events
from seqctl.model.classes import replaced
from seqctl.model.log.event import Event, EventFilter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store

AT_ONCE = 500
"""Events of one batch: who is told of ten million waits for no more than these, and nobody keeps them."""


def follow_events(store: Store, wanted: EventFilter) -> Generator[list[Event]]:
    """The events that pass a filter, oldest first, in batches; an empty batch where there is no new one now.

    Goes on for ever, or until as many came as the filter's limit says. Each batch is read in a transaction of
    its own that is over when the batch is given, so that whoever asks for the next one may wait as long as
    they like; events are committed one after the other in the order of their ids, and none is passed over.
    Blocks no writer. Raises UsageError for an action that there is not.
    """
    with store.read() as transaction:
        check_action(transaction, wanted.action)
        newest = list(chosen_events(transaction, wanted)) if wanted.last is not None else []
        seen = transaction.log.last().id if wanted.last is not None else wanted.after or 0
    left = wanted.limit
    if newest:
        left = None if left is None else left - len(newest)
        yield newest
    while left is None or left > 0:
        most = AT_ONCE if left is None else min(AT_ONCE, left)
        with store.read() as transaction:
            head = transaction.log.last().id
            batch: list[Event] = []
            if head > seen:
                some = replaced(wanted, after=seen, limit=most, last=None)
                batch = list(chosen_events(transaction, some))
        # What does not pass the filter is not looked at again.
        seen = batch[-1].id if len(batch) == most else max(head, seen)
        left = None if left is None else left - len(batch)
        yield batch
