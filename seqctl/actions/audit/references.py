"""The references that are kept beside numbers: they follow from definitions and texts, not from events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from seqctl.actions.references.kept import kept_text
from seqctl.model.finding import UNREADABLE, Finding
from seqctl.model.log.replay.compare_definitions import odd_finding
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.pattern.compile import compile_pattern
from seqctl.model.reference.base import References
from seqctl.model.reports.stored import StoredReference
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

MOST = 1000
"""Most findings on single numbers."""


def reference_findings(transaction: Transaction, places: Mapping[int, CounterPlace]) -> Iterator[Finding]:
    """What is kept and should not be, what is not kept and should be, and what is kept wrongly.

    `places` are the counters of the book whose sequences can be read.
    """
    try:
        sequences = [item.value for item in transaction.stored_definitions.sequences() if item.value]
        former = _former(transaction, places)
        referring = [sequence for sequence in sequences if sequence.reference is not None]
        wanted = _kept_names(referring, former)
        of = {item.name: _references(item, former) for item in referring if item.name in wanted}
    except UNREADABLE:
        # That definitions cannot be read is reported where they are read.
        return
    stored = transaction.stored_definitions
    for name, keeps in stored.keeping().items():
        if keeps != int(name in wanted):
            yield odd_finding("sequence", name, "keeps_references", keeps, int(name in wanted))
    left = MOST
    for number in _wrong(transaction, of):
        if not left:
            return
        left -= 1
        should = of[number.sequence].of(number.text, number.value) if number.sequence in of else None
        right = "none" if should is None else repr(kept_text(of[number.sequence].scheme.name, should))
        message = f"{number.text} has the reference {number.reference!r}, and {right} would be right"
        yield Finding("number_changed", "error", ("numbers", number.text), message)


def _kept_names(referring: list[Sequence], former: dict[str, list[str]]) -> set[str]:
    """The sequences whose references are kept. Most books have none that gives any, and load no more."""
    if not referring:
        return set()
    from seqctl.actions.references.plan import must_keep

    return must_keep(referring, set(former))


def _former(transaction: Transaction, places: Mapping[int, CounterPlace]) -> dict[str, list[str]]:
    """The patterns that sequences had before while they were used, where they are not the present ones."""
    former: dict[str, list[str]] = {}
    for counter_id, kept in sorted(transaction.events.former_patterns(), key=lambda each: each[1].event_id):
        place = places.get(counter_id)
        if place is not None and kept.pattern != place.sequence.pattern:
            former.setdefault(place.sequence.name, []).append(str(kept.pattern))
    return former


def _references(sequence: Sequence, former: dict[str, list[str]]) -> References:
    patterns = [compile_pattern(text, sequence.alpha) for text in reversed(former.get(sequence.name, []))]
    return References(sequence, [sequence.compiled, *dict.fromkeys(patterns)])


def _wrong(transaction: Transaction, of: dict[str, References]) -> Iterator[StoredReference]:
    """The numbers that do not have the reference which they should have."""
    stored = transaction.stored_definitions
    for number in stored.references():
        if number.reference != _kept(of, number):
            yield number
    for references in of.values():
        assert references.sequence.id is not None
        for number in stored.without_reference(references.sequence.id):
            if _kept(of, number) is not None:
                yield number


def _kept(of: dict[str, References], number: StoredReference) -> str | None:
    references = of.get(number.sequence)
    reference = None if references is None else references.of(number.text, number.value)
    return None if references is None or reference is None else kept_text(references.scheme.name, reference)
