"""`sequence remove` and its like: a definition that nothing uses goes, after a yes."""

from seqctl.cli import options
from seqctl.cli.definitions.changes import print_changes
from seqctl.cli.definitions.kinds import KINDS
from seqctl.cli.grammar.declaration import Command, declared
from seqctl.cli.session import Session, confirmed

HELP = {
    "sequence": ("Remove a sequence that was never used and that no set names.", "invoice"),
    "set": ("Remove a set that is not the default and has no owners.", "europe"),
    "policy": ("Remove a policy that never chose for a number.", "big"),
    "calendar": ("Remove a calendar that no sequence uses.", "india"),
}


def command_of(kind: str) -> Command:
    """The command for one kind."""

    def remove(
        session: Session, name: str, yes: options.Yes = False, dry_run: options.DryRun = False
    ) -> None:
        """What is in the way is told before anybody is asked."""
        from seqctl.actions.definitions.remove import remove_definition

        with session.open() as store:
            plan = remove_definition(store, kind, name, dry_run=True)
            if not dry_run:
                confirmed(f"{kind} {name!r} will be removed", yes)
                plan = remove_definition(store, kind, name, dry_run=False)
        print_changes(plan, session)

    help, example = HELP[kind]
    parameters = [KINDS[kind].argument, *declared(remove)]
    return Command(remove, parameters, help=help, example=f"{kind} remove {example} --yes")
