"""Whether an annulled range could be opened again: its numbers may have been granted anew."""

from __future__ import annotations

from seqctl.actions.ranges.held import held_of
from seqctl.errors import InvalidInput
from seqctl.model.collision import PROVED, find_collisions
from seqctl.model.collision.told import collision_findings
from seqctl.model.range.range import Range
from seqctl.model.range.told_apart import by_range, name_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def refuse_clash(transaction: Transaction, served: Range) -> None:
    """Raise InvalidInput `collision` where another sequence or range can print a number of this one."""
    catalogue = transaction.catalogue.read()
    held = held_of(transaction, catalogue.ranges.values())
    opened = catalogue.ranges[served.name]
    opened.annulled = None
    if opened.ended:
        opened.last = None
    document_type = catalogue.sequences[served.sequence].document_type
    alike = [item for item in catalogue.sequences.values() if item.document_type == document_type]
    named = {name_of(served)}
    found = find_collisions(by_range(alike, catalogue.ranges.values(), held), changed=named)
    proved = [collision for collision in found if collision.certainty == PROVED]
    for finding in collision_findings(proved, named, False):
        raise InvalidInput(
            "collision", f"range {served.name!r} {finding.message}", "its numbers were granted again"
        )
