"""What `next`, `reserve` and `peek` share: drawing numbers, and how they are shown."""

from seqctl.cli.errors import warn
from seqctl.cli.output import rendered_list, rendered_record
from seqctl.cli.session import Session, asking
from seqctl.cli.shown import number_shown
from seqctl.model.number.issue import Issue
from seqctl.model.number.request import Request
from seqctl.process import check_stdout, deliver, interrupted, way_back


def draw(session: Session, request: Request, reference: bool) -> None:
    """Issue or reserve, and print, with the references of the numbers where these are asked for."""
    from seqctl.actions.issuing.issue import issue

    check_stdout()
    request.with_reference = reference
    with session.open() as store:
        again = way_back(request.key)
        try:
            issued = asking(lambda: issue(store, request), request)
            deliver(issued.texts, again, shown(issued, request, session, reference))
        except KeyboardInterrupt:
            if store.committed:
                raise interrupted(again) from None
            raise
    warn_of(issued)


def warn_of(issued: Issue) -> None:
    """Print the warnings of an issue."""
    for warning in issued.warnings:
        warn(warning)


def shown(issued: Issue, request: Request, session: Session, reference: bool) -> str:
    """Bare numbers, or what -o asks for; one number is an object in JSON, a batch always an array.

    `reference` puts the reference of each behind it, as the banks of its country print it.
    """
    if reference and issued.scheme is None:
        from seqctl.actions.ledger.refusals import no_reference

        raise no_reference(issued.sequence)
    if session.format is None and reference:
        from seqctl.model.reference.schemes import SCHEMES

        scheme = SCHEMES[str(issued.scheme)]
        pairs = [(number.number, number.reference) for number in issued.known()]
        return "".join(f"{text}\t{'' if kept is None else scheme.printed(kept)}\n" for text, kept in pairs)
    if session.format is None:
        return "\n".join(issued.texts) + "\n"
    from seqctl.cli.numbers.numbers import LAYOUT

    objects = list(map(number_shown, issued.known()))
    if session.format == "json" and request.count == 1:
        return "".join(rendered_record(objects[0], session.format))
    return "".join(rendered_list(objects, LAYOUT, session.format, zone=session.zone))
