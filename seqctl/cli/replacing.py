"""Writing a result to a file that is there as a whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from seqctl.errors import NotDelivered

Write = Callable[[Iterable[str]], None]


@contextmanager
def replacing(path: str) -> Iterator[Write]:
    """A function that writes the parts of a text and puts them in the place of `path`, all at once.

    The temporary file is made before anything else happens, so that a folder that cannot be written is told
    in time. Raises NotDelivered. What is no regular file, such as a pipe, is written as it is.
    """
    target = os.path.realpath(path)
    if os.path.isdir(target):
        raise NotDelivered(f"{path} is a folder; nothing was issued", "name a file")
    regular = not os.path.exists(target) or stat.S_ISREG(os.stat(target).st_mode)
    try:
        folder = os.path.dirname(target)
        # Readable for its owner alone from the first byte on.
        temporary = tempfile.NamedTemporaryFile("wb", dir=folder, delete=False) if regular else None
    except OSError as error:
        told = f"{path} cannot be written: {error.strerror}; nothing was issued"
        raise NotDelivered(told, "name a file in a folder that you may write") from error
    if temporary is None:
        yield lambda parts: _write_through(target, parts)
        return
    try:
        yield lambda parts: _put(temporary, parts, target)
    finally:
        temporary.close()
        if os.path.exists(temporary.name):
            os.unlink(temporary.name)


def _put(temporary: IO[bytes], parts: Iterable[str], target: str) -> None:
    for part in parts:
        temporary.write(part.encode())
    temporary.flush()
    os.fsync(temporary.fileno())
    os.replace(temporary.name, target)
    folder = os.open(os.path.dirname(target), os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write_through(target: str, parts: Iterable[str]) -> None:
    with open(target, "wb") as file:
        for part in parts:
            file.write(part.encode())
