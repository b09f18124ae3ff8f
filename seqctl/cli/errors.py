"""Errors in words: one line and a hint for people, one object for programs that asked for JSON."""

import sys

from seqctl.errors import SeqctlError


def report(error: SeqctlError, arguments: list[str]) -> int:
    """Write an error to stderr in the form that the call asked for, and return its exit status."""
    if wants_json(arguments):
        import json

        details: dict[str, object] = {"code": error.code, "message": error.message}
        if error.hint is not None:
            details["hint"] = error.hint
        if error.problems:
            details["problems"] = list(error.problems)
        line(json.dumps({"error": details}, ensure_ascii=False))
        return error.exit_status
    for problem in error.problems:
        line(printable(problem))
    line(f"seqctl: error: {printable(error.message)}")
    if error.hint is not None:
        line(f"hint: {printable(error.hint)}")
    return error.exit_status


def warn(message: str) -> None:
    """Write a warning to stderr."""
    line(f"seqctl: warning: {printable(message)}")


def line(text: str) -> None:
    """Write one line to stderr as UTF-8, whatever the locale; a closed stderr is nobody's problem."""
    try:
        sys.stderr.buffer.write((text + "\n").encode("utf-8", "backslashreplace"))
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        pass


def printable(text: str) -> str:
    """The text with every character that a terminal could obey made visible."""
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or character in "\n\t"
        else character.encode("unicode_escape", "backslashreplace").decode()
        for character in text
    )


def wants_json(arguments: list[str]) -> bool:
    """Whether a call asked for JSON, even one that could not be parsed."""
    for position, word in enumerate(arguments):
        if word == "--":
            return False
        if word == "--json" or word in ("--output=json", "--output=jsonl", "-ojson", "-ojsonl"):
            return True
        follows = arguments[position + 1] if position + 1 < len(arguments) else ""
        if word in ("-o", "--output") and follows in ("json", "jsonl"):
            return True
    return False
