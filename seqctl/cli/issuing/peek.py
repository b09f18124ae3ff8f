"""`peek`: the numbers that would be issued."""

from seqctl.cli import options
from seqctl.cli.issuing.drawing import shown, warn_of
from seqctl.cli.issuing.requests import requesting
from seqctl.cli.output import print_text
from seqctl.cli.session import Session, asking
from seqctl.model.number.request import Request


def peek_numbers(session: Session, request: Request, reference: options.WithReference = False) -> None:
    """Show what `next` would print. Consumes nothing."""
    from seqctl.actions.issuing.issue import peek

    request.with_reference = reference
    with session.open() as store:
        seen = asking(lambda: peek(store, request), request)
    warn_of(seen)
    print_text([shown(seen, request, session, reference)])


COMMAND = requesting(peek_numbers, example="peek invoice -n 3")
