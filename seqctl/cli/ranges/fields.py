"""The fields of a range as options of `range add` and `range edit`, and how their values are written."""

from seqctl.cli.grammar.declaration import Parameter, option
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

OPTIONS = {
    "first": ("--first", "N", "Its first number."),
    "last": ("--last", "N", "Its last number, included. Default: none."),
    "valid_from": ("--from", "DATE", "First document date."),
    "valid_until": ("--until", "DATE", "Last document date, included."),
    "values": (
        "--value",
        "NAME=VALUE",
        "An attribute that it supplies or, where it has counters of its own, that it is for.",
    ),
    "warn_at": ("--warn-at", "WARN_AT", 'Warn from 90% on, at "100 left", "30 days" before its last day.'),
    "authority": ("--authority", "TEXT", "Who granted it."),
    "code": ("--code", "TEXT", "A code of the authority, for print."),
    "note": ("--note", "TEXT", "Anything else, for print."),
    "granted_on": ("--granted-on", "DATE", "When it was granted."),
}
REPEATED = ("values", "warn_at")

ALLOW = option("--allow-collisions", help="Allow it although it could print the same numbers.")


def field_options() -> list[Parameter]:
    """An option for each field but the id and the sequence, none of them required."""
    return [
        Parameter(
            name,
            list[str] if name in REPEATED else str,
            option(flag, metavar=metavar, help=help, read=None if name in REPEATED else composed),
            None,
        )
        for name, (flag, metavar, help) in OPTIONS.items()
    ]


def given_fields(given: "dict[str, Any]") -> dict[str, object]:
    """The fields that were given; an empty text stands for no value. Raises UsageError for no NAME=VALUE."""
    from seqctl.cli.options import pairs

    fields: dict[str, object] = {}
    for name, value in given.items():
        if value is None or value == []:
            continue
        if name == "values":
            fields[name] = pairs([item for item in value if item], "--value", "prefix=SETP", "NAME=VALUE")
        elif name == "warn_at":
            fields[name] = [item for item in value if item] or None
        else:
            fields[name] = value or None
    return fields
