"""Values and places of counters as people write them, compared with what a sequence can give."""

from __future__ import annotations

from seqctl.model.pattern.compiled import LARGEST_VALUE
from seqctl.model.sequence.changes import EXHAUSTED
from seqctl.model.sequence.check import counter_value
from seqctl.model.sequence.frame import shortest_frame
from seqctl.model.sequence.scope import scope_text, scope_values, unescape
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.period_keys import period_problem
from seqctl.model.value import ValueProblem


def last_value(sequence: Sequence) -> int:
    """The last value that the end, the widths and lengths and the step of a sequence leave it."""
    last = sequence.last_value(shortest_frame(sequence))
    return last - (last - sequence.start) % sequence.step


def next_value(sequence: Sequence, written: object) -> int:
    """A value at which a counter can go on: one that it can give, or the one that uses it up.

    Raises ValueProblem.
    """
    if written != EXHAUSTED:
        value = counter_value(written, sequence.compiled)
        if value == last_value(sequence) + sequence.step:
            return value
    return grid_value(sequence, written)


def _after_the_last(sequence: Sequence) -> int:
    """The value one step after the last that the sequence can give."""
    value = last_value(sequence) + sequence.step
    if value > LARGEST_VALUE:
        raise ValueProblem("a counter that gave the largest integer of all cannot be carried over")
    return value


def counter_place(sequence: Sequence, key: str) -> tuple[str, str]:
    """The period and scope of a key `PERIOD` or `PERIOD/SCOPE`. Raises ValueProblem."""
    period, _, scope = key.partition("/")
    problem = period_problem(sequence.reset, period, sequence.fiscal)
    if problem:
        raise ValueProblem(problem)
    return unescape(period) if sequence.reset == "range" else period, checked_scope(sequence, scope)


def checked_scope(sequence: Sequence, text: str) -> str:
    """The text of a scope, with every attribute of the sequence and no other. Raises ValueProblem."""
    values = scope_values(text)
    if set(values) != set(sequence.scope):
        given = f"the scope is {text!r}" if text else "no scope is named"
        wanted = "/".join(f"{name}=VALUE" for name in sequence.scope) or "nothing"
        raise ValueProblem(
            f"the sequence counts by {wanted}, and {given}",
            f"write it as PERIOD/{wanted}" if sequence.scope else "write the period alone",
        )
    for name, allowed in sequence.scope.items():
        if allowed and values[name] not in allowed:
            raise ValueProblem(
                f"{values[name]!r} is not a value of {name!r}", f"known values: {', '.join(allowed)}"
            )
    return scope_text(tuple(sequence.scope), values)


def grid_value(sequence: Sequence, written: object) -> int:
    """A value that the sequence can really give: in its range, a whole number of steps from the start."""
    if written == EXHAUSTED:
        return _after_the_last(sequence)
    value = counter_value(written, sequence.compiled)
    if value < sequence.start or (sequence.end is not None and value > sequence.end):
        raise ValueProblem(
            f"{written} lies outside the range of the sequence",
            f"start is {sequence.compiled.counter_text(sequence.start)}"
            + (f", end is {sequence.compiled.counter_text(sequence.end)}" if sequence.end else ""),
        )
    largest = sequence.last_value(shortest_frame(sequence))
    if value > largest:
        raise ValueProblem(
            f"{written} does not fit the widths and lengths of the sequence",
            f"the last value is {sequence.compiled.counter_text(max(largest, 0))}",
        )
    off = (value - sequence.start) % sequence.step
    if off:
        near = sequence.compiled.counter_text(value - off + sequence.step)
        raise ValueProblem(
            f"{written} is not a value of the sequence, which counts in steps of {sequence.step}",
            f"the next one above is {near}",
        )
    return value
