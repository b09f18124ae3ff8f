"""`confirm`: the documents of reserved numbers exist."""

from seqctl.cli import options
from seqctl.cli.errors import warn
from seqctl.cli.grammar.declaration import Command
from seqctl.cli.numbers.changing import Numbers, Type, show_changed, wanted_numbers
from seqctl.cli.session import Agreement, Session, asking


def confirm_numbers(
    session: Session,
    numbers: Numbers,
    record: options.Record = None,
    date: options.DocumentDate = None,
    document_type: Type = None,
    sequence: options.SequenceName = None,
    period: options.Period = None,
    yes: options.Yes = False,
) -> None:
    """Make reserved numbers issued ones: their document exists."""
    from seqctl.actions.numbers.change import confirm
    from seqctl.model.number.request import check_line
    from seqctl.model.time.instant import check_date

    if date is not None:
        check_date(date)
    check_line("record", record)
    wanted = wanted_numbers(document_type, sequence, period)
    warnings: list[str] = []
    with session.open() as store:
        agreement = Agreement(yes)
        done = asking(
            lambda: confirm(
                store,
                numbers,
                wanted,
                date=date,
                record=record,
                confirmed=agreement.confirmed,
                warn=warnings.append,
            ),
            agreement,
        )
        for warning in warnings:
            warn(warning)
        show_changed(session, done)


COMMAND = Command(confirm_numbers, example="confirm INV-2026-00007 --record 4711")
