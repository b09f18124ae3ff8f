"""The use cases: one function, one transaction, one imperative verb.

The functions named here are the library interface. Each is loaded when it is first named, so that a
process that issues one number loads nothing else.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.adopting.adopt import adopt
    from seqctl.actions.assigning.assign import assign
    from seqctl.actions.audit.follow import follow_events
    from seqctl.actions.audit.log import list_events, log_head
    from seqctl.actions.audit.verify import verify
    from seqctl.actions.checking.check import check, check_quickly
    from seqctl.actions.counters.close import close, reopen
    from seqctl.actions.counters.list_status import list_status
    from seqctl.actions.counters.set_next import set_next
    from seqctl.actions.counters.statement import state_completeness
    from seqctl.actions.definitions.change import (
        add_calendar,
        add_policy,
        add_range,
        add_sequence,
        add_set,
        edit_calendar,
        edit_policy,
        edit_range,
        edit_sequence,
        edit_set,
        remove_definition,
    )
    from seqctl.actions.definitions.define import define, plan_definitions
    from seqctl.actions.definitions.export import export, read_catalogue
    from seqctl.actions.definitions.list_definitions import list_definitions, show_definition
    from seqctl.actions.definitions.owners import assign_set, unassign_set
    from seqctl.actions.definitions.rename import rename_definition
    from seqctl.actions.gaps.change import block_gaps, restore_gaps, review_gaps
    from seqctl.actions.gaps.list_gaps import list_gaps
    from seqctl.actions.issuing.explain import explain
    from seqctl.actions.issuing.issue import issue, peek
    from seqctl.actions.issuing.simulate import simulate
    from seqctl.actions.linting.lint import lint
    from seqctl.actions.numbers.change import confirm, expire, extend, record, release, void
    from seqctl.actions.numbers.list_numbers import list_numbers
    from seqctl.actions.numbers.reinstate import reinstate
    from seqctl.actions.numbers.show import show_number
    from seqctl.actions.ranges.annul import annul_range, reopen_range
    from seqctl.actions.reconciling.reconcile import Reconciliation

__all__ = [
    "Reconciliation",
    "add_calendar",
    "add_policy",
    "add_range",
    "add_sequence",
    "add_set",
    "adopt",
    "annul_range",
    "assign",
    "assign_set",
    "block_gaps",
    "check",
    "check_quickly",
    "close",
    "confirm",
    "define",
    "edit_calendar",
    "edit_policy",
    "edit_range",
    "edit_sequence",
    "edit_set",
    "expire",
    "explain",
    "export",
    "extend",
    "follow_events",
    "issue",
    "lint",
    "list_definitions",
    "list_events",
    "list_gaps",
    "list_numbers",
    "list_status",
    "log_head",
    "peek",
    "plan_definitions",
    "read_catalogue",
    "record",
    "reinstate",
    "release",
    "remove_definition",
    "rename_definition",
    "reopen",
    "reopen_range",
    "restore_gaps",
    "review_gaps",
    "set_next",
    "show_definition",
    "show_number",
    "simulate",
    "state_completeness",
    "unassign_set",
    "verify",
    "void",
]

_HOMES = {
    "adopting.adopt": ("adopt",),
    "assigning.assign": ("assign",),
    "audit.follow": ("follow_events",),
    "audit.log": ("list_events", "log_head"),
    "checking.check": ("check", "check_quickly"),
    "counters.close": ("close", "reopen"),
    "definitions.define": ("define", "plan_definitions"),
    "issuing.explain": ("explain",),
    "definitions.change": (
        *("add_calendar", "add_policy", "add_range", "add_sequence", "add_set"),
        *("edit_calendar", "edit_policy", "edit_range", "edit_sequence", "edit_set", "remove_definition"),
    ),
    "definitions.list_definitions": ("list_definitions", "show_definition"),
    "definitions.export": ("export", "read_catalogue"),
    "definitions.rename": ("rename_definition",),
    "gaps.change": ("block_gaps", "restore_gaps", "review_gaps"),
    "gaps.list_gaps": ("list_gaps",),
    "issuing.issue": ("issue", "peek"),
    "linting.lint": ("lint",),
    "numbers.list_numbers": ("list_numbers",),
    "numbers.change": ("confirm", "expire", "extend", "record", "release", "void"),
    "counters.set_next": ("set_next",),
    "reconciling.reconcile": ("Reconciliation",),
    "numbers.reinstate": ("reinstate",),
    "ranges.annul": ("annul_range", "reopen_range"),
    "definitions.owners": ("assign_set", "unassign_set"),
    "issuing.simulate": ("simulate",),
    "counters.statement": ("state_completeness",),
    "counters.list_status": ("list_status",),
    "audit.verify": ("verify",),
    "numbers.show": ("show_number",),
}


def __getattr__(name: str) -> object:
    """Load an action from its module when it is first named."""
    for home, actions in _HOMES.items():
        if name in actions:
            return getattr(__import__(f"seqctl.actions.{home}", fromlist=[name]), name)
    raise AttributeError(f"seqctl.actions has no action {name!r}")
