"""`views`: the ledger, the gaps and the log as views, for SQL."""

from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.layout import Layout
from seqctl.cli.output import print_list, print_text
from seqctl.cli.session import Session
from seqctl.errors import UsageError


def make_for_analysts(
    session: Session,
    drop: Annotated[bool, option("--drop", help="Remove the views.")] = False,
    script: Annotated[
        bool, option("--script", help="Print the SQL that makes them for one connection; change nothing.")
    ] = False,
) -> None:
    """Make views for those who read the book by SQL.

    They are numbers_view, gaps_view and events_view. A book in a file gets them when they are asked
    for, since they make each start of the program a little slower. They hold nothing and change no number.
    """
    from seqctl.actions.book.views import drop_views, make_views, views_script

    if drop and script:
        raise UsageError("--drop and --script exclude each other", "give one of them")
    with session.open() as store:
        if script:
            print_text([views_script(store)])
            return
        names, action = (drop_views(store), "removed") if drop else (make_views(store), "made")
    print_list(
        [{"view": name, "action": action} for name in names],
        Layout(("view", "action"), noun="view"),
        session.format,
    )


COMMAND = Command(make_for_analysts, example="views")
