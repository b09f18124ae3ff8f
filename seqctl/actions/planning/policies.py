"""Planning policies: sequences that exist and fit, and what may change once a policy has chosen."""

from __future__ import annotations

from seqctl.actions.planning.planning import Planning
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.catalogue.plan import Plan, Reason
from seqctl.model.policy.check import check_policy
from seqctl.model.policy.policy import Policy
from seqctl.model.text import shell_word

POLICY = KINDS["policy"]


def plan_policies(planning: Planning) -> None:
    """Plan the policies that are wanted."""
    plan, policies = planning.plan, planning.new.policies
    for name, fields in planning.wanted.policies.items():
        policy, findings = check_policy(name, fields)
        plan.findings.extend(findings)
        if policy is None:
            policies.pop(name, None)
            continue
        before = planning.old.policies.get(name)
        chosen = before.sequence if before is not None else None
        planning.check_reference(
            ("policies", policy.name), ("sequence",), policy.sequence, policy.document_type, chosen
        )
        differences = POLICY.changes(before, policy)
        if before is not None:
            policy.id, policy.used = before.id, before.used
            _note_locked(before, policy, differences, plan)
        policies[name] = policy
        plan.put(POLICY, name, before is None, differences, policy)


def _note_locked(before: Policy, after: Policy, differences: dict[str, list[object]], plan: Plan) -> None:
    """A policy that chose for a number keeps its type and sequence while it is active."""
    if not before.used or before.status != "active" or after.status != "active":
        return
    for field in ("document_type", "sequence"):
        if field in differences:
            old, new = differences[field]
            message = f"is {old!r} and cannot become {new!r}: the policy chose for issued numbers"
            hint = "deactivate the policy first, or define a new one"
            plan.find("locked_field", ("policies", before.name), message, hint, (field,))


def policy_stays(name: str, new: Catalogue) -> Reason | None:
    """Why a policy cannot go: it chose."""
    if not new.policies[name].used:
        return None
    hint = f"deactivate it with: seqctl policy deactivate {shell_word(name)}"
    return Reason("in_use", "it chose for issued numbers; it stays for the record", hint)
