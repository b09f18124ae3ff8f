"""A policy that is named for all records of a file: its conditions must hold for each of them."""

from __future__ import annotations

from seqctl.actions.issuing.choose_policy import is_effective
from seqctl.actions.ledger.refusals import unreadable_attribute
from seqctl.actions.ledger.targets import policy_sequence
from seqctl.errors import Refused
from seqctl.model.number.request import Choice, Request
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


class ForcedPolicy:
    """One active policy of a document type. Raises NotFound, or Refused `wrong_target` for one of no use
    here.
    """

    def __init__(self, transaction: Transaction, document_type: str, name: str) -> None:
        self.transaction = transaction
        self.sequence = policy_sequence(transaction, name)
        definitions = transaction.definitions
        active = (definitions.policy_by_id(item.id) for item in definitions.active_policies(document_type))
        found = next((policy for policy in active if policy.name == name), None)
        if found is None:
            raise Refused(
                "wrong_target",
                f"policy {name!r} is not an active policy of {document_type!r}",
                f"see: seqctl policy show {shell_word(name)}",
            )
        self.policy = found

    def choice(self, request: Request) -> Choice:
        """What the policy chooses for a record. Raises Refused `not_for`, `not_effective` or
        `unreadable_attribute`."""
        policy = self.policy
        if not is_effective(
            self.transaction, policy.effective_from, policy.effective_until, policy.timezone, request
        ):
            raise Refused(
                "not_effective",
                f"policy {policy.name!r} is not effective on the document date",
                f"see: seqctl policy show {shell_word(policy.name)}",
            )
        matches = policy.matches(request.attributes)
        if matches is None:
            raise unreadable_attribute(policy, request.attributes)
        if not matches:
            raise Refused(
                "not_for",
                f"the conditions of policy {policy.name!r} do not hold for the record",
                f"see what they are with: seqctl policy show {shell_word(policy.name)}",
            )
        choice = Choice("policy", request.target, self.sequence, policy=policy)
        choice.lasting = False
        return choice
