"""`next`: numbers are issued, one a line."""

from seqctl.cli import options
from seqctl.cli.issuing.drawing import draw
from seqctl.cli.issuing.requests import requesting
from seqctl.cli.session import Session
from seqctl.model.number.request import Request


def next_numbers(session: Session, request: Request, reference: options.WithReference = False) -> None:
    """Issue the next number, or COUNT numbers from one transaction."""
    draw(session, request, reference)


COMMAND = requesting(next_numbers, example="next invoice --date 2026-11-21 --key order-7")
