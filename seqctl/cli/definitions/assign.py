"""`set assign`: whom a set serves."""

from seqctl.cli import options
from seqctl.cli.definitions.kinds import SET
from seqctl.cli.files.changes import print_changes
from seqctl.cli.grammar.declaration import Annotated, Command, argument, declared, option
from seqctl.cli.session import Session
from seqctl.errors import UsageError

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


def assign(
    session: Session,
    name: str,
    owners: Annotated[list[str] | None, argument(metavar="KIND:ID...", help=OWNER)] = None,
    input_file: Input = None,
    column: Column = None,
    encoding: options.Encoding = None,
    dry_run: options.DryRun = False,
) -> None:
    """Let a set serve owners: customers, subscriptions, branches."""
    from seqctl.actions import assign_set

    if input_file is not None:
        if owners:
            raise UsageError("owners are given, and a file of them too", "give the one or the other")
        owners = _of_file(input_file, column, encoding)
    elif column is not None or encoding is not None:
        raise UsageError("--column and --encoding are for a file: give --input FILE")
    if not owners:
        raise UsageError("Missing argument 'KIND:ID...'.", "name owners, or a file of them with --input FILE")
    with session.open() as store:
        plan = assign_set(store, name, owners, dry_run)
    print_changes(plan, session)


def _of_file(path: str, column: str | None, encoding: str | None) -> list[str]:
    """The owners of a file, each once. Raises InvalidInput with everything that is wrong with it."""
    from seqctl.cli.errors import visible
    from seqctl.cli.input_file import tell
    from seqctl.definitions.tables.opening import unfit
    from seqctl.definitions.tables.table import Form, TableFile
    from seqctl.model.cell import unguarded
    from seqctl.model.owner import split_owner

    columns = {} if column is None else {"owner": column}
    file = TableFile(path, ("owner",), Form(columns, None, options.encoding(encoding)))
    owners: dict[str, None] = {}
    for rows in file:
        for line, cell in rows:
            owner = unguarded(cell.strip())
            try:
                split_owner(owner)
            except ValueError as error:
                file.faults.append((line, str(error)))
                continue
            owners[owner] = None
    if file.faults:
        raise unfit(visible(file.name), file.faults, "no set was assigned")
    tell(file)
    return list(owners)


COMMAND = Command(assign, [SET.argument, *declared(assign)], example="set assign europe account:ACME")
