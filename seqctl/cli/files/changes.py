"""How a change of definitions is shown: one line a definition."""

from __future__ import annotations

from seqctl.cli.definitions.flags import with_options
from seqctl.cli.errors import warn
from seqctl.cli.layout import Layout
from seqctl.cli.output import print_list, print_text
from seqctl.cli.shown import cell, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from seqctl.cli.session import Session
    from seqctl.model.catalogue.catalogue import Change
    from seqctl.model.catalogue.plan import Plan
    from seqctl.model.finding import Finding
    from seqctl.store.port import Store

LAYOUT = Layout(("action", "kind", "name", "fields"), noun="change")
NONE = "(none)"
"""What a person reads where a field was or is empty."""


def print_changes(plan: Plan, session: Session) -> None:
    """Print what a plan does, one line a definition; JSON gives each field with its old and new value."""
    if session.format in ("json", "jsonl"):
        print_list(map(shown, plan.changes), LAYOUT, session.format)
        return
    # A table shows each field on a line of its own, so that none is lost on a narrow terminal.
    table = session.format == "table" or session.on_a_terminal
    lines: list[dict[str, object]] = [
        shown(change, fields=("\n" if table else ", ").join(_differences(change, NONE if table else "")))
        for change in plan.changes
    ]
    print_list(lines, LAYOUT, session.format)


def print_summary(plan: Plan, session: Session, dry_run: bool) -> None:
    """Say to a person at a terminal how many definitions a plan makes, changes and removes, or would."""
    if not session.on_a_terminal:
        return
    counts = dict.fromkeys(("created", "changed", "removed"), 0)
    for change in plan.changes:
        if change.action in counts:
            counts[change.action] += 1
    if dry_run:
        words = "{created:,} to create, {changed:,} to change, {removed:,} to remove; nothing was changed"
    else:
        words = "{created:,} created, {changed:,} changed, {removed:,} removed"
    print_text([words.format(**counts) + "\n"])


def added(session: Session, add: Callable[[Store, bool], Plan], dry_run: bool) -> Plan:
    """Define something new; a book is made for it only where the definition is valid."""
    from seqctl.model.catalogue.plan import NOWHERE

    with session.open_or_empty() as store:
        plan = add(store, dry_run or store.path == NOWHERE)
        missing = store.path == NOWHERE
    if missing and not dry_run:
        with session.open_or_create() as store:
            plan = add(store, False)
    return plan


def warn_and_print(plan: Plan, session: Session) -> None:
    """Print the warnings of a plan, and what it does."""
    warn_of(plan, lambda finding: with_options(str(finding)))
    print_changes(plan, session)


def warn_of(plan: Plan, describe: Callable[[Finding], str] = str) -> None:
    """Print the warnings of a plan."""
    for finding in plan.findings:
        if finding.severity == "warning":
            warn(describe(finding))


def _differences(change: Change, empty: str) -> list[str]:
    if change.action == "created":
        return [f"{name}={cell(new)}" for name, (_, new) in change.fields.items()]
    if change.action == "kept":
        return [cell(change.fields["reason"][1])]
    return [
        f"{name}: {cell(old) or empty} -> {cell(new) or empty}" for name, (old, new) in change.fields.items()
    ]
