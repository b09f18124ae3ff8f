"""Idempotent requests: the same key gives the same numbers again, as long as they are held.

The key binds the whole request. A date that was not given is not compared, so that a cron job may retry the
next day; everything else counts, given or left out.
"""

from seqctl.actions.resolve import resolve
from seqctl.errors import Refused, SeqctlError
from seqctl.model.issue import Issue
from seqctl.model.request import Request
from seqctl.model.text import document_type_name, json_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def replay(transaction: "Transaction", request: Request) -> Issue | None:
    """The numbers that the request's key got before, or None. Raises Refused for another request."""
    if request.key is None:
        return None
    rows = transaction.ledger.issued_under_key(request.key, 0)
    if any(row[8] is not None for row in rows):
        # A reservation past its deadline counts as freed, and its key with it.
        now = transaction.now
        rows = [row for row in rows if row[8] is None or str(row[8]) > now]
    if not rows:
        return None
    count, date, text, target = rows[0][15:19]
    other_date = None not in (date, request.date) and date != request.date
    if other_date or text != request_text(request, _as_stored(transaction, request, str(target), rows[0][9])):
        raise Refused(
            "key_reused",
            f"the key {request.key!r} was used for another request, which got {rows[0][1]}",
            "use a new key for a new request; a retry repeats the request exactly",
        )
    if len(rows) != count:
        raise Refused(
            "key_spent",
            f"the key {request.key!r} got {count} numbers, of which only {len(rows)} are still held",
            "use a new key",
        )
    return _issue(request.key, rows)


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


def request_text(request: Request, target: str) -> str:
    """The request as JSON text, in one fixed form; the date and the key stand beside it."""
    parts = [f'{{"target":{json_text(target)},"count":{request.count}']
    if request.reserve:
        parts.append(f',"reserve":{json_text(request.ttl or "")}')
    if request.contiguous:
        parts.append(',"contiguous":true')
    if request.set_name is not None:
        parts.append(f',"set":{json_text(request.set_name)}')
    if request.owners:
        owners = ",".join([json_text(f"{kind}:{id}") for kind, id in request.owners])
        parts.append(f',"for":[{owners}]')
    if request.sequence is not None:
        parts.append(f',"sequence":{json_text(request.sequence)}')
    if request.attributes:
        pairs = sorted(request.attributes.items())
        listed = ",".join([f"{json_text(name)}:{json_text(value)}" for name, value in pairs])
        parts.append(f',"attributes":{{{listed}}}')
    if request.record is not None:
        parts.append(f',"record":{json_text(request.record)}')
    return "".join(parts) + "}"


def _issue(key: str, rows: list[tuple[object, ...]]) -> Issue:
    (
        _,
        _,
        _,
        date,
        state,
        record,
        policy,
        set_name,
        expires_at,
        name,
        kind,
        period,
        scope,
        at,
        actor,
    ) = rows[0][:15]
    issued = Issue(name, kind, period, scope, date, state, key, record, policy, set_name)  # type: ignore[arg-type]
    issued.numbers = [(row[0], row[1], row[2]) for row in rows]  # type: ignore[misc]
    issued.issued_at, issued.actor = at, actor  # type: ignore[assignment]
    issued.expires_at = expires_at  # type: ignore[assignment]
    return issued
