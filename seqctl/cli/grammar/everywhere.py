"""The options that stand before or after every subcommand."""

from seqctl.cli.errors import FORMATS, SALESFORCE
from seqctl.cli.grammar.declaration import Parameter, option


def seconds(given: str) -> float:
    """A time to wait, in digits with a decimal point where it is needed: `1_0`, `1e3` and `nan` are slips."""
    whole, _, part = given.partition(".")
    if not (whole + part).isdecimal() or not given.isascii():
        raise ValueError(f"{given!r} is not a number of seconds")
    return float(given)


def has_format(given: object, formats: tuple[str, ...]) -> bool:
    """Whether a command can print so, whose own formats are `formats`."""
    return given != SALESFORCE or given in formats


OUTPUT = option(
    "-o",
    "--output",
    metavar=f"<{'|'.join(FORMATS)}>",
    choices=(*FORMATS, SALESFORCE),
    help="How to print.",
)

EVERYWHERE = (
    Parameter("db", str, option("--db", metavar="PATH", help="The database file."), None),
    Parameter("output", str, OUTPUT, None),
    Parameter("json", bool, option("--json", help="Same as -o json."), False),
    Parameter("actor", str, option("--actor", metavar="NAME", help="Who acts, as the log records it."), None),
    Parameter(
        "mark",
        str,
        option("--mark", metavar="FILE", help="The mark of a book on a server (else SEQCTL_MARK)."),
        None,
    ),
    Parameter(
        "timeout",
        float,
        option(
            "--timeout", metavar="SECONDS", read=seconds, help="How long to wait for another writer (30)."
        ),
        None,
    ),
)
