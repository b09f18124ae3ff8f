"""`backup`: a consistent copy of the book while others write."""

from seqctl.cli.grammar.declaration import Annotated, Command, argument
from seqctl.cli.output import print_record
from seqctl.cli.session import Session
from seqctl.cli.shown import shown


def back_up(
    session: Session,
    file: Annotated[str, argument(metavar="FILE", help="Where the copy goes; an existing file is replaced.")],
) -> None:
    """Copy the book as it stands, while others write, and verify it.

    What stands at FILE is replaced once the copy was verified.
    """
    from seqctl.actions.copying.backup import prove_copy
    from seqctl.process import ProcessClock
    from seqctl.store import open_book

    with session.open() as store:
        copying = store.copy_to(file)
    try:
        with open_book(copying.temporary, session.actor, ProcessClock(), session.timeout) as copy:
            backup = prove_copy(copy, file)
        copying.put_in_place()
    finally:
        copying.give_up()
    print_record(shown(backup), session.format)


COMMAND = Command(back_up, example="backup /safe/numbers-monday.db")
