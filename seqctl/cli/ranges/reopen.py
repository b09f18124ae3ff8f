"""`range reopen`: an annulled range gives out numbers again."""

from seqctl.cli import options
from seqctl.cli.gaps.selecting import LAYOUT
from seqctl.cli.grammar.declaration import Command
from seqctl.cli.output import print_list
from seqctl.cli.ranges.annul import RangeName
from seqctl.cli.session import Session
from seqctl.cli.shown import gap_shown


def reopen_annulled(
    session: Session, name: RangeName, reason: options.Reason, dry_run: options.DryRun = False
) -> None:
    """Make the blanks of an annulled range what they were.

    They are new again, or to be issued again; the latter are listed."""
    from seqctl.actions.ranges.annul import reopen_range

    why = options.reason_text(reason)
    with session.open() as store:
        gaps = reopen_range(store, name, why, dry_run=dry_run)
    print_list(map(gap_shown, gaps), LAYOUT, session.format, zone=session.zone)


COMMAND = Command(reopen_annulled, example='range reopen CAF-33-501 --reason "the authority extended it"')
