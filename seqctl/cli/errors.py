"""Errors in words: one line and a hint for people, one object for programs that asked for JSON."""

import os
import sys

from seqctl.errors import DatabaseUnusable, NotDelivered, SeqctlError, UsageError
from seqctl.model.cell import visible as visible

LONGEST = 4000
"""Most characters of one message: ten numbers that could not be delivered are named in full."""


def report(error: SeqctlError, arguments: list[str]) -> int:
    """Write an error to stderr in the form that the call asked for, and return its exit status."""
    hint = None if error.hint is None else of_that_book(shortened(error.hint), arguments)
    if last_format(arguments) in ("json", "jsonl"):
        import json

        details: dict[str, object] = {"code": error.code, "message": shortened(error.message)}
        if hint is not None:
            details["hint"] = hint
        if error.problems:
            details["problems"] = [shortened(problem) for problem in error.problems]
        if error.findings:
            details["findings"] = [finding._asdict() for finding in error.findings]
            details["findings_count"] = error.findings_count
        line(json_visible(json.dumps({"error": details}, ensure_ascii=False)))
        return error.exit_status
    for problem in error.problems:
        line(visible(shortened(problem)))
    line(f"seqctl: error: {visible(shortened(error.message))}")
    if hint is not None:
        line(f"hint: {visible(hint)}")
    return error.exit_status


def no_memory(arguments: list[str]) -> int:
    """Report that the machine has no memory left for a call, and return the exit status."""
    error = SeqctlError(
        "unexpected",
        "there is not enough memory for this; what was not committed by then is undone",
        "free some memory or do it in smaller parts; what was issued is listed by: seqctl numbers",
    )
    return report(error, arguments)


def not_utf8(word: str) -> UsageError:
    """The refusal of an argument that did not arrive as the text that was written."""
    try:
        os.fsencode(word).decode()
    except UnicodeError:
        return UsageError(f"the argument {word!r} is not UTF-8", "write it as UTF-8")
    return UsageError(
        f"the argument {word!r} cannot be read: in this locale Python takes arguments for ASCII",
        "set LC_ALL=C.UTF-8, or unset PYTHONUTF8 and PYTHONCOERCECLOCALE",
    )


def of_the_system(error: OSError) -> SeqctlError:
    """An error of the operating system that nobody met on its way, as one of ours."""
    if isinstance(error, FileNotFoundError | PermissionError):
        return DatabaseUnusable("read_only", f"the file system refuses: {error}")
    return NotDelivered(f"the output could not be written: {error.strerror}")


def of_that_book(hint: str, arguments: list[str]) -> str:
    """The hint with its commands for the database that the call named, so that they can be copied."""
    book = _option(arguments, "--db")
    if book is None:
        return hint
    import re
    from shlex import quote

    from seqctl.cli.grammar.commands import first_words

    # Other words follow the program's name in prose.
    command = rf"\bseqctl (?=(?:{'|'.join(first_words())})\b)"
    return re.sub(command, lambda _: f"seqctl --db {quote(book)} ", hint)


def _option(arguments: list[str], name: str) -> str | None:
    """The value that an option was given last, before a `--`; None where it was not."""
    found = None
    for place, word in enumerate(arguments):
        if word == "--":
            break
        if word == name and place + 1 < len(arguments):
            found = arguments[place + 1]
        elif word.startswith(f"{name}="):
            found = word.removeprefix(f"{name}=")
    return found


def warn(message: str) -> None:
    """Write a warning to stderr."""
    line(f"seqctl: warning: {visible(message)}")


def line(text: str) -> None:
    """Write one line to stderr as UTF-8, whatever the locale; a closed stderr is nobody's problem."""
    try:
        sys.stderr.buffer.write((text + "\n").encode("utf-8", "backslashreplace"))
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        pass


def line_of_json(told: dict[str, object]) -> None:
    """Write one object to stderr, in ASCII."""
    import json

    line(json.dumps(told))


def shortened(text: str) -> str:
    """A text that fits a screen: of one that quotes a stranger's megabytes the beginning and the end."""
    if len(text) <= LONGEST:
        return text
    half = LONGEST // 2
    return f"{text[:half]} ... ({len(text) - 2 * half} characters) ... {text[-half:]}"


def json_visible(text: str) -> str:
    """JSON that means the same and has every character that a terminal could obey written as its escape.

    Line ends stay: outside of its texts, where alone JSON has them, they are its layout.
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() or character == "\n" else json_escape(character)
        for character in text
    )


def json_escape(character: str) -> str:
    """A character as JSON escapes it: four hexadecimal digits for each unit of UTF-16."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


FORMATS = ("table", "wide", "json", "jsonl", "csv", "tsv")
SALESFORCE = "salesforce"
"""How that system writes what a command answers; only some of them do."""


def last_format(arguments: list[str]) -> str | None:
    """The output format that a call asked for last, even a call that could not be parsed."""
    chosen = known = None
    for position, word in enumerate(arguments):
        if word == "--":
            break
        follows = arguments[position + 1] if position + 1 < len(arguments) else ""
        if word == "--json":
            chosen = "json"
        elif word in ("-o", "--output"):
            chosen = follows
        elif word.startswith("--output="):
            chosen = word.removeprefix("--output=")
        elif word.startswith("-o") and len(word) > 2:
            chosen = word.removeprefix("-o")
        if chosen not in FORMATS:
            chosen = known
        known = chosen
    return chosen
