"""The options that describe a request for numbers, shared by every command that takes one."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Command, declared
from seqctl.model.number.request import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.cli.grammar.declaration import Act
    from seqctl.cli.session import Session


def requesting(act: "Act", *, example: str, without: tuple[str, ...] = ()) -> Command:
    """A command that takes the target and the options of a request, and gets them as one `request`.

    `without` names options that it has no use for, or has itself in another form.
    """
    target, *described = [item for item in declared(request_of) if item.name not in without]

    def call(session: "Session", **given: "Any") -> int | None:
        request = request_of(**{item.name: given.pop(item.name) for item in (target, *described)})
        return act(session, request, **given)

    return Command(call, [target, *declared(act), *described], help=act, example=example)


def request_of(
    target: options.Target,
    count: options.Count = 1,
    contiguous: options.Contiguous = False,
    of_number: options.OfNumber = None,
    document_type: options.DocumentType = None,
    date: options.DocumentDate = None,
    set_name: options.SetName = None,
    owners_given: options.Owners = None,
    sequence: options.SequenceName = None,
    range_id: options.RangeId = None,
    attributes: options.Attributes = None,
    key: options.Key = None,
    record: options.Record = None,
    yes: options.Yes = False,
) -> Request:
    """The request that options describe. Raises UsageError."""
    if date is not None:
        from seqctl.model.time.instant import check_date

        check_date(date)
    return Request(
        target,
        count,
        contiguous=contiguous,
        date=date,
        set_name=set_name,
        owners=options.owners(owners_given),
        sequence=sequence,
        attributes=options.pairs(attributes, "--attr"),
        key=key,
        record=record,
        confirmed=yes,
        range=range_id,
        document_type=options.type_name(document_type),
        of=of_number,
    )
