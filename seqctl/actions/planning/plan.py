"""Planning a change of definitions: everything that would change and everything that is wrong, at once.

A plan reads and never writes. `define.py` makes it inside a transaction, looks at it again under the write
lock, and writes it. One command that defines a sequence and an import of ten thousand go the same way.
"""

from __future__ import annotations

from seqctl.actions.planning.book import plan_book, plan_spaces
from seqctl.actions.planning.counting.counters import plan_counters
from seqctl.actions.planning.counting.gap_records import plan_gap_records
from seqctl.actions.planning.kinds import PLANNED
from seqctl.actions.planning.origins import plan_origins
from seqctl.actions.planning.planning import Planning, Watch, unwatched
from seqctl.actions.planning.removals import plan_removals
from seqctl.actions.planning.windows import lint_windows
from seqctl.actions.ranges.held import held_of
from seqctl.actions.references.plan import plan_references
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.catalogue.plan import Plan
from seqctl.model.catalogue.spaces import space_of, spaces_of
from seqctl.model.classes import replaced
from seqctl.model.collision import find_collisions
from seqctl.model.collision.told import collision_findings
from seqctl.model.range.told_apart import by_range, name_of
from seqctl.model.text import composed, document_type_name, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def make_plan(transaction: Transaction, wanted: Wanted, watch: Watch = unwatched) -> Plan:
    """Hold wanted definitions against the book. Reads only; problems are findings, not exceptions."""
    _compose_names(wanted)
    old = transaction.catalogue.read()
    new = replaced(old, **{kind.table: dict(kind.of(old)) for kind in KINDS.values()})
    plan = Plan(findings=list(wanted.findings), seen=transaction.log.last())
    planning = Planning(transaction, wanted, old, new, plan, watch)
    plan_book(planning)
    for each in PLANNED.values():
        each.plan(planning)
    plan_counters(planning)
    plan_gap_records(planning)
    plan_origins(planning)
    plan_removals(planning)
    plan_spaces(planning)
    _check_windows(planning)
    _check_names(planning)
    watch("comparing", 0, len(plan.sequences))
    _check_collisions(planning)
    plan_references(planning)
    watch("comparing", len(plan.sequences), len(plan.sequences))
    return plan


def _compose_names(wanted: Wanted) -> None:
    """One spelling for each name: two that differ only in Unicode's forms are the same name."""
    for table in (*(kind.table for kind in KINDS.values()), "counters"):
        named = getattr(wanted, table)
        setattr(wanted, table, {composed(name): given for name, given in named.items()})
    wanted.removed = [(kind, composed(name)) for kind, name in wanted.removed]


SERVING = {"document_type", "status", "effective_from", "effective_until", "requires"}
"""Fields that say which requests a sequence lets in."""


def _check_windows(planning: Planning) -> None:
    """Warn of sequences of one type that from now on are effective together while nothing chooses."""
    new, plan = planning.new, planning.plan
    touched = {
        change.name
        for change in plan.changes
        if change.kind == "sequence" and (change.action == "created" or SERVING & set(change.fields))
    }
    touched &= set(new.sequences)
    if touched and not plan.errors:
        types = {each for name in touched for each in new.sequences[name].document_types}
        plan.findings += lint_windows(new, types, touched)


def _check_names(planning: Planning) -> None:
    """Warn of a new sequence that has the name of a type which another one numbers, and takes its place."""
    new, plan = planning.new, planning.plan
    created = [
        new.sequences[change.name]
        for change in plan.changes
        if change.kind == "sequence" and change.action == "created" and change.name in new.sequences
    ]
    strange = [item for item in created if document_type_name(item.name) not in item.document_types]
    if not strange:
        return
    active = [item for item in new.sequences.values() if item.status == "active"]
    numbered = {each: item.name for item in active for each in item.document_types}
    # Where policies or the default set choose, they come before the name.
    chosen = {policy.document_type for policy in new.policies.values()}
    chosen.update(kind for each in new.sets.values() if each.default for kind in each.members)
    for sequence in strange:
        document_type = document_type_name(sequence.name)
        if document_type in numbered and document_type not in chosen:
            message = (
                f"is named as the document type {document_type!r}, which sequence"
                f" {numbered[document_type]!r} numbers, and numbers {sequence.document_type!r}"
            )
            hint = f"`next {shell_word(document_type)}` draws from it from now on; rename one of them"
            plan.find("two_meanings", ("sequences", sequence.name), message, hint, severity="warning")


def _check_collisions(planning: Planning) -> None:
    """Refuse sequences that could print the same text, beside everything else that is wrong.

    What is invalid is compared where its texts are known. Where anything is refused, what is only warned of
    can wait.
    """
    plan, sequences = planning.plan, planning.new.sequences.values()
    moved = {calendar.name for calendar in plan.calendars}
    affected = plan.sequences + planning.unfinished
    affected += [item for item in sequences if item.calendar in moved]
    spaces = spaces_of(planning.new)
    if plan.spaces is not None:
        before = spaces_of(planning.old)
        affected += [
            item
            for item in sequences
            if spaces.get(item.document_type) != before.get(item.document_type)
            or item.document_type in spaces.values()
        ]
    changed = {sequence.name for sequence in affected}
    ranges = planning.new.ranges.values()
    touched = [each for each in ranges if each.sequence in changed] + plan.ranges
    affected += [planning.new.sequences[each.sequence] for each in plan.ranges]
    changed |= {name_of(each) for each in touched}
    if not changed:
        return
    concerned = {space_of(sequence, spaces) for sequence in affected}
    removed = set(plan.removed)
    alive = [
        sequence
        for sequence in [*sequences, *planning.unfinished]
        if space_of(sequence, spaces) in concerned and ("sequence", sequence.name) not in removed
    ]
    narrowed = by_range(alive, ranges, held_of(planning.transaction, ranges))
    found = find_collisions(narrowed, changed=changed, spaces=spaces)
    clashes = collision_findings(found, changed, planning.wanted.allow_collisions)
    refused = bool(plan.errors)
    plan.findings.extend(clash for clash in clashes if clash.severity == "error" or not refused)
