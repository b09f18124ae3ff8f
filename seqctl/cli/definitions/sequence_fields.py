"""The options of `sequence add` and `sequence edit`, made from the table of fields."""

from seqctl.cli.grammar.declaration import Parameter, option
from seqctl.errors import UsageError
from seqctl.model.sequence.fields import FIELD_TABLE, SHORTHAND, Field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WITHOUT = ("name", "status")
"""Fields that have no option of their own."""
SHORTHAND_HELP = {
    "prefix": "Text before the number, instead of a pattern.",
    "suffix": "Text after the number, instead of a pattern.",
    "width": "Least number of digits, instead of a pattern.",
}


def field_parameters() -> list[Parameter]:
    """An option for each field, and for each shorthand."""
    return [
        *(_parameter(field) for field in FIELD_TABLE if field.name not in WITHOUT),
        *(
            Parameter(name, str, option(f"--{name}", help=help), None)
            for name, help in SHORTHAND_HELP.items()
        ),
    ]


def read_fields(given: "dict[str, Any]") -> dict[str, object]:
    """The fields that were given; an empty text stands for no value: `edit --end ""` takes the end away."""
    names = (*(field.name for field in FIELD_TABLE if field.name not in WITHOUT), *SHORTHAND)
    return {name: _read(name, given[name]) for name in names if given[name] is not None and given[name] != []}


def _parameter(field: Field) -> Parameter:
    help = field.help
    if field.choices:
        help += f" One of: {', '.join(field.choices)}."
    if field.default not in (None, False):
        help += f" Default: {field.default}."
    if field.kind == "boolean":
        return Parameter(field.name, bool, option(field.option, f"--no-{field.name}", help=help), None)
    if field.kind == "values":
        form = option(field.option, metavar="NAME[=VALUE,...]", help=help)
        return Parameter(field.name, list[str], form, None)
    complete = "calendars" if field.name == "calendar" else None
    return Parameter(
        field.name, str, option(field.option, metavar=field.name.upper(), help=help, complete=complete), None
    )


def _read(name: str, value: object) -> object:
    """A value as the checks take it: attribute tables from `entity=DE,FR`, None from an empty text."""
    if not isinstance(value, list):
        return None if value == "" else value
    table: dict[str, list[str]] = {}
    for item in value:
        if item == "":
            continue
        attribute, equals, listed = item.partition("=")
        if attribute in table:
            raise UsageError(f"--{name} names {attribute!r} twice", "name each attribute once")
        table[attribute] = listed.split(",") if equals else []
    return table
