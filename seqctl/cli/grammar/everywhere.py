"""The options that stand before or after every subcommand."""

from seqctl.cli.errors import FORMATS
from seqctl.cli.grammar.declaration import Parameter, option

EVERYWHERE = (
    Parameter("db", str, option("--db", metavar="PATH", help="The database file."), None),
    Parameter("output", str, option("-o", "--output", choices=FORMATS, help="How to print."), None),
    Parameter("json", bool, option("--json", help="Same as -o json."), False),
    Parameter("actor", str, option("--actor", metavar="NAME", help="Who the log names."), None),
    Parameter(
        "timeout",
        float,
        option("--timeout", metavar="SECONDS", minimum=0, help="How long to wait for another writer (30)."),
        None,
    ),
)
