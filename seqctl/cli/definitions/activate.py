"""`sequence activate` and `policy activate`: what was stopped goes on."""

from seqctl.cli import options
from seqctl.cli.definitions.kinds import KINDS
from seqctl.cli.files.changes import print_changes
from seqctl.cli.grammar.declaration import Command, declared
from seqctl.cli.session import Session


def command_of(kind: str) -> Command:
    """The command for one kind."""
    return changing_status(kind, "activate", "active")


def changing_status(kind: str, verb: str, status: str) -> Command:
    """A command that gives a definition a status."""

    def change(session: Session, name: str, dry_run: options.DryRun = False) -> None:
        from seqctl import actions

        with session.open() as store:
            plan = getattr(actions, f"edit_{kind}")(store, name, {"status": status}, dry_run=dry_run)
        print_changes(plan, session)

    return KINDS[kind].command(verb, change, [KINDS[kind].argument, *declared(change)])
