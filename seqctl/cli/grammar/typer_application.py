"""The full command line: Typer commands made from declarations, for help, mistakes and all that is not plain.

Only what a call names is built; where it names nothing that is known, everything is, so that help lists all
commands and a slip finds its neighbours.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from seqctl.cli.errors import FORMATS
from seqctl.cli.grammar.commands import COMMANDS, SECTIONS, Group, Listed, first_words, named
from seqctl.cli.grammar.declaration import REQUIRED, Command, Parameter
from seqctl.cli.grammar.everywhere import EVERYWHERE, has_format
from seqctl.cli.grammar.plain import print_version
from seqctl.errors import UsageError

EXAMPLE = "Example: seqctl "
PANEL = "Everywhere"
HELP = "Keep document numbers unique, in order and free of unexplained gaps."
HELP_FLAGS = ["-h", "--help"]
LONGEST = max(map(len, first_words()))
VALUED = frozenset(flag for item in EVERYWHERE if not item.flag for flag in item.form.flags)


def run(arguments: list[str]) -> int:
    """Run the full command line and return its exit status. Raises seqctl's own errors."""
    # Who asks for completion names the command elsewhere.
    called = None if "_SEQCTL_COMPLETE" in os.environ else arguments
    command = typer.main.get_command(application(called))
    try:
        status = command.main(
            args=arguments, prog_name="seqctl", standalone_mode=False, obj={"arguments": arguments}
        )
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            from seqctl.cli.errors import last_format, line

            if last_format(arguments) is None:
                line(error.format_message())
                return UsageError.exit_status
        from seqctl.cli.grammar.mistakes import mistake

        raise mistake(error, arguments) from error
    except typer.Abort:
        raise KeyboardInterrupt from None
    return status if isinstance(status, int) else 0


def application(arguments: list[str] | None) -> typer.Typer:
    """The application with the command that a call names; with all of them where there is no call.

    Of a call that names none, the commands are only listed: their options are not looked at.
    """
    app = typer.Typer(
        cls=SectionedGroup,
        name="seqctl",
        help=HELP,
        epilog=EXAMPLE + "next invoice",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": HELP_FLAGS},
    )
    version = typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    app.callback()(_noting([_shown("version", Annotated[bool, version], False)]))
    words = [] if arguments is None else _words(arguments)
    called = named(words[0]) if words else None
    for item in COMMANDS if called is None else [called]:
        whole = arguments is None or item is called
        if isinstance(item, Listed):
            _add(app, item, whole)
        else:
            app.add_typer(_group(item, None if arguments is None else words[1:2], whole), name=item.name)
    return app


def _words(arguments: list[str]) -> list[str]:
    """The words that can name a command: no options and no values of those that stand everywhere."""
    found: list[str] = []
    waiting = False
    for word in arguments:
        if word in HELP_FLAGS and not found:
            return []
        if not waiting and word[:1] != "-":
            found.append(word)
        waiting = not waiting and word in VALUED
    return found


def _add(app: typer.Typer, item: Listed, whole: bool) -> None:
    """Add a command, or of one that is only listed its name and what it does."""
    command = item.load()
    register = app.command(item.words[-1], help=command.help, epilog=EXAMPLE + command.example)
    register(_function(command) if whole else _listed_only)


def _listed_only() -> None:
    raise AssertionError("a command that is only listed was called")


def _group(item: Group, called: list[str] | None, whole: bool) -> typer.Typer:
    """A group; of its commands the one that is `called` and the one that is meant where none is are whole.

    With None in place of a call all of them are.
    """
    app = typer.Typer(
        cls=TyperGroup if item.default is None else DefaultGroup,
        help=item.help,
        epilog=EXAMPLE + item.example,
        no_args_is_help=item.default is None,
        rich_markup_mode=None,
    )
    if not whole:
        return app
    app.callback()(_noting([]))
    known = called is not None and bool(called) and called[0] in item.verbs
    for name, verb in item.verbs.items():
        meant = called is None or name in (*called, item.default)
        if meant or not known:
            _add(app, verb, meant)
    return app


