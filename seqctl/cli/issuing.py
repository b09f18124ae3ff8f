"""`next`, `reserve` and `peek`: numbers, one a line."""

from __future__ import annotations

from typing import Annotated

import typer

from seqctl.cli import options
from seqctl.cli.deliver import check_stdout, deliver, interrupted, way_back
from seqctl.cli.errors import warn
from seqctl.cli.output import print_text, rendered_list, rendered_record
from seqctl.cli.requests import with_request
from seqctl.cli.session import Session, asking, shared
from seqctl.model.issue import Issue
from seqctl.model.request import Request

COLUMNS = (
    *("number", "sequence", "period", "date", "state", "record", "scope", "key", "value"),
    *("document_type", "policy", "set", "reused", "issued_at", "actor"),
)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("next", epilog=options.EXAMPLE + "next invoice --date 2026-11-21 --key order-7")(
        shared(with_request(next_numbers))
    )
    app.command("reserve", epilog=options.EXAMPLE + "reserve invoice --ttl 30m")(
        shared(with_request(reserve_numbers))
    )
    app.command("peek", epilog=options.EXAMPLE + "peek invoice -n 3")(shared(with_request(peek_numbers)))


def next_numbers(session: Session, request: Request) -> None:
    """Issue the next number, or COUNT numbers from one transaction."""
    _draw(session, request)


def reserve_numbers(
    session: Session,
    request: Request,
    ttl: Annotated[
        str | None,
        typer.Option("--ttl", metavar="DURATION", help="How long it is held. Default: as the sequence says."),
    ] = None,
) -> None:
    """Hold the next number until a deadline: confirm it once its document exists, or release it."""
    request.reserve, request.ttl = True, ttl
    _draw(session, request)


def _draw(session: Session, request: Request) -> None:
    """Issue or reserve, and print."""
    from seqctl.actions.issuing import issue

    check_stdout()
    with session.open() as store:
        again = way_back(request.key)
        try:
            issued = asking(lambda: issue(store, request), request)
            deliver(issued.texts, again, _shown(issued, request, session))
        except KeyboardInterrupt:
            if store.committed:
                raise interrupted(again) from None
            raise
    _warn(issued)


def peek_numbers(session: Session, request: Request) -> None:
    """Show what `next` would print. Consumes nothing."""
    from seqctl.actions.issuing import peek

    with session.open() as store:
        seen = asking(lambda: peek(store, request), request)
    _warn(seen)
    print_text([_shown(seen, request, session)])


def _warn(issued: Issue) -> None:
    for warning in issued.warnings:
        warn(warning)


def _shown(issued: Issue, request: Request, session: Session) -> str:
    """Bare numbers, or what -o asks for; one number is an object in JSON, a batch always an array."""
    if session.format is None:
        return "\n".join(issued.texts) + "\n"
    objects = issued.objects()
    if session.format == "json" and request.count == 1:
        return "".join(rendered_record(objects[0], session.format))
    return "".join(rendered_list(objects, COLUMNS, session.format))
