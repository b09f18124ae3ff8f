"""`--input`: the options of every command that reads a file of numbers, and the file that they mean."""

from seqctl.cli import options
from seqctl.cli.errors import line, visible
from seqctl.cli.grammar.declaration import Parameter, option
from seqctl.errors import InvalidInput, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.definitions.tables.table import TableFile

HELP = {
    "number": ("--column", "The numbers. Default: a column of that name; else one number a line."),
    "date": ("--date-column", "Their document dates."),
    "record": ("--record-column", "Their documents."),
    "state": ("--state-column", "Their states: issued, void (voided, cancelled, canceled) or reserved."),
    "reason": ("--reason-column", "Why: of what is void."),
    "sequence": ("--sequence-column", "Their sequences."),
    "actor": ("--actor-column", "Who did it, elsewhere; kept beside who runs this."),
    "at": ("--at-column", "When it was done, elsewhere."),
}
"""The option of each role that a column may have, and what it says. Each is looked for by its heading too."""


def file_parameters(*roles: str) -> list[Parameter]:
    """The options of a command that reads columns with these roles, and those of the form of a file."""
    columns = [
        Parameter(_name(role), str, option(HELP[role][0], metavar="COLUMN", help=HELP[role][1]), None)
        for role in roles
    ]
    return [
        *columns,
        Parameter("date_format", str, options.DATE_FORMAT, None),
        Parameter("encoding", str, options.ENCODING, None),
    ]


def table_file(path: str, roles: tuple[str, ...], given: "dict[str, Any]") -> "TableFile":
    """The file that a command reads, from the values of `file_parameters`. Raises UsageError."""
    from seqctl.definitions.tables.table import Form, TableFile

    columns = {role: given[_name(role)] for role in roles if given[_name(role)] is not None}
    return TableFile(path, roles, Form(columns, given["date_format"], options.encoding(given["encoding"])))


def refuse_form(given: "dict[str, Any]") -> None:
    """Refuse the options of a file where none is given. Raises UsageError."""
    for name, value in given.items():
        if value is not None:
            flag = "--" + name.replace("_", "-")
            raise UsageError(f"{flag} is for a file: give --input FILE")


def tell(file: "TableFile") -> None:
    """Say on stderr how a file was read, where nobody said how to."""
    for note in file.notes:
        line(f"seqctl: {visible(file.name)}: {visible(note)}")


def refuse_faults(file: "TableFile", problems: "list[tuple[int, str]]", undone: str) -> None:
    """Raise InvalidInput with everything that is wrong with a file; `undone` ends the message."""
    told = [f"{visible(file.name)}:{at}: {words}" for at, words in sorted([*problems, *file.faults])]
    if told:
        summary = told[0] if len(told) == 1 else f"{len(told)} problems in {visible(file.name)}"
        error = InvalidInput("invalid_input", f"{summary}; {undone}", "mend the file and try again")
        error.problems = tuple(told) if len(told) > 1 else ()
        raise error


def _name(role: str) -> str:
    """The name of the parameter of a role: that of its option."""
    return HELP[role][0].removeprefix("--").replace("-", "_")
