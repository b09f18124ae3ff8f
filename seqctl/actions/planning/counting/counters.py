"""Planning the first values of counters: a migration gives unused counters their next number."""

from __future__ import annotations

from seqctl.actions.ledger.commands import counter_options
from seqctl.actions.planning.counting.recounted import standing_counters
from seqctl.actions.planning.planning import Planning
from seqctl.model.catalogue.catalogue import StartNumber
from seqctl.model.catalogue.plan import CounterMove, Plan
from seqctl.model.number.counter_name import CounterKey
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.range.serving import in_range
from seqctl.model.sequence.changes import counter_shown
from seqctl.model.sequence.counter_values import counter_place, grid_value
from seqctl.model.sequence.scope import scope_problem
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import shell_word
from seqctl.model.value import ValueProblem


def plan_counters(planning: Planning) -> None:
    """Plan the values given to counters. A used counter that passed its value stays as it is."""
    wanted, plan = planning.wanted, planning.plan
    for name, values in wanted.counters.items():
        whole = planning.new.sequences.get(name)
        if whole is None:
            continue
        sequence = whole
        existing = standing_counters(planning, sequence)
        subject = ("sequences", name)
        places: dict[tuple[str, str], str] = {}
        fields: dict[str, list[object]] = {}
        for key, written in values.items():
            try:
                period, scope = counter_place(sequence, key)
                if sequence.reset == "range":
                    served = planning.new.ranges.get(period)
                    if served is None or served.sequence != name:
                        raise ValueProblem(f"there is no range {period!r} of it")
                    sequence = in_range(whole, served)
                value = grid_value(sequence, written)
                other = places.setdefault((period, scope), key)
                if other != key:
                    raise ValueProblem(f"names the same counter as {other!r}", "keep one of them")
            except ValueProblem as problem:
                plan.find("invalid_definition", subject, str(problem), problem.hint, ("counters", key))
                continue
            counter = existing.get(CounterKey(period, scope))
            uncounted = scope_problem(sequence.scope, scope) if counter is None else None
            if uncounted:
                # A book from before the rule has such a counter and shall still be moved.
                plan.find("invalid_definition", subject, *uncounted, ("counters", key), "warning")
            upcoming = counter.last + sequence.step if counter is not None else sequence.start
            if counter is not None and counter.used and name in wanted.start_numbers:
                _plan_start_number(
                    wanted.start_numbers[name], sequence, (period, scope), (upcoming, value), plan
                )
                continue
            if value == upcoming or (counter is not None and counter.used and value < upcoming):
                continue
            if counter is not None and counter.used:
                shown = [counter_shown(sequence, item) for item in (upcoming, value)]
                message = f"the counter is in use and stands at {shown[0]}, below {shown[1]}"
                where = counter_options(CounterPlace(sequence, period, scope, counter))
                words = [*("seqctl sequence set-next", shell_word(name), str(written)), *where]
                hint = f"move it with: {' '.join(words)} --reason TEXT"
                plan.find("in_use", subject, message, hint, ("counters", key))
                continue
            shown = [counter_shown(sequence, item) for item in (upcoming, value)]
            fields[f"counters.{key}"] = list(shown)
            plan.counters.append((name, scope, period, value))
        if fields:
            plan.note("sequence", name, fields)


def _plan_start_number(
    start: StartNumber, sequence: Sequence, place: tuple[str, str], values: tuple[int, int], plan: Plan
) -> None:
    """Plan the start number of a counter in use. `values` are its next value and the start number.

    What was passed over is blocked. A start number below the next value is refused, unless it is the one that
    was given last: then nothing changes.
    """
    (period, scope), (upcoming, value) = place, values
    if value == upcoming or value == start.known:
        return
    shown = [counter_shown(sequence, item) for item in values]
    if value < upcoming:
        message = f"the prefix is in use and goes on at {shown[0]}; it cannot go back to {shown[1]}"
        hint = f"leave the start number out, or write {shown[0]} or a higher one"
        plan.find("backwards", ("sequences", sequence.name), message, hint, ("counters", period))
        return
    skipped = (value - upcoming) // sequence.step
    plan.moves.append(CounterMove(sequence.name, scope, period, value, skipped, start.reason))
    last = counter_shown(sequence, value - sequence.step)
    run = shown[0] if skipped == 1 else f"{shown[0]}..{last}"
    fields = {f"counters.{period}": list(shown), f"gaps.{period}": [None, [f"{run} blocked: {start.reason}"]]}
    plan.note("sequence", sequence.name, fields)  # type: ignore[arg-type]
