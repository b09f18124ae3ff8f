"""`sequence remove` and its like: a definition that nothing uses goes, after a yes."""

from seqctl.cli import options
from seqctl.cli.definitions.kinds import KINDS
from seqctl.cli.files.changes import print_changes
from seqctl.cli.grammar.declaration import Command, declared
from seqctl.cli.session import Session, confirmed


def command_of(kind: str) -> Command:
    """The command for one kind."""

    def remove(
        session: Session, name: str, yes: options.Yes = False, dry_run: options.DryRun = False
    ) -> None:
        """What is in the way is told before anybody is asked."""
        from seqctl.actions import remove_definition

        with session.open() as store:
            plan = remove_definition(store, kind, name, dry_run=True)
            if not dry_run:
                confirmed(f"{kind} {name!r} will be removed", yes)
                plan = remove_definition(store, kind, name, dry_run=False)
        print_changes(plan, session)

    return KINDS[kind].command("remove", remove, [KINDS[kind].argument, *declared(remove)])
