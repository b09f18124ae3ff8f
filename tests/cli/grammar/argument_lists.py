"""Random argument lists of every command, made from the declarations: right ones, and ones with a slip."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from seqctl.cli.grammar.commands import Group, listed, named
from seqctl.cli.grammar.declaration import Command, Parameter
from seqctl.cli.grammar.everywhere import EVERYWHERE

TEXTS = (
    *("invoice", "INV-2026-00007", "a=b", "account:ACME", "2026-05-04", "Größe", "a b", "list", "add"),
    "next",
)
ODD = ("", "-", "-5", "-x", "--", "--json", "e\u0301", "x" * 300, "=", "a=", "\t")
NUMBERS = (
    *("1", "0", "7", "007", "12", "-1", "1_0", "+1", " 1", "1.5", "1e3", "٣", "nan", ""),
    *("9" * 9, "9" * 10, "9" * 30),
)


@cache
def commands() -> dict[tuple[str, ...], Command]:
    """Every command of the list, loaded, by the words that call it."""
    return {item.words: item.load() for item in listed()}


def values(item: Parameter) -> st.SearchStrategy[Any]:
    """Values for a parameter, most of them right."""
    if item.form.choices:
        return st.sampled_from([*item.form.choices, *item.form.choices, "none"])
    if item.kind is str and item.form.read is None:
        return st.sampled_from([*TEXTS, *TEXTS, *ODD])
    return st.sampled_from([*NUMBERS, *TEXTS, *ODD] if item.kind is str else [*NUMBERS])


@st.composite
def given(draw: st.DrawFn, item: Parameter) -> list[str]:
    """One option as words: apart, joined by `=`, or joined in a way that is not plain."""
    flag = draw(st.sampled_from(item.form.flags))
    if item.flag:
        return [flag]
    value = draw(values(item))
    return draw(st.sampled_from([[flag, value], [flag, value], [f"{flag}={value}"], [flag + value]]))


@st.composite
def argument_lists(draw: st.DrawFn, words: tuple[str, ...] | None = None) -> list[str]:
    """A call of a command: its words, arguments and options, with shared options anywhere, in any order."""
    words = words or draw(st.sampled_from(sorted(commands())))
    command = commands()[words]
    parts: list[list[str]] = []
    for item in command.parameters:
        needed = item.default is ...
        if item.positional:
            most = 3 if item.repeated else 1
            for value in draw(st.lists(values(item), min_size=int(needed), max_size=most)):
                parts.append([value])
        elif needed or draw(st.integers(0, 3)) == 0:
            parts += [draw(given(item)) for _ in range(draw(st.sampled_from((1, 1, 1, 2))))]
    if draw(st.integers(0, 9)) == 0:
        parts.append([draw(st.sampled_from(("--help", "-h", "--version", "--nothing", "--", *ODD)))])
    shared = [draw(given(item)) for item in draw(st.lists(st.sampled_from(EVERYWHERE), max_size=2))]
    parts = draw(st.permutations(parts)) if draw(st.booleans()) else parts
    first, second, last = draw(st.sampled_from([(shared, [], []), ([], shared, []), ([], [], shared)]))
    first_word = named(words[0])
    called = [words[0], *flat(second), *words[1:]]
    if isinstance(first_word, Group) and first_word.default in words and draw(st.booleans()):
        called.pop()
    return [*flat(first), *called, *flat(parts), *flat(last)]


def flat(parts: list[list[str]]) -> list[str]:
    """The words of some parts."""
    return [word for part in parts for word in part]
