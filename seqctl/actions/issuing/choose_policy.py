"""Choosing a policy for a record. Loaded by an issue whose document type has policies."""

from seqctl.model.policy.policy import stored_matches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.number.request import Request
    from seqctl.model.policy.policy import Policy
    from seqctl.store.port import Transaction


def choose_policy(transaction: "Transaction", document_type: str, request: "Request") -> "Policy | None":
    """The policy that matches the record with the highest priority, or None.

    Raises Refused: `ambiguous_policy` where two match that share it, `unreadable_attribute` where the choice
    hangs on an attribute that does not read as its condition's type. Policies of a lower priority than the
    first match cannot change the answer and are not looked at.
    """
    definitions = transaction.definitions
    matching: list[Policy] = []
    undecided: list[Policy] = []
    for active in definitions.active_policies(document_type):
        if matching and active.priority < matching[0].priority:
            break
        matches = stored_matches(active.compiled, request.attributes)
        window = (active.effective_from, active.effective_until)
        if matches is False or not is_effective(transaction, *window, active.timezone, request):
            continue
        policy = definitions.policy_by_id(active.id)
        if matches is None:
            matches = policy.matches(request.attributes)
        if matches is None:
            undecided.append(policy)
        elif matches:
            matching.append(policy)
    if len(matching) > 1 and all(policy.priority <= matching[0].priority for policy in undecided):
        from seqctl.actions.ledger.refusals import ambiguous_policy

        raise ambiguous_policy(document_type, sorted(matching, key=lambda policy: policy.name))
    if undecided:
        from seqctl.actions.ledger.refusals import unreadable_attribute

        raise unreadable_attribute(undecided[0], request.attributes)
    return matching[0] if matching else None


def is_effective(
    transaction: "Transaction", begins: str | None, ends: str | None, zone: str | None, request: "Request"
) -> bool:
    """Whether the document date, or now, lies in a policy's window, in its zone or the book's."""
    if begins is None and ends is None:
        return True
    from seqctl.model.time.window import in_window, moment_of

    place = zone or transaction.definitions.book_timezone()
    given = request.date or transaction.now
    return in_window(begins, ends, place, moment_of(given, place))
