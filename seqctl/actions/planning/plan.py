"""Planning a change of definitions: everything that would change and everything that is wrong, at once.

A plan reads and never writes. `define.py` makes it inside a transaction, looks at it again under the write
lock, and writes it. One command that defines a sequence and an import of ten thousand go the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from seqctl.actions.planning.book import plan_book
from seqctl.actions.planning.counters import plan_counters
from seqctl.actions.planning.gap_records import plan_gap_records
from seqctl.actions.planning.origins import plan_origins
from seqctl.actions.planning.policies import plan_policies
from seqctl.actions.planning.recounted import plan_recounted
from seqctl.actions.planning.removals import plan_removals
from seqctl.actions.planning.sets import plan_sets
from seqctl.actions.planning.windows import lint_windows
from seqctl.model.catalogue.catalogue import Catalogue, Change, Wanted
from seqctl.model.catalogue.plan import Plan
from seqctl.model.collision import find_collisions
from seqctl.model.collision.told import collision_findings
from seqctl.model.finding import Finding
from seqctl.model.sequence.changes import changed_fields, locked_changes
from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import composed
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.check_calendar import check_calendar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


WATCHED = 200
"""How many sequences are checked between two reports of progress."""


Watch = Callable[[str, int, int], None]
"""Told how far a long plan is: what is being done, how many of them are done, how many there are."""


def unwatched(work: str, done: int, total: int) -> None:
    """Nobody looks at the progress."""


def make_plan(transaction: Transaction, wanted: Wanted, watch: Watch = unwatched) -> Plan:
    """Hold wanted definitions against the book. Reads only; problems are findings, not exceptions."""
    old = transaction.catalogue.read()
    new = Catalogue(
        old.timezone,
        dict(old.calendars),
        dict(old.sequences),
        dict(old.sets),
        dict(old.policies),
        book=old.book,
    )
    plan = Plan(findings=list(wanted.findings), seen=transaction.log.last())
    _compose_names(wanted)
    plan_book(wanted, old, plan)
    moved = _plan_calendars(wanted, old, new, plan)
    unfinished = _plan_sequences(transaction, wanted, old, new, moved, plan, watch)
    plan_sets(wanted, old, new, plan)
    plan_policies(wanted, old, new, plan)
    plan_counters(transaction, wanted, new, plan)
    plan_gap_records(transaction, wanted, new, plan)
    plan_origins(wanted, old, new, plan)
    plan_removals(wanted, old, new, plan)
    _check_windows(new, plan)
    watch("comparing", 0, len(plan.sequences))
    _check_collisions(wanted, new, unfinished, plan)
    watch("comparing", len(plan.sequences), len(plan.sequences))
    return plan


def _compose_names(wanted: Wanted) -> None:
    """One spelling for each name: two that differ only in Unicode's forms are the same name."""
    wanted.calendars = {composed(name): fields for name, fields in wanted.calendars.items()}
    wanted.sequences = {composed(name): fields for name, fields in wanted.sequences.items()}
    wanted.sets = {composed(name): item for name, item in wanted.sets.items()}
    wanted.policies = {composed(name): fields for name, fields in wanted.policies.items()}
    wanted.counters = {composed(name): values for name, values in wanted.counters.items()}
    wanted.removed = [(kind, composed(name)) for kind, name in wanted.removed]


def _plan_calendars(wanted: Wanted, old: Catalogue, new: Catalogue, plan: Plan) -> set[str]:
    """Plan the calendars and return the names of those that become other than they were."""
    moved = set()
    for name, fields in wanted.calendars.items():
        calendar, findings = check_calendar(name, fields)
        plan.findings.extend(findings)
        if calendar is None:
            continue
        before = old.calendars.get(name)
        differences: dict[str, list[object]] = {
            key: [getattr(before, key, None), getattr(calendar, key)]
            for key in ("start", "named_by")
            if getattr(before, key, None) != getattr(calendar, key)
        }
        new.calendars[name] = calendar
        action = "created" if before is None else "changed" if differences else "unchanged"
        plan.changes.append(Change("calendar", name, action, differences))
        if differences:
            moved.add(name)
            plan.calendars.append(calendar)
    for name in moved:
        for sequence in old.sequences.values():
            if sequence.calendar == name and sequence.used:
                plan.findings.append(
                    Finding(
                        "locked_field",
                        "error",
                        ("calendars", name),
                        f"{_moves(old.calendars[name], new.calendars[name])}: sequence"
                        f" {sequence.name!r} issued numbers by it",
                        "define another calendar for new sequences",
                    )
                )
                break
    return moved


def _moves(old: Calendar, new: Calendar) -> str:
    """The change of a calendar in words, with both values."""
    return " and ".join(
        f"{field} is {getattr(old, field)!r} and cannot become {getattr(new, field)!r}"
        for field in ("start", "named_by")
        if getattr(old, field) != getattr(new, field)
    )


