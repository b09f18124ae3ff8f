"""Writing a result to a file that is there as a whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from seqctl.errors import NotDelivered
from seqctl.folders import is_regular, mode_of, put_in_place

Write = Callable[[Iterable[str]], None]

HINT = "name a file in a folder that you may write; nothing was changed"


@contextmanager
def replacing(path: str) -> Iterator[Write]:
    """A function that writes the parts of a text and puts them in the place of `path`, all at once.

    The temporary file is made before anything else happens, so that a folder that cannot be written is told
    in time; it is readable for its owner alone, and gets the permissions of the file that it replaces in the
    end. A link is followed. What is no regular file, such as a pipe, is written as it is.

    Raises NotDelivered.
    """
    target = os.path.realpath(path)
    if os.path.isdir(target):
        raise NotDelivered(f"{path} is a folder", HINT)
    try:
        mode = mode_of(path)
        temporary = _beside(target) if is_regular(mode) else None
    except OSError as error:
        raise NotDelivered(f"{path} cannot be written: {error.strerror}", HINT) from error
    if temporary is None:
        yield lambda parts: _write_through(target, parts)
        return
    try:
        yield lambda parts: _put(temporary, parts, target, mode)
    finally:
        temporary.close()
        if os.path.exists(temporary.name):
            os.unlink(temporary.name)


def _beside(target: str) -> IO[bytes]:
    return tempfile.NamedTemporaryFile("wb", dir=os.path.dirname(target), delete=False)


def _put(temporary: IO[bytes], parts: Iterable[str], target: str, mode: int | None) -> None:
    for part in parts:
        temporary.write(part.encode())
    temporary.flush()
    if mode is not None:
        os.fchmod(temporary.fileno(), stat.S_IMODE(mode))
    os.fsync(temporary.fileno())
    put_in_place(temporary.name, target)


def _write_through(target: str, parts: Iterable[str]) -> None:
    with open(target, "wb") as file:
        for part in parts:
            file.write(part.encode())
