"""`release`: the documents of numbers never came to be."""

from seqctl.cli.grammar.declaration import Parameter, option
from seqctl.cli.numbers.changing import changing

WHY = option("--reason", metavar="TEXT", help="Why; kept in the log. Issued numbers need it.")
COMMAND = changing(
    "release",
    "Give back numbers whose document was never made.\n\n"
    "A gapless sequence issues them again before any new number.",
    example='INV-2026-00007 --reason "order cancelled"',
    reason=Parameter("reason", str, WHY, None),
    needed=False,
)
