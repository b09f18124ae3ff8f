"""Help everywhere, with an example that the command line really takes; the version; completion."""

import re
import shlex
from typing import Any

import pytest
import typer

import seqctl
from seqctl.cli.grammar.typer_application import application
from tests.book import Book, Program, Run

TOP = ["init", "info", "upgrade", "next", "peek", "show", "numbers", "import", "export", "diff", "schema"]
TOP += ["explain", "assign", "lint", "simulate"]
TOP += ["reconcile", "statement", "status"]
TOP += ["check", "close", "reopen"]
GROUPS = {
    "gaps": ["list", "restore", "block", "review"],
    "sequence": ["add", "list", "show", "edit", "remove", "activate", "deactivate", "set-next"],
    "set": ["add", "list", "show", "edit", "remove", "assign", "unassign"],
    "calendar": ["add", "list", "show", "edit", "remove"],
    "policy": ["add", "list", "show", "edit", "remove", "activate", "deactivate"],
}
COMMANDS = [(name,) for name in TOP] + [(group, name) for group in GROUPS for name in GROUPS[group]]
ALL = [(), *COMMANDS, *((group,) for group in GROUPS)]
SHARED = ("--db", "--output", "--json", "--actor", "--timeout", "--help")


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_short_and_long_help_are_alike_and_show_an_example(run: Run, words: tuple[str, ...]) -> None:
    short, long = run(*words, "-h"), run(*words, "--help")
    assert (short.status, short.err) == (0, "")
    assert short == long
    assert "Example: seqctl " in short.out
    for option in SHARED:
        assert option in short.out


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_example_is_one_of_that_command_and_parses(run: Run, words: tuple[str, ...]) -> None:
    example = " ".join(run(*words, "-h").out.partition("Example: seqctl ")[2].split())
    given = shlex.split(example.partition(">")[0])
    assert tuple(given[: len(words)]) == words
    command: Any = typer.main.get_command(application(None))
    for word in words[:-1]:
        command = command.commands[word]
    context = command.commands[words[-1]].make_context(words[-1], given[len(words) :])
    assert context.args == []


@pytest.mark.parametrize("group", GROUPS)
def test_help_of_a_group_lists_its_commands(run: Run, group: str) -> None:
    text = run(group, "-h").out
    for name in GROUPS[group]:
        assert re.search(rf"^ +{name} +\S", text, re.MULTILINE), name


def test_the_first_help_lists_every_command(run: Run) -> None:
    text = run("--help").out
    for name in (*TOP, *GROUPS):
        assert re.search(rf"^ +{name} +\S", text, re.MULTILINE), name


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_asks_for_no_database_and_wins_over_mistakes(nowhere: Book, words: tuple[str, ...]) -> None:
    result = nowhere(*words, "--help", "--db", "/nonexistent/x.db")
    assert (result.status, result.err) == (0, "")
    assert list(nowhere.path.parent.iterdir()) == []


def test_version(run: Run) -> None:
    result = run("--version")
    assert (result.status, result.out, result.err) == (0, f"seqctl {seqctl.__version__}\n", "")


def test_each_field_of_a_sequence_is_an_option_with_help(run: Run) -> None:
    options = [
        "document-type",
        "pattern",
        "prefix",
        "suffix",
        "width",
        "start",
        "end",
        "step",
        "max-width",
        "kind",
        "reset",
        "calendar",
        "timezone",
        "scope",
        "requires",
        "mode",
        "unique",
        "date-order",
        "manual",
        "warn-at",
        "reservation-ttl",
        "max-length",
        "effective-from",
        "effective-until",
        "title",
        "description",
    ]
    for command in ("add", "edit"):
        text = run("sequence", command, "-h").out
        for option in options:
            assert re.search(rf"^ +--{option}\b", text, re.MULTILINE), (command, option)


def test_completion_script_is_shown_and_names_are_completed(invoices: Book, program: Program) -> None:
    script = program("--show-completion", "bash", env={"SHELL": "/bin/bash"})
    assert (script.status, script.err) == (0, "")
    assert "seqctl" in script.out
    asked = {
        "_SEQCTL_COMPLETE": "complete_bash",
        "COMP_WORDS": "seqctl next inv",
        "COMP_CWORD": "2",
    }
    assert program(env=asked).out.split() == ["invoice"]
    nothing = program(env={**asked, "SEQCTL_DB": "/nonexistent/x.db"})
    assert (nothing.out.strip(), nothing.err) == ("", "")


def test_no_shell_is_offered_a_name_that_it_could_evaluate(invoices: Book, program: Program) -> None:
    invoices.ok("sequence", "add", "inv\\$(id)", "--pattern", "X-{number}")
    asked = {"_SEQCTL_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "seqctl next inv"}
    offered = program(env=asked).out
    assert "invoice" in offered
    assert "$(id)" not in offered
