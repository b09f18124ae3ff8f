"""The files that commands read: opened, called by a name in messages, and told apart by what they hold."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from io import BufferedReader
from typing import BinaryIO, cast

from seqctl.errors import InvalidInput, NotFound, UsageError
from seqctl.model.reports.file_problems import FileProblem, findings_of, grouped, options_proposed

STANDARD_INPUT = "-"
JSON_ENDINGS = (".jsonl", ".ndjson", ".json")
CSV_ENDINGS = (".csv", ".tsv")


def shown_name(path: str) -> str:
    """How messages name a file."""
    return "standard input" if path == STANDARD_INPUT else path


def unfit(name: str, problems: Iterable[tuple[int, str]], undone: str) -> InvalidInput:
    """The error of a file that cannot be taken, with every problem; `undone` ends the message."""
    told = [FileProblem(line, None, "invalid_input", words) for line, words in sorted(problems)]
    summary = told[0].words(name) if len(told) == 1 else f"{len(told):,} problems in {name}"
    proposed = options_proposed(" ".join(item.message for item in told))
    hint = f"try again with: {' '.join(proposed)}" if proposed else "fix the file and try again"
    error = InvalidInput("invalid_input", f"{summary}; {undone}", hint)
    error.problems = tuple(grouped(name, told)) if len(told) > 1 else ()
    error.findings, error.findings_count = findings_of(name, told, {}), len(told)
    return error


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of standard input. Raises NotFound or InvalidInput, also while it is read."""
    try:
        with _stream(path) as stream:
            yield stream
    except FileNotFoundError:
        raise NotFound(f"there is no file {path!r}", "check the path") from None
    except OSError as error:
        words = f"{shown_name(path)} cannot be read: {error.strerror}"
        raise InvalidInput("invalid_input", words) from error


def _stream(path: str) -> nullcontext[BinaryIO] | BinaryIO:
    if path != STANDARD_INPUT:
        return open(path, "rb")
    if sys.stdin is None:
        raise InvalidInput("invalid_input", "standard input is closed", "name a file, or pipe one in")
    stream = sys.stdin.buffer
    return nullcontext(stream if hasattr(stream, "peek") else cast(BinaryIO, BufferedReader(stream)))


def beginning(stream: BinaryIO) -> bytes:
    """The first bytes of an opened file, which stay to be read."""
    return cast(BufferedReader, stream).peek(8)[:8]


def first_line(texts: Iterator[str]) -> tuple[int, str]:
    """The first line that is not blank, with its place in the file; "" where there is none."""
    return next(((at, line) for at, line in enumerate(texts, 1) if line.strip()), (1, ""))


def is_json(path: str, first: str) -> bool:
    """Whether a file with that first line is JSON: by its name, else by its first character."""
    ending = path.lower()
    if ending.endswith(JSON_ENDINGS) or ending.endswith(CSV_ENDINGS):
        return ending.endswith(JSON_ENDINGS)
    return first.lstrip().startswith(("{", "[{", "[ {")) or first.strip() == "["


def check_encoding(name: str) -> str:
    """The name of an encoding that Python knows. Raises UsageError."""
    import codecs

    try:
        codecs.lookup(name).incrementaldecoder(errors="strict").decode(b"", True)
        "".encode(name)
    except (LookupError, TypeError, UnicodeError, ValueError):
        raise UsageError(f"there is no encoding {name!r}", "as in: --encoding cp1252, or utf-16") from None
    return name
