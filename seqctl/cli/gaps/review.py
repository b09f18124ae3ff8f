"""`gaps review`: somebody looks into numbers that no document holds."""

from seqctl.cli.gaps.changing import changing

COMMAND = changing(
    "review",
    "Put numbers that no document holds under review.",
    example='invoice --all --reason "asked the branch"',
)
