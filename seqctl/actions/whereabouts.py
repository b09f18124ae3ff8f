"""Where is number 744? Everything known of one number: held, freed, missing, or not yet given out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from seqctl.actions.counters import target_sequences
from seqctl.actions.finding_numbers import only_one
from seqctl.actions.freeing import freed_state
from seqctl.actions.gap_listing import EXPIRED, UNSAID
from seqctl.actions.reading_numbers import PrintedNumbers
from seqctl.errors import NotFound, Refused
from seqctl.model.counter import Counter
from seqctl.model.gap_run import CounterPlace
from seqctl.model.held_number import HeldNumber
from seqctl.model.number_filter import NumberFilter
from seqctl.model.pattern.read import readings
from seqctl.model.period_keys import period_problem
from seqctl.model.scope import scope_values
from seqctl.model.text import composed, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

UNISSUED, BEFORE_FIRST = "unissued", "before_first"
EXPLAINING = {"missing": ("release", "expire"), BEFORE_FIRST: ("set-next",)}
"""Which last event of an integer tells why it is in a state that is computed."""


@dataclass(frozen=True, slots=True)
class Spot:
    """An integer of a counter that a text can mean; `holder` holds it, with another text."""

    place: CounterPlace
    value: int
    state: str
    event_id: int | None = None
    holder: HeldNumber | None = None

    @property
    def rank(self) -> int:
        """How much there is to tell, 0 most: gaps, then numbers to come, then what another text holds."""
        if self.holder is not None:
            return 3
        if self.state not in (UNISSUED, BEFORE_FIRST):
            return 0
        return 1 if self.place.counter.id is not None else 2


def show_number(store: Store, text: str, wanted: NumberFilter) -> dict[str, Any]:
    """Everything known of one number, with every event that concerned it, those of earlier lives included.

    A number that no document holds is read by the patterns of the sequences that pass `wanted`. Raises
    NotFound for a text that none of them can have printed and that was never held, or Refused
    (`ambiguous_number`) where it names several numbers.
    """
    text = composed(text)
    with store.read() as transaction:
        number = only_one(transaction.held.named(text, wanted), text)
        if number is not None:
            return _of_held(transaction, number)
        spots = list(_by_pattern(transaction, text, wanted)) or list(_by_history(transaction, text, wanted))
        if not spots:
            raise NotFound(
                f"no number {text!r} is held, and no sequence can have printed it",
                "list what there is with: seqctl numbers",
            )
        spot = _best(spots, text)
        if spot.holder is not None:
            raise NotFound(
                f"no number {text!r} is held: its integer is held as {spot.holder.text}",
                f"see: seqctl show {shell_word(spot.holder.text)}",
            )
        return _of_spot(transaction, text, spot)


def _of_held(transaction: Transaction, number: HeldNumber) -> dict[str, Any]:
    """A held number. A reservation whose deadline has passed is shown as freed by it."""
    events = transaction.history.of(number.counter_id, number.value, number.event_id)
    shown: dict[str, Any] = number.object()
    for event in events:
        if event["id"] == number.event_id:
            shown |= {"issued_at": event["at"], "actor": event["actor"]}
    if number.overdue(transaction.store.clock.now()):
        sequence = transaction.definitions.sequence_by_id(number.sequence_id)
        shown |= {"state": freed_state(sequence), "since": number.expires_at, "reason": EXPIRED}
        return {**shown, "events": events}
    present = [event["detail"].get("reason") for event in events if event["id"] >= number.event_id]
    reason = next((reason for reason in reversed(present) if reason), None)
    return {**shown, "reason": reason, "events": events}


def _of_spot(transaction: Transaction, text: str, spot: Spot) -> dict[str, Any]:
    """A number that no document holds, with the names that a held one has."""
    place, counter_id = spot.place, spot.place.counter.id
    events = [] if counter_id is None else transaction.history.of(counter_id, spot.value)
    shown: dict[str, Any] = {
        **{"number": text, "value": spot.value, "sequence": place.sequence.name},
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
    return {**shown, "events": events}


def _best(spots: list[Spot], text: str) -> Spot:
    """The spot of which there is most to tell. Raises Refused where that is so of several."""
    rank = min(spot.rank for spot in spots)
    best = [spot for spot in spots if spot.rank == rank]
    if len(best) > 1:
        places = " and ".join(
            f"{spot.place.sequence.document_type} of {spot.place.sequence.name!r} in {spot.place.period}"
            for spot in best[:3]
        )
        raise Refused(
            "ambiguous_number",
            f"{text!r} can be {len(best)} numbers: {places}",
            "say which one with --type, --sequence or --period",
        )
    return best[0]


def _by_pattern(transaction: Transaction, text: str, wanted: NumberFilter) -> Iterator[Spot]:
    """What a text means by the patterns of the sequences, as they are now."""
    for sequence in target_sequences(transaction, wanted.sequence):
        if wanted.sequence is not None and sequence.name != wanted.sequence:
            continue
        if wanted.document_type is not None and sequence.document_type != wanted.document_type:
            continue
        if wanted.period is not None and period_problem(sequence.reset, wanted.period):
            continue
        if "{" not in text and not readings(sequence.compiled, text, 1):
            continue
        printed = PrintedNumbers(transaction, sequence, wanted.period, {})
        for placed in printed.read_in_any_period(text):
            assert sequence.id is not None
            counter = transaction.ledger.counter(sequence.id, placed.scope, placed.period)
            if counter is None:
                counter = Counter(None, None, sequence.start, sequence.start - sequence.step)
            yield _spot(
                transaction, CounterPlace(sequence, placed.period, placed.scope, counter), placed.value
            )


def _by_history(transaction: Transaction, text: str, wanted: NumberFilter) -> Iterator[Spot]:
    """What a text meant when a number was freed that had it, by an earlier pattern perhaps."""
    narrowed = (wanted.sequence, wanted.document_type, wanted.period)
    for counter_id, value in transaction.history.freed_under(text, narrowed):
        sequence_id, period, scope = transaction.history.place(counter_id)
        sequence = transaction.definitions.sequence_by_id(sequence_id)
        counter = transaction.held.counter(counter_id)
        yield _spot(transaction, CounterPlace(sequence, period, scope, counter), value)


def _spot(transaction: Transaction, place: CounterPlace, value: int) -> Spot:
    """The state of one integer of a counter."""
    counter = place.counter
    if counter.id is None or value > counter.last:
        return Spot(place, value, UNISSUED)
    if value < counter.first:
        return Spot(place, value, BEFORE_FIRST)
    held = transaction.held.at(counter.id, value)
    if held is not None:
        return Spot(place, value, held.state, holder=held)
    for _, _, state, event_id in transaction.gaps.overlapping(counter.id, value, value):
        return Spot(place, value, state, event_id)
    return Spot(place, value, "missing")
