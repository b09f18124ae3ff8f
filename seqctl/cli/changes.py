"""How a change of definitions is shown: one line a definition."""

from __future__ import annotations

from collections.abc import Callable

from seqctl.cli.cells import cell
from seqctl.cli.errors import warn
from seqctl.cli.output import print_list
from seqctl.cli.session import Session
from seqctl.model.finding import Finding
from seqctl.model.plan import Plan
from seqctl.store.port import Store
from seqctl.store.sqlite.opening import NOWHERE

COLUMNS = ("action", "kind", "name", "fields")


def print_changes(plan: Plan, session: Session) -> None:
    """Print what a plan does, one line a definition; JSON gives each field with its old and new value."""
    if session.format in ("json", "jsonl"):
        print_list([change.object() for change in plan.changes], COLUMNS, session.format)
        return
    lines: list[dict[str, object]] = [
        {**change.object(), "fields": _differences(change.action, change.fields)} for change in plan.changes
    ]
    print_list(lines, COLUMNS, session.format, 3)


def added(session: Session, add: Callable[[Store, bool], Plan], dry_run: bool) -> Plan:
    """Define something new; a book is made for it only where the definition is valid."""
    with session.open_or_empty() as store:
        plan = add(store, dry_run or store.path == NOWHERE)
        missing = store.path == NOWHERE
    if missing and not dry_run:
        with session.open_or_create() as store:
            plan = add(store, False)
    return plan


def warn_of(plan: Plan, describe: Callable[[Finding], str] = str) -> None:
    """Print the warnings of a plan."""
    for finding in plan.findings:
        if finding.severity == "warning":
            warn(describe(finding))


def _differences(action: str, fields: dict[str, list[object]]) -> str:
    if action == "created":
        return ", ".join(f"{name}={cell(new)}" for name, (_, new) in fields.items())
    if action == "kept":
        return cell(fields["reason"][1])
    return ", ".join(f"{name}: {cell(old)} -> {cell(new)}" for name, (old, new) in fields.items())
