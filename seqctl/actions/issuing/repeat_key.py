"""Idempotent requests: the same key gives the same numbers again, as long as they are held.

The key binds the request: command, target, count and every option that chooses or is stored, given or left
out. A date counts only where both requests give one, so that a cron job may retry the next day; how long a
reservation lives does not count. Loaded by a request that has a key.
"""

from itertools import groupby

from seqctl.actions.issuing.resolve import resolve
from seqctl.errors import Refused, SeqctlError
from seqctl.model.number.issue import Issue
from seqctl.model.number.request import Request
from seqctl.model.text import document_type_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.log.told import KeyedNumber
    from seqctl.store.port import Transaction


def replay(transaction: "Transaction", request: Request) -> Issue | None:
    """The numbers that the request's key got before, or None. Raises Refused for another request."""
    if request.key is None:
        return None
    rows = transaction.ledger.issued_under_key(request.key)
    if any(row.expires_at is not None for row in rows):
        # A reservation past its deadline counts as freed, and its key with it.
        now = transaction.now
        rows = [row for row in rows if row.expires_at is None or row.expires_at > now]
    if not rows:
        return None
    first = rows[0]
    other_date = None not in (first.asked_date, request.date) and first.asked_date != request.date
    asked = request.text(_as_stored(transaction, request, first.target, first.sequence))
    if other_date or (first.request != asked and not _same(transaction, first.request, asked)):
        raise Refused(
            "key_reused",
            f"the key {request.key!r} was used for another request, which got {first.text}",
            "use a new key for a new request; a retry repeats the request exactly",
        )
    if len(rows) != request.count:
        raise Refused(
            "key_spent",
            f"the key {request.key!r} got {request.count} numbers and still holds {len(rows)} of them",
            "use a new key",
        )
    return _issue(transaction, request.key, rows)


def _as_stored(transaction: "Transaction", request: Request, stored: str, sequence: object) -> str:
    """The stored target where the given one is another spelling of the same document type.

    That is so only where the given one is served by the same sequence: a sequence's name is not the type
    that it resembles.
    """
    given = request.target
    if given == stored or document_type_name(given) != document_type_name(stored):
        return given
    try:
        return stored if resolve(transaction, request).sequence.name == sequence else given
    except SeqctlError:
        return given


NAMES = (("target", "sequence"), ("sequence", "sequence"), ("set", "set"))
"""Parts of a request that name a definition, and the kind of that."""


def _same(transaction: "Transaction", stored: str, asked: str) -> bool:
    """Whether two requests that are written differently ask for the same.

    They may differ in how long a reservation lives, in the capital letters of the names of attributes, and
    in the names of definitions that were renamed since.
    """
    from json import loads

    requests = [loads(text) for text in (stored, asked)]
    former = transaction.catalogue.former_names()
    for part, kind in NAMES:
        name = requests[0].get(part)
        if name is not None and name != requests[1].get(part):
            requests[0][part] = former.present(kind, name) or name
    for item in requests:
        item["reserve"] = "reserve" in item
        item.pop("asked_for", None)
        item["attributes"] = {name.casefold(): value for name, value in item.get("attributes", {}).items()}
    return bool(requests[0] == requests[1])


def _issue(transaction: "Transaction", key: str, rows: "list[KeyedNumber]") -> Issue:
    """The numbers of a key; those that came out of several ranges one range after the other."""
    issues = [
        _issue_of(transaction, key, [*some])
        for _, some in groupby(rows, lambda row: (row.sequence, row.period, row.scope))
    ]
    issues[0].beyond = issues[1:]
    return issues[0]


def _issue_of(transaction: "Transaction", key: str, rows: "list[KeyedNumber]") -> Issue:
    first = rows[0]
    issued = Issue(
        first.sequence,
        first.document_type,
        first.period,
        first.scope,
        first.date,
        first.state,
        key,
        first.record,
        first.policy,
        first.set_name,
    )
    issued.range = first.period if first.reset == "range" else None
    issued.numbers = [(row.value, row.text, row.reused) for row in rows]
    issued.issued_at, issued.actor, issued.expires_at = first.at, first.actor, first.expires_at
    sequence = transaction.definitions.sequence(first.sequence)
    if sequence is not None and sequence.reference is not None:
        from seqctl.actions.references.computed import references_of

        references = references_of(transaction, sequence)
        issued.scheme = sequence.reference
        issued.references = [references.of(row.text, row.value) for row in rows]
    return issued
