"""`gaps block`: numbers that are never given out."""

from seqctl.cli.gaps.changing import Named, changing, show_runs
from seqctl.cli.session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.gaps.list_gaps import GapFilter


def block(session: Session, wanted: "GapFilter", runs: Named, reason: str, dry_run: bool) -> None:
    """Explain numbers that no document holds: they are never given out."""
    from seqctl.actions.gaps.change import block_gaps

    with session.open() as store:
        show_runs(session, block_gaps(store, wanted, runs, reason, dry_run=dry_run))


COMMAND = changing(
    block, example='gaps block invoice INV-2026-00007..INV-2026-00012 --reason "lost in the migration"'
)
