"""`--of NUMBER`: a request that asks as an earlier number was asked, as a credit memo follows its invoice.

Loaded by a request that names such a number.
"""

from __future__ import annotations

from seqctl.actions.ledger.ambiguity import ambiguous_number
from seqctl.errors import NotFound, Refused
from seqctl.json_text import from_json
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import Request
from seqctl.model.owner import split_owner
from seqctl.model.sequence.scope import scope_values
from seqctl.model.text import json_text, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

    Owners = tuple[tuple[str, str], ...]


class FollowingRequest(Request):
    """A request with what it takes from the number that it follows; its text is that of the one `made`."""

    __slots__ = ("made",)

    def __init__(self, made: Request) -> None:
        for name in Request.__slots__:
            setattr(self, name, getattr(made, name))
        self.attributes = dict(made.attributes)
        self.made = made

    def text(self, target: str) -> str:
        """The request as it was made, with the owners that it took over."""
        text = self.made.text(target)
        if self.made.owners or not self.owners:
            return text
        owners = ",".join([json_text(f"{kind}:{id}") for kind, id in self.owners])
        return f'{text[:-1]},"asked_for":[{owners}]}}'


def following(transaction: Transaction, request: Request) -> Request:
    """The request with the owners, else the set, and the scope of the number that it names.

    Raises NotFound for a number that nobody holds, Refused `ambiguous_number`, and `wrong_target` for what is
    given and differs.
    """
    assert request.of is not None
    number = _held(transaction, request.of)
    asked = FollowingRequest(request)
    for name, value in scope_values(number.scope).items():
        given = asked.attributes.setdefault(name.casefold(), value)
        if given != value:
            raise _differs(number, f"counts for {name}={value}", f"{name}={given}")
    if request.sequence is not None:
        return asked
    owners = _owners(transaction, number)
    set_name = _set_name(transaction, number)
    if request.owners and request.owners != owners:
        raise _differs(number, f"was asked for {_words(owners)}", _words(request.owners))
    if request.set_name is not None and request.set_name != set_name:
        raise _differs(
            number, f"came from set {set_name!r}" if set_name else "came from no set", request.set_name
        )
    if request.set_name is None:
        asked.owners = owners
        asked.set_name = None if owners else set_name
    return asked


def _held(transaction: Transaction, text: str) -> HeldNumber:
    found = [
        item for item in transaction.held.named(text, NumberFilter()) if not item.overdue(transaction.now)
    ]
    if not found:
        hint = f"see: seqctl show {shell_word(text)}"
        raise NotFound(f"no document holds the number {text!r}, which --of names", hint)
    if len(found) > 1:
        raise ambiguous_number(text, [(item.document_type, item.sequence, item.period) for item in found])
    return found[0]


def _owners(transaction: Transaction, number: HeldNumber) -> Owners:
    """The owners for whom a number was asked: those of its event's request, or of what that one followed."""
    detail = transaction.history.detail(number.event_id)
    request = from_json(detail).get("request") if detail is not None else None
    listed = (request.get("for") or request.get("asked_for") or ()) if isinstance(request, dict) else ()
    return tuple(split_owner(owner) for owner in listed)


def _set_name(transaction: Transaction, number: HeldNumber) -> str | None:
    """The set that served a number, by its present name."""
    if number.set_name is None:
        return None
    return transaction.catalogue.former_names().present("set", number.set_name) or number.set_name


def _words(owners: Owners) -> str:
    return ", ".join(f"{kind}:{id}" for kind, id in owners) or "nobody"


def _differs(number: HeldNumber, is_so: str, given: str) -> Refused:
    return Refused(
        "wrong_target",
        f"{number.text} {is_so}, and the request says {given}; nothing was issued",
        "leave it out: --of takes it from the number",
    )
