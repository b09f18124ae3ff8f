"""Mistakes on a command line in seqctl's own words: what is wrong, and the call that is probably meant.

The library that parses knows seven kinds of mistakes, and words none that a reader sees.
"""

from __future__ import annotations

import re
from shlex import join, quote
from typing import Any

from seqctl.cli.errors import FORMATS
from seqctl.cli.grammar import senses
from seqctl.cli.grammar.commands import Group, Listed, first_words, named
from seqctl.cli.grammar.everywhere import EVERYWHERE
from seqctl.cli.grammar.instead import (
    attribute_meant,
    in_place_of_form,
    in_place_of_option,
    in_place_of_verb,
    in_place_of_word,
)
from seqctl.cli.input_file import names_a_list
from seqctl.errors import UsageError
from seqctl.model.finding import nearest

QUOTED = re.compile(r"'([^']*)'")
DRAWING = ("next", "reserve", "peek")


def mistake(error: Any, arguments: list[str]) -> UsageError:
    """The error of the parsing library as one of ours. `arguments` are those of the whole call."""
    context = getattr(error, "ctx", None)
    path = (context.command_path if context is not None else "seqctl").split()[1:]
    message = " ".join(error.format_message().split())
    called = _called(path)
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return UsageError("a command is missing", _commands_of(called))
    if message.startswith("No such command"):
        return _no_command(_first_quoted(message), called)
    if kind == "NoSuchOption":
        return _no_option(error.option_name, path, called, arguments)
    if kind == "MissingParameter":
        return _missing(error, arguments, called)
    if message.startswith("Got unexpected extra argument"):
        words = message.removesuffix(".").partition("(s) (")[2].removesuffix(")")
        return _left_over(words, path, arguments)
    if kind == "BadOptionUsage":
        needs = "takes no value" if "does not take a value" in message else "needs a value"
        return UsageError(f"{error.option_name} {needs}", _example(called or _called(_behind(arguments))))
    if message.startswith("Missing command"):
        return UsageError("a command is missing", _commands_of(called))
    return _bad_value(error, message, called)


def _called(path: list[str]) -> Listed | Group | None:
    """The command or group that the words of a path call."""
    item = named(path[0]) if path else None
    if isinstance(item, Group) and len(path) > 1:
        return item.verbs.get(path[1])
    return item


def _behind(arguments: list[str]) -> list[str]:
    """A call without the options before its command."""
    known = first_words()
    begin = next((place for place, word in enumerate(arguments) if word in known), len(arguments))
    return arguments[begin:]


def _no_command(word: str, group: Listed | Group | None) -> UsageError:
    """A word where a command belongs; near by sense, then by letters, else all there are."""
    if isinstance(group, Group):
        verb = senses.VERBS.get(word)
        near = in_place_of_verb(group.name, word)
        if near is None and verb in group.verbs:
            near = f"write: seqctl {group.name} {verb}"
        near = near or nearest(word, list(group.verbs)) or _commands_of(group)
        return UsageError(f"`seqctl {group.name}` has no command {word!r}", near)
    call = senses.COMMANDS.get(word)
    if call is not None and (call[0] == "-" or call.split()[0] in first_words()):
        return UsageError(f"there is no command {word!r}", f"write: seqctl {call}")
    return UsageError(f"there is no command {word!r}", nearest(word, first_words()) or _commands_of(None))


def _no_option(name: str, path: list[str], called: Listed | Group | None, arguments: list[str]) -> UsageError:
    """An option that a command does not have."""
    where = f"`{' '.join(['seqctl', *path])}`"
    message = f"{where} has no option {name}"
    if path[:1] in (["next"], ["reserve"]) and name == "--dry-run":
        rest = ["peek" if word == path[0] else word for word in arguments if word != name]
        return UsageError(message, f"see what it would print: {join(['seqctl', *rest])}")
    if path[:1] and path[0] in DRAWING and name in ("--type", "--document-type"):
        rest = [word for word in arguments if word != name]
        return UsageError(message, f"the type comes after the command: {join(['seqctl', *rest])}")
    flags = [flag for item in _parameters(called) for flag in item.form.flags]
    value = _value_of(name, arguments)
    instead = in_place_of_option(path, name, value, flags)
    if instead is not None:
        return UsageError(message, instead)
    meant = next((flag for flag in senses.OPTIONS.get(name, ()) if flag in flags), None)
    if meant is not None:
        return UsageError(message, f"did you mean {meant}?")
    near = _nearest_flag(name, flags) or attribute_meant(path, name, value, flags)
    return UsageError(message, near or _options_of(called))


