"""What every command has in common: the shared options, the open book, questions to a person."""

from __future__ import annotations

import inspect
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any, Literal, Protocol, TypeVar

import typer

from seqctl.actor import actor_name
from seqctl.cli.errors import last_format
from seqctl.cli.place import database_path
from seqctl.clock import ProcessClock
from seqctl.docstrings import docstring
from seqctl.errors import ConfirmationNeeded, NotFound, UsageError
from seqctl.store.port import Store
from seqctl.store.sqlite.engine import DEFAULT_TIMEOUT

Outcome = TypeVar("Outcome")


class Confirmable(Protocol):
    """A request that a person may have said yes to."""

    confirmed: bool


@dataclass(slots=True)
class Agreement:
    """Whether a person said yes, for a command whose request has no place for it."""

    confirmed: bool


Format = Literal["table", "json", "jsonl", "csv", "tsv"]
LONGEST_WAIT = 2_000_000.0

PANEL = "Everywhere"
SHARED: dict[str, tuple[Any, Any]] = {
    "db": (
        Annotated[
            str | None,
            typer.Option("--db", metavar="PATH", help="The database file.", rich_help_panel=PANEL),
        ],
        None,
    ),
    "output": (
        Annotated[
            Format | None,
            typer.Option("-o", "--output", help="How to print.", rich_help_panel=PANEL),
        ],
        None,
    ),
    "json": (
        Annotated[bool, typer.Option("--json", help="Same as -o json.", rich_help_panel=PANEL)],
        False,
    ),
    "actor": (
        Annotated[
            str | None,
            typer.Option("--actor", metavar="NAME", help="Who the log names.", rich_help_panel=PANEL),
        ],
        None,
    ),
    "timeout": (
        Annotated[
            float | None,
            typer.Option(
                "--timeout",
                metavar="SECONDS",
                min=0,
                help="How long to wait for another writer (30).",
                rich_help_panel=PANEL,
            ),
        ],
        None,
    ),
}
"""The options that stand before or after the subcommand."""


class Session:
    """One run of a command: its shared options, resolved when they are first needed."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        self.path, self.why = database_path(options.get("db"))
        timeout = options.get("timeout")
        self.timeout = DEFAULT_TIMEOUT if timeout is None else _seconds(timeout)

    @property
    def format(self) -> str | None:
        """The output format that was asked for, or None; of two on one level the last one."""
        json, output = self.options.get("json"), self.options.get("output")
        if json and output:
            return last_format(self.options.get("arguments", []))
        return "json" if json else output

    @property
    def actor(self) -> str:
        """Who acts."""
        return actor_name(self.options.get("actor"))

    def open(self) -> Store:
        """The book, which must exist."""
        from seqctl.store.sqlite.engine import open_book

        return open_book(self.path, self.actor, ProcessClock(), self.timeout)

    def open_or_create(self, timezone: str | None = None) -> Store:
        """The book, made where there is none."""
        from seqctl.store.sqlite.opening import open_or_create

        return open_or_create(self.path, self.actor, ProcessClock(), self.timeout, timezone)

    def open_or_empty(self, timezone: str | None = None) -> Store:
        """The book, or an empty one in memory where there is none: for plans that create nothing."""
        from seqctl.store.sqlite.opening import open_in_memory

        try:
            return self.open()
        except NotFound:
            return open_in_memory(self.actor, ProcessClock(), timezone)


def confirmed(question: str, yes: bool) -> None:
    """Go on where a person said yes: with --yes, or asked at a terminal. Raises ConfirmationNeeded."""
    if yes:
        return
    if not (sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()):
        raise ConfirmationNeeded(question)
    if not typer.confirm(f"{question}. Go on?", err=True):
        raise typer.Exit(130)


def asking(act: Callable[[], Outcome], request: Confirmable) -> Outcome:
    """Do it; where it needs a yes, ask for one at a terminal and do it again."""
    try:
        return act()
    except ConfirmationNeeded as needed:
        confirmed(needed.message, request.confirmed)
        request.confirmed = True
        return act()


def shared(function: Callable[..., int | None]) -> Callable[..., int]:
    """Give a command the shared options; it gets a Session as its first argument instead of them."""
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]

    @wraps(function)
    def command(context: typer.Context, **arguments: Any) -> int:
        options = dict(context.obj or {})
        options.update(_given(arguments))
        for name in SHARED:
            arguments.pop(name, None)
        return function(Session(options), **arguments) or 0

    return _signed(command, own)


def remember(context: typer.Context, **arguments: Any) -> None:
    """Note the shared options that stand before a subcommand."""
    context.obj = {**(context.obj or {}), **_given(arguments)}


def group_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give the callback of a command group the shared options, which it notes for the subcommands."""
    own = list(inspect.signature(function, eval_str=True).parameters.values())

    @wraps(function)
    def callback(context: typer.Context, **arguments: Any) -> None:
        remember(context, **{name: arguments.pop(name) for name in SHARED})
        function(**arguments)

    return _signed(callback, own)


def _given(arguments: dict[str, Any]) -> dict[str, Any]:
    """The shared options that were really given; a format replaces one given before."""
    given = {name: value for name in SHARED if (value := arguments.get(name)) is not None}
    if not given["json"]:
        # Only a format that was asked for on this level replaces one from before the subcommand.
        del given["json"]
        if "output" in given:
            given["json"] = False
    elif "output" not in given:
        given["output"] = None
    return given


def _seconds(timeout: float) -> float:
    """A time to wait. SQLite counts milliseconds in 32 bits, so that no wait is longer than that."""
    if not 0 <= timeout < math.inf:
        raise UsageError(f"--timeout {timeout} is no time to wait", "write seconds: --timeout 60")
    return min(float(timeout), LONGEST_WAIT)


def _signed(function: Callable[..., Any], own: list[inspect.Parameter]) -> Callable[..., Any]:
    """A function that shows Typer its help, and its own parameters between context and shared options."""
    function.__doc__ = docstring(function)
    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    options = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in SHARED.items()
    ]
    own = [item.replace(kind=inspect.Parameter.KEYWORD_ONLY) for item in own]
    parameters = [context, *own, *options]
    function.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    function.__annotations__ = {item.name: item.annotation for item in parameters}
    del function.__wrapped__  # type: ignore[attr-defined]
    return function
