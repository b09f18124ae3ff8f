"""`set assign`: whom a set serves."""

from seqctl.cli import options
from seqctl.cli.definitions.changes import print_changes
from seqctl.cli.definitions.kinds import KINDS
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
    from seqctl.actions.definitions.sets import assign_set

    with session.open() as store:
        plan = assign_set(store, name, owners, dry_run)
    print_changes(plan, session)


def command_of(kind: str) -> Command:
    """The command, which sets alone have."""
    parameters = [KINDS[kind].argument, *declared(assign)]
    return Command(assign, parameters, example="set assign europe account:ACME")
