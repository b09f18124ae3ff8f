"""Plain calls: command lines that their declarations read in full, without the command line's library.

What is not exactly as declared is left, untouched, to `typer_application.py`: help, mistakes, joined short
options, an option given twice, a value that begins with a hyphen. So every message about a mistake has one
author, and a test holds both ways of reading against each other.
"""

from seqctl.cli.grammar.commands import Group, named
from seqctl.cli.grammar.declaration import REQUIRED, Command, Parameter
from seqctl.cli.grammar.everywhere import EVERYWHERE, has_format
from seqctl.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST_DIGITS = 9
"""A longer number is looked at more closely."""

Given = dict[str, list[str]]
"""The words that were given for each parameter, by its name."""


class Call:
    """A call that was read: the command, the options that stand everywhere, and its own values."""

    __slots__ = ("command", "options", "values")

    def __init__(self, command: Command, options: "dict[str, Any]", values: "dict[str, Any]") -> None:
        self.command = command
        self.options = options
        self.values = values


def run_plain(arguments: list[str]) -> int | None:
    """Run a plain call and return its exit status; None, with nothing done, for any other call."""
    if arguments == ["--version"]:
        return print_version()
    call = read_plain(arguments)
    if call is None:
        return None
    from seqctl.cli.session import Session

    return call.command.act(Session(call.options), **call.values) or 0


def print_version() -> int:
    """Print the name and the version of the program."""
    from seqctl import __version__
    from seqctl.cli.output import print_text

    print_text([f"seqctl {__version__}\n"])
    return 0


def read_plain(arguments: list[str]) -> Call | None:
    """The call that an argument list makes, or None for one that is not plain."""
    given: Given = {}
    found = _command(arguments, given)
    if found is None:
        return None
    command, rest = found
    words = _without_options(rest, (*command.parameters, *EVERYWHERE), given)
    if words is None or not _place(words, command, given) or ("json" in given and "output" in given):
        return None
    try:
        options = {item.name: _value(item, given[item.name]) for item in EVERYWHERE if item.name in given}
        values = {
            item.name: _value(item, given[item.name]) if item.name in given else item.default
            for item in command.parameters
        }
    except (ValueError, UsageError):
        return None
    if REQUIRED in values.values() or not has_format(options.get("output"), command.formats):
        return None
    return Call(command, options, values)


def _command(arguments: list[str], given: Given) -> tuple[Command, list[str]] | None:
    """The command that is called and the words behind its name; options before it are noted."""
    words = _without_options(arguments, EVERYWHERE, given, ahead=True)
    item = named(words[0]) if words else None
    if not words or item is None:
        return None
    rest = words[1:]
    if not isinstance(item, Group):
        return item.load(), rest
    ahead = _without_options(rest, EVERYWHERE, given, ahead=True)
    if ahead and ahead[0] in item.verbs:
        return item.verbs[ahead[0]].load(), ahead[1:]
    return None if item.default is None or ahead is None else (item.verbs[item.default].load(), ahead)


def _without_options(
    words: list[str], known: tuple[Parameter, ...], given: Given, ahead: bool = False
) -> list[str] | None:
    """The words that are no options, which are noted in `given`; None where an option is not plain.

    With `ahead` only those options are read that stand first, as far as they are known.
    """
    others: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word[:1] != "-" or word == "-":
            if ahead:
                return words[at:]
            others.append(word)
            at += 1
            continue
        name, equals, value = word.partition("=")
        item = next((item for item in known if name in item.form.flags), None)
        if item is None and ahead:
            return words[at:]
        if item is None or (item.name in given and not item.repeated):
            return None
        at += 1
        if item.flag:
            value = name
        elif not equals and at < len(words):
            value, at = words[at], at + 1
        elif not equals or name[:2] != "--":
            return None
        if (item.flag and equals) or (value[:1] == "-" and value != "-" and not item.flag):
            return None
        given.setdefault(item.name, []).append(value)
    return others


def _place(words: list[str], command: Command, given: Given) -> bool:
    """Give the arguments their words, in order; whether every word has a place."""
    for item in command.parameters:
        if item.positional and words:
            taken = len(words) if item.repeated else 1
            given[item.name], words = words[:taken], words[taken:]
    return not words


def _value(item: Parameter, words: list[str]) -> object:
    """The value that words give a parameter. Raises ValueError or UsageError where they give none."""
    if item.flag:
        return not words[0].startswith("--no-")
    values = [_single(item, word) for word in words]
    return values if item.repeated else values[0]


def _single(item: Parameter, word: str) -> object:
    form = item.form
    if form.choices and word not in form.choices:
        raise ValueError(word)
    if form.read is not None:
        return form.read(word)
    if item.kind is str:
        return word
    if not (word.isascii() and word.isdigit() and len(word) <= MOST_DIGITS):
        raise ValueError(word)
    return item.kind(word)
