"""`set assign`: whom a set serves."""

from seqctl.cli import options
from seqctl.cli.definitions.kinds import SET
from seqctl.cli.files.changes import print_changes
from seqctl.cli.grammar.declaration import Annotated, Command, argument, declared
from seqctl.cli.session import Session

OWNER = "Whom the set serves, as in account:ACME."


def assign(
    session: Session,
    name: str,
    owners: Annotated[list[str], argument(metavar="KIND:ID...", help=OWNER)],
    dry_run: options.DryRun = False,
) -> None:
    """Let a set serve owners: customers, subscriptions, branches."""
    from seqctl.actions import assign_set

    with session.open() as store:
        plan = assign_set(store, name, owners, dry_run)
    print_changes(plan, session)


COMMAND = Command(assign, [SET.argument, *declared(assign)], example="set assign europe account:ACME")
