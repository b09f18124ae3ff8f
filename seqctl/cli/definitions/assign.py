"""`set assign`: whom a set serves."""

from seqctl.cli import options
from seqctl.cli.definitions.kinds import SET
from seqctl.cli.files.changes import print_changes
from seqctl.cli.grammar.declaration import Annotated, Command, argument, declared, option
from seqctl.cli.session import Session
from seqctl.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from seqctl.model.reports.file_problems import FileProblem

OWNER = "Whom the set serves, as in account:ACME."
Input = Annotated[
    str | None,
    option(
        "--input",
        metavar="FILE",
        help="A file of them: a plain list, CSV, JSON or Excel; - is input.",
    ),
]
Column = Annotated[
    str | None, option("--column", metavar="COLUMN", help="The owners. Default: a column named owner.")
]
SkipInvalid = Annotated[
    bool, option("--skip-invalid", help="Skip owners that cannot be assigned; exit 3 if there were any.")
]


def assign(
    session: Session,
    name: str,
    owners: Annotated[list[str] | None, argument(metavar="KIND:ID...", help=OWNER)] = None,
    input_file: Input = None,
    column: Column = None,
    encoding: options.Encoding = None,
    skip_invalid: SkipInvalid = False,
    dry_run: options.DryRun = False,
) -> int:
    """Let a set serve owners: customers, subscriptions, branches."""
    from seqctl.actions import assign_set

    file = None
    if input_file is not None:
        if owners:
            raise UsageError("both owners and a file are given", "give one of them")
        file = _OwnerFile(input_file, column, encoding, skip_invalid)
        owners = file.owners
    elif column is not None or encoding is not None or skip_invalid:
        raise UsageError("--column, --encoding and --skip-invalid are for a file: give --input FILE")
    if not owners and file is None:
        raise UsageError("KIND:ID is missing", "name owners, or a file of them with --input FILE")
    with session.open() as store:
        plan = assign_set(store, name, owners or [], dry_run)
    print_changes(plan, session)
    return 0 if file is None else file.told(session.format)


class _OwnerFile:
    """The owners of a file, each once.

    Raises InvalidInput with everything that is wrong with it, unless owners that are none are to be skipped.
    """

    def __init__(self, path: str, column: str | None, encoding: str | None, skip_invalid: bool) -> None:
        from seqctl.cli.errors import visible
        from seqctl.definitions.tables.opening import unfit
        from seqctl.definitions.tables.table import Form, TableFile

        columns = {} if column is None else {"owner": column}
        self.file = TableFile(path, ("owner",), Form(columns, None, options.encoding(encoding)))
        self.name = visible(self.file.name)
        self.problems: list[FileProblem] = []
        self.owners = list(dict.fromkeys(self._read()))
        if self.file.faults or (self.problems and not skip_invalid):
            told = [(item.line, item.message) for item in self.problems]
            raise unfit(self.name, [*self.file.faults, *told], "no set was assigned")

    def told(self, output: str | None) -> int:
        """Say how the file was read, and what was skipped; 3 where something was."""
        from seqctl.cli.input_file import tell
        from seqctl.cli.linting.findings import tell_problems

        tell(self.file)
        return tell_problems("problems", self.problems, self.name, output)

    def _read(self) -> "Iterator[str]":
        from seqctl.model.cell import unguarded
        from seqctl.model.owner import split_owner
        from seqctl.model.reports.file_problems import FileProblem

        for rows in self.file:
            for line, cell in rows:
                owner = unguarded(cell.strip())
                try:
                    split_owner(owner)
                except ValueError as error:
                    self.problems.append(FileProblem(line, None, "invalid_input", str(error), None, "owner"))
                    continue
                yield owner


COMMAND = Command(assign, [SET.argument, *declared(assign)], example="set assign europe account:ACME")
