"""The use cases: one function, one transaction, one imperative verb.

The functions named here are the library interface. Each is loaded when it is first named, so that a
process that issues one number loads nothing else.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.calendars import add_calendar, edit_calendar
    from seqctl.actions.defining import define, plan_definitions
    from seqctl.actions.exporting import export
    from seqctl.actions.issuing import issue, peek
    from seqctl.actions.lists import list_numbers, read_catalogue, show_number
    from seqctl.actions.moving import set_next
    from seqctl.actions.removing import remove_definition
    from seqctl.actions.sequences import add_sequence, edit_sequence
    from seqctl.actions.sets import add_set, assign_set, edit_set, unassign_set

__all__ = [
    "add_calendar",
    "add_sequence",
    "add_set",
    "assign_set",
    "define",
    "edit_calendar",
    "edit_sequence",
    "edit_set",
    "export",
    "issue",
    "list_numbers",
    "peek",
    "plan_definitions",
    "read_catalogue",
    "remove_definition",
    "set_next",
    "show_number",
    "unassign_set",
]

_HOMES = {
    "calendars": ("add_calendar", "edit_calendar"),
    "defining": ("define", "plan_definitions"),
    "exporting": ("export",),
    "issuing": ("issue", "peek"),
    "lists": ("list_numbers", "read_catalogue", "show_number"),
    "moving": ("set_next",),
    "removing": ("remove_definition",),
    "sequences": ("add_sequence", "edit_sequence"),
    "sets": ("add_set", "assign_set", "edit_set", "unassign_set"),
}


def __getattr__(name: str) -> object:
    """Load an action from its module when it is first named."""
    for home, actions in _HOMES.items():
        if name in actions:
            from importlib import import_module

            return getattr(import_module(f"seqctl.actions.{home}"), name)
    raise AttributeError(f"seqctl.actions has no action {name!r}")
