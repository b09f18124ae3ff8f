"""`reinstate`: a void or a release was a mistake."""

from seqctl.cli.numbers.changing import changing

COMMAND = changing(
    "reinstate",
    "Undo a void or a release that was a mistake.\n\nThe number belongs to its document again.",
    example='INV-2026-00007 --reason "voided by mistake"',
)
