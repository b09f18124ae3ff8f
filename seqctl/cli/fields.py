"""The options of `sequence add` and `sequence edit`, made from the table of fields."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from seqctl.cli.options import complete_calendar
from seqctl.errors import UsageError
from seqctl.model.fields import FIELD_TABLE, SHORTHAND, Field

SHORTHAND_HELP = {
    "prefix": "Text before the number, instead of a pattern.",
    "suffix": "Text after the number, instead of a pattern.",
    "width": "Least number of digits, instead of a pattern.",
}


def with_fields(function: Callable[..., None], *without: str) -> Callable[..., None]:
    """Give a command an option for each field; it gets those that were given as the table `fields`.

    An empty text stands for no value, so that `edit --end ""` takes the end away.
    """
    own = list(inspect.signature(function, eval_str=True).parameters.values())
    chosen = [field for field in FIELD_TABLE if field.name not in ("name", *without)]
    parameters = [_parameter(field) for field in chosen] + [
        _option(name, Annotated[str | None, typer.Option(f"--{name}", help=help)])
        for name, help in SHORTHAND_HELP.items()
    ]

    @wraps(function)
    def command(*given: Any, **arguments: Any) -> None:
        fields: dict[str, object] = {}
        for name in [*(field.name for field in chosen), *SHORTHAND]:
            value = arguments.pop(name)
            if value is not None and value != []:
                fields[name] = _read(name, value)
        function(*given, fields=fields, **arguments)

    kept = [parameter for parameter in own if parameter.name != "fields"]
    command.__signature__ = inspect.Signature([*kept, *parameters])  # type: ignore[attr-defined]
    return command


def _parameter(field: Field) -> inspect.Parameter:
    help = field.help
    if field.choices:
        help += f" One of: {', '.join(field.choices)}."
    if field.default not in (None, False):
        help += f" Default: {field.default}."
    if field.kind == "boolean":
        flag = Annotated[bool | None, typer.Option(f"{field.option}/--no-{field.name}", help=help)]
        return _option(field.name, flag)
    metavar = field.name.upper() if field.kind != "values" else "NAME[=VALUE,...]"
    if field.kind == "values":
        return _option(
            field.name,
            Annotated[list[str] | None, typer.Option(field.option, metavar=metavar, help=help)],
        )
    complete = complete_calendar if field.name == "calendar" else None
    option = typer.Option(field.option, metavar=metavar, help=help, autocompletion=complete)
    return _option(field.name, Annotated[str | None, option])


def _option(name: str, annotation: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


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
