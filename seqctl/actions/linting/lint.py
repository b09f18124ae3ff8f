"""Finding what is wrong with definitions that are valid: in the book, or as an import would leave it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from seqctl.actions.definitions.define import raise_problems
from seqctl.actions.linting.calendars import lint_calendars
from seqctl.actions.linting.counters import has_end, lint_counters
from seqctl.actions.linting.policies import lint_policies
from seqctl.actions.linting.references import lint_references
from seqctl.actions.linting.sequences import lint_sequence
from seqctl.actions.linting.window import lint_window
from seqctl.actions.planning.plan import make_plan
from seqctl.actions.planning.planning import Watch, unwatched
from seqctl.actions.planning.windows import lint_windows
from seqctl.actions.ranges.held import held_of
from seqctl.days import date
from seqctl.model.catalogue.catalogue import Catalogue, Wanted
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.catalogue.plan import Plan
from seqctl.model.catalogue.spaces import spaces_of
from seqctl.model.classes import replaced
from seqctl.model.collision import PROVED, find_collisions
from seqctl.model.collision.told import collision_findings
from seqctl.model.finding import Finding
from seqctl.model.range.told_apart import Stretches, by_range
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

LOOKED_AT_HERE = (
    *("collision", "collision_unproved", "inactive", "overlapping_windows", "text_comparison"),
    "two_meanings",
)
"""Warnings of a plan that are left out: all definitions are looked at for these, not only changed ones."""


def lint(
    store: Store,
    against: Callable[[Callable[[], Catalogue]], Wanted] | None = None,
    watch: Watch = unwatched,
    describe: Callable[[Finding], str] = str,
) -> list[Finding]:
    """The findings on the definitions of the book, errors first. Nothing is written.

    With `against`, what files want of a book, they are those of the book as an import would leave it, beside
    what reading the files found. Raises what the import would raise where it would be refused, but for
    collisions.
    """
    findings: list[Finding] = []
    with store.read() as transaction:
        catalogue = transaction.catalogue.read()
        wanted = against(lambda: catalogue) if against is not None else None
        if wanted is not None:
            plan = make_plan(transaction, replaced(wanted, allow_collisions=True), watch)
            raise_problems(plan, describe)
            findings += [finding for finding in plan.findings if finding.code not in LOOKED_AT_HERE]
            _apply(catalogue, plan)
        named = set(wanted.sequences) if wanted is not None else set()
        standing = named or set(catalogue.sequences)
        findings += _collisions(catalogue, standing, held_of(transaction, catalogue.ranges.values()))
        findings += _findings(transaction, catalogue)
    return sorted(findings, key=lambda finding: (finding.severity != "error", finding.place, finding.code))


def _apply(catalogue: Catalogue, plan: Plan) -> None:
    """Make a catalogue what the plan would make of it."""
    for kind, name in plan.removed:
        KINDS[kind].of(catalogue).pop(name, None)
    catalogue.timezone = plan.timezone or catalogue.timezone
    catalogue.book.update(plan.book)
    for each in KINDS.values():
        each.of(catalogue).update((definition.name, definition) for definition in each.of(plan))
    for sequence in catalogue.sequences.values():
        if sequence.calendar is not None:
            sequence.fiscal = catalogue.calendars[sequence.calendar]


def _findings(transaction: Transaction, catalogue: Catalogue) -> Iterator[Finding]:
    yield from lint_references(catalogue)
    yield from lint_windows(catalogue)
    yield from lint_policies(catalogue)
    today_in = cache(transaction.today)

    def today_of(sequence: Sequence) -> date:
        return today_in(sequence.timezone or catalogue.timezone or "UTC")

    yield from lint_calendars(catalogue.sequences.values(), today_of)
    for sequence in catalogue.sequences.values():
        today = today_of(sequence)
        yield from lint_sequence(sequence, today)
        yield from lint_window(sequence, today)
        if sequence.id is not None and has_end(sequence):
            counters = transaction.catalogue.counters_of(sequence.id)
            yield from lint_counters(sequence, counters, today)


def _collisions(catalogue: Catalogue, named: set[str], held: Stretches) -> Iterator[Finding]:
    """Clashes between all sequences, also those that were allowed when they were defined.

    Of two sequences that clash the subject is one of those `named`, so that its file and line can be told.
    """
    sequences = by_range(catalogue.sequences.values(), catalogue.ranges.values(), held)
    found = find_collisions(sequences, spaces=spaces_of(catalogue))
    for collision, finding in zip(found, collision_findings(found, named, False), strict=True):
        if collision.certainty == PROVED:
            yield replaced(finding, hint="give them different prefixes or ranges")
        else:
            yield finding
