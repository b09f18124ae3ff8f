"""Planning ranges: valid ones, and of used ones only what may still change."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.actions.planning.planning import Planning
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.catalogue.plan import Reason
from seqctl.model.range.changes import locked_changes
from seqctl.model.range.check import check_range
from seqctl.model.range.range import Range
from seqctl.model.text import shell_word

RANGE = KINDS["range"]


def plan_ranges(planning: Planning) -> None:
    """Plan the ranges that are wanted, and hold all others against sequences that change."""
    old, new, plan = planning.old, planning.new, planning.plan
    for name, fields in planning.wanted.ranges.items():
        made, findings = check_range(name, fields, new.sequences)
        if made is None and plan.refuses(("sequences", str(fields.get("sequence")))):
            # What is wrong with its sequence is reported there.
            findings = [item for item in findings if item.field != ("sequence",)]  # type: ignore[assignment]
        plan.findings.extend(findings)
        if made is None:
            new.ranges.pop(name, None)
            continue
        before = old.ranges.get(name)
        if before is not None:
            made.id, made.annulled, made.ended, made.used = (
                *(before.id, before.annulled, before.ended),
                before.used,
            )
            _note_locked(planning, before, made)
        new.ranges[name] = made
        plan.put(RANGE, name, before is None, RANGE.changes(before, made), made)
    _check_others(planning)


def _note_locked(planning: Planning, before: Range, after: Range) -> None:
    if not before.used and before.annulled is None:
        return
    held = planning.transaction.ranges.held_in(before.name)
    for change in locked_changes(before, after, held):
        old, new = ("open" if value is None else repr(value) for value in (change.old, change.new))
        message = f"is {old} and cannot become {new}: {change.reason}"
        planning.plan.find("locked_field", ("ranges", before.name), message, change.hint, (change.field,))


def _check_others(planning: Planning) -> None:
    """The ranges of a sequence that changes must still fit it."""
    changed = {sequence.name for sequence in planning.plan.sequences}
    for name, standing in planning.old.ranges.items():
        if standing.sequence in changed and name not in planning.wanted.ranges:
            if ("range", name) in planning.wanted.removed:
                continue
            findings = check_range(name, RANGE.values(standing), planning.new.sequences)[1]
            planning.plan.findings.extend(findings)


def range_stays(name: str, new: Catalogue) -> Reason | None:
    """Why a range cannot go: it was used."""
    if not new.ranges[name].used:
        return None
    hint = f"annul what is left of it with: seqctl range annul {shell_word(name)} --reason TEXT"
    return Reason("in_use", "numbers were issued from it; it stays for the record", hint)


def sequences_with_ranges(new: Catalogue) -> Iterator[tuple[str, Reason]]:
    """The sequences that have ranges, each with the reason to stay that this is."""
    for each in new.ranges.values():
        yield each.sequence, Reason("in_use", f"range {each.name!r} is of it", "remove the range first")
