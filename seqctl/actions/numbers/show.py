"""Where is number 744? Everything known of one number: held, freed, missing, or not yet given out."""

from __future__ import annotations

from seqctl.actions.ledger.free import freed_state
from seqctl.actions.numbers.find import only_one
from seqctl.errors import NotFound
from seqctl.model.number.gap_run import EXPIRED, UNSAID
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.sequence.scope import scope_values
from seqctl.model.text import composed, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.actions.ledger.named_numbers import Spot
    from seqctl.store.port import Store, Transaction

EXPLAINING = {"missing": ("release", "expire"), "before_first": ("set-next",)}
"""Which last event of an integer tells why it is in a state that is computed."""


def show_number(store: Store, text: str, wanted: NumberFilter) -> dict[str, Any]:
    """Everything known of one number, with every event that concerned it, those of earlier lives included.

    A text names the number that holds it, else the one that had it last, else what the patterns of the
    sequences that pass `wanted` read; with a sequence it may be an integer. Raises NotFound for a text that
    none of them can have printed, Refused (`ambiguous_number`) where it names several numbers, and UsageError
    for an integer of which it is not said in which counter.
    """
    text = composed(text)
    with store.read() as transaction:
        number = only_one(transaction.held.named(text, wanted), text)
        if number is not None:
            return _of_held(transaction, number)
        return _of_unheld(transaction, text, wanted)


def _of_held(transaction: Transaction, number: HeldNumber) -> dict[str, Any]:
    """A held number. A reservation whose deadline has passed is shown as freed by it."""
    events = transaction.history.of(number.counter_id, number.value, number.event_id)
    shown: dict[str, Any] = number.object()
    owners: list[str] = []
    for event in events:
        if event["id"] == number.event_id:
            shown |= {"issued_at": event["at"], "actor": event["actor"]}
            owners = event["detail"].get("request", {}).get("for", [])
    present = [event["detail"].get("reason") for event in events if event["id"] >= number.event_id]
    reason = next((reason for reason in reversed(present) if reason), None)
    if number.overdue(transaction.now):
        sequence = transaction.definitions.sequence_by_id(number.sequence_id)
        shown |= {"state": freed_state(sequence), "since": number.expires_at}
        reason = EXPIRED
    earlier = _earlier(transaction, number.counter_id, number.value, number.text)
    return {**shown, "reason": reason, "note": None, "owners": owners, **earlier, "events": events}


def _of_unheld(transaction: Transaction, text: str, wanted: NumberFilter) -> dict[str, Any]:
    """A number that no document holds: as it was printed before, or as patterns read it."""
    from seqctl.actions.ledger.named_numbers import named_before, possibly_named, the_one

    spots = named_before(transaction, text, wanted) or possibly_named(transaction, text, wanted)
    if not spots:
        from seqctl.actions.ledger.near_numbers import meant_instead
        from seqctl.actions.ledger.selections import check_answerable

        check_answerable(transaction, wanted)
        raise NotFound(
            f"no number {text!r} is held, and no sequence can have printed it",
            meant_instead(transaction, text, wanted) or "list what there is with: seqctl numbers",
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


def _of_spot(transaction: Transaction, text: str, spot: Spot) -> dict[str, Any]:
    """A number that no document holds, with the names that a held one has.

    It is called by what was printed for it last, else as it was asked for.
    """
    from seqctl.actions.ledger.texts import counter_texts

    place, counter_id = spot.place, spot.place.counter.id
    events = [] if counter_id is None else transaction.history.of(counter_id, spot.value)
    called, never_printed = counter_texts(transaction, place).of(spot.value)
    if never_printed and not spot.named:
        called = text
    shown: dict[str, Any] = {
        **{"number": called, "value": spot.value, "sequence": place.sequence.name},
        **{"document_type": place.sequence.document_type, "period": place.period},
        **{"scope": scope_values(place.scope), "date": None, "state": spot.state},
        **dict.fromkeys(("key", "record", "policy", "set")),
        **{"reused": False, "issued_at": None, "actor": None, "since": None, "reason": None},
    }
    why = None
    if spot.event_id is not None:
        why = next((event for event in events if event["id"] == spot.event_id), None)
    elif events and events[-1]["action"] in EXPLAINING.get(spot.state, ()):
        why = events[-1]
    if why is not None:
        reason = why["detail"].get("reason") or UNSAID.get(why["action"])
        shown |= {"actor": why["actor"], "since": why["at"], "reason": reason}
    earlier = _earlier(transaction, counter_id, spot.value, called)
    shown |= {"note": None, "owners": [], **earlier, "never_printed": never_printed}
    return {**shown, "events": events}


def _earlier(transaction: Transaction, counter_id: int | None, value: int, text: str) -> dict[str, Any]:
    """The texts that a number had before the present one, latest first."""
    if counter_id is None:
        return {"earlier_numbers": [], "never_printed": False}
    lives = transaction.printed.lives(counter_id, value)
    texts = [item for item in dict.fromkeys(life.text for life in lives) if item != text]
    return {"earlier_numbers": texts, "never_printed": False}
