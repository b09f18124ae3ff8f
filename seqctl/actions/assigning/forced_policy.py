"""Policies that are named, for all records of a file or for each: their conditions must hold for these."""

from __future__ import annotations

from seqctl.actions.issuing.choose_policy import is_effective
from seqctl.actions.ledger.refusals import unreadable_attribute
from seqctl.actions.ledger.targets import policy_sequence
from seqctl.errors import Refused
from seqctl.model.number.request import Choice, Request
from seqctl.model.reports.assignment import Batch
from seqctl.model.reports.record import Record
from seqctl.model.text import composed, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


class NamedPolicies:
    """The policies that a batch names. Raises as ForcedPolicy does for one that it names for all records."""

    def __init__(self, transaction: Transaction, document_type: str, batch: Batch) -> None:
        self._transaction = transaction
        self._document_type = document_type
        self._all, self._column = batch.policy, batch.policy_column
        self._known: dict[str, ForcedPolicy] = {}
        if batch.policy is not None:
            self._of(batch.policy)

    def name(self, record: Record) -> str | None:
        """The policy that is named for a record; None where the record's own choice is left to it."""
        if self._column is None:
            return self._all
        return composed(record.cell(self._column) or "").strip() or self._all

    def choice(self, name: str, request: Request) -> Choice:
        """What a policy chooses for a record. Raises as ForcedPolicy does."""
        return self._of(name).choice(request)

    def _of(self, name: str) -> ForcedPolicy:
        if name not in self._known:
            self._known[name] = ForcedPolicy(self._transaction, self._document_type, name)
        return self._known[name]


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
