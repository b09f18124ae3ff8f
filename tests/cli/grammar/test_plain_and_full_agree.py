"""Plain calls are read as Typer reads them: the same command, options and values; the rest is handed over."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings

from seqctl.cli.grammar import typer_application
from seqctl.cli.grammar.commands import Listed
from seqctl.cli.grammar.declaration import Command
from seqctl.cli.grammar.plain import read_plain
from seqctl.cli.session import Session
from seqctl.errors import SeqctlError
from tests.cli.grammar.argument_lists import argument_lists, commands


@pytest.fixture(scope="module")
def recorded() -> Iterator[list[Any]]:
    """What commands are called with in place of doing anything."""
    calls: list[Any] = []
    acts: dict[Command, Callable[..., int | None]] = {}
    load = Listed.load

    def recording(item: Listed) -> Command:
        command = load(item)
        acts.setdefault(command, command.act)
        command.act = lambda session, **values: calls.append((item.words, session, values))
        return command

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Listed, "load", recording)
        patch.setattr("seqctl.cli.errors.line", lambda text: None)
        yield calls
    for command, act in acts.items():
        command.act = act


def described(session: Session, values: dict[str, Any]) -> str:
    """What a command sees of its call."""
    seen = session.path, session.why, session.timeout, session.format, session.options.get("actor")
    return repr((seen, sorted(values.items())))


def full(
    arguments: list[str], calls: list[tuple[tuple[str, ...], Session, dict[str, Any]]]
) -> tuple[tuple[str, ...], str] | None:
    """The command that Typer calls and what with; None where it refuses or answers by itself."""
    calls.clear()
    try:
        typer_application.run(list(arguments))
    except (SeqctlError, KeyboardInterrupt):
        return None
    if not calls:
        return None
    ((words, session, values),) = calls
    return words, described(session, values)


def plain(
    arguments: list[str], calls: list[tuple[tuple[str, ...], Session, dict[str, Any]]]
) -> tuple[tuple[str, ...], str] | None:
    """The command that the plain lane reads and what with; None where it hands the call over."""
    call = read_plain(list(arguments))
    if call is None:
        return None
    calls.clear()
    try:
        session = Session(call.options)
    except SeqctlError:
        return None
    call.command.act(session, **call.values)
    ((words, _, _),) = calls
    return words, described(session, call.values)


@settings(max_examples=1500, suppress_health_check=[HealthCheck.too_slow])
@given(argument_lists())
@example(["gaps", "--json", "list"])
@example(["gaps", "--json", "invoice", "list"])
@example(["gaps", "--period", "2026", "list"])
@example(["gaps", "list", "list"])
@example(["sequence", "--json", "list"])
@example(["sequence", "add", "a", "--no-manual", "--start=5"])
@example(["numbers", "--limit", "007", "--json"])
@example(["--json", "numbers", "-o", "csv"])
@example(["numbers", "--json", "-o", "csv"])
@example(["adopt", "invoice", "--input", "-"])
@example(["import", "-", "--dry-run"])
@example(["--timeout", "3", "gaps", "--timeout", "4", "list", "--timeout", "5"])
def test_a_plain_call_is_read_as_typer_reads_it(recorded: list[Any], arguments: list[str]) -> None:
    read = plain(arguments, recorded)
    if read is not None:
        assert full(arguments, recorded) == read


@pytest.mark.parametrize("words", sorted(commands()), ids=" ".join)
def test_the_example_of_every_command_is_a_plain_call(recorded: list[Any], words: tuple[str, ...]) -> None:
    import shlex

    given = shlex.split(commands()[words].example.partition(" > ")[0])
    read = plain(given, recorded)
    assert read is not None and read[0] == words
    assert full(given, recorded) == read


@pytest.mark.parametrize(
    "call",
    [
        ["void", "INV-1", "INV-2", "--reason", "x", "--type", "invoice"],
        ["--db", "x.db", "void", "INV-1", "--reason=x"],
        ["confirm", "INV-1", "--json", "--record", "-"],
        ["gaps", "--json"],
        ["gaps", "invoice", "-o", "csv"],
        ["gaps", "--period", "2026-05"],
        ["status", "--timeout", "5"],
        ["sequence", "--db", "x.db", "list"],
        ["next", "invoice", "--json", "-n", "3", "--attr", "a=b", "--attr", "c=d"],
    ],
    ids=" ".join,
)
def test_the_usual_calls_are_plain(call: list[str]) -> None:
    assert read_plain(call) is not None


@pytest.mark.parametrize(
    "call",
    [
        [],
        ["show"],
        ["extend", "INV-1"],
        ["void", "--help"],
        ["-h"],
        ["viod", "INV-1", "--reason", "x"],
        ["void", "INV-1", "--reason", "x", "--reason", "y"],
        ["void", "INV-1", "--reason"],
        ["void", "INV-1", "--reason", "-x"],
        ["void", "INV-1", "--reaso", "x"],
        ["--", "void", "INV-1", "--reason", "x"],
        ["void", "INV-1", "--reason", "x", "--json=yes"],
        ["void", "INV-1", "--reason", "x", "-ojson"],
        ["void", "INV-1", "--reason", "x", "-o", "xml"],
        ["void", "INV-1", "--reason", "x", "-o=json"],
        ["void", "INV-1", "--reason", "x", "--json", "-o", "csv"],
        ["numbers", "--limit", "1_0"],
        ["numbers", "--limit", "-1"],
        ["numbers", "a", "b"],
        ["sequence"],
        ["sequence", "lst"],
        ["next", "invoice", "-n", "many"],
    ],
    ids=" ".join,
)
def test_what_is_not_exactly_as_declared_is_handed_over(call: list[str]) -> None:
    assert read_plain(call) is None
