"""`gaps review`: somebody looks into numbers that no document holds."""

from seqctl.cli.gaps.changing import changing

COMMAND = changing(
    "review",
    "Put numbers that no document holds under review: somebody looks into them.",
    example='invoice --all --reason "asked the branch"',
)
