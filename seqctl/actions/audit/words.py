"""Findings on single numbers that are not as the events left them."""

from __future__ import annotations

from seqctl.model.finding import Finding
from seqctl.model.log.replay.rows import COUNTER, TEXT, Change, Row
from seqctl.model.number.held_number import ROW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.audit.ledger import LedgerCheck


def left_otherwise(change: Change, row: Row | None, check: LedgerCheck) -> Finding:
    """The finding on a row that is not as a change left it."""
    by = f"event {change.event_id} ({change.action})"
    if row is None:
        return number_finding(
            "number_deleted", check, change.known, f"was deleted; {by} left it in the ledger"
        )
    if change.after is None:
        return number_finding("number_inserted", check, row, f"is held, and {by} freed it")
    differences = [
        f"its {name} is {is_now!r}, and {by} left {was!r}"
        for name, is_now, was in zip(ROW, row, change.after, strict=True)
        if is_now != was
    ]
    return number_finding("number_changed", check, row, f"was changed: {'; '.join(differences)}")


def number_finding(code: str, check: LedgerCheck, row: Row, words: str) -> Finding:
    """A finding on a number that is or was in the ledger."""
    text = str(row[TEXT])
    check.touched.add(row[COUNTER])
    message = f"{text} of {check.places.words(row[COUNTER])} {words}"
    return Finding(code, "error", ("numbers", text), message)
