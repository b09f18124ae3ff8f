"""Selections of sequences that contradict themselves, or name what no sequence has: refused in words.

An empty list says that there is nothing of the kind. Such a selection would say so of something that was
never looked for.
"""

from __future__ import annotations

from collections.abc import Iterable

from seqctl.errors import UsageError
from seqctl.model.finding import nearest
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import document_type_name
from seqctl.model.time.period_keys import period_problem


def of_type(sequences: list[Sequence], document_type: str, named_by: str) -> list[Sequence]:
    """Those of a document type. Raises UsageError where none is; `named_by` says what chose the sequences."""
    wanted = document_type_name(document_type)
    found = [sequence for sequence in sequences if wanted in sequence.document_types]
    if not found:
        types = ", ".join(sorted({repr(each) for sequence in sequences for each in sequence.document_types}))
        raise UsageError(
            f"{named_by} is of document type {types}, and --type asks for {document_type!r}",
            "leave one of the two out",
        )
    return found


def check_period(sequences: Iterable[Sequence], period: str | None) -> None:
    """Raise UsageError for a period that none of some sequences can have."""
    if period is None:
        return
    problems = [period_problem(sequence.reset, period, sequence.fiscal) for sequence in sequences]
    if problems and all(problems):
        raise UsageError(str(problems[0]), _window_hint(period))


def _window_hint(period: str) -> str | None:
    """What to write for a calendar month or year where a counter has other periods; None for other texts."""
    from seqctl.model.time.period_bounds import period_bounds

    for reset in ("month", "year"):
        if period_problem(reset, period) is None:
            first, last = period_bounds(reset, period, None)
            return f"for these days: --from {first} --to {last}"
    return None


def check_scope(sequences: Iterable[Sequence], scope: Iterable[tuple[str, str]]) -> None:
    """Raise UsageError for scope values that no counter of some sequences can have, one by one."""
    sequences = list(sequences)
    for name, value in scope:
        having = [sequence for sequence in sequences if name in sequence.scope]
        if not having:
            names = sorted({each for sequence in sequences for each in sequence.scope})
            listed = f"counters are kept by {', '.join(names)}" if names else "leave --scope out"
            raise UsageError(f"no counter is kept by {name!r}", nearest(name, names) or listed)
        if all(sequence.scope[name] and value not in sequence.scope[name] for sequence in having):
            allowed = sorted({each for sequence in having for each in sequence.scope[name]})
            raise UsageError(
                f"{value!r} is not a value of {name!r}",
                nearest(value, allowed) or f"one of: {', '.join(allowed)}",
            )
