"""Writes docs/commands.md from the help of the program itself: `python tests/docs/command_reference.py`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from seqctl.cli.grammar.typer_application import application

DOCUMENT = Path(__file__).parents[2] / "docs" / "commands.md"
WIDTH = 100
HEAD = """# Commands

Every command with its options, as `--help` prints them. The options under *Everywhere* stand before or
after any subcommand. This page is made from the program; a test holds it against the help.
"""


def commands(command: Any, context: Any) -> Iterator[tuple[str, Any, Any]]:
    """Every command below one: its path, the command and its context."""
    for name, child in sorted(getattr(command, "commands", {}).items()):
        below = type(context)(child, info_name=name, parent=context)
        yield below.command_path, child, below
        yield from commands(child, below)


def every_command() -> list[tuple[str, Any, Any]]:
    """All commands and groups of the program."""
    root = typer.main.get_command(application(None))
    context = root.make_context("seqctl", ["sequence"], resilient_parsing=True)
    context.terminal_width = WIDTH
    context.max_content_width = WIDTH
    return [("seqctl", root, context), *commands(root, context)]


def reference() -> str:
    """The text of the page."""
    parts = [HEAD]
    for path, command, context in every_command():
        parts.append(f"## {path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    DOCUMENT.write_text(reference(), encoding="utf-8")
