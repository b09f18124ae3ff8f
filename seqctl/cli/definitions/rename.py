"""`sequence rename` and its like: another name for the same definition."""

from seqctl.cli import options
from seqctl.cli.definitions.kinds import KINDS
from seqctl.cli.files.changes import warn_and_print
from seqctl.cli.grammar.declaration import Annotated, Command, argument, declared
from seqctl.cli.session import Session
from seqctl.model.text import composed

NewName = Annotated[str, argument(metavar="NEW", read=composed, help="The new name.")]


def command_of(kind: str) -> Command:
    """The command for one kind."""

    def rename(session: Session, name: str, new: NewName, dry_run: options.DryRun = False) -> None:
        from seqctl.actions import rename_definition

        with session.open() as store:
            plan = rename_definition(store, kind, name, new, dry_run)
        warn_and_print(plan, session)

    return KINDS[kind].command("rename", rename, [KINDS[kind].argument, *declared(rename)])