def _value_of(name: str, arguments: list[str]) -> str:
    """What stands behind an option that nobody knows, if anything does."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
        if word == name:
            return "" if following.startswith("-") else following
    return ""


def _options_of(called: Listed | Group | None) -> str:
    """What a command takes, each by its longest name; what stands everywhere where it takes nothing."""
    own = called.load().parameters if isinstance(called, Listed) else ()
    named = [max(item.form.flags, key=len) for item in own or EVERYWHERE if not item.positional]
    return f"its options: {', '.join(named)}" if named else "it has no options of its own"


def _nearest_flag(name: str, flags: list[str]) -> str | None:
    """The one option that is spelled most alike."""
    from difflib import get_close_matches

    found = get_close_matches(
        name.strip("-"), [flag.strip("-") for flag in flags if flag[:2] == "--"], 1, 0.65
    )
    return f"did you mean --{found[0]}?" if found else None


def _missing(error: Any, arguments: list[str], called: Listed | Group | None) -> UsageError:
    """An argument or option that must be given."""
    hint = error.param_hint or error.param.get_error_hint(error.ctx)
    name = str(hint[0] if isinstance(hint, list | tuple) else hint).split(" / ")[0].strip("'\"{}[].")
    file = next((word for word in arguments if names_a_list(word)), None)
    if name == "--input" and file is not None:
        rest = [*arguments[: arguments.index(file)], "--input", *arguments[arguments.index(file) :]]
        return UsageError(f"{name} is missing", f"name the file with it: {join(['seqctl', *rest])}")
    return UsageError(f"{name} is missing", _example(called))


def _left_over(words: str, path: list[str], arguments: list[str]) -> UsageError:
    """Words that no argument takes."""
    first = words.split()[0] if words else words
    message = f"`{' '.join(['seqctl', *path])}` does not take {words!r}"
    if path[0] in DRAWING and words.isdigit():
        call = join(["seqctl", *(word for word in arguments if word != words), "-n", words])
        return UsageError(message, f"for {words} numbers: {call}")
    if path == ["gaps", "list"]:
        # `gaps` takes any first word for a target.
        verb = next((senses.VERBS[word] for word in arguments if word in senses.VERBS), None)
        if verb in ("restore", "block", "review"):
            meant = f"SEQUENCE {words}" if any(map(str.isdigit, words)) else f"{first} FIRST..LAST"
            return UsageError(message, f"write: seqctl gaps {verb} {meant} --reason TEXT")
        hint = f"to explain a gap: seqctl gaps block TARGET {first} --reason TEXT; else: seqctl show {first}"
        if first in ("block", "restore", "review"):
            hint = f"write: seqctl gaps {first} SEQUENCE FIRST..LAST --reason TEXT"
        elif not any(character.isdigit() for character in words):
            hint = f"write: seqctl gaps {first}; or one of its commands: list, block, restore, review"
        return UsageError(message, hint)
    at = arguments.index(first) if first in arguments else 0
    valued = [flag for item in _parameters(_called(path)) if not item.flag for flag in item.form.flags]
    if at > 1 and arguments[at - 2] in valued:
        return UsageError(message, f'write words that belong together in quotes, as in --reason "{words}"')
    return UsageError(message, in_place_of_word(path, first) or _example(_called(path)))


def _bad_value(error: Any, message: str, called: Listed | Group | None) -> UsageError:
    """A value that is none."""
    if getattr(error, "param", None) is None:
        return UsageError(message[:1].lower() + message[1:].rstrip("."), _example(called))
    name = next(iter(sorted(error.param.opts, key=len, reverse=True)), error.param.name)
    name = name if name.startswith("-") else error.param.make_metavar(error.ctx).strip("{}[]")
    given, allowed = _first_quoted(error.message), _choices(error.param, called)
    form = given.rpartition(".")[2]
    if name == "--output" and (instead := in_place_of_form(form, called)) is not None:
        return UsageError(f"{name} {given!r} is not known", instead)
    if allowed and name == "--output" and ("." in given or "/" in given):
        return UsageError(f"{name} {given!r} is not known", _into_a_file(given, called))
    if allowed:
        near = nearest(given, list(allowed)) or f"write one of {', '.join(allowed)}"
        return UsageError(f"{name} {given!r} is not known", near)
    words = error.message.rstrip(".").replace("is not a valid integer", "is not a whole number")
    if "whole number" in words and name.startswith("-"):
        return UsageError(f"{name}: {words[:1].lower() + words[1:]}", f"write digits, as in {name} 5")
    return UsageError(f"{name}: {words[:1].lower() + words[1:]}", _example(called))


def _into_a_file(path: str, called: Listed | Group | None) -> str:
    """How the answer of a command comes into a file."""
    flags = [flag for item in _parameters(called) for flag in item.form.flags]
    own = next((flag for flag in ("--write", "--to") if flag in flags), None)
    if own is not None and isinstance(called, Listed) and called.words[-1] in ("assign", "export"):
        return f"write the file with: {own} {quote(path)}"
    ending = path.rpartition(".")[2].lower()
    form = ending if ending in FORMATS else "csv"
    return f"say the form, and let the shell write the file: -o {form} > {quote(path)}"


def _choices(param: Any, called: Listed | Group | None) -> tuple[str, ...]:
    """What alone an option takes; of forms of output those that every command has."""
    item = next((item for item in _parameters(called) if set(item.form.flags) & set(param.opts)), None)
    if item is None:
        return ()
    return FORMATS if item.name == "output" else item.form.choices


def _parameters(called: Listed | Group | None) -> tuple[Any, ...]:
    own = called.load().parameters if isinstance(called, Listed) else ()
    return (*own, *EVERYWHERE)


def _commands_of(group: Listed | Group | None) -> str:
    """What there is in place of a command that is missing or not known."""
    if isinstance(group, Group):
        return f"its commands: {', '.join(group.verbs)}; for example: seqctl {group.example}"
    return "see: seqctl help"


def _example(called: Listed | Group | None) -> str:
    if isinstance(called, Listed):
        return f"for example: seqctl {called.load().example}"
    return _commands_of(called)


def _first_quoted(message: str) -> str:
    found = QUOTED.search(message)
    return found[1] if found else message
