"""Writing a result to a file that is there as a whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from seqctl.errors import NotDelivered, UsageError
from seqctl.folders import database_at, destination, is_regular, put_in_place, standing_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

Part = str | bytes
Write = Callable[[Iterable[Part]], None]

HINT = "name a file in a folder that you may write; nothing was changed"


@contextmanager
def replacing(path: str) -> Iterator[Write]:
    """A function that writes parts, texts or bytes, and puts them in the place of `path`, all at once.

    The temporary file is made before anything else happens, so that a folder that cannot be written is told
    in time; it is readable for its owner alone, and where it replaces a file of the same owner gets the
    permissions of that one in the end. A link is followed. What is not a regular file, such as a pipe, is
    written as it is.

    Raises NotDelivered, and UsageError where a database has that name.
    """
    if not path:
        raise UsageError("the file to write has no name", "name a file, or - for the output")
    try:
        target = destination(path)
        before = standing_at(path)
        if os.path.isdir(target):
            raise NotDelivered(f"{path} is a folder", HINT)
        if is_regular(before):
            _keep_databases(path, target)
        temporary = _beside(target) if is_regular(before) else None
    except OSError as error:
        raise NotDelivered(f"{path} cannot be written: {error.strerror}", HINT) from error
    if temporary is None:
        yield lambda parts: _write_through(path, parts)
        return
    try:
        yield lambda parts: _put(temporary, parts, target, before)
    finally:
        # What could not be written was told when it was written; closing tries it once more.
        with suppress(OSError):
            temporary.close()
        if os.path.exists(temporary.name):
            os.unlink(temporary.name)


def _keep_databases(path: str, target: str) -> None:
    """Refuse to replace a book, or a part of one: what was meant is another file."""
    book = database_at(target)
    if book is not None:
        what = "a database" if book == target else f"a part of the database {book}"
        raise UsageError(f"{path} is {what}", "name another file")


def _beside(target: str) -> IO[bytes]:
    """A new file in the folder of another one, for its owner alone."""
    name = os.path.join(os.path.dirname(target), f"tmp{os.urandom(8).hex()}")
    return open(name, "xb", opener=lambda path, flags: os.open(path, flags | os.O_CLOEXEC, 0o600))


def _put(temporary: IO[bytes], parts: Iterable[Part], target: str, before: os.stat_result | None) -> None:
    for part in parts:
        temporary.write(encoded(part))
    temporary.flush()
    os.fchmod(temporary.fileno(), _rights(temporary.fileno(), before))
    os.fsync(temporary.fileno())
    put_in_place(temporary.name, target)


def _rights(file: int, before: os.stat_result | None) -> int:
    """Who may use the file: its owner alone, or whoever might use the one before it, if that was the owner's.

    Rights of a group are kept with the group only: another one is not let in. What another user put there
    decides nothing.
    """
    if before is None or before.st_uid != os.geteuid():
        return 0o600
    rights = stat.S_IMODE(before.st_mode) & 0o777
    if os.fstat(file).st_gid != before.st_gid:
        try:
            os.fchown(file, -1, before.st_gid)
        except OSError:
            rights &= ~0o070
    return rights


def _write_through(path: str, parts: Iterable[Part]) -> None:
    """Write to what is there; where it went away meanwhile, no file is made in its place."""
    with open(os.open(path, os.O_WRONLY | os.O_NOCTTY | os.O_CLOEXEC), "wb") as file:
        for part in parts:
            file.write(encoded(part))


def encoded(part: Part) -> bytes:
    """A part as bytes: a text as UTF-8, what that cannot say as escapes."""
    return part if isinstance(part, bytes) else part.encode("utf-8", "backslashreplace")
