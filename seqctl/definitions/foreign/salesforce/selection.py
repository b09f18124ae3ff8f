"""Which records a Salesforce sequence policy chooses: its selection conditions and their logic."""

import re

from seqctl.definitions.foreign.record import Record, holds_objects
from seqctl.definitions.foreign.salesforce.conditions import Conditions, read_conditions
from seqctl.model.policy.logic import LogicError, parse_logic
from seqctl.model.policy.policy import Policy
from seqctl.model.policy.shown import condition_table

CUSTOM, ALL, ANY = ("custom",), ("", "all", "and", "none"), ("any", "or")
CONDITION_LISTS = (
    "selectionConditions",
    "seqPolicySelectionConditions",
    "seqPolicySelectionCondition",
    "sequencePolicySelectionConditions",
    "sequencePolicySelConditions",
)
"""Other names of the list of a policy's conditions."""

CONDITION_KEYS = {"filterfield", "filtervalue", "filterfieldtype", "conditionnumber", "operator"}


def read_selection(
    record: Record, others: list[Record], before: Policy | None, timezone: object
) -> tuple[Conditions | None, str | None]:
    """The conditions and the logic of a policy as a definition file writes them.

    `others` are conditions that stand by themselves. A policy that names its conditions replaces those that
    it had `before`.
    """
    rows = record.rows("selectionCondition", "records")
    ids = {row.text("id") for row in rows if row.has("id")}
    rows += [row for row in others if not (row.has("id") and row.text("id") in ids)]
    conditions = read_conditions(rows, timezone)
    if not rows and not record.says("selectionCondition") and before is not None:
        conditions = [condition_table(condition) for condition in before.conditions]
    logic = _logic(record, [int(str(condition["id"])) for condition in conditions], before)
    return conditions or None, logic


def merged_conditions(rows: list[Record], before: Policy) -> Conditions:
    """The conditions of a policy with those that came without it in the place of the same number."""
    conditions = read_conditions(rows, before.timezone)
    numbers = [condition["id"] for condition in conditions]
    conditions += [condition_table(item) for item in before.conditions if item.id not in numbers]
    return sorted(conditions, key=lambda condition: int(str(condition["id"])))


def refuse_lost_conditions(record: Record, bookkeeping: tuple[str, ...]) -> None:
    """Refuse what could be conditions under an unknown key: without them a policy matches everything."""
    for key, value in record.others().items():
        if key not in bookkeeping and _could_be_conditions(value):
            record.given(key)
            message = (
                "is not understood; it could be conditions, and a policy without them matches everything"
            )
            record.error(key, message, "write conditions under selectionCondition")


def _could_be_conditions(value: object) -> bool:
    """Whether a value holds a list of objects, or the keys of a condition, at any depth."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            if CONDITION_KEYS & {key.lower() for key in item}:
                return True
            waiting.extend(item.values())
    return holds_objects(value)


def _logic(record: Record, ids: list[int], before: Policy | None) -> str | None:
    """The expression over the conditions; None where all of them must hold.

    That of the policy as it was `before` stays where the record names no other one.
    """
    criteria = record.text("filterCriteria")
    logic = record.text("selectionLogic") or None
    if before is not None and not record.says("selectionLogic"):
        if not criteria:
            return before.logic
        logic = before.logic
    word = re.sub(r"[ _]", "", criteria or "").lower()
    if word in ANY:
        return " OR ".join(str(id) for id in ids) or None
    if word not in (*CUSTOM, *ALL):
        record.error("filterCriteria", f"{criteria!r} is not known", "write Custom, All or Any")
    elif word in ALL and criteria:
        if logic is not None and record.says("selectionLogic"):
            record.warning("selectionLogic", f"has no effect, since filterCriteria is {criteria!r}")
    elif logic is not None:
        try:
            parse_logic(logic, ids)
        except LogicError as problem:
            record.error("selectionLogic", str(problem), problem.hint)
            return None
        return logic
    elif word in CUSTOM and not ids:
        hint = "import its conditions beside it: a query of SeqPolicySelectionCondition"
        record.error("filterCriteria", "is Custom, but there are no conditions", hint)
    elif word in CUSTOM and len(ids) > 1:
        record.error("selectionLogic", "is missing, where filterCriteria is Custom", "write it as 1 AND 2")
    return None
