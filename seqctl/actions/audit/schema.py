"""Findings on the schema of a book: what is not as the program made it."""

from __future__ import annotations

from seqctl.model.finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

DATABASE = ("database",)


TABLE_CHANGED = "table_changed"
"""The code of a table that is missing or not as the program made it: nothing else can then be relied on."""


STATES = {
    "missing": "is missing",
    "changed": "is not as seqctl made it",
    "strange": "was not made by seqctl",
    "empty": "lost the row that it must have",
}
"""What may be wrong with something of the schema, in words."""


RESTORE = "restore the last backup; do not go on issuing from this file"


def check_schema(store: Store) -> list[Finding]:
    """Tables, views, indexes and triggers that are not as the program made them. Takes milliseconds."""
    with store.read() as transaction:
        return schema_findings(transaction)


def schema_findings(transaction: Transaction) -> list[Finding]:
    """The same within a transaction."""
    return [_changed(*item) for item in transaction.soundness.schema_differences()]


def _changed(kind: str, name: str, what: str) -> Finding:
    """A difference of the schema in words."""
    subject = ("database", name)
    if what == "strange" and kind != "step":
        message = f"the {kind} {name!r} was not made by seqctl, and can change or refuse what is written"
        return Finding(
            "schema_changed", "error", subject, message, f"remove it: DROP {kind.upper()} {name!r}"
        )
    state = STATES[what]
    if kind == "step":
        message = f"the schema step {name!r} {state} in the list of those that were applied"
        return Finding("schema_changed", "error", subject, message, RESTORE)
    if kind == "table":
        message = f"the table {name!r} {state}; the rest of the book was not checked"
        return Finding(TABLE_CHANGED, "error", subject, message, RESTORE)
    purpose = (
        "nothing keeps events from being changed"
        if kind in ("trigger", "function")
        else "it may be slow or allow duplicates"
    )
    hint = "whoever did that could change the book unnoticed: see seqctl audit verify, then " + RESTORE
    return Finding("schema_changed", "error", subject, f"the {kind} {name!r} {state}: {purpose}", hint)
