"""Changing definitions: plan without the lock, look again under it, write, note one event.

The library interface for definitions: `plan_definitions` shows what a change would do, `define` does it.
"""

from __future__ import annotations

from collections.abc import Callable

from seqctl.actions.counters.set_next import move_forward
from seqctl.actions.definitions.gap_records import write_gap_change
from seqctl.actions.definitions.problems import told_together
from seqctl.actions.planning.plan import make_plan
from seqctl.actions.planning.planning import Watch, unwatched
from seqctl.errors import Busy, InvalidInput, NotFound, Refused, SeqctlError, repeatable
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.catalogue.plan import NOWHERE, Plan
from seqctl.model.classes import fields_of
from seqctl.model.finding import Finding
from seqctl.model.log.events.book import Defined
from seqctl.model.number.counter import Counter
from seqctl.model.reports.file_problems import MOST_FINDINGS, FileFinding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

INVALID = ("invalid_definition", "collision", "invalid_input")

DRAWING = ("issue", "reserve", "assign", "confirm", "release", "expire", "void", "reinstate")
"""Events that change numbers and counters, and whether a definition was used, but no definition."""


Wish = Callable[["Transaction"], Wanted]
"""What is wanted, told from what the book holds: an edit merges into what is there. It is asked again
under the lock where the book changed meanwhile, so that two edits at once both count."""


def plan_definitions(store: Store, wish: Wanted | Wish, watch: Watch = unwatched) -> Plan:
    """What a change of definitions would do. Takes no lock and changes nothing."""
    with store.read() as transaction:
        plan = make_plan(transaction, _asked(wish, transaction), watch)
        if store.path == NOWHERE:
            plan.empty_book_zone = transaction.definitions.book_timezone()
        return plan


def plan_or_define(store: Store, wish: Wanted | Wish, action: str, subject: str, dry_run: bool) -> Plan:
    """Plan a change of definitions and, unless it is a rehearsal, make it."""
    plan = plan_definitions(store, wish)
    if dry_run:
        raise_problems(plan)
        return plan
    return define(store, wish, action, subject, plan)


@repeatable
def define(
    store: Store,
    wish: Wanted | Wish,
    action: str,
    subject: str,
    plan: Plan | None = None,
    describe: Callable[[Finding], str] = str,
    place: Callable[[Finding], FileFinding] | None = None,
) -> Plan:
    """Apply a change of definitions in one transaction, all of it or nothing, and note it as one event.

    `plan` is a plan made before: it is made again under the lock only if the book changed in a way that it
    depends on.
    `describe` words a finding, with its file and line where it has one, and `place` has these for programs.
    Raises InvalidInput or Refused
    with every problem, Busy where more would be removed than was agreed to; takes the write lock of the
    book for the write alone.
    """
    if plan is None:
        plan = plan_definitions(store, wish)
    raise_problems(plan, describe, place)
    if not plan.writes:
        return plan
    with store.write_much() as transaction:
        if not _still_holds(plan, transaction):
            agreed = set(plan.removed), {move.sequence for move in plan.far_moves}
            plan = make_plan(transaction, _asked(wish, transaction))
            raise_problems(plan, describe, place)
            if (
                not set(plan.removed) <= agreed[0]
                or not {move.sequence for move in plan.far_moves} <= agreed[1]
            ):
                message = "the database changed meanwhile, and more would be removed or passed over now"
                raise Busy(message, "try again")
        if plan.writes:
            _write(transaction, plan)
            _note(transaction, plan, action, subject)
            transaction.commit()
    return plan


def _asked(wish: Wanted | Wish, transaction: Transaction) -> Wanted:
    return wish if isinstance(wish, Wanted) else wish(transaction)


def _still_holds(plan: Plan, transaction: Transaction) -> bool:
    """Whether a plan made before is the plan that would be made now.

    A plan for no book holds for a new one. Any other holds where the book is as it was; and where numbers
    were drawn since, a plan that only creates does: nothing that is new depends on them. So whoever draws
    numbers during a long import waits for its final write alone.
    """
    head = transaction.log.last()
    if plan.empty_book_zone is not None:
        return head[0] == 1 and transaction.definitions.book_timezone() == plan.empty_book_zone
    if head == plan.seen:
        return True
    if not plan.only_creates:
        return False
    events = transaction.events.after(plan.seen[0] - 1)
    seen = next(events, None)
    return (
        seen is not None
        and (seen.id, seen.hash) == plan.seen
        and all(event.action in DRAWING for event in events)
    )


def raise_problems(
    plan: Plan,
    describe: Callable[[Finding], str] = str,
    place: Callable[[Finding], FileFinding] | None = None,
) -> None:
    """Raise the error of a plan that has errors: invalid before refused, with every problem named.

    `place` says for programs where in a file each of them stands; with it, like problems are told together.
    """
    errors = plan.errors
    if not errors:
        return
    invalid = [finding for finding in errors if finding.code in INVALID]
    first = (invalid or errors)[0]
    if len(errors) == 1:
        message, hint = describe(first).removesuffix(f"; {first.hint}"), first.hint
    else:
        message, hint = f"{len(errors)} problems; nothing was applied", "fix them and try again"
    error: SeqctlError
    if invalid:
        error = InvalidInput(first.code, message, hint)
    elif first.code == "not_found":
        error = NotFound(message, hint)
    else:
        error = Refused(first.code, message, hint)
    if len(errors) > 1:
        error.problems = told_together(errors, describe, place) if place else tuple(map(describe, errors))
    if place is not None:
        error.findings, error.findings_count = tuple(map(place, errors[:MOST_FINDINGS])), len(errors)
    raise error


def _write(transaction: Transaction, plan: Plan) -> None:
    if plan.timezone is not None:
        transaction.catalogue.put_timezone(plan.timezone)
    for key, kinds in plan.book.items():
        transaction.catalogue.put_book_list(key, kinds)
    for name in plan.recounted:
        transaction.catalogue.drop_counters(name)
    event_id = transaction.log.last().id + 1
    for kind in KINDS.values():
        transaction.catalogue.put(kind.name, kind.of(plan), event_id)
    for kind in reversed(KINDS.values()):
        gone = [name for removed, name in plan.removed if removed == kind.name]
        if gone:
            transaction.catalogue.remove(kind.name, gone)
    if plan.spaces is not None:
        transaction.spaces.put(plan.spaces)
    for name, kept in plan.recounted.items():
        for (period, scope), value in kept.items():
            _set_first(transaction, name, scope, period, value)
    for name, scope, period, value in plan.counters:
        _set_first(transaction, name, scope, period, value)
    for move in plan.moves:
        move_forward(transaction, move)
    for change in plan.gaps:
        write_gap_change(transaction, change)
    transaction.catalogue.put_origins(plan.origins)
    if plan.kept is not None:
        from seqctl.actions.references.kept import keep_of

        keep_of(transaction, plan.kept)


def _set_first(transaction: Transaction, name: str, scope: str, period: str, value: int) -> None:
    """Give an unused counter its first value."""
    sequence = transaction.definitions.sequence(name)
    assert sequence is not None and sequence.id is not None
    counter = transaction.ledger.counter(sequence.id, scope, period)
    if counter is None:
        counter = Counter.unused(value, sequence.step)
        transaction.ledger.add_counter(sequence, scope, period, counter)
        return
    counter.begin(value, sequence.step)
    transaction.ledger.save_counter(counter)


def _note(transaction: Transaction, plan: Plan, action: str, subject: str) -> None:
    changes = [fields_of(change) for change in plan.changes if change.action not in ("unchanged", "kept")]
    transaction.log.append(Defined(action, subject, changes, plan.origins or None))
