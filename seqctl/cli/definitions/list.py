"""`sequence list` and its like: all definitions of a kind."""

from seqctl.cli.definitions.kinds import KINDS
from seqctl.cli.grammar.declaration import Command
from seqctl.cli.output import print_list
from seqctl.cli.session import Session


def command_of(name: str) -> Command:
    """The command for one kind."""
    kind = KINDS[name]

    def list_definitions(session: Session) -> None:
        from seqctl.actions import read_catalogue

        with session.open() as store:
            defined = kind.defined(read_catalogue(store)).values()
        print_list([kind.shown(item, session.format) for item in defined], kind.columns, session.format)

    return kind.command("list", list_definitions)
