"""`sequence show` and its like: one definition."""

from seqctl.cli.definitions.kinds import KINDS
from seqctl.cli.grammar.declaration import Command
from seqctl.cli.output import print_record
from seqctl.cli.session import Session


def command_of(kind_name: str) -> Command:
    """The command for one kind."""
    kind = KINDS[kind_name]

    def show_one(session: Session, name: str) -> None:
        from seqctl.actions.definitions.list_definitions import show_definition

        with session.open() as store:
            found = show_definition(store, kind_name, name)
        print_record(kind.shown(*found, session.format), session.format, session.zone)

    return kind.command("show", show_one, [kind.argument])
