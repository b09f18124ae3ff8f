"""A reason that says nothing is wrong usage, in every command that takes one, whatever the book holds."""

import pytest
from typer.core import TyperCommand

from tests.book import Book
from tests.docs.command_reference import every_command

COMMANDS = [
    (path.removeprefix("seqctl ").split(), command)
    for path, command in (row[:2] for row in every_command())
    if any("--reason" in parameter.opts for parameter in command.params)
    # Lists take a reason to look for.
    and path.removeprefix("seqctl ") not in ("numbers", "gaps list")
]
BLANK = ("", " ", "\t", "\n", "\u00a0", "\u200b", "\ufeff", " \u2060 ")


def words_of(command: TyperCommand) -> list[str]:
    """What a command needs beside its reason, with something in its place."""
    words = []
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            words.append("7")
        elif parameter.required and "--reason" not in parameter.opts:
            words += [parameter.opts[0], "2026-11-21"]
    return words


def test_there_are_such_commands() -> None:
    assert ["void"] in [words for words, _ in COMMANDS]
    assert len(COMMANDS) > 8


@pytest.mark.parametrize(
    ("words", "command"), COMMANDS, ids=lambda part: " ".join(part) if isinstance(part, list) else ""
)
def test_a_blank_reason_is_wrong_usage(invoices: Book, words: list[str], command: TyperCommand) -> None:
    invoices.next("invoice")
    for blank in BLANK:
        error = invoices.fails(2, "usage", *words, *words_of(command), "--reason", blank)
        assert error["message"] == "--reason is blank"
    assert [number["state"] for number in invoices.numbers()] == ["issued"]


@pytest.mark.parametrize("words", ["void 7", "reinstate 7", "sequence set-next invoice 7", "reopen invoice"])
def test_a_reason_that_is_missing_is_wrong_usage(invoices: Book, words: str) -> None:
    extra = ("--from", "2026-11-21") if words.startswith("reopen") else ()
    assert "--reason" in invoices.fails(2, "usage", *words.split(), *extra)["message"]
