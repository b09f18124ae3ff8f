"""Verifying a book: the chain of its events, and the ledger against what the events say.

`verify` reads one state of the book and blocks nobody. Memory is bounded by the counters, the
definitions and the gap runs, not by the log or the ledger: what later events keep of rows lies in a spool.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from seqctl.actions.audit.definitions import DefinitionCheck
from seqctl.actions.audit.ledger import LedgerCheck
from seqctl.actions.audit.references import reference_findings
from seqctl.actions.audit.schema import TABLE_CHANGED, schema_findings
from seqctl.actions.audit.sources import source_findings
from seqctl.errors import UsageError
from seqctl.model.classes import frozen, replaced
from seqctl.model.finding import Finding
from seqctl.model.log.chain import GENESIS, Chain
from seqctl.model.log.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

SHORTEST_ANCHOR = 8
"""Fewest digits of a hash that name an event; fewer could fit by chance."""

WATCHED = 1000
"""How many events are looked at between two reports of progress."""

Watch = Callable[[str, int, int], None]
"""Told what is being done, how many events are done, and how many there are."""


@frozen
class Verification:
    """What a verification found, and over how many events and numbers.

    `head` is the hash of the last event in hexadecimal; `anchor` the event that the anchor names, 0 for the
    hash that stands before the first one; None where none was given or none has that hash.
    """

    findings: list[Finding]
    events: int
    numbers: int
    head: str
    anchor: int | None


def unwatched(work: str, done: int, total: int) -> None:
    """Nobody looks at the progress."""


def verify(store: Store, anchor: str | None = None, watch: Watch = unwatched) -> Verification:
    """Hold the schema, the chain of events, and what the tables hold against the chain. Writes nothing.

    `anchor` is the head of the log as it was noted earlier, or at least 8 digits of it: an event must still
    have that hash. Raises UsageError for an anchor that is not a hash or fits several events.
    """
    prefix = None if anchor is None else _anchor_prefix(anchor)
    with store.read() as transaction:
        return verify_within(transaction, prefix, watch)


def verify_within(
    transaction: Transaction, prefix: str | None = None, watch: Watch = unwatched
) -> Verification:
    """The same within a transaction; `prefix` begins the anchor's hash."""
    schema = schema_findings(transaction)
    if any(finding.code == TABLE_CHANGED for finding in schema):
        return Verification(schema, 0, 0, GENESIS.hex(), None)
    verified = verify_log(transaction, prefix, watch)
    return replaced(verified, findings=[*schema, *verified.findings])


def verify_log(transaction: Transaction, prefix: str | None = None, watch: Watch = unwatched) -> Verification:
    """Hold the chain of events and what the tables hold against it; `prefix` begins the anchor's hash."""
    with ExitStack() as spools:
        events = transaction.events
        total = events.count()
        chain = Chain(events.after, events.hash_of, events.highest_named)

        def followed() -> LedgerCheck:
            spool = spools.enter_context(transaction.spool())
            return LedgerCheck(transaction, chain, DefinitionCheck(transaction), spool)

        ledger = followed()
        anchors = Anchors(prefix)

        def seen(event: Event) -> None:
            if chain.count % WATCHED == 0:
                watch("verifying", chain.count, total)
            anchors.see(event)
            if not chain.breaks:
                ledger.follow(event)

        chain.check(seen)
        if chain.breaks:
            # Now that it is known which events stand where they should not, once more from the first one on.
            ledger = followed()
            for event in chain.mended(events.after(None)):
                ledger.follow(event)
        findings = [*ledger.findings(), *source_findings(transaction, chain)]
        findings += reference_findings(transaction, ledger.places.places)
        cut = _cut_off(chain, ledger.lost.highest, anchors)
        return Verification(
            [*chain.breaks, *cut, *_hinted(findings, [*chain.breaks, *cut])],
            chain.count,
            ledger.numbers,
            chain.head.hex(),
            anchors.event(),
        )


class Anchors:
    """The events whose hash begins like an anchor. Event 0 stands for what the first one is chained to."""

    def __init__(self, prefix: str | None) -> None:
        self.prefix = prefix
        self.found: dict[str, int] = {}
        if prefix is not None and GENESIS.hex().startswith(prefix):
            self.found[GENESIS.hex()] = 0

    def see(self, event: Event) -> None:
        """Note an event that may be meant."""
        if self.prefix is not None and (digest := event.hash.hex()).startswith(self.prefix):
            self.found.setdefault(digest, event.id)

    def event(self) -> int | None:
        """The event that is meant. Raises UsageError where several may be."""
        if len(self.found) > 1:
            ids = list(self.found.values())
            listed = ", ".join(map(str, ids[:3])) + (" ..." if len(ids) > 3 else "")
            raise UsageError(
                f"the anchor {self.prefix!r} fits the events {listed}", "write more digits of it"
            )
        return next(iter(self.found.values()), None)


def _anchor_prefix(anchor: str) -> str:
    """The digits of an anchor. Raises UsageError for what is no part of a hash."""
    digits = anchor.strip().lower()
    if not SHORTEST_ANCHOR <= len(digits) <= 2 * len(GENESIS) or set(digits) - set("0123456789abcdef"):
        raise UsageError(
            f"the anchor {anchor!r} is not a hash of an event",
            f"write what `seqctl audit head` printed, or at least {SHORTEST_ANCHOR} digits of it",
        )
    return digits


def _cut_off(chain: Chain, highest: int, anchors: Anchors) -> list[Finding]:
    """The finding that the end of the log is gone: the ledger or the anchor knows of more."""
    parts, prefix = [], anchors.prefix
    if highest > chain.last:
        parts.append(f"the ledger names events up to {highest}")
    elif not chain.count:
        parts.append("there is no event at all")
    if prefix is not None and anchors.event() is None:
        parts.append(
            f"no event has the hash {prefix} of the anchor, so that the log was cut off or rewritten"
        )
    if not parts:
        return []
    subject = ("events", str(chain.last + 1))
    message = f"the log ends with event {chain.last}, and {'; '.join(parts)}"
    return [Finding("cut_off", "error", subject, message, "the rest may stand in an earlier backup")]


def _hinted(findings: list[Finding], breaks: list[Finding]) -> list[Finding]:
    """Findings on what the tables hold, each with a hint; where the log is broken that may be their cause."""
    hint = "an earlier backup shows what it was: seqctl --db BACKUP show NUMBER"
    if not breaks:
        return [replaced(item, hint=item.hint or hint) for item in findings]
    hint = f"the log is broken at event {breaks[0].subject[1]}, and this may come of it"
    return [replaced(item, hint=hint) for item in findings]