def _plan_sequences(
    transaction: Transaction,
    wanted: Wanted,
    old: Catalogue,
    new: Catalogue,
    moved: set[str],
    plan: Plan,
    watch: Watch,
) -> list[Sequence]:
    """Plan the sequences; returns those that are invalid, with texts that are known all the same."""
    unfinished = []
    given = dict(wanted.sequences)
    for name, before in old.sequences.items():
        # A sequence whose calendar moves is checked again, although nobody named it.
        if before.calendar in moved and name not in given:
            given[name] = before.definition()
            given[name]["start"] = before.compiled.counter_text(before.start)
            given[name]["end"] = None if before.end is None else before.compiled.counter_text(before.end)
    for done, (name, fields) in enumerate(given.items()):
        if done % WATCHED == 0:
            watch("checking", done, len(given))
        earlier = old.sequences.get(name)
        sequence, findings = check_sequence(
            name, fields, new.calendars, earlier.pattern if earlier is not None else None
        )
        plan.findings.extend(findings)
        if sequence is None:
            if fields.get("calendar") in wanted.calendars:
                # The calendar's own problem is told already.
                plan.findings = [
                    item
                    for item in plan.findings
                    if item.subject[1:] != (name,) or item.field != ("calendar",)
                ]
            new.sequences.pop(name, None)
            unfinished += _with_known_texts(name, fields, findings, new)
            continue
        differences = changed_fields(earlier, sequence)
        if earlier is not None:
            sequence.id, sequence.used = earlier.id, earlier.used
            sequence.self_issued, sequence.closed_until = earlier.self_issued, earlier.closed_until
            if earlier.used:
                _note_locked(transaction, earlier, sequence, differences, plan)
        new.sequences[name] = sequence
        if earlier is not None:
            plan_recounted(transaction, wanted, (earlier, sequence), differences, plan)
        action = "created" if earlier is None else "changed" if differences else "unchanged"
        if name in wanted.sequences or action == "changed":
            plan.changes.append(Change("sequence", name, action, differences))
        if action != "unchanged":
            plan.sequences.append(sequence)
    return unfinished


BESIDE_TEXTS = {
    *("title", "description", "timezone", "mode", "date_order", "manual", "warn_at", "reservation_ttl"),
    "status",
}
"""Fields on which the texts of a sequence do not depend."""


def _with_known_texts(
    name: str, fields: Mapping[str, object], findings: list[Finding], new: Catalogue
) -> list[Sequence]:
    """An invalid sequence without what is wrong with it, where its texts do not depend on that."""
    wrong = {finding.field[0] for finding in findings if finding.severity == "error" and finding.field}
    if not wrong or not wrong <= BESIDE_TEXTS or any(not finding.field for finding in findings):
        return []
    rest = {key: value for key, value in fields.items() if key not in wrong}
    sequence, _ = check_sequence(name, rest, new.calendars)
    return [] if sequence is None else [sequence]


def _note_locked(
    transaction: Transaction,
    before: Sequence,
    after: Sequence,
    differences: dict[str, list[object]],
    plan: Plan,
) -> None:
    assert before.id is not None
    bounds = {"end", "max_width", "max_length"} & set(differences)
    held = transaction.catalogue.held_extent(before.id) if bounds else None
    for change in locked_changes(before, after, held):
        plan.findings.append(
            Finding(
                "locked_field",
                "error",
                ("sequences", before.name),
                f"is {change.old!r} and cannot become {change.new!r}: {change.reason}",
                "define a new sequence for what shall be different",
                (change.field,),
            )
        )


SERVING = {"document_type", "status", "effective_from", "effective_until", "requires"}
"""Fields that say which requests a sequence lets in."""


def _check_windows(new: Catalogue, plan: Plan) -> None:
    """Warn of sequences of one type that from now on are effective together while nothing chooses."""
    touched = {
        change.name
        for change in plan.changes
        if change.kind == "sequence" and (change.action == "created" or SERVING & set(change.fields))
    }
    touched &= set(new.sequences)
    if touched and not plan.errors:
        plan.findings += lint_windows(new, {new.sequences[name].document_type for name in touched}, touched)


def _check_collisions(wanted: Wanted, new: Catalogue, unfinished: list[Sequence], plan: Plan) -> None:
    """Refuse sequences that could render the same text, beside everything else that is wrong.

    What is invalid is compared where its texts are known. Where anything is refused, what is only warned of
    can wait.
    """
    moved = {calendar.name for calendar in plan.calendars}
    affected = plan.sequences + unfinished
    affected += [item for item in new.sequences.values() if item.calendar in moved]
    changed = {sequence.name for sequence in affected}
    if not changed:
        return
    types = {sequence.document_type for sequence in affected}
    alive = [
        sequence
        for sequence in [*new.sequences.values(), *unfinished]
        if sequence.document_type in types and ("sequence", sequence.name) not in plan.removed
    ]
    found = find_collisions(alive, changed=changed)
    clashes = collision_findings(found, changed, wanted.allow_collisions)
    refused = bool(plan.errors)
    plan.findings.extend(clash for clash in clashes if clash.severity == "error" or not refused)
