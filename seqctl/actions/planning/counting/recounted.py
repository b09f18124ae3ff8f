"""What becomes of the next values that an unused sequence was given, where its definition changes.

They are the work of whoever migrates: a counter keeps its value wherever the value still means the same, and
a value that cannot be kept is named in a warning, since the numbers would begin anew without it.
"""

from __future__ import annotations

from seqctl.actions.planning.planning import Planning
from seqctl.model.catalogue.plan import Plan
from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import CounterKey
from seqctl.model.sequence.changes import counter_shown
from seqctl.model.sequence.counter_values import checked_scope, grid_value
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import shell_word
from seqctl.model.value import ValueProblem

ANOTHER_COUNTER = {"kind", "reset", "calendar"}
"""Fields whose change gives every counter another meaning."""

RECOUNTED = ANOTHER_COUNTER | {"document_type", "pattern", "start", "step", "scope", "unique"}
"""Fields that say what a counter counts, by which values, and within which space its texts are unique."""


def plan_recounted(
    planning: Planning, before: Sequence, after: Sequence, differences: dict[str, list[object]]
) -> None:
    """Plan the counters of an unused sequence that changes from one definition to another."""
    if before.id is None or not RECOUNTED & set(differences):
        return
    counters = planning.transaction.catalogue.counters_of(before.id)
    if not counters:
        return
    kept = planning.plan.recounted[before.name] = {}
    lost = {}
    other = bool(ANOTHER_COUNTER & set(differences))
    for (period, scope), counter in counters.items():
        value = counter.last + before.step
        if not other and _still_counts(before, after, scope, value):
            kept[period, scope] = value
            continue
        key = f"{period}/{scope}" if scope else period
        lost[key] = counter_shown(before, value)
        differences[f"counters.{key}"] = [lost[key], None]
    given = planning.wanted.counters.get(after.name, {})
    _warn(after, {key: text for key, text in lost.items() if key not in given}, planning.plan)


def standing_counters(planning: Planning, sequence: Sequence) -> dict[CounterKey, Counter]:
    """The counters of a sequence by (period, scope), those of a changed one as the change leaves them."""
    if sequence.id is None:
        return {}
    kept = planning.plan.recounted.get(sequence.name)
    if kept is None:
        return planning.transaction.catalogue.counters_of(sequence.id)
    return {CounterKey(*place): Counter.unused(value, sequence.step) for place, value in kept.items()}


def _still_counts(before: Sequence, after: Sequence, scope: str, value: int) -> bool:
    """Whether a counter can stand at a value under the new definition, and the value means the same."""
    text = after.compiled.counter_text(value)
    if list(before.scope) != list(after.scope) or (
        after.alpha and text != before.compiled.counter_text(value)
    ):
        return False
    try:
        checked_scope(after, scope)
        return grid_value(after, text) == value
    except ValueProblem:
        return False


def _warn(sequence: Sequence, lost: dict[str, str], plan: Plan) -> None:
    if not lost:
        return
    values = ", ".join(f"{text} ({key})" for key, text in list(lost.items())[:3])
    values += f" and {len(lost) - 3} more" if len(lost) > 3 else ""
    first = sequence.compiled.counter_text(sequence.start)
    message = f"next values that were set no longer fit: {values}; counting begins at {first}"
    hint = f"set them anew with: seqctl sequence set-next {shell_word(sequence.name)} VALUE --reason TEXT"
    plan.find("recounted", ("sequences", sequence.name), message, hint, ("counters",), "warning")
