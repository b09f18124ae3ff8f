"""`audit verify`: the hash chain of the log, and the ledger against it."""

from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.linting.findings import FOUND, LAYOUT, finding_object
from seqctl.cli.output import print_list, print_row, print_text
from seqctl.cli.session import Session


def verify_log(
    session: Session,
    anchor: Annotated[
        str | None,
        option("--anchor", metavar="HASH", help="An earlier head, or at least 8 digits of it."),
    ] = None,
) -> int:
    """Verify the log, and ledger and definitions against it.

    The schema is verified too. Exit 3 with findings.

    Only an anchor that was noted elsewhere shows that the end of the log was cut off, or all of it rewritten.
    """
    from seqctl.actions.audit.verify import verify
    from seqctl.cli.progress import watching

    with session.open() as store:
        with store.read() as transaction:
            total = transaction.events.count()
        with watching("events", total) as watch:
            verified = verify(store, anchor, watch)
    if verified.findings:
        print_list([finding_object(finding) for finding in verified.findings], LAYOUT, session.format)
        return FOUND
    summary = {
        "events": verified.events,
        "numbers": verified.numbers,
        "head": verified.head,
        "anchor": verified.anchor,
    }
    if session.format is not None:
        print_row(summary, session.format)
        return 0
    at = f", the anchor at event {verified.anchor}" if anchor is not None else ""
    print_text(
        [f"verified {verified.events} events and {verified.numbers} numbers{at}; head {verified.head}\n"]
    )
    return 0


COMMAND = Command(verify_log, example="audit verify --anchor 8f1edf5e")
