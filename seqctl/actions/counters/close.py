"""Closing a filed period and opening it again: no number is dated on or before a closed day any more."""

from __future__ import annotations

from seqctl.actions.counters.closing_targets import Closable
from seqctl.actions.counters.hindrances import Hindrance, hindrances
from seqctl.actions.counters.sharing import other_choices, refuse_other_types, refuse_shared
from seqctl.days import date, timedelta
from seqctl.errors import Refused, repeatable
from seqctl.model.classes import frozen, replaced
from seqctl.model.log.events.counters import ClosingMoved
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


@frozen
class Closing:
    """One sequence of a request: through which day it was closed before, and is now; None: not at all.

    `ahead` is set where that day is still to come, so that today's documents are refused as well. `besides`
    says in words what may be open all the same: sequences that policies give to types of a set.
    """

    sequence: str
    before: str | None
    closed_through: str | None
    ahead: bool = False
    besides: tuple[str, ...] = ()


@repeatable
def close(
    store: Store,
    wanted: Closable,
    through: date,
    reason: str,
    *,
    dry_run: bool = False,
    confirmed: bool = False,
) -> list[Closing]:
    """Close a sequence, or all of a document type or set, through a day; one transaction, one event each.

    Those that are closed through that day, or further, stay as they are. Raises Refused `ambiguous_sequence`
    where the target may be a sequence or a type; `shared` where a set is named and another one uses one of
    its sequences too, and where a type is named and one of its sequences serves other types as well, unless
    that is `confirmed`; `already_closed` where all are closed further;
    `unexplained_gaps` and `open_reservations`, with every sequence in `problems`, where numbers dated on or
    before the day are not accounted for. Then nothing is closed.
    """
    day = through.isoformat()
    with store.read() if dry_run else store.write_much() as transaction:
        sequences = wanted.sequences(transaction)
        if all((sequence.closed_until or "") > day for sequence in sequences):
            raise _already_closed(wanted, sequences, day)
        due = [sequence for sequence in sequences if (sequence.closed_until or "") < day]
        besides: tuple[str, ...] = ()
        if wanted.set_name is not None:
            if not confirmed:
                refuse_shared(transaction, due, wanted.set_name)
            besides = tuple(other_choices(transaction, sequences, wanted.set_name))
        if not confirmed:
            refuse_other_types(wanted.type_of(sequences), due)
        _refuse([item for sequence in due for item in hindrances(transaction, sequence, through)], day)
        closings = _change(transaction, "close", sequences, due, day, reason, dry_run)
        pairs = zip(sequences, closings, strict=True)
        told = [replaced(_told_if_ahead(transaction, *pair), besides=besides) for pair in pairs]
        if due and not dry_run:
            transaction.commit()
    return told


@repeatable
def reopen(
    store: Store, wanted: Closable, first_day: date, reason: str, *, dry_run: bool = False
) -> list[Closing]:
    """Open a closed sequence, or all of a document type, from a day on; one event a sequence.

    What lies before that day stays closed. Sequences that are open from that day on stay as they are; raises
    Refused `not_closed` where all are, and `ambiguous_sequence` as `close` does.
    """
    with store.read() if dry_run else store.write_much() as transaction:
        sequences = wanted.sequences(transaction)
        due = [item for item in sequences if (item.closed_until or "") >= first_day.isoformat()]
        if not due:
            raise _not_closed(wanted, sequences, first_day)
        # Before the first day of all there is nothing that could stay closed.
        day = None if first_day == date.min else (first_day - timedelta(days=1)).isoformat()
        closings = _change(transaction, "reopen", sequences, due, day, reason, dry_run)
        if not dry_run:
            transaction.commit()
    return closings


def _change(
    transaction: Transaction,
    action: str,
    sequences: list[Sequence],
    due: list[Sequence],
    day: str | None,
    reason: str,
    dry_run: bool,
) -> list[Closing]:
    """Write and note the new day of those that are due; the others are listed as they are."""
    for sequence in () if dry_run else due:
        assert sequence.id is not None
        transaction.catalogue.close(sequence.id, day)
        transaction.log.append(ClosingMoved(action, sequence.name, sequence.closed_until, day, reason))
    changed = {sequence.name for sequence in due}
    return [
        Closing(item.name, item.closed_until, day if item.name in changed else item.closed_until)
        for item in sequences
    ]


def _told_if_ahead(transaction: Transaction, sequence: Sequence, closing: Closing) -> Closing:
    """The closing, marked where its day is still to come in the sequence's zone."""
    zone = sequence.zone
    today = transaction.today(zone).isoformat()
    ahead = closing.closed_through != closing.before and (closing.closed_through or "") > today
    return Closing(closing.sequence, closing.before, closing.closed_through, ahead)


def _refuse(found: list[Hindrance], day: str) -> None:
    """Raise the refusal that names everything that is in the way, if there is anything."""
    if not found:
        return
    # What gaps need is decided by people; a reservation ends by itself.
    first = min(found, key=lambda item: item.code != "unexplained_gaps")
    if len(found) == 1:
        raise Refused(first.code, first.message, first.hint)
    error = Refused(
        first.code,
        f"{len(found)} problems prevent closing through {day}; nothing was closed",
        first.hint,
    )
    error.problems = tuple(item.message for item in found)
    raise error


def _already_closed(wanted: Closable, sequences: list[Sequence], day: str) -> Refused:
    name, through = sequences[0].name, min(str(item.closed_until) for item in sequences)
    who = f"sequence {name!r} is" if len(sequences) == 1 else f"all sequences of {wanted.words()} are"
    return Refused(
        "already_closed",
        f"{who} closed through {through} already, which is after {day}",
        f"to open what lies after {day}: seqctl reopen {wanted.option()} --from DATE --reason TEXT",
    )


def _not_closed(wanted: Closable, sequences: list[Sequence], first_day: date) -> Refused:
    through = max((item.closed_until or "" for item in sequences), default="")
    who = f"sequence {sequences[0].name!r}" if len(sequences) == 1 else f"no sequence of {wanted.words()}"
    verb = "is not" if len(sequences) == 1 else "is"
    state = f"{who} {verb} closed on {first_day} or later" if through else f"{who} {verb} closed"
    return Refused(
        "not_closed",
        state + (f", only through {through}" if through else ""),
        f"name an earlier day: --from {through}" if through else "there is nothing to open",
    )
