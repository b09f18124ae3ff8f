"""Policies in the book: conditions as JSON for whoever reads the tables, compiled for the issue.

Loaded by an issue whose document type has policies.
"""

from seqctl.model.policy.policy import ActivePolicy, Condition, Policy, decode, encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from seqctl.store.sql.connection import Connection

POLICY = (
    "SELECT p.id, p.used, p.name, p.description, p.document_type, s.name, p.priority, p.status,"
    " p.effective_from, p.effective_until, p.timezone, p.logic, p.compiled, p.conditions"
    " FROM policy p JOIN sequence s ON s.id = p.sequence_id "
)
POLICY_STORED = (
    *("id", "used", "name", "description", "document_type", "sequence", "priority", "status"),
    *("effective_from", "effective_until", "timezone", "logic"),
)
POLICY_COLUMNS = (
    *("name", "description", "document_type", "priority", "status", "effective_from", "effective_until"),
    *("timezone", "conditions", "logic", "compiled"),
)
"""What `policy_row` gives: the columns of the table but for the sequence."""
CONDITION = ("id", "field", "operator", "kind", "values")
"""What the table says of a condition, in JSON."""


def active_policies(connection: "Connection", document_type: str) -> "Iterator[ActivePolicy]":
    """What decides whether an active policy matches, highest priority first: there may be thousands."""
    query = (
        "SELECT id, priority, effective_from, effective_until, timezone, compiled FROM policy"
        " WHERE document_type = ? AND status = 'active' ORDER BY priority DESC"
    )
    return (ActivePolicy(*row) for row in connection.execute(query, (document_type,)))


def policy_by_id(connection: "Connection", id: int) -> Policy:
    """The policy with that id."""
    row = connection.execute(POLICY + "WHERE p.id = ?", (id,)).fetchone()
    return policy_from_row(row)


def policy_from_row(row: tuple[object, ...]) -> Policy:
    """A policy as the query POLICY gives it. Conditions of another stored form are compiled anew."""
    policy = Policy()
    for name, value in zip(POLICY_STORED, row, strict=False):
        setattr(policy, name, value)
    policy.used = bool(policy.used)
    decoded = decode(str(row[12]))
    if decoded is None:
        decoded = compiled_anew(str(row[13]), policy.logic)
    policy.conditions, policy.postfix = decoded
    return policy


def policy_row(policy: Policy) -> tuple[object, ...]:
    """The columns of a policy, in the order of POLICY_COLUMNS."""
    from seqctl.json_text import to_json

    tables = [{name: getattr(item, name) for name in CONDITION} for item in policy.conditions]
    written = {"conditions": to_json(tables), "compiled": encode(policy.conditions, policy.postfix)}
    return tuple([written[name] if name in written else getattr(policy, name) for name in POLICY_COLUMNS])


def compiled_anew(conditions: str, logic: str | None) -> tuple[tuple[Condition, ...], tuple[str, ...]]:
    """Conditions and logic from the columns for readers, where the compiled form is of another version."""
    from seqctl.json_text import from_json
    from seqctl.model.policy.logic import all_of, parse_logic

    items = tuple(
        Condition(item["id"], item["field"], item["operator"], item["kind"], tuple(item["values"]))
        for item in from_json(conditions)
    )
    ids = [item.id for item in items]
    return items, parse_logic(logic, ids) if logic else all_of(ids)
