"""`range annul`: what no document holds of a range is explained, and nothing more is given out of it."""

from seqctl.cli import options
from seqctl.cli.gaps.selecting import LAYOUT
from seqctl.cli.grammar.declaration import Annotated, Command, argument
from seqctl.cli.output import print_list
from seqctl.cli.session import Session, asking
from seqctl.cli.shown import gap_shown
from seqctl.model.classes import mutable
from seqctl.model.text import composed

RangeName = Annotated[str, argument(metavar="ID", read=composed, help="The id of the range.")]


@mutable
class Agreement:
    """Whether a person agreed that a range which is open or planned gives out nothing more."""

    confirmed: bool


def annul(
    session: Session,
    name: RangeName,
    reason: options.Reason,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
) -> None:
    """Block the numbers of a range that no document holds.

    The runs that were blocked are listed."""
    from seqctl.actions.ranges.annul import annul_range

    why, agreement = options.reason_text(reason), Agreement(yes)
    with session.open() as store:
        gaps = asking(
            lambda: annul_range(store, name, why, confirmed=agreement.confirmed, dry_run=dry_run), agreement
        )
    print_list(map(gap_shown, gaps), LAYOUT, session.format, zone=session.zone)


COMMAND = Command(annul, example='range annul CAF-33-501 --reason "lapsed in November"')
