"""`audit head`: the hash of the last event."""

from seqctl.cli.grammar.declaration import Command
from seqctl.cli.output import print_list, print_record, print_text
from seqctl.cli.session import Session

JSON = ("json", "jsonl")


def print_head(session: Session) -> None:
    """Print the hash of the last event: note it elsewhere, as an anchor for `audit verify`."""
    from seqctl.actions.audit.log import log_head

    with session.open() as store:
        number, digest = log_head(store)
    if session.format is None:
        print_text([digest + "\n"])
    elif session.format in JSON:
        print_record({"id": number, "hash": digest}, session.format)
    else:
        print_list([{"id": number, "hash": digest}], ("id", "hash"), session.format)


COMMAND = Command(print_head, example="audit head")
