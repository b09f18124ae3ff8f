"""`upgrade`: the database of an older seqctl in the present schema."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Command
from seqctl.cli.layout import Layout
from seqctl.cli.output import print_list
from seqctl.cli.session import Session


def upgrade(session: Session, dry_run: options.DryRun = False) -> None:
    """Bring the database of an older seqctl to the present schema."""
    from seqctl.process import Clock
    from seqctl.store import pending_steps
    from seqctl.store import upgrade as apply

    if dry_run:
        steps = pending_steps(session.path, session.actor, Clock(), session.timeout)
    else:
        steps = apply(session.path, session.actor, Clock(), session.timeout)
        if steps:
            _begin_mark(session)
    print_list([{"step": step} for step in steps], Layout(("step",), noun="step"), session.format)


def _begin_mark(session: Session) -> None:
    """An upgraded book gets a mark of the present form."""
    from seqctl.actions.copying.accept import begin_mark
    from seqctl.cli.errors import warn

    with session.open() as store:
        told = begin_mark(store)
    if told is not None:
        warn(told)


COMMAND = Command(upgrade, example="upgrade")
