"""What `next`, `reserve` and `peek` share: drawing numbers, and how they are shown."""

from seqctl.cli.errors import warn
from seqctl.cli.output import rendered_list, rendered_record
from seqctl.cli.session import Session, asking
from seqctl.cli.shown import number_shown
from seqctl.model.number.issue import Issue
from seqctl.model.number.request import Request
from seqctl.process import check_stdout, deliver, interrupted, way_back


def draw(session: Session, request: Request) -> None:
    """Issue or reserve, and print."""
    from seqctl.actions.issuing.issue import issue

    check_stdout()
    with session.open() as store:
        again = way_back(request.key)
        try:
            issued = asking(lambda: issue(store, request), request)
            deliver(issued.texts, again, shown(issued, request, session))
        except KeyboardInterrupt:
            if store.committed:
                raise interrupted(again) from None
            raise
    warn_of(issued)


def warn_of(issued: Issue) -> None:
    """Print the warnings of an issue."""
    for warning in issued.warnings:
        warn(warning)


def shown(issued: Issue, request: Request, session: Session) -> str:
    """Bare numbers, or what -o asks for; one number is an object in JSON, a batch always an array."""
    if session.format is None:
        return "\n".join(issued.texts) + "\n"
    from seqctl.cli.numbers.numbers import LAYOUT

    objects = list(map(number_shown, issued.known()))
    if session.format == "json" and request.count == 1:
        return "".join(rendered_record(objects[0], session.format))
    return "".join(rendered_list(objects, LAYOUT, session.format, zone=session.zone))
