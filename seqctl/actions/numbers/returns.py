"""What keeps a freed number from coming back: who holds its integer, its state, and where it ends."""

from __future__ import annotations

from seqctl.actions.ledger.named_numbers import UNISSUED, Spot
from seqctl.actions.ledger.range_refusals import refuse_annulled
from seqctl.errors import Refused
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def check_free(transaction: Transaction, spot: Spot, text: str) -> None:
    """Refuse where an integer is in no state from which its number comes back."""
    holder = spot.holder
    if holder is not None and not holder.overdue(transaction.now):
        raise Refused(
            "number_taken",
            f"{text} cannot be reinstated: its integer is held as {holder.text} ({holder.state})",
            f"see: seqctl show {shell_word(holder.text)}",
        )
    name, word = shell_word(spot.place.sequence.name), shell_word(text)
    if spot.state != UNISSUED:
        refuse_annulled(spot.place, "blocked" if spot.state == "blocked" else "no_range")
    if spot.state == "blocked":
        raise Refused(
            "blocked",
            f"{text} is blocked: it is never issued",
            f"if that was a mistake, first: seqctl gaps review {name} {word} --reason TEXT",
        )
    if spot.state == UNISSUED:
        raise Refused(
            "not_reached",
            f"{text} is still to come: {spot.place.words()} was set back before it",
            f"see: seqctl show {word}",
        )
    _check_end(spot, text)


def _check_end(spot: Spot, text: str) -> None:
    """Refuse what lies behind the last value of its sequence or range, which was lowered since."""
    sequence = spot.place.sequence
    if sequence.end is None or spot.value <= sequence.end:
        return
    end, value = (sequence.compiled.counter_text(item) for item in (sequence.end, spot.value))
    if sequence.served is None:
        hint = f"seqctl sequence edit {shell_word(sequence.name)} --end {value}"
    else:
        hint = f"seqctl range edit {shell_word(sequence.served.name)} --last {spot.value}"
    message = f"{text} cannot be reinstated: {spot.place.words()} ends at {end} by now"
    raise Refused("exhausted", message, f"first: {hint}")
