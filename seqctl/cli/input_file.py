"""`--input`: the options of every command that reads a file of numbers, and the file that they mean."""

import os

from seqctl.cli import options
from seqctl.cli.errors import line, visible
from seqctl.cli.grammar.declaration import Parameter, option
from seqctl.errors import SeqctlError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from seqctl.definitions.tables.table import TableFile

    Read = TypeVar("Read")
    Outcome = TypeVar("Outcome")

HELP = {
    "number": ("--column", "The numbers. Default: a column of that name; else one number a line."),
    "first_number": ("--column", "The numbers, or the first ones of runs; last_number has the last ones."),
    "date": ("--date-column", "Their document dates."),
    "record": ("--record-column", "Their documents."),
    "state": ("--state-column", "Their states: issued, reserved, void, voided, cancelled or canceled."),
    "reason": ("--reason-column", "Why they are as they are."),
    "sequence": ("--sequence-column", "Their sequences."),
    "policy": ("--policy-column", "The policies that choose their sequences."),
    "actor": ("--actor-column", "Who issued them."),
    "document_type": ("--type-column", "Their document types, where their sequences number several."),
}
"""The option of each role that a column may have, and what it says. Each is looked for by its heading too."""

STATE_WORD = option(
    "--state-word", metavar="WORD=STATE", help="What a word for a state means: storniert=void."
)


LISTS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".json", ".jsonl")


def names_a_list(word: str) -> bool:
    """Whether a word of a command line looks like the name of a file that holds a list."""
    return word.casefold().endswith(LISTS)


def file_parameters(*roles: str) -> list[Parameter]:
    """The options of a command that reads columns with these roles, and those of the form of a file.

    Columns that have no option are found by their headings alone.
    """
    columns = [
        Parameter(_name(role), str, option(HELP[role][0], metavar="COLUMN", help=HELP[role][1]), None)
        for role in roles
        if role in HELP
    ]
    if "state" in roles and "number" in roles:
        columns.append(Parameter("state_word", list[str], STATE_WORD, None))
    return [
        *columns,
        Parameter("date_format", str, options.DATE_FORMAT, None),
        Parameter("decimal", str, options.DECIMAL, None),
        Parameter("encoding", str, options.ENCODING, None),
        Parameter("pad", bool, PAD, False),
    ]


def table_file(
    path: str,
    roles: tuple[str, ...],
    given: "dict[str, Any]",
    needed: tuple[str, ...] = (),
    unwanted: tuple[str, ...] = (),
) -> "TableFile":
    """The file that a command reads, from the values of `file_parameters`. Raises UsageError.

    See `Form` for what is `needed` and `unwanted`.
    """
    from seqctl.definitions.tables.table import Form, TableFile

    named = [role for role in roles if role in HELP and given[_name(role)] is not None]
    columns = {role: given[_name(role)] for role in named}
    encoding = options.encoding(given["encoding"])
    return TableFile(path, roles, Form(columns, given["date_format"], encoding, needed, unwanted))


def reading_anew(
    path: str | None, read: "Callable[[], Read]", act: "Callable[[Read], Outcome]", given: "Read"
) -> "tuple[Read, Outcome]":
    """Do it with what was read; where its session was lost and nothing done, read and do all of it again.

    Returns what was read last, and what came of it. Standard input and pipes cannot be read again: the error
    then stands.
    """
    while True:
        try:
            return given, act(given)
        except SeqctlError as error:
            if not error.again or not readable_again(path):
                raise
        given = read()


def readable_again(path: str | None) -> bool:
    """Whether what a command reads can be read once more: it names no file, or a regular one."""
    if path is None:
        return True
    from seqctl.definitions.tables.opening import STANDARD_INPUT

    return path != STANDARD_INPUT and os.path.isfile(path)


PAD = option("--pad", help="Give numbers back the leading zeros that a spreadsheet took from them.")


def words_for_states(given: "dict[str, Any]") -> dict[str, str]:
    """What the words of a file for states mean. Raises UsageError."""
    from seqctl.model.reports.state_words import state_words

    return state_words(options.pairs(given["state_word"], "--state-word", "storniert=void", "WORD=STATE"))


def refuse_form(given: "dict[str, Any]", named_by: str = "--input") -> None:
    """Refuse the options of a file where none is given. Raises UsageError."""
    for name, value in given.items():
        if value not in (None, False):
            flag = "--" + name.replace("_", "-")
            raise UsageError(f"{flag} is for a file: give {named_by} FILE")


def tell(file: "TableFile") -> None:
    """Say on stderr how a file was read, where nobody said how to."""
    for note in file.notes:
        line(f"seqctl: {visible(file.name)}: {visible(note)}")


def _name(role: str) -> str:
    """The name of the parameter of a role: that of its option."""
    return HELP[role][0].removeprefix("--").replace("-", "_")
