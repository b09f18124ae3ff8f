"""`copy`: a book moves to another file or server; or one that was restored is the one that goes on."""

from itertools import count

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.options import reason_text
from seqctl.cli.output import print_record
from seqctl.cli.session import Session
from seqctl.cli.shown import shown
from seqctl.errors import UsageError
from seqctl.store import shown_path

STEPS = 16
"""How many steps a move reports: each table, and the proof."""


def copy(
    session: Session,
    to: Annotated[
        str | None,
        option(
            "--to", metavar="PATH_OR_URL", help="Move the book to this file or server, which must be empty."
        ),
    ] = None,
    abandon: Annotated[
        bool, option("--abandon", help="Give up an interrupted move; the book stays here.")
    ] = False,
    accept: Annotated[
        bool, option("--accept", help="Allow this restored or copied book to issue numbers.")
    ] = False,
    reason: options.OptionalReason = None,
) -> None:
    """Move a book to another file or server; one live book stays.

    With --to the book says that it moves and is written to no more; the copy is checked and opened, and this
    one says where it went. A move that broke is run again, or given up with --abandon, which takes away what
    was copied. With --accept a restored or copied book goes on, once every counter stands where it stood:
    what was lost is entered first. Moving needs no reason, the others do.
    """
    why = None if reason is None else reason_text(reason)
    if (to is not None) + abandon + accept != 1:
        raise UsageError(
            "one of --to, --abandon and --accept is needed",
            "write: seqctl copy --to PATH_OR_URL, or seqctl copy --accept --reason TEXT",
        )
    if to is not None:
        _move(session, to)
        return
    if why is None:
        raise UsageError("--reason is missing", "say why; the log keeps it")
    if abandon:
        _abandon(session, why)
    else:
        _accept(session, why)


def _move(session: Session, to: str) -> None:
    from seqctl.actions.copying.move import move_book
    from seqctl.cli.errors import warn
    from seqctl.cli.progress import watching_steps
    from seqctl.process import ProcessClock
    from seqctl.store import open_place, refuse_password

    if not to.strip():
        raise UsageError("--to names no file and no server", "write: seqctl copy --to PATH_OR_URL")
    refuse_password(to)
    with session.open() as store:
        place = open_place(to, session.actor, ProcessClock(), session.timeout)
        steps = count(1)
        try:
            with watching_steps("", STEPS) as watch:
                moved = move_book(store, place, lambda work: watch(work, next(steps), STEPS), warn)
        finally:
            place.close()
    print_record({"from": session.path, "to": moved.address, **shown(moved, "address")}, session.format)


def _abandon(session: Session, why: str) -> None:
    from seqctl.actions.copying.abandon import abandon_move
    from seqctl.process import ProcessClock
    from seqctl.store import reached_place

    with session.open() as store:
        address = abandon_move(
            store, lambda where: reached_place(where, session.actor, ProcessClock(), session.timeout), why
        )
    print_record({"database": session.path, "stays": True, "abandoned": address}, session.format)


def _accept(session: Session, why: str) -> None:
    from seqctl.actions.copying.accept import accept_copy

    with session.open() as store:
        event = accept_copy(store, why)
    print_record({"database": shown_path(session.path), "accepted_by_event": event}, session.format)


COMMAND = Command(copy, example="copy --to postgresql://seqctl@db.example/numbers")
