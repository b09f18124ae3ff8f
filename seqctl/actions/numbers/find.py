"""Finding the number that a text names, in a state that allows what is to be done with it."""

from __future__ import annotations

from seqctl.actions.ledger.ambiguity import ambiguous_number
from seqctl.errors import NotFound, Refused, SeqctlError
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.text import composed, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

ALLOWED = {
    "confirm": ("reserved",),
    "extend": ("reserved",),
    "release": ("reserved", "issued"),
    "void": ("issued",),
    "record": ("issued", "void"),
    "reference": ("issued", "reserved", "void"),
}
"""From which states an action goes; the contract's table of the life of a number."""


def find_held(transaction: Transaction, text: str, wanted: NumberFilter, action: str) -> HeldNumber:
    """The held number with that text, in a state that allows the action.

    Raises NotFound where it never was, and Refused with a code for the state that it is in.
    """
    number = only_one(transaction.held.named(composed(text), wanted), text)
    now = transaction.now
    if number is None:
        from seqctl.actions.ledger.selections import check_answerable

        check_answerable(transaction, wanted)
        raise _not_held(transaction, text, wanted, action)
    if number.overdue(now):
        raise _expired(text, str(number.expires_at))
    if number.state not in ALLOWED[action]:
        raise refused_state(transaction, number, action)
    return number


def only_one(found: list[HeldNumber], text: str) -> HeldNumber | None:
    """The one number of those that a text names. Raises Refused `ambiguous_number` for several."""
    if len(found) > 1:
        raise ambiguous_number(text, [(item.document_type, item.sequence, item.period) for item in found])
    return found[0] if found else None


def refused_state(transaction: Transaction, number: HeldNumber, action: str) -> SeqctlError:
    """Why an action does not go from the state that a number is in."""
    text, word = number.text, shell_word(number.text)
    if number.state == "void":
        return Refused(
            "already_void",
            f"{text} is void",
            f"undo a void by mistake with: seqctl reinstate {word} --reason TEXT",
        )
    if number.state == "reserved":
        return Refused(
            "not_confirmed" if action in ("void", "record") else "not_void",
            f"{text} is reserved until {number.expires_at}",
            f"confirm it, or give it back with: seqctl release {word}",
        )
    if action == "reinstate":
        return Refused("not_void", f"{text} is issued, not void", "there is nothing to reinstate")
    if transaction.held.was_reserved(number):
        return Refused("already_confirmed", f"{text} is already confirmed", f"see: seqctl show {word}")
    expired = transaction.held.last_freed(number.counter_id, number.value)
    if expired is not None and expired.action == "expire":
        return _expired(text, expired.at, "; the number was issued again since then")
    return Refused("not_reserved", f"{text} was issued without a reservation", f"see: seqctl show {word}")


def _expired(text: str, at: str, since: str = "") -> Refused:
    return Refused(
        "reservation_expired",
        f"the reservation of {text} ended at {at}{since}",
        "reserve a new number; --ttl sets how long it is held",
    )


def _not_held(transaction: Transaction, text: str, wanted: NumberFilter, action: str) -> SeqctlError:
    """Why nobody holds a number: it was freed, or it never was."""
    freed = transaction.held.last_freed_text(composed(text), wanted)
    if freed is None:
        from seqctl.actions.ledger.near_numbers import meant_instead

        near = meant_instead(transaction, composed(text).rstrip(",;"), wanted)
        if ".." in text and near is None:
            near = "name each number, or give a file of them with --input FILE"
        elif not any(character.isdigit() for character in text):
            near = 'write a reason of several words in quotes: --reason "wrong customer"'
        elif text.endswith((",", ";")):
            near = "write the numbers with blanks between them and without commas"
        return NotFound(f"no number {text!r} is held", near or "see: seqctl numbers")
    at, how = freed
    if how == "expire":
        return _expired(text, at)
    if how == "release":
        return Refused(
            "already_released", f"{text} was released at {at}", f"see: seqctl show {shell_word(text)}"
        )
    return Refused(
        "not_held",
        f"{text} is under review since {at}: no document was found for it",
        f"if its document turned up: seqctl reinstate {shell_word(text)} --reason TEXT",
    )
