"""Explaining a request: why this policy, set, sequence, period and counter, and which number would come.

Nothing is written, and a refusal is part of the explanation.
"""

from __future__ import annotations

from seqctl.actions.issuing.choose_policy import is_effective
from seqctl.actions.issuing.draw import Frame
from seqctl.actions.issuing.issue import look
from seqctl.actions.issuing.of_number import following
from seqctl.actions.issuing.resolve import known_target, resolve
from seqctl.errors import SeqctlError
from seqctl.model.classes import NamedTuple, field, mutable
from seqctl.model.number.request import Choice, Request
from seqctl.model.policy.policy import Policy, decide
from seqctl.model.policy.shown import condition_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


class ConditionVerdict(NamedTuple):
    """One condition: in words, what it saw, and whether it holds; None where that cannot be decided."""

    id: int
    condition: str
    saw: str | None
    holds: bool | None


class PolicyVerdict(NamedTuple):
    """One policy: whether it applies and matches, and the id of the condition that decided it."""

    name: str
    priority: int
    status: str
    effective: bool
    matches: bool | None
    decided_by: int | None
    logic: str | None
    conditions: list[ConditionVerdict]
    sequence: str


@mutable
class Explanation:
    """The reasoning of one request, as far as it goes; `refusal` is what ended it, if anything did."""

    target: str
    policies: list[PolicyVerdict] = field(factory=list)
    passed: list[tuple[str, ...]] = field(factory=list)
    choice: Choice | None = None
    reason: str | None = None
    frame: Frame | None = None
    refusal: SeqctlError | None = None

    @property
    def warnings(self) -> list[str]:
        """What an issue would warn of."""
        if self.frame is not None:
            return self.frame.lane.outcome.warnings
        return [] if self.choice is None else list(self.choice.warnings)

    @property
    def hint(self) -> str | None:
        """What to do about the refusal, but for the advice to explain the request."""
        hint = (None if self.refusal is None else self.refusal.hint) or ""
        for advice in ("see why with: seqctl explain", "; see: seqctl explain"):
            hint = hint.partition(advice)[0]
        return hint or None


def explain(store: Store, request: Request) -> Explanation:
    """Why a request would get what it would get. Consumes nothing. Raises UsageError for a senseless one."""
    request.check()
    with store.read() as transaction:
        target, use = known_target(transaction, request.target)
        explanation = Explanation(target)
        skipped = request.sequence is not None or request.set_name is not None
        if "policies" in use and not skipped:
            explanation.policies = [
                _verdict(transaction, policy, request)
                for policy in transaction.catalogue.read().policies.values()
                if policy.document_type == target
            ]
            explanation.policies.sort(key=lambda verdict: (-verdict.priority, verdict.name))
        try:
            if request.of is not None:
                request = following(transaction, request)
            explanation.choice = resolve(transaction, request, explanation.passed)
            explanation.frame = look(transaction, request, passed=explanation.passed)
            # Another one than at first, where that is used up.
            explanation.choice = explanation.frame.choice
        except SeqctlError as refusal:
            explanation.refusal = refusal
        if explanation.choice is not None:
            explanation.reason = _reason(transaction, request, explanation.choice)
            if _only_nearest(explanation):
                explanation.reason = NEAREST
    return explanation


def _only_nearest(explanation: Explanation) -> bool:
    """Whether the sequence of a type is only named for its refusal, since none of them can serve."""
    choice, refusal = explanation.choice, explanation.refusal
    if choice is None or choice.by != "type" or refusal is None:
        return False
    passed = any(item[1:] == (choice.sequence.name,) for item in explanation.passed)
    return passed or refusal.code == "exhausted"


def _verdict(transaction: Transaction, policy: Policy, request: Request) -> PolicyVerdict:
    """One policy: whether it applies and matches, and the condition that decided it with what it saw."""
    attributes = request.attributes
    active = policy.status == "active"
    effective = active and is_effective(
        transaction, policy.effective_from, policy.effective_until, policy.timezone, request
    )
    return PolicyVerdict(
        *(policy.name, policy.priority, policy.status, effective),
        policy.matches(attributes) if effective else False,
        _decided_by(policy, attributes),
        policy.logic,
        [
            ConditionVerdict(
                item.id, condition_text(item), attributes.get(item.field.casefold()), item.holds(attributes)
            )
            for item in policy.conditions
        ],
        policy.sequence,
    )


def _decided_by(policy: Policy, attributes: dict[str, str]) -> int | None:
    """The id of the condition that decided: the first whose change alone would change the outcome.

    Where no single one would, the first that is not met, so that a person has a place to begin. Where an
    attribute cannot be read and the outcome hangs on it, the first such condition.
    """
    holds = {item.id: item.holds(attributes) for item in policy.conditions}
    outcome = decide(policy.conditions, policy.postfix, attributes, holds)
    if outcome is None:
        return next(id for id, met in holds.items() if met is None)
    for item in policy.conditions:
        changed = {**holds, item.id: not holds[item.id]}
        if decide(policy.conditions, policy.postfix, attributes, changed) != outcome:
            return item.id
    unmet = [id for id, met in holds.items() if not met]
    return next(iter([*unmet, *holds]), None)


REASONS = {
    "sequence": "--sequence names it",
    "set": "--set names the set",
    "policy": "the policy matches the record",
    "default": "it is the default set",
    "name": "it is the sequence of that name",
    "type": "it is the only active sequence of the document type that can serve",
}


NEAREST = "no sequence of the document type can serve, and it comes nearest"


def _reason(transaction: Transaction, request: Request, choice: Choice) -> str:
    """What chose the sequence, in words."""
    if choice.by != "owner":
        return REASONS[choice.by]
    sets = ((owner, transaction.definitions.assigned_set(*owner)) for owner in request.owners)
    kind, id = next(owner for owner, name in sets if name == choice.set_name)
    return f"the set is assigned to {kind}:{id}"


PASSED = {
    "set_lacks": "set {1!r}, which --set names, has no {target!r}",
    "owner_without_set": "{1} has no set",
    "owner_lacks": "the set {2!r} of {1} has no {target!r}",
    "default_lacks": "no default set has {target!r}",
    "used_up": "sequence {1!r} is used up",
    "not_effective": "sequence {1!r} is not effective on the document date",
    "not_for": "sequence {1!r} is for other records",
    "inactive": "sequence {1!r} is inactive",
}


def passed_words(passed: tuple[str, ...], target: str) -> str:
    """Why something was passed over, in words."""
    return PASSED[passed[0]].format(*passed, target=target)
