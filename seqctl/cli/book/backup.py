"""`backup`: a consistent copy of the book while others write."""

from seqctl.cli.grammar.declaration import Annotated, Command, argument
from seqctl.cli.output import print_record
from seqctl.cli.session import Session
from seqctl.cli.shown import shown


def back_up(
    session: Session,
    file: Annotated[str, argument(metavar="FILE", help="Where the copy goes; what is there is replaced.")],
) -> None:
    """Copy the book as it stands at one moment, while others write; check the copy, then put it in place."""
    from seqctl.actions.copying.backup import prove_copy
    from seqctl.clock import ProcessClock
    from seqctl.store.sqlite.engine import open_book
    from seqctl.store.sqlite.file.copying import begin_copy, end_copy, give_up

    with session.open() as store:
        temporary, path = begin_copy(store, file)
    try:
        with open_book(temporary, session.actor, ProcessClock(), session.timeout) as copy:
            backup = prove_copy(copy, file)
        end_copy(temporary, path)
    finally:
        give_up(temporary)
    print_record(shown(backup), session.format)


COMMAND = Command(back_up, example="backup /safe/numbers-monday.db")
