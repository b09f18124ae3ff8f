"""`audit head`: the hash of the last event."""

from seqctl.cli.grammar.declaration import Command
from seqctl.cli.output import print_row, print_text
from seqctl.cli.session import Session


def print_head(session: Session) -> None:
    """Print the hash of the last event.

    Noted elsewhere it is an anchor for `audit verify`.
    """
    from seqctl.actions.audit.log import log_head

    with session.open() as store:
        number, digest = log_head(store)
    if session.format is None:
        print_text([digest + "\n"])
    else:
        print_row({"id": number, "hash": digest}, session.format)


COMMAND = Command(print_head, example="audit head")
