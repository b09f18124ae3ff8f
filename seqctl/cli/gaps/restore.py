"""`gaps restore`: missing numbers go out again."""

from seqctl.cli.gaps.changing import changing

COMMAND = changing(
    "restore",
    "Let missing numbers, and those under review, go out again.",
    example='invoice INV-2026-00007 --reason "never sent"',
)
