"""The files that an import names: files, folders of such files, and standard input."""

import os
import sys

from seqctl.errors import InvalidInput, NotFound
from seqctl.model.classes import frozen
from seqctl.model.finding import Finding

STANDARD_INPUT = "-"
LARGEST_FILE = 256 * 1024 * 1024
NO_DEFINITIONS = ".schema.json"
"""How the name of a file ends that says how definitions are written, and so lies beside them."""


@frozen
class Source:
    """One file: how messages name it, and its text; or what is wrong where it cannot be read.

    `form` is how it is written: `toml` or `json`. `found` says that nobody named it: it lies in a folder that
    was named.
    """

    name: str
    text: str
    problem: Finding | None = None
    form: str = "toml"
    found: bool = False


def named_files(paths: list[str], endings: tuple[str, ...]) -> list[str]:
    """Every file that is named, each once; a folder stands for those in it and below that end so, by name.

    Raises NotFound for a path that does not exist, InvalidInput for a folder without such files.
    """
    names = []
    seen = set()
    for path in paths:
        for name in _files(path, endings):
            identity = name if name == STANDARD_INPUT else os.path.realpath(name)
            if identity not in seen:
                seen.add(identity)
                names.append(name)
    return names


def _files(path: str, endings: tuple[str, ...]) -> list[str]:
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
        if name.lower().endswith(endings) and not name.endswith(NO_DEFINITIONS)
    ]
    if not found:
        words = " and no ".join(endings)
        raise InvalidInput("invalid_input", f"the folder {path!r} holds no {words} file")
    return sorted(found)


def read_source(name: str, form: str = "toml", found: bool = False) -> Source:
    """Read a file. One that cannot be read, or whose bytes are no UTF-8, is a source with that problem, so
    that it is reported beside what is wrong in the others."""
    shown = "standard input" if name == STANDARD_INPUT else name
    try:
        if name == STANDARD_INPUT and sys.stdin is None:
            return _unreadable(shown, shown, "is closed", "name a file, or pipe one in")
        if name == STANDARD_INPUT:
            data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            with open(name, "rb") as file:
                data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        return _unreadable(shown, shown, f"cannot be read: {error.strerror}")
    return source_of(data, shown, form, found)


def source_of(data: bytes, shown: str, form: str, found: bool = False) -> Source:
    """The bytes of a file as text, under the name that messages give it; what is no UTF-8 is its problem."""
    if len(data) > LARGEST_FILE:
        return _unreadable(shown, shown, "is larger than 256 MiB")
    try:
        return Source(shown, data.decode("utf-8-sig"), form=form, found=found)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        return _unreadable(shown, f"{shown}:{line}", problem, "save the file as UTF-8")


def _unreadable(shown: str, place: str, message: str, hint: str | None = None) -> Source:
    return Source(shown, "", Finding("invalid_input", "error", (place,), message, hint))
