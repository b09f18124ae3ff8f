"""`gaps review`: somebody looks into numbers that no document holds."""

from seqctl.cli.gaps.changing import Named, changing, show_runs
from seqctl.cli.session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.gaps.list_gaps import GapFilter


def review(session: Session, wanted: "GapFilter", runs: Named, reason: str, dry_run: bool) -> None:
    """Put numbers that no document holds under review: somebody looks into them."""
    from seqctl.actions.gaps.change import review_gaps

    with session.open() as store:
        show_runs(session, review_gaps(store, wanted, runs, reason, dry_run=dry_run))


COMMAND = changing(review, example='gaps review invoice --all --reason "asked the branch"')
