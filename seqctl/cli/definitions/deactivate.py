"""`sequence deactivate` and `policy deactivate`: what is defined stays, and does nothing more."""

from seqctl.cli.definitions.activate import changing_status
from seqctl.cli.grammar.declaration import Command


def command_of(kind: str) -> Command:
    """The command for one kind."""
    return changing_status(kind, "deactivate", "inactive")
