"""`gaps block`: numbers that are never given out."""

from seqctl.cli.gaps.changing import changing

COMMAND = changing(
    "block",
    "Explain numbers that no document holds; none is issued again.",
    example='invoice INV-2026-00007..INV-2026-00012 --reason "lost in the migration"',
)
