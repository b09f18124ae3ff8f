"""The files that an import names: files, folders with TOML files, and standard input."""

import os
import sys
from dataclasses import dataclass

from seqctl.errors import InvalidInput, NotFound

STANDARD_INPUT = "-"
LARGEST_FILE = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """One file: how messages name it, and its text."""

    name: str
    text: str


def read_sources(paths: list[str], ending: str = ".toml") -> list[Source]:
    """Read every file that is named; a folder stands for the files in it and below that end so, by name.

    Raises NotFound for a path that does not exist, InvalidInput for a folder without such files and for
    bytes that are no UTF-8, with the line; of several such problems with all of them.
    """
    sources = []
    seen = set()
    problems: list[InvalidInput] = []
    for path in paths:
        for name in _files(path, ending):
            identity = name if name == STANDARD_INPUT else os.path.realpath(name)
            if identity in seen:
                continue
            seen.add(identity)
            try:
                sources.append(_read(name))
            except InvalidInput as problem:
                problems.append(problem)
    if len(problems) > 1:
        error = InvalidInput("invalid_input", f"{len(problems)} files cannot be read; nothing was applied")
        error.problems = tuple(problem.message for problem in problems)
        raise error
    if problems:
        raise problems[0]
    return sources


def _files(path: str, ending: str) -> list[str]:
    if path == STANDARD_INPUT or os.path.isfile(path):
        return [path]
    if not os.path.exists(path):
        raise NotFound(f"there is no file {path!r}", "check the path")
    if not os.path.isdir(path):
        return [path]
    found = [
        os.path.join(folder, name)
        for folder, _, names in os.walk(path)
        for name in names
        if name.endswith(ending)
    ]
    if not found:
        raise InvalidInput("invalid_input", f"the folder {path!r} holds no {ending} file")
    return sorted(found)


def _read(name: str) -> Source:
    shown = "standard input" if name == STANDARD_INPUT else name
    try:
        if name == STANDARD_INPUT and sys.stdin is None:
            raise InvalidInput("invalid_input", "standard input is closed", "name a file, or pipe one in")
        if name == STANDARD_INPUT:
            data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            with open(name, "rb") as file:
                data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InvalidInput("invalid_input", f"{shown} cannot be read: {error.strerror}") from error
    if len(data) > LARGEST_FILE:
        raise InvalidInput("invalid_input", f"{shown} is larger than 256 MiB")
    try:
        return Source(shown, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidInput(
            "invalid_input",
            f"{shown}:{line}: the byte 0x{data[error.start]:02x} is not UTF-8",
            "save the file as UTF-8",
        ) from error
