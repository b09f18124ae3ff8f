"""The use cases: one function, one transaction, one imperative verb.

The functions named here are the library interface. Each is loaded when it is first named, so that a
process that issues one number loads nothing else.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.adopting import adopt
    from seqctl.actions.assigning import assign
    from seqctl.actions.auditing import list_events, log_head
    from seqctl.actions.calendars import add_calendar, edit_calendar
    from seqctl.actions.checking import check, check_quickly
    from seqctl.actions.closing import close, reopen
    from seqctl.actions.defining import define, plan_definitions
    from seqctl.actions.definition_objects import read_catalogue
    from seqctl.actions.explaining import explain
    from seqctl.actions.exporting import export
    from seqctl.actions.gap_changes import block_gaps, restore_gaps, review_gaps
    from seqctl.actions.gap_listing import list_gaps
    from seqctl.actions.issuing import issue, peek
    from seqctl.actions.linting import lint
    from seqctl.actions.lists import list_numbers
    from seqctl.actions.living import confirm, expire, release, void
    from seqctl.actions.moving import set_next
    from seqctl.actions.policies import add_policy, edit_policy
    from seqctl.actions.reconciling import Reconciliation
    from seqctl.actions.reinstating import reinstate
    from seqctl.actions.removing import remove_definition
    from seqctl.actions.sequences import add_sequence, edit_sequence
    from seqctl.actions.sets import add_set, assign_set, edit_set, unassign_set
    from seqctl.actions.simulating import simulate
    from seqctl.actions.stating import state_completeness
    from seqctl.actions.status import list_status
    from seqctl.actions.verifying import verify
    from seqctl.actions.whereabouts import show_number

__all__ = [
    "Reconciliation",
    "add_calendar",
    "add_policy",
    "add_sequence",
    "add_set",
    "adopt",
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
    "edit_sequence",
    "edit_set",
    "expire",
    "explain",
    "export",
    "issue",
    "lint",
    "list_events",
    "list_gaps",
    "list_numbers",
    "list_status",
    "log_head",
    "peek",
    "plan_definitions",
    "read_catalogue",
    "reinstate",
    "release",
    "remove_definition",
    "reopen",
    "restore_gaps",
    "review_gaps",
    "set_next",
    "show_number",
    "simulate",
    "state_completeness",
    "unassign_set",
    "verify",
    "void",
]

_HOMES = {
    "adopting": ("adopt",),
    "assigning": ("assign",),
    "auditing": ("list_events", "log_head"),
    "calendars": ("add_calendar", "edit_calendar"),
    "checking": ("check", "check_quickly"),
    "closing": ("close", "reopen"),
    "defining": ("define", "plan_definitions"),
    "explaining": ("explain",),
    "exporting": ("export",),
    "gap_changes": ("block_gaps", "restore_gaps", "review_gaps"),
    "gap_listing": ("list_gaps",),
    "issuing": ("issue", "peek"),
    "linting": ("lint",),
    "definition_objects": ("read_catalogue",),
    "lists": ("list_numbers",),
    "living": ("confirm", "expire", "release", "void"),
    "moving": ("set_next",),
    "policies": ("add_policy", "edit_policy"),
    "reconciling": ("Reconciliation",),
    "reinstating": ("reinstate",),
    "removing": ("remove_definition",),
    "sequences": ("add_sequence", "edit_sequence"),
    "sets": ("add_set", "assign_set", "edit_set", "unassign_set"),
    "simulating": ("simulate",),
    "stating": ("state_completeness",),
    "status": ("list_status",),
    "verifying": ("verify",),
    "whereabouts": ("show_number",),
}


def __getattr__(name: str) -> object:
    """Load an action from its module when it is first named."""
    for home, actions in _HOMES.items():
        if name in actions:
            from importlib import import_module

            return getattr(import_module(f"seqctl.actions.{home}"), name)
    raise AttributeError(f"seqctl.actions has no action {name!r}")
