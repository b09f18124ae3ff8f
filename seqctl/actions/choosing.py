"""Choosing a policy for a record. Loaded by an issue whose document type has policies."""

from seqctl.actions.refusals import ambiguous_policy
from seqctl.model.policy import Policy
from seqctl.model.request import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def choose_policy(transaction: "Transaction", document_type: str, request: Request) -> Policy | None:
    """The policy that matches the record with the highest priority, or None.

    Raises Refused (`ambiguous_policy`) where two match that share it. Policies of a lower priority than the
    first match cannot change the answer and are not looked at.
    """
    matching: list[Policy] = []
    for policy in transaction.definitions.active_policies(document_type):
        if matching and policy.priority < matching[0].priority:
            break
        if is_effective(transaction, policy, request) and policy.matches(request.attributes):
            matching.append(policy)
    if len(matching) > 1:
        raise ambiguous_policy(document_type, matching)
    return matching[0] if matching else None


def is_effective(transaction: "Transaction", policy: Policy, request: Request) -> bool:
    """Whether the document date, or now, lies in the policy's window."""
    begins, ends = policy.effective_from, policy.effective_until
    if begins is None and ends is None:
        return True
    from seqctl.model.window import in_window, moment_of

    zone = policy.timezone or transaction.definitions.book_timezone()
    given = request.date or transaction.store.clock.now()
    return in_window(begins, ends, zone, moment_of(given, zone))
