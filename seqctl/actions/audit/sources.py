"""Where adopted numbers come from, against what the events say of it."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.model.finding import UNREADABLE, Finding
from seqctl.model.log.chain import Chain
from seqctl.model.log.events.kinds import kinds_of, read
from seqctl.model.log.events.numbers import Numbered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def source_findings(transaction: Transaction, chain: Chain) -> Iterator[Finding]:
    """The events whose sources are not as they were written. An event of a broken chain proves nothing."""
    said: dict[int, str | None] = {}
    for event in chain.mended(transaction.events.after(None, kinds_of(Numbered))):
        try:
            content = read(event)
        except UNREADABLE:
            # Told where the event is followed.
            continue
        if isinstance(content, Numbered) and not chain.is_broken(event.id):
            said[event.id] = content.sources
    found = {item.event_id: item.digest for item in transaction.events.sources()}
    for event_id in sorted(said.keys() | found.keys()):
        if event_id not in said and (chain.is_untrusted(event_id) or event_id > chain.last):
            continue
        if said.get(event_id) == found.get(event_id):
            continue
        message = f"where the numbers of event {event_id} come from is not as the event wrote it"
        yield Finding("source_changed", "error", ("events", str(event_id)), message)
