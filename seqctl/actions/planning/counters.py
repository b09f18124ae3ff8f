"""Planning the first values of counters: a migration gives unused counters their next number."""

from __future__ import annotations

from seqctl.actions.planning.recounted import standing_counters
from seqctl.actions.planning.start_numbers import plan_start_number
from seqctl.model.catalogue.catalogue import Catalogue, Wanted
from seqctl.model.catalogue.plan import Plan
from seqctl.model.finding import Finding
from seqctl.model.sequence.changes import counter_shown
from seqctl.model.sequence.counter_values import counter_place, grid_value
from seqctl.model.sequence.scope import scope_problem
from seqctl.model.text import shell_word
from seqctl.model.value import ValueProblem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def plan_counters(transaction: Transaction, wanted: Wanted, new: Catalogue, plan: Plan) -> None:
    """Plan the values given to counters. A used counter that passed its value stays as it is."""
    for name, values in wanted.counters.items():
        sequence = new.sequences.get(name)
        if sequence is None:
            continue
        existing = standing_counters(transaction, sequence, plan)
        places: dict[tuple[str, str], str] = {}
        fields: dict[str, list[object]] = {}
        for key, written in values.items():
            try:
                period, scope = counter_place(sequence, key)
                value = grid_value(sequence, written)
                other = places.setdefault((period, scope), key)
                if other != key:
                    raise ValueProblem(f"names the same counter as {other!r}", "keep one of them")
            except ValueProblem as problem:
                _error(plan, "invalid_definition", name, key, str(problem), problem.hint)
                continue
            counter = existing.get((period, scope))
            uncounted = scope_problem(sequence.scope, scope) if counter is None else None
            if uncounted:
                # A book from before the rule has such a counter and shall still be moved.
                _warning(plan, name, key, *uncounted)
            upcoming = counter.last + sequence.step if counter is not None else sequence.start
            if counter is not None and counter.used and name in wanted.start_numbers:
                plan_start_number(
                    wanted.start_numbers[name], sequence, (period, scope), (upcoming, value), plan
                )
                continue
            if value == upcoming or (counter is not None and counter.used and value < upcoming):
                continue
            if counter is not None and counter.used:
                shown = [counter_shown(sequence, item) for item in (upcoming, value)]
                message = f"the counter is in use and stands at {shown[0]}, below {shown[1]}"
                hint = f"move it with: seqctl sequence set-next {shell_word(name)} {written} --reason TEXT"
                _error(plan, "in_use", name, key, message, hint)
                continue
            shown = [counter_shown(sequence, item) for item in (upcoming, value)]
            fields[f"counters.{key}"] = list(shown)
            plan.counters.append((name, scope, period, value))
        if fields:
            plan.note("sequence", name, fields)


def _error(plan: Plan, code: str, name: str, key: str, message: str, hint: str | None) -> None:
    subject = ("sequences", name)
    plan.findings.append(Finding(code, "error", subject, message, hint, ("counters", key)))


def _warning(plan: Plan, name: str, key: str, message: str, hint: str | None) -> None:
    subject = ("sequences", name)
    plan.findings.append(Finding("invalid_definition", "warning", subject, message, hint, ("counters", key)))
