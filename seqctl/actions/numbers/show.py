"""Where is number 744? Everything known of one number: held, freed, missing, or not yet given out."""

from __future__ import annotations

from seqctl.actions.ledger.free import freed_state
from seqctl.actions.numbers.find import only_one
from seqctl.actions.references.computed import with_reference
from seqctl.errors import NotFound
from seqctl.model.classes import field, mutable
from seqctl.model.number.gap_run import EXPIRED, UNSAID
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.number.known_number import KnownNumber
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.text import composed, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.actions.ledger.named_numbers import Spot
    from seqctl.store.port import Store, Transaction

CORRECTING = ("record", "extend")
"""Events whose reason does not say why a number is in its state."""

EXPLAINING = {"missing": ("release", "expire"), "before_first": ("set-next",)}
"""Which last event of an integer tells why it is in a state that is computed."""


@mutable
class NumberReport:
    """Everything known of one number; `events` are those that concerned it, oldest first.

    `since` and `reason` say from when on and why it is as it is, `note` what was noted of it last, `owners`
    for whom it was asked, and `earlier_numbers` what its integer was called before. `never_printed` is the
    text of one that was not.
    """

    number: KnownNumber
    events: list[dict[str, Any]]
    held: bool = True
    since: str | None = None
    reason: str | None = None
    note: str | None = None
    owners: list[str] = field(factory=list)
    earlier_numbers: list[str] = field(factory=list)
    never_printed: bool = False


def show_number(store: Store, text: str, wanted: NumberFilter) -> NumberReport:
    """Everything known of one number, with every event that concerned it, those of earlier lives included.

    A text names the number that holds it, else the one that had it last, else what the patterns of the
    sequences that pass `wanted` read; with a sequence it may be an integer. Raises NotFound for a text that
    none of them can have printed, Refused (`ambiguous_number`) where it names several numbers, and UsageError
    for an integer without its counter.
    """
    text = composed(text)
    with store.read() as transaction:
        number = only_one(transaction.held.named(text, wanted), text)
        if number is not None:
            return _of_held(transaction, number)
        return _of_unheld(transaction, text, wanted)


def _of_held(transaction: Transaction, number: HeldNumber) -> NumberReport:
    """A held number. A reservation whose deadline has passed is shown as freed by it."""
    events = transaction.history.of(number.counter_id, number.value, number.event_id)
    report = NumberReport(with_reference(transaction, _with_source(transaction, number)), events)
    for event in events:
        if event["id"] == number.event_id:
            report.number = report.number._replace(issued_at=event["at"], actor=event["actor"])
            report.owners = event["detail"].get("request", {}).get("for", [])
    report.reason, report.note = report.number.reason, report.number.note
    present = [event for event in events if event["id"] >= number.event_id]
    for event in present:
        report.note = event["detail"].get("note") or report.note
        if event["action"] not in CORRECTING:
            report.reason = event["detail"].get("reason") or report.reason
    if number.overdue(transaction.now):
        sequence = transaction.definitions.sequence_by_id(number.sequence_id)
        sequence = transaction.ranges.narrowed(sequence, number.period)
        report.number = report.number._replace(state=freed_state(sequence))
        report.since, report.reason = number.expires_at, EXPIRED
    report.earlier_numbers = _earlier(transaction, number.counter_id, number.value, number.text)
    return report


def _with_source(transaction: Transaction, number: HeldNumber) -> KnownNumber:
    """The number, and what another system said of it if it was adopted."""
    known = number.known()
    if transaction.definitions.sequence_by_id(number.sequence_id).reset == "range":
        known = known._replace(range=number.period)
    source = transaction.sources.of(number.event_id, number.serial)
    if source is None:
        return known
    return known._replace(
        reason=source.reason, note=source.note, source_actor=source.actor, source_at=source.at
    )


def _of_unheld(transaction: Transaction, text: str, wanted: NumberFilter) -> NumberReport:
    """A number that no document holds: as it was printed before, or as patterns read it."""
    from seqctl.actions.ledger.named_numbers import named_before, possibly_named, the_one

    spots = named_before(transaction, text, wanted) or possibly_named(transaction, text, wanted)
    if not spots:
        from seqctl.actions.ledger.near_numbers import meant_instead
        from seqctl.actions.ledger.selections import check_answerable

        check_answerable(transaction, wanted)
        raise NotFound(
            f"no number {text!r} is held, and no sequence can have printed it",
            meant_instead(transaction, text, wanted)
            or _counter_value(transaction, text)
            or "see: seqctl numbers",
        )
    spot = the_one(spots, text)
    if spot.holder is None:
        return _of_spot(transaction, text, spot)
    if spot.named:
        return _of_held(transaction, spot.holder)
    raise NotFound(
        f"no number {text!r} is held: its integer is held as {spot.holder.text}",
        f"see: seqctl show {shell_word(spot.holder.text)}",
    )


def _counter_value(transaction: Transaction, text: str) -> str | None:
    """The hint for an integer that stands alone: it is a number only together with its sequence."""
    names = transaction.definitions.sequence_names()
    if not (text.isascii() and text.isdigit() and names):
        return None
    return f"a counter value needs its sequence: seqctl show {text} --sequence {shell_word(names[0])}"


def _of_spot(transaction: Transaction, text: str, spot: Spot) -> NumberReport:
    """A number that no document holds, with the names that a held one has.

    It is called by what was printed for it last, else as it was asked for.
    """
    from seqctl.actions.ledger.texts import counter_texts

    place, counter_id = spot.place, spot.place.counter.id
    events = [] if counter_id is None else transaction.history.of(counter_id, spot.value)
    called, never_printed = counter_texts(transaction, place).of(spot.value)
    if never_printed and not spot.named:
        called = text
    sequence = place.sequence
    number = KnownNumber(
        *(called, spot.value, sequence.name, sequence.document_type, place.period, place.scope, None),
        *(spot.state, None, None, None, None, False),
    )
    report = NumberReport(number, events, held=False, never_printed=never_printed)
    why = None
    if spot.event_id is not None:
        why = next((event for event in events if event["id"] == spot.event_id), None)
    elif events and events[-1]["action"] in EXPLAINING.get(spot.state, ()):
        why = events[-1]
    if why is not None:
        report.number = number._replace(actor=why["actor"])
        report.since = why["at"]
        report.reason = why["detail"].get("reason") or UNSAID.get(why["action"])
    report.earlier_numbers = _earlier(transaction, counter_id, spot.value, called)
    return report


def _earlier(transaction: Transaction, counter_id: int | None, value: int, text: str) -> list[str]:
    """The texts that a number had before the present one, latest first."""
    if counter_id is None:
        return []
    lives = transaction.printed.lives(counter_id, value)
    return [item for item in dict.fromkeys(life.text for life in lives) if item != text]
