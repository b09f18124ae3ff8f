"""`copy --accept`: a restored or copied book is the one that goes on."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.options import reason_text
from seqctl.cli.output import print_record
from seqctl.cli.session import Session
from seqctl.errors import UsageError


def copy(
    session: Session,
    reason: options.Reason,
    accept: Annotated[
        bool, option("--accept", help="Let numbers go out from this restored or copied book again.")
    ] = False,
) -> None:
    """Say of a restored or copied book that it goes on, once every counter stands where it stood.

    What was lost is entered first: refused as long as a counter stands below the mark beside the book.
    Changes nothing where nothing is amiss.
    """
    from seqctl.actions.copying.accept import accept_copy

    why = reason_text(reason)
    if not accept:
        raise UsageError("--accept is missing", "write: seqctl copy --accept --reason TEXT")
    with session.open() as store:
        event = accept_copy(store, why)
    print_record({"database": session.path, "accepted_by_event": event}, session.format)


COMMAND = Command(copy, example='copy --accept --reason "restored from Monday, voids entered again"')
