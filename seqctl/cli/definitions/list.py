"""`sequence list` and its like: the definitions of a kind, by name."""

from seqctl.cli import options
from seqctl.cli.definitions.kinds import KINDS
from seqctl.cli.grammar.declaration import Command, Parameter, argument, option
from seqctl.cli.output import print_list
from seqctl.cli.session import Session
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FILTERS = {
    "sequence": ("type", "status"),
    "set": ("type", "sequence"),
    "policy": ("type", "status", "sequence"),
    "calendar": (),
}
"""By what the lists of each kind can be narrowed."""


def command_of(name: str) -> Command:
    """The command for one kind."""
    kind = KINDS[name]

    def list_definitions(session: Session, **given: "Any") -> None:
        from seqctl.actions.definitions.list_definitions import DefinitionFilter, list_definitions

        only = options.columns(given.pop("columns"), (*kind.layout.columns, *kind.fields(), "cursor"))
        with session.open() as store:
            found = list_definitions(store, name, DefinitionFilter(**given))
        shown = [{**kind.shown(*item, session.format), "cursor": item.definition.name} for item in found]
        print_list(shown, kind.layout, session.format, only, session.zone)

    return kind.command("list", list_definitions, _parameters(name))


def _parameters(name: str) -> list[Parameter]:
    """The names, the filters of the kind, and what every list takes."""
    table = KINDS[name].table
    named = argument("[NAME]...", f"Names of {table}; * stands for any characters.", composed, table)
    forms = {
        "document_type": option("--type", metavar="TYPE", help="What is for this document type."),
        "status": option("--status", choices=("active", "inactive"), help="What is active, or what is not."),
        "sequence": option(
            "--sequence", metavar="NAME", read=composed, help="Those that name it.", complete="sequences"
        ),
    }
    chosen = [field for field in forms if field.removeprefix("document_") in FILTERS[name]]
    limit = option("--limit", metavar="N", read=options.limit, help="Show at most N lines.")
    last = option("--last", metavar="N", read=options.limit, help="Show the last N, in the same order.")
    after = option("--after", metavar="NAME", read=composed, help="Start after this name.")
    columns = option("--columns", metavar="A,B,C", help="Show only these columns, in this order.")
    return [
        Parameter("names", list[str], named, None),
        *(Parameter(field, str, forms[field], None) for field in chosen),
        Parameter("limit", int, limit, None),
        Parameter("last", int, last, None),
        Parameter("after", str, after, None),
        Parameter("columns", str, columns, None),
    ]
