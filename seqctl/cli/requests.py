"""The options that describe a request for numbers, shared by every command that takes one."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from seqctl.cli import options
from seqctl.model.request import Request

OPTIONS: dict[str, tuple[Any, Any]] = {
    "count": (options.Count, 1),
    "contiguous": (options.Contiguous, False),
    "date": (options.DocumentDate, None),
    "set_name": (options.SetName, None),
    "owners_given": (options.Owners, None),
    "sequence": (options.SequenceName, None),
    "attributes": (options.Attributes, None),
    "key": (options.Key, None),
    "record": (options.Record, None),
    "yes": (options.Yes, False),
}


def with_request(function: Callable[..., Any], *without: str) -> Callable[..., Any]:
    """Give a command the target and the options of a request; it gets them as one `request`.

    `without` names options that the command has no use for, or has itself in another form.
    """
    own = [
        parameter
        for parameter in inspect.signature(function, eval_str=True).parameters.values()
        if parameter.name != "request"
    ]
    target = inspect.Parameter("target", inspect.Parameter.KEYWORD_ONLY, annotation=options.Target)
    chosen = {name: option for name, option in OPTIONS.items() if name not in without}
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in chosen.items()
    ]

    @wraps(function)
    def command(*given: Any, **arguments: Any) -> Any:
        described = {name: default for name, (_, default) in OPTIONS.items()}
        described["target"] = arguments.pop("target")
        described.update({name: arguments.pop(name) for name in chosen})
        return function(*given, request=request_of(described), **arguments)

    first = own[0].replace(kind=inspect.Parameter.POSITIONAL_OR_KEYWORD)
    rest = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own[1:]]
    command.__signature__ = inspect.Signature([first, target, *rest, *added])  # type: ignore[attr-defined]
    return command


def request_of(described: dict[str, Any]) -> Request:
    """The request that options describe. Raises UsageError."""
    from seqctl.model.instant import check_date

    if described["date"] is not None:
        check_date(described["date"])
    return Request(
        described["target"],
        described["count"],
        contiguous=described["contiguous"],
        date=described["date"],
        set_name=described["set_name"],
        owners=options.owners(described["owners_given"]),
        sequence=described["sequence"],
        attributes=options.pairs(described["attributes"], "--attr"),
        key=described["key"],
        record=described["record"],
        confirmed=described["yes"],
    )
