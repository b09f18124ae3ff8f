"""Changing definitions: plan without the lock, look again under it, write, note one event.

The library interface for definitions: `plan_definitions` shows what a change would do, `define` does it.
"""

from __future__ import annotations

from json import dumps

from seqctl.actions.plan import Watch, make_plan, unwatched
from seqctl.errors import InvalidInput, NotFound, Refused, SeqctlError
from seqctl.model.catalogue import Wanted
from seqctl.model.counter import Counter
from seqctl.model.finding import Finding
from seqctl.model.plan import Plan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from seqctl.store.port import Store, Transaction

INVALID = ("invalid_definition", "collision")


def plan_definitions(store: Store, wanted: Wanted, watch: Watch = unwatched) -> Plan:
    """What a change of definitions would do. Takes no lock and changes nothing."""
    with store.read() as transaction:
        return make_plan(transaction, wanted, watch)


def define(
    store: Store,
    wanted: Wanted,
    action: str,
    subject: str,
    plan: Plan | None = None,
    describe: Callable[[Finding], str] = str,
) -> Plan:
    """Apply a change of definitions in one transaction, all of it or nothing, and note it as one event.

    `plan` is a plan made before: it is made again under the lock only if the book changed meanwhile.
    `describe` words a finding, with its file and line where it has one. Raises InvalidInput or Refused
    with every problem; takes the write lock of the book for the write alone.
    """
    if plan is None:
        plan = plan_definitions(store, wanted)
    raise_problems(plan, describe)
    if not plan.writes:
        return plan
    with store.write() as transaction:
        if transaction.log.last()[0] != plan.seen_event:
            plan = make_plan(transaction, wanted)
            raise_problems(plan, describe)
        _write(transaction, plan)
        _note(transaction, plan, action, subject)
        transaction.commit()
    return plan


def raise_problems(plan: Plan, describe: Callable[[Finding], str] = str) -> None:
    """Raise the error of a plan that has errors: invalid before refused, with every problem named."""
    errors = plan.errors
    if not errors:
        return
    problems = tuple(describe(finding) for finding in errors)
    invalid = [finding for finding in errors if finding.code in INVALID]
    first = (invalid or errors)[0]
    if len(errors) == 1:
        message, hint = problems[0].removesuffix(f"; {first.hint}"), first.hint
        problems = ()
    else:
        message, hint = f"{len(errors)} problems; nothing was applied", "mend them and try again"
    error: SeqctlError
    if invalid:
        error = InvalidInput(first.code, message, hint)
    elif first.code == "not_found":
        error = NotFound(message, hint)
    else:
        error = Refused(first.code, message, hint)
    error.problems = problems
    raise error


def _write(transaction: Transaction, plan: Plan) -> None:
    if plan.timezone is not None:
        transaction.catalogue.put_timezone(plan.timezone)
    for calendar in plan.calendars:
        transaction.catalogue.put_calendar(calendar)
    transaction.catalogue.put_sequences(plan.sequences)
    for kind, name in plan.removed:
        if kind == "set":
            transaction.catalogue.remove_definition(kind, name)
    for sequence_set in plan.sets:
        transaction.catalogue.put_set(sequence_set)
    for kind, name in plan.removed:
        if kind != "set":
            transaction.catalogue.remove_definition(kind, name)
    for name, scope, period, value in plan.counters:
        _set_first(transaction, name, scope, period, value)


def _set_first(transaction: Transaction, name: str, scope: str, period: str, value: int) -> None:
    """Give an unused counter its first value."""
    sequence = transaction.definitions.sequence(name)
    assert sequence is not None and sequence.id is not None
    counter = transaction.ledger.counter(sequence.id, scope, period)
    if counter is None:
        counter = Counter(None, None, value, value - sequence.step)
        uniqueness = (sequence.document_type, period if sequence.unique == "period" else "")
        transaction.ledger.add_counter(sequence.id, scope, period, uniqueness, counter)
        return
    counter.first, counter.last = value, value - sequence.step
    transaction.ledger.save_counter(counter)


def _note(transaction: Transaction, plan: Plan, action: str, subject: str) -> None:
    changes = [change.object() for change in plan.changes if change.action not in ("unchanged", "kept")]
    detail = dumps({"changes": changes}, ensure_ascii=False, separators=(",", ":"))
    transaction.log.append(action, subject, detail)
