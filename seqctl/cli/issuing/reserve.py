"""`reserve`: numbers are held until a deadline."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, option
from seqctl.cli.issuing.drawing import draw
from seqctl.cli.issuing.requests import requesting
from seqctl.cli.session import Session
from seqctl.model.number.request import Request


def reserve_numbers(
    session: Session,
    request: Request,
    ttl: Annotated[
        str | None,
        option("--ttl", metavar="DURATION", help="How long it is held. Default: as the sequence says."),
    ] = None,
    reference: options.WithReference = False,
) -> None:
    """Hold the next number until a deadline; confirm or release it."""
    request.reserve, request.ttl = True, ttl
    draw(session, request, reference)


COMMAND = requesting(reserve_numbers, example="reserve invoice --ttl 30m")
