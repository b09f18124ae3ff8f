"""`confirm`, `release`, `void`, `reinstate`, `expire`: what happens to a number after it was printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from seqctl.cli import options
from seqctl.cli.errors import warn
from seqctl.cli.options import EXAMPLE, reason_text
from seqctl.cli.output import print_list
from seqctl.cli.session import Agreement, Session, asking, shared
from seqctl.model.number_filter import NumberFilter
from seqctl.model.text import composed, document_type_name

COLUMNS = ("number", "state", "sequence", "period", "scope", "value", "date", "record")

Numbers = Annotated[
    list[str], typer.Argument(metavar="NUMBER...", parser=composed, help="The numbers as printed.")
]
Type = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="Their document type.")]
OptionalReason = Annotated[
    str | None,
    typer.Option("--reason", metavar="TEXT", help="Why; kept in the log. Issued numbers need it."),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for function, command, example in (
        (confirm_numbers, "confirm", "confirm INV-2026-00007 --record 4711"),
        (release_numbers, "release", 'release INV-2026-00007 --reason "order cancelled"'),
        (void_numbers, "void", 'void INV-2026-00007 --reason "wrong customer"'),
        (reinstate_numbers, "reinstate", 'reinstate INV-2026-00007 --reason "voided by mistake"'),
        (expire_reservations, "expire", "expire"),
    ):
        app.command(command, epilog=EXAMPLE + example)(shared(function))


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
    from seqctl.actions.living import confirm
    from seqctl.model.instant import check_date
    from seqctl.model.request import check_line

    if date is not None:
        check_date(date)
    check_line("record", record)
    wanted = _wanted(document_type, sequence, period)
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
        _show(session, done)


def release_numbers(
    session: Session,
    numbers: Numbers,
    reason: OptionalReason = None,
    document_type: Type = None,
    sequence: options.SequenceName = None,
    period: options.Period = None,
) -> None:
    """Give numbers back whose document never came to be; a gapless sequence gives them out again."""
    from seqctl.actions.living import release

    wanted = _wanted(document_type, sequence, period)
    why = None if reason is None else reason_text(reason)
    with session.open() as store:
        _show(session, release(store, numbers, why, wanted))


def void_numbers(
    session: Session,
    numbers: Numbers,
    reason: options.Reason,
    document_type: Type = None,
    sequence: options.SequenceName = None,
    period: options.Period = None,
) -> None:
    """Void issued numbers: they stay accounted for and never come again."""
    from seqctl.actions.living import void

    wanted = _wanted(document_type, sequence, period)
    why = reason_text(reason)
    with session.open() as store:
        _show(session, void(store, numbers, why, wanted))


def reinstate_numbers(
    session: Session,
    numbers: Numbers,
    reason: options.Reason,
    document_type: Type = None,
    sequence: options.SequenceName = None,
    period: options.Period = None,
) -> None:
    """Undo a void or a release that was a mistake: the number is its document's again."""
    from seqctl.actions.reinstating import reinstate

    wanted = _wanted(document_type, sequence, period)
    why = reason_text(reason)
    with session.open() as store:
        _show(session, reinstate(store, numbers, why, wanted))


def expire_reservations(session: Session) -> None:
    """Record all reservations whose deadline has passed as freed, and list them."""
    from seqctl.actions.living import expire

    with session.open() as store:
        _show(session, expire(store))


def _wanted(document_type: str | None, sequence: str | None, period: str | None) -> NumberFilter:
    """Which of several numbers with one text is meant."""
    return NumberFilter(
        sequence=sequence,
        document_type=None if document_type is None else document_type_name(document_type),
        period=period,
    )


def _show(session: Session, numbers: Iterable[dict[str, object]]) -> None:
    print_list(numbers, COLUMNS, session.format)
