"""`gaps restore`: missing numbers go out again."""

from seqctl.cli.gaps.changing import Named, changing, show_runs
from seqctl.cli.session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.gaps.list_gaps import GapFilter


def restore(session: Session, wanted: "GapFilter", runs: Named, reason: str, dry_run: bool) -> None:
    """Let missing numbers, and those under review, go out again."""
    from seqctl.actions.gaps.change import restore_gaps

    with session.open() as store:
        show_runs(session, restore_gaps(store, wanted, runs, reason, dry_run=dry_run))


COMMAND = changing(restore, example='gaps restore invoice INV-2026-00007 --reason "never sent"')
