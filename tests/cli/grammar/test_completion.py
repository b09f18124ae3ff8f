"""What shells are offered at a press of TAB, held against what Typer would offer, and what they evaluate."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer._completion_classes import BashComplete

from seqctl.cli.grammar.commands import named
from seqctl.cli.grammar.completion import offers
from seqctl.cli.grammar.everywhere import EVERYWHERE
from seqctl.cli.grammar.typer_application import application
from tests.book import Book, Program, Result
from tests.cli.grammar.argument_lists import argument_lists, commands


@cache
def typer_completion() -> BashComplete:
    """Typer's own completion of the whole command line."""
    return BashComplete(typer.main.get_command(application(None)), {}, "seqctl", "_SEQCTL_COMPLETE")


def by_typer(words: list[str], incomplete: str) -> list[str]:
    return [item.value for item in typer_completion().get_completions(list(words), incomplete)]


def by_us(words: list[str], incomplete: str) -> list[str]:
    return [value for value, _ in offers(list(words), incomplete)]


@pytest.fixture
def book(invoices: Book, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A book with names of every kind."""
    invoices.load(
        '[calendars.india]\nstart = "04-01"\n[sequences.memo]\n'
        '[sets.europe]\nmembers = { invoice = "invoice" }\n'
        '[policies.big]\ndocument_type = "invoice"\nsequence = "invoice"\n'
    )
    return invoices


INCOMPLETE = st.sampled_from(
    ["", "-", "--", "--s", "--no", "-n", "i", "in", "m", "e", "b", "INV", "--set=", "="]
)


@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(call=argument_lists(), cut=st.integers(0, 6), incomplete=INCOMPLETE)
def test_the_same_is_offered_as_typer_would_offer(
    book: Book, call: list[str], cut: int, incomplete: str
) -> None:
    words = call[:cut]
    # Typer offers the first commands again behind a word that names none, never those on gaps, and an option
    # once more where its value is missing; what it makes of lines that are wrong does not matter.
    unfinished = bool(words) and words[-1][:1] == "-" and incomplete[:1] == "-"
    if not unfinished and is_right(words):
        assert sorted(by_us(words, incomplete)) == sorted(by_typer(words, incomplete))


def is_right(words: list[str]) -> bool:
    """Whether a line begins with a command, but for `gaps`, and all its options are some of that command."""
    known = {flag for item in EVERYWHERE for flag in item.form.flags}
    for path, command in commands().items():
        if path == tuple(words[: len(path)]):
            known |= {flag for item in command.parameters for flag in item.form.flags}
    options = [word.partition("=") for word in words if word[:1] == "-"]
    if "" in words or any(name not in known or (equals and name[:2] != "--") for name, equals, _ in options):
        return False
    return not words or (named(words[0]) is not None and words[0] != "gaps")


@pytest.mark.parametrize(
    ("words", "incomplete", "offered"),
    [
        (["next"], "inv", ["invoice"]),
        (["next", "invoice"], "", []),
        (["next", "--set"], "", ["europe"]),
        (["next"], "--set=e", ["europe"]),
        (["policy", "show"], "", ["big"]),
        (["calendar", "edit"], "", ["india"]),
        (["gaps"], "", ["list", "restore", "block", "review", "invoice", "memo"]),
        (["gaps", "m"], "", []),
        (["gaps", "block"], "m", ["memo"]),
        (["gaps"], "--exit", ["--exit-code"]),
        (["--json", "sequence"], "de", ["deactivate"]),
        (["numbers", "-o"], "j", ["json", "jsonl"]),
        (["viod"], "", []),
        ([], "ch", ["check"]),
        ([], "--v", ["--version"]),
        (["sequence", "add", "x"], "--no-m", ["--no-manual"]),
    ],
)
def test_what_is_offered(book: Book, words: list[str], incomplete: str, offered: list[str]) -> None:
    assert by_us(words, incomplete) == offered


@pytest.fixture
def asked(program: Program) -> Callable[..., Result]:
    """What a shell gets that asks in the way of Typer's scripts: `asked(shell, line)`."""

    def call(shell: str, line: str, **more: str) -> Result:
        env = {"_SEQCTL_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": line, **more}
        env |= {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
        return program(env=env)

    return call


def test_every_shell_is_answered_in_its_own_way(book: Book, asked: Callable[..., Result]) -> None:
    line = "seqctl sequence sho"
    assert asked("bash", line).out == "show\n"
    assert asked("zsh", line).out == '_arguments \'*: :(("show":"Show all fields of a sequence."))\'\n'
    get, test = ({"_TYPER_COMPLETE_FISH_ACTION": action} for action in ("get-args", "is-args"))
    assert asked("fish", line, **get).out == "show\tShow all fields of a sequence.\n"
    assert asked("fish", line, **test).status == 0
    assert asked("fish", "seqctl sequence shx", **test).status == 1
    assert asked("zsh", "seqctl sequence shx").out == "_files\n"
    # A shell that is asked for in a way that is known to Typer alone.
    assert asked("powershell", line, _TYPER_COMPLETE_WORD_TO_COMPLETE="sho").out.startswith("show:::")


def test_a_book_that_is_named_before_is_asked(
    book: Book, asked: Callable[..., Result], tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    book.ok("--db", other, "sequence", "add", "elsewhere")
    assert asked("bash", f"seqctl --db {other} next ").out == "elsewhere\n"
    assert asked("bash", f"seqctl --db={other} next ").out == "elsewhere\n"
    assert asked("bash", "seqctl --db /nonexistent/x.db next ").out == "\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_quotes_that_are_open_and_names_that_a_shell_could_obey(
    book: Book, asked: Callable[..., Result], shell: str
) -> None:
    for name in ("it's $(id)", 'a"b', "a`id`b", "back\\slash"):
        book.ok("sequence", "add", name, "--pattern", f"{len(name)}-{{number}}")
    for line in ('seqctl next "it', "seqctl next 'it", "seqctl next it"):
        done = asked(shell, line, _TYPER_COMPLETE_FISH_ACTION="get-args", COMP_CWORD="2")
        assert (done.status, done.err) == (0, "")
    done = asked(shell, "seqctl next ", _TYPER_COMPLETE_FISH_ACTION="get-args")
    assert "back" not in done.out
    if shell == "zsh":
        assert "$(id)" not in done.out.replace("\\$", "")
