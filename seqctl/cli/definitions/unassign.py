"""`set unassign`: owners whom the default set serves again."""

from seqctl.cli import options
from seqctl.cli.files.changes import print_changes
from seqctl.cli.grammar.declaration import Annotated, Command, argument
from seqctl.cli.session import Session

OWNER = "Whom the set serves, as in account:ACME."


def unassign(
    session: Session,
    owners: Annotated[list[str], argument(metavar="KIND:ID...", help=OWNER)],
    dry_run: options.DryRun = False,
) -> None:
    """Take owners off their sets; the default set serves them then."""
    from seqctl.actions import unassign_set

    with session.open() as store:
        plan = unassign_set(store, owners, dry_run)
    print_changes(plan, session)


COMMAND = Command(unassign, example="set unassign account:ACME")
