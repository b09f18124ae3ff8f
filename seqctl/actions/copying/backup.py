"""Proving a copy of a book: it opens, its pages are whole, and its log and ledger agree."""

from __future__ import annotations

from seqctl.actions.checking.check import check
from seqctl.errors import DatabaseUnusable
from seqctl.model.classes import frozen
from seqctl.model.finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store


@frozen
class Backup:
    """What a copy holds: its numbers and events, and the hash of its last event."""

    file: str
    numbers: int
    events: int
    head: str


def prove_copy(copy: Store, file: str) -> Backup:
    """Check a copy as `check` does. Raises DatabaseUnusable where it is not whole.

    What needs attention in the book, such as an unexplained gap, is no fault of the copy.
    """
    faults = [finding for finding in check(copy) if _is_fault(finding)]
    if faults:
        raise DatabaseUnusable(
            "damaged",
            f"the copy is not sound: {faults[0].message}",
            "check the book itself with: seqctl check",
        )
    with copy.read() as transaction:
        counts = transaction.listing.counts()
        head = transaction.log.last().hash.hex()
    return Backup(file, counts["number"], counts["event"], head)


ATTENTION = ("unexplained_gap", "exhausted")
"""Errors of the numbering: the copy is as whole with them as the book is."""


def _is_fault(finding: Finding) -> bool:
    return finding.severity == "error" and finding.code not in ATTENTION
