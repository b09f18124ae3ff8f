"""Planning policies: sequences that exist and fit, and what may change once a policy has chosen."""

from __future__ import annotations

from seqctl.model.catalogue.catalogue import Catalogue, Change, Wanted
from seqctl.model.catalogue.plan import Plan
from seqctl.model.finding import Finding, nearest
from seqctl.model.policy.check import check_policy
from seqctl.model.policy.policy import Policy
from seqctl.model.policy.shown import changed_policy_fields


def plan_policies(wanted: Wanted, old: Catalogue, new: Catalogue, plan: Plan) -> None:
    """Plan the policies that are wanted."""
    for name, fields in wanted.policies.items():
        policy, findings = check_policy(name, fields)
        plan.findings.extend(findings)
        if policy is None:
            new.policies.pop(name, None)
            continue
        before = old.policies.get(name)
        _check_sequence(policy, before, new, wanted.strict, plan)
        differences = changed_policy_fields(before, policy)
        if before is not None:
            policy.id, policy.used = before.id, before.used
            _note_locked(before, policy, plan)
        new.policies[name] = policy
        action = "created" if before is None else "changed" if differences else "unchanged"
        plan.changes.append(Change("policy", name, action, differences))
        if action != "unchanged":
            plan.policies.append(policy)


def _check_sequence(policy: Policy, before: Policy | None, new: Catalogue, strict: bool, plan: Plan) -> None:
    sequence = new.sequences.get(policy.sequence)
    if sequence is None:
        if not any(finding.subject == ("sequences", policy.sequence) for finding in plan.errors):
            hint = nearest(policy.sequence, list(new.sequences)) or "define it under [sequences.NAME]"
            _error(plan, policy.name, "sequence", f"there is no sequence {policy.sequence!r}", hint)
        return
    if sequence.document_type != policy.document_type:
        _error(
            plan,
            policy.name,
            "sequence",
            f"sequence {policy.sequence!r} numbers {sequence.document_type!r}, not {policy.document_type!r}",
            None,
        )
    elif sequence.status != "active" and (before is None or before.sequence != policy.sequence):
        severity = "error" if strict else "warning"
        code = "invalid_definition" if strict else "inactive"
        message = f"sequence {policy.sequence!r} is inactive"
        plan.findings.append(Finding(code, severity, ("policies", policy.name), message, None, ("sequence",)))


def _note_locked(before: Policy, after: Policy, plan: Plan) -> None:
    """A policy that chose for a number keeps its type and sequence while it is active."""
    if not before.used or before.status != "active" or after.status != "active":
        return
    for field in ("document_type", "sequence"):
        values = getattr(before, field), getattr(after, field)
        if values[0] != values[1]:
            plan.findings.append(
                Finding(
                    "locked_field",
                    "error",
                    ("policies", before.name),
                    f"is {values[0]!r} and cannot become {values[1]!r}: the policy chose for issued numbers",
                    "deactivate the policy first, or define a new one",
                    (field,),
                )
            )


def _error(plan: Plan, name: str, field: str, message: str, hint: str | None) -> None:
    plan.findings.append(Finding("invalid_definition", "error", ("policies", name), message, hint, (field,)))
