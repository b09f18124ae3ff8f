"""`range show`: one range."""

from seqctl.cli.definitions.kinds import RANGE
from seqctl.cli.output import print_record
from seqctl.cli.ranges.shown import shown_range
from seqctl.cli.session import Session


def show(session: Session, name: str) -> None:
    """Show all fields of a range."""
    from seqctl.actions.definitions.list_ranges import show_range

    with session.open() as store:
        found = show_range(store, name)
    shown = shown_range(found)
    del shown["cursor"]
    print_record(shown, session.format, session.zone)


COMMAND = RANGE.command("show", show, [RANGE.argument])
