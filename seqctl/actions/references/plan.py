"""Planning references: two numbers that would get one are refused, and what cannot be proved is kept."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.actions.ledger.texts import former_patterns
from seqctl.actions.references.kept import PAGE, kept_text, words_of
from seqctl.model.doubt.doubts import Doubt, find_doubts
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.reference.base import References
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.planning.planning import Planning
    from seqctl.store.port import Transaction

HINT = "say what references are made of with reference_base, as in {number:8}"


def plan_references(planning: Planning) -> None:
    """Look whether references tell all numbers apart, where a sequence that gives some changes."""
    plan, old, new = planning.plan, planning.old.sequences, planning.new.sequences
    moved = {calendar.name for calendar in plan.calendars}
    changed = {sequence.name for sequence in plan.sequences} | {
        name for kind, name in plan.removed if kind == "sequence"
    }
    changed |= {sequence.name for sequence in new.values() if sequence.calendar in moved}
    about = [item for name in changed for item in (old.get(name), new.get(name)) if item is not None]
    if all(sequence.reference is None for sequence in about):
        return
    removed = {name for kind, name in plan.removed if kind == "sequence"}
    alive = [item for item in new.values() if item.reference is not None and item.name not in removed]
    former = {item.name for item in alive if item.used and _printed_otherwise(planning, item)}
    doubts = find_doubts(alive, former)
    plan.kept = sorted({name for doubt in doubts for name in doubt[:2]})
    for doubt in doubts:
        if doubt.first in changed or doubt.second in changed:
            _tell(planning, doubt, changed)
    if not plan.errors:
        _find_clash(planning, plan.kept)


def _find_clash(planning: Planning, names: list[str]) -> None:
    """Note two held numbers that would have one reference, where these are kept from now on."""
    transaction, given = planning.transaction, dict[str, HeldNumber]()
    kept_before = set(transaction.catalogue.keeping())
    for name in names:
        sequence = planning.new.sequences[name]
        if name in kept_before or not sequence.used:
            continue
        for number, reference in _references(planning, sequence):
            kept = kept_text(str(sequence.reference), reference)
            holder = transaction.held.of_reference(kept) or given.setdefault(kept, number)
            if holder is not number:
                message = f"cannot be: {number.text} {words_of(reference, holder)}"
                planning.plan.find("number_taken", ("sequences", name), message, HINT, ("reference",))
                return


def _references(planning: Planning, sequence: Sequence) -> Iterator[tuple[HeldNumber, str]]:
    """The held numbers of a sequence with the references that they would have."""
    assert sequence.id is not None
    patterns = [sequence.compiled, *former_patterns(planning.transaction, sequence)]
    before = planning.old.sequences.get(sequence.name)
    references = References(sequence, patterns if before is None else [*patterns, before.compiled])
    after = -1
    while page := planning.transaction.held.without_reference(sequence.id, after, PAGE):
        for number in page:
            reference = references.of(number.text, number.value)
            if reference is not None:
                yield number, reference
        after = page[-1].serial


def must_keep(sequences: list[Sequence], former: set[str]) -> set[str]:
    """The names of the sequences whose references are kept, since nothing proves them different.

    `former` are those that have or had numbers of another pattern than the present one.
    """
    return {name for doubt in find_doubts(sequences, former) for name in doubt[:2]}


def _former_texts(transaction: Transaction, sequence: Sequence) -> bool:
    """Whether a sequence has or had numbers of another pattern than its present one."""
    assert sequence.id is not None
    return any(item != sequence.pattern for item in transaction.printed.patterns_before(sequence.id))


def _printed_otherwise(planning: Planning, sequence: Sequence) -> bool:
    before = planning.old.sequences.get(sequence.name)
    changes = before is not None and before.pattern != sequence.pattern
    return changes or _former_texts(planning.transaction, sequence)


def _tell(planning: Planning, doubt: Doubt, changed: set[str]) -> None:
    """Refuse what is proved to be alike, unless that is allowed; warn of the rest."""
    name, other = (doubt.second, doubt.first) if doubt.second in changed else doubt[:2]
    subject, field = ("sequences", name), ("reference",)
    if doubt.alike is not None:
        numbers = f"{doubt.alike.first} and {doubt.alike.second}"
        of = "" if name == other else f" (the one is of sequence {other!r})"
        message = f"gives {numbers} the same reference, {doubt.alike.reference}{of}"
        severity = "warning" if planning.wanted.allow_collisions else "error"
        planning.plan.find("collision", subject, message, HINT, field, severity)
        return
    if planning.plan.errors:
        return
    whose = "from each other" if name == other else f"from those of {other!r}"
    message = f"whether its references differ {whose} is not proved: each is kept, and none is given twice"
    planning.plan.find("collision_unproved", subject, message, HINT, field, "warning")
