"""`sequence activate` and `policy activate`: what was stopped goes on."""

from seqctl.cli import options
from seqctl.cli.definitions.changes import print_changes
from seqctl.cli.definitions.kinds import KINDS
from seqctl.cli.grammar.declaration import Command, declared
from seqctl.cli.session import Session

HELP = {
    "sequence": ("Let a sequence issue numbers.", "sequence activate invoice"),
    "policy": ("Let a policy choose.", "policy activate big"),
}


def command_of(kind: str) -> Command:
    """The command for one kind."""
    return changing_status(kind, "active", *HELP[kind])


def changing_status(kind: str, status: str, help: str, example: str) -> Command:
    """A command that gives a definition a status."""

    def change(session: Session, name: str, dry_run: options.DryRun = False) -> None:
        from seqctl.actions.definitions.policies import edit_policy
        from seqctl.actions.definitions.sequences import edit_sequence

        with session.open() as store:
            if kind == "sequence":
                plan = edit_sequence(store, name, {"status": status}, False, dry_run)
            else:
                plan = edit_policy(store, name, {"status": status}, dry_run)
        print_changes(plan, session)

    return Command(change, [KINDS[kind].argument, *declared(change)], help=help, example=example)
