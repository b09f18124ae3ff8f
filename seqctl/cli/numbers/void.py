"""`void`: issued numbers whose documents do not count."""

from seqctl.cli.numbers.changing import changing

COMMAND = changing(
    "void",
    "Void issued numbers: they stay accounted for.\n\nA void number is never issued again.",
    example='INV-2026-00007 --reason "wrong customer"',
)
