"""The list of commands and the files they stand in: a name leads to its file."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from seqctl.cli.grammar.commands import COMMANDS, Group, Listed, first_words, listed, named
from seqctl.cli.grammar.declaration import REQUIRED, Command
from seqctl.cli.grammar.everywhere import EVERYWHERE
from seqctl.cli.session import Session
from tests.book import Book

CLI = Path(__file__).parents[3] / "seqctl" / "cli"
ALL = list(listed())


def declaring() -> Iterator[Path]:
    """Every file that says that it holds a command."""
    for path in CLI.glob("*/*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = [node.name] if isinstance(node, ast.FunctionDef) else []
            if isinstance(node, ast.Assign):
                names = [ast.unparse(target) for target in node.targets]
            if names in (["COMMAND"], ["command_of"]):
                yield path


@pytest.mark.parametrize("item", ALL, ids=lambda item: " ".join(item.words))
def test_the_name_of_a_command_leads_to_its_file(item: Listed) -> None:
    name = item.words[-1].replace("-", "_")
    path = CLI / item.room / f"{name if name != 'import' else 'import_'}.py"
    assert path.exists()
    command = item.load()
    assert command.example.split()[: len(item.words)] == list(item.words)
    assert command.summary and len(command.help.splitlines()[0]) < 110


def test_every_file_of_a_command_is_in_the_list() -> None:
    assert set(declaring()) == {CLI.joinpath(*item.module.split(".")[2:]).with_suffix(".py") for item in ALL}


def test_names_are_given_once() -> None:
    assert len(set(first_words())) == len(COMMANDS)
    assert len({item.words for item in ALL}) == len(ALL)
    assert [named(word) for word in first_words()] == list(COMMANDS)
    assert named("nothing") is None


def test_the_default_of_a_group_is_one_of_its_verbs() -> None:
    groups = [item for item in COMMANDS if isinstance(item, Group)]
    assert {item.name for item in groups if item.default} == {"gaps"}
    assert all(item.default in item.verbs for item in groups if item.default)


@pytest.mark.parametrize("item", ALL, ids=lambda item: " ".join(item.words))
def test_declarations_are_what_both_readers_rely_on(item: Listed) -> None:
    parameters = [*item.load().parameters, *EVERYWHERE]
    flags = [flag for parameter in parameters for flag in parameter.form.flags]
    assert len(set(flags)) == len(flags), "a flag means one thing"
    assert len({parameter.name for parameter in parameters}) == len(parameters)
    arguments = [parameter for parameter in parameters if parameter.positional]
    assert not any(parameter.repeated for parameter in arguments[:-1]), "what takes all the rest stands last"
    needed = [parameter.default is REQUIRED for parameter in arguments]
    assert needed == sorted(needed, reverse=True), "what may be left out stands behind what may not"
    for parameter in parameters:
        assert parameter.kind in (str, int, float, bool)
        assert not parameter.flag or (parameter.default in (False, None) and not parameter.repeated)
        assert parameter.form.help.endswith((".", "2026-05", "2026-05.")), parameter.name
        assert parameter.form.complete in (None, *COMPLETED)


COMPLETED = ("targets", "sequences", "sets", "policies", "calendars", "ranges", "topics")
"""What a shell can be offered."""


def test_declarations_are_no_texts() -> None:
    """`from __future__ import annotations` would turn them into texts, and nobody would see them."""
    for path in [*declaring(), CLI / "options.py", *CLI.glob("*/requests.py"), *CLI.glob("*/*_fields.py")]:
        assert "from __future__" not in path.read_text(encoding="utf-8"), path


def test_the_example_of_a_new_command_is_one(invoices: Book) -> None:
    invoices.next("invoice")
    text = (CLI.parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (code,) = [code for code in re.findall(r"```py\n(.*?)```", text, re.DOTALL) if "COMMAND = " in code]
    space: dict[str, Any] = {}
    exec(dedent(code), space)
    command = space["COMMAND"]
    assert isinstance(command, Command)
    assert command.summary == "Void issued numbers: they stay accounted for."
    assert [item.name for item in command.parameters] == ["numbers", "reason"]
    command.act(Session({"db": str(invoices.path)}), numbers=["INV-00001"], reason="x")
    assert [number["state"] for number in invoices.numbers()] == ["void"]
