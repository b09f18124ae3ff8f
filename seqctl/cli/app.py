"""The full command line: every command group in one Typer application, run so that errors stay ours."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from seqctl import __version__
from seqctl.cli import (
    adopting,
    assigning,
    auditing,
    backing_up,
    book,
    calendars,
    checking,
    closing,
    copying,
    explaining,
    files,
    gaps,
    issuing,
    linting,
    living,
    numbers,
    policies,
    reconciling,
    sequences,
    sets,
    simulating,
    stating,
)
from seqctl.cli.errors import last_format, line
from seqctl.cli.output import print_text
from seqctl.cli.session import group_options
from seqctl.errors import DatabaseUnusable, NotDelivered, UsageError

COMPLETION = "_SEQCTL_COMPLETE"
"""The variable with which a shell asks for completion; it brings others that say where the cursor is."""

HELP = """Keep document numbers unique, in order and free of unexplained gaps."""


def _print_version(asked: bool) -> None:
    if asked:
        print_text([f"seqctl {__version__}\n"])
        raise typer.Exit(0)


@group_options
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Keep document numbers unique, in order and free of unexplained gaps."""


def build() -> typer.Typer:
    """The application with all its commands."""
    app = typer.Typer(
        name="seqctl",
        help=HELP,
        epilog="Example: seqctl next invoice",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for module in (
        *(issuing, living, assigning, adopting, explaining, simulating, numbers, files, linting),
        *(closing, checking, stating, reconciling, backing_up, copying, book),
    ):
        module.register(app)
    app.add_typer(gaps.group, name="gaps")
    app.add_typer(sequences.group, name="sequence")
    app.add_typer(sets.group, name="set")
    app.add_typer(policies.group, name="policy")
    app.add_typer(calendars.group, name="calendar")
    app.add_typer(auditing.group, name="audit")
    return app


def run(arguments: list[str]) -> int:
    """Run the full command line and return its exit status. Raises seqctl's own errors."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    command = typer.main.get_command(build())
    try:
        status = command.main(
            args=arguments, prog_name="seqctl", standalone_mode=False, obj={"arguments": arguments}
        )
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError" and last_format(arguments) is None:
            line(error.format_message())
            return UsageError.exit_status
        raise _usage_error(error) from error
    except typer.Abort:
        line("seqctl: interrupted; nothing is half done")
        return 130
    except (KeyError, ValueError) as error:
        if COMPLETION not in os.environ:
            raise
        message = "the shell asks for completion with variables that make no sense"
        raise UsageError(message, f"unset {COMPLETION}, or make the completion anew") from error
    except (FileNotFoundError, PermissionError) as error:
        raise DatabaseUnusable("read_only", f"the file system refuses: {error}") from error
    except OSError as error:
        raise NotDelivered(f"the output could not be written: {error.strerror}") from error
    return status if isinstance(status, int) else 0


def _usage_error(error: typer.TyperException) -> UsageError:
    """A mistake on the command line in the words of every other error."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "seqctl"
    message = " ".join(error.format_message().split())
    if type(error).__name__ == "NoArgsIsHelpError":
        message = "a command is missing"
    near = None
    for mark in (" Did you mean ", " (Possible options: ", " (Did you mean "):
        message, found, names = message.partition(mark)
        if found:
            near = names.rstrip(")?. ")
            break
    hint = f"did you mean {near}?" if near else f"see: {path} --help"
    return UsageError(message[:1].lower() + message[1:].rstrip("."), hint)
