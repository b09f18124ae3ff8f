"""`gaps restore`: missing numbers are issued again."""

from seqctl.cli.gaps.changing import changing

COMMAND = changing(
    "restore",
    "Let missing numbers, and those under review, be issued again.",
    example='invoice INV-2026-00007 --reason "never sent"',
)
