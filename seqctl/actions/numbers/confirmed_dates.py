"""The document dates that reserved numbers get when they are confirmed."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

from seqctl.actions.ledger.refusals import far_date, no_fiscal_year
from seqctl.actions.numbers.asked import Attempt, Group
from seqctl.actions.numbers.closing import check_open
from seqctl.actions.numbers.date_order import Neighbours
from seqctl.actions.numbers.number_list import Asked
from seqctl.days import date, is_far
from seqctl.days import date as day_class
from seqctl.errors import Refused
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.number.request import document_day
from seqctl.model.pattern.compiled import period_key
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def confirmed_columns(
    transaction: Transaction,
    attempt: Attempt,
    group: Group,
    date: str | None,
    warn: Callable[[str], None],
    far: list[str],
) -> dict[int, dict[str, object]]:
    """The date and record of each number of a group, where they are given; keeps those that may be confirmed.

    Dates may not be closed, nor out of order where order matters; the numbers are looked at as if those below
    them were confirmed already. `far` gets the warning of a date that is given and far ahead.
    """
    columns: dict[int, dict[str, object]] = {}
    before: list[HeldNumber] = []
    sequence = group.sequence

    def check(number: HeldNumber, asked: Asked) -> None:
        own: dict[str, object] = {}
        given = asked.date or date
        day = number.date
        if given is not None:
            day = _confirmed_date(transaction, sequence, number, given)
            own["date"] = day
        if asked.record is not None:
            own["record"] = asked.record
        check_open(sequence, number, day)
        if day is not None:
            warning = Neighbours(transaction, sequence, number, before[-1] if before else None).check(day)
            if warning is not None:
                warn(warning)
            before.append(copy(number))
            before[-1].date = day
            if given is not None and not far:
                far.extend(_far_ahead(transaction, sequence, day))
        columns[number.value] = own

    attempt.keep(group, check)
    return columns


def _lies_in(transaction: Transaction, sequence: Sequence, day: date, period: str) -> bool:
    """Whether a day lies in a period, or in the days of validity of a range."""
    if sequence.reset == "range":
        served = transaction.ranges.range(period)
        return served is None or served.in_force(day.isoformat())
    return period_key(sequence.reset, day, sequence.fiscal) == period


def _confirmed_date(transaction: Transaction, sequence: Sequence, number: HeldNumber, given: str) -> str:
    """The day of a confirmation: in the period of the number, and shown by it."""
    day = document_day(given, sequence.timezone or transaction.definitions.book_timezone())
    if sequence.fiscal is not None and not sequence.fiscal.holds(day):
        raise no_fiscal_year(sequence, day.isoformat())
    if not _lies_in(transaction, sequence, day, number.period):
        raise Refused(
            "date_period",
            f"{day} lies outside {number.period}, the period of {number.text}",
            "release the number and take one of the other period",
        )
    if number.date is not None and not _shows(sequence, number, day.isoformat()):
        raise Refused(
            "date_period",
            f"{number.text} shows the document date {number.date}, not {day}",
            "release the number and take a new one with that date",
        )
    return day.isoformat()


def _far_ahead(transaction: Transaction, sequence: Sequence, given: str) -> list[str]:
    """The warning of a date far ahead of today in the sequence's zone."""
    zone = sequence.timezone or transaction.definitions.book_timezone()
    day = day_class.fromisoformat(given)
    return [far_date(day)] if is_far(day, transaction.today(zone)) else []


def _shows(sequence: Sequence, number: HeldNumber, day: str) -> bool:
    """Whether the date tokens of a number would be the same on another day."""
    tokens = sequence.compiled.date_tokens
    if not tokens:
        return True
    from seqctl.days import date
    from seqctl.model.pattern.compiled import date_token_text

    days = (date.fromisoformat(number.date or day), date.fromisoformat(day))
    return all(
        date_token_text(token, days[0], sequence.fiscal) == date_token_text(token, days[1], sequence.fiscal)
        for token in tokens
    )
