"""The options that stand before or after every subcommand."""

from seqctl.cli.errors import FORMATS
from seqctl.cli.grammar.declaration import Parameter, option


def seconds(given: str) -> float:
    """A time to wait, in digits with a decimal point where it is needed: `1_0`, `1e3` and `nan` are slips."""
    whole, _, part = given.partition(".")
    if not (whole + part).isdecimal() or not given.isascii():
        raise ValueError(f"{given!r} is not a number of seconds")
    return float(given)


EVERYWHERE = (
    Parameter("db", str, option("--db", metavar="PATH", help="The database file."), None),
    Parameter("output", str, option("-o", "--output", choices=FORMATS, help="How to print."), None),
    Parameter("json", bool, option("--json", help="Same as -o json."), False),
    Parameter("actor", str, option("--actor", metavar="NAME", help="Who the log names."), None),
    Parameter(
        "timeout",
        float,
        option(
            "--timeout", metavar="SECONDS", read=seconds, help="How long to wait for another writer (30)."
        ),
        None,
    ),
)