class SectionedGroup(TyperGroup):
    """The program itself: its help lists the commands in sections, each with what it does in one line, and
    the topics.
    """

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands and the topics below the options."""
        from seqctl.cli.grammar.topics import TOPICS

        for title, items in SECTIONS:
            names = [name for name in map(_name, items) if name in self.commands]
            if names:
                with formatter.section(title):
                    formatter.write_dl([(name.ljust(LONGEST), self._summary(name)) for name in names])
        with formatter.section("Topics (seqctl help TOPIC)"):
            formatter.write_dl([(name.ljust(LONGEST), what) for name, what in TOPICS.items()])

    def _summary(self, name: str) -> str:
        return (self.commands[name].help or "").partition("\n")[0]


def _name(item: Listed | Group) -> str:
    return item.name if isinstance(item, Group) else item.words[0]


class DefaultGroup(TyperGroup):
    """A group with a command that is meant where none is named: another first word is its argument."""

    default = "list"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default command before the first word that is neither a shared option nor a command."""
        at = self._first_word(args)
        asks_for_help = args[at : at + 1] and args[at] in ctx.help_option_names
        if not asks_for_help and not (args[at : at + 1] and args[at] in self.commands):
            args = [*args[:at], self.default, *args[at:]]
        return super().parse_args(ctx, args)

    def _first_word(self, args: list[str]) -> int:
        """The place behind the shared options that stand first."""
        taking = {
            name: not getattr(option, "is_flag", False) for option in self.params for name in option.opts
        }
        at = 0
        while at < len(args):
            word = args[at]
            if word in taking:
                at += 1 + taking[word]
            elif word.partition("=")[0] in taking or (word[:2] in taking and word[:2] != "--"):
                at += 1
            else:
                break
        return min(at, len(args))


def _function(command: Command) -> Callable[..., int]:
    """The function that Typer calls: it gathers the shared options, and calls what the command declares."""

    def call(context: typer.Context, **arguments: Any) -> int:
        from seqctl.cli.session import Session

        options = {**(context.obj or {}), **_given(arguments)}
        for item in EVERYWHERE:
            del arguments[item.name]
        if not has_format(options.get("output"), command.formats):
            hint = f"write one of {', '.join(FORMATS)}"
            raise UsageError(f"-o {options['output']} is for: assign, gaps list", hint)
        return command.act(Session(options), **arguments) or 0

    return _signed(call, [_parameter(item) for item in command.parameters])


def _noting(own: list[inspect.Parameter]) -> Callable[..., None]:
    """The callback of a group, which notes the shared options that stand before its subcommands."""

    def callback(context: typer.Context, **arguments: Any) -> None:
        context.obj = {**(context.obj or {}), **_given(arguments)}

    return _signed(callback, own)


def _print_version(asked: bool) -> None:
    if asked:
        raise typer.Exit(print_version())


def _given(arguments: dict[str, Any]) -> dict[str, Any]:
    """The shared options that were really given; a format replaces one given before."""
    given = {item.name: value for item in EVERYWHERE if (value := arguments[item.name]) is not None}
    if not given["json"]:
        # Only a format that was asked for on this level replaces one from before the subcommand.
        del given["json"]
        if "output" in given:
            given["json"] = False
    elif "output" not in given:
        given["output"] = None
    return given


def _signed(function: Callable[..., Any], own: list[inspect.Parameter]) -> Callable[..., Any]:
    """A function that shows Typer its own parameters between the context and the shared options."""
    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    parameters = [context, *own, *(_parameter(item, PANEL) for item in EVERYWHERE)]
    function.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    function.__annotations__ = {item.name: item.annotation for item in parameters}
    return function


def _parameter(item: Parameter, panel: str | None = None) -> inspect.Parameter:
    """A declared parameter as Typer reads it out of a signature."""
    form = item.form
    kind: Any = Literal[form.choices] if form.choices else item.kind
    if item.repeated:
        kind = list[kind]
    if item.default is None:
        kind = kind | None
    told: dict[str, Any] = {"help": form.help, "metavar": form.metavar, "rich_help_panel": panel}
    if form.read is not None:
        told["parser"] = _reading(form.read)
    if form.complete is not None:
        told["autocompletion"] = _completing(form.complete)
    info = typer.Argument(**told) if item.positional else typer.Option(*_flags(item), **told)
    return _shown(item.name, Annotated[kind, info], item.default)


def _shown(name: str, annotation: Any, default: object) -> inspect.Parameter:
    given = inspect.Parameter.empty if default is REQUIRED else default
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=given, annotation=annotation)


def _flags(item: Parameter) -> tuple[str, ...]:
    """The flags of an option; those of one that can be switched off in one text, as Typer reads them."""
    flags = item.form.flags
    return ("/".join(flags),) if flags[-1].startswith("--no-") else flags


def _reading(read: Callable[[str], Any]) -> Callable[[Any], Any]:
    """The reading of a value for Typer, which passes defaults through it too and drops words of errors."""

    def value(given: Any) -> Any:
        try:
            return read(given) if isinstance(given, str) else given
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error

    return value


def _completing(kind: str) -> Callable[..., list[str]]:
    """The names that Typer offers to the shells whose way of asking `completion.py` does not know."""

    def complete(context: typer.Context, incomplete: str) -> list[str]:
        from seqctl.cli.grammar.completion import names

        return names(kind, incomplete, _database(context))

    return complete


def _database(context: Any) -> str | None:
    """The --db of the innermost command that has one."""
    while context is not None:
        if context.params.get("db"):
            return str(context.params["db"])
        context = context.parent
    return None
