"""Files that are mounted by themselves: loaded where the list of mounts may name the database."""

import os

from seqctl.errors import DatabaseUnusable
from seqctl.model.text import shell_word
from seqctl.store.sqlite.high_water import SUFFIX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sqlite.engine import SqliteStore

BESIDE = ("", "-wal", "-shm", "-journal", SUFFIX)
"""What the names of a book's files end in that hold something of it."""


def refuse_mounted(store: "SqliteStore", mounts: bytes) -> None:
    """Close a store whose file, or one beside it, is a mount of its own, and raise DatabaseUnusable.

    A container that gets a single file (`docker run -v FILE:FILE`) sees it under another name, and not the
    log beside it. `mounts` is the list of Linux, in which the fifth column of a line is the place.
    """
    places = {_unescaped(line.split(b" ")[4]) for line in mounts.splitlines() if line.count(b" ") > 4}
    for ending in BESIDE:
        path = store.real_path + ending
        if os.fsencode(path) in places:
            store.close()
            raise DatabaseUnusable(
                "hard_link",
                f"{path} is mounted as a single file, and so has two names; numbers that were issued under"
                " one may be unknown under another, since the log lies beside each of them",
                f"mount the folder that it lies in, not the file; see: findmnt -T {shell_word(path)}",
            )


def _unescaped(place: bytes) -> bytes:
    """A place as the list writes it, where blanks, line ends and backslashes are octal escapes."""
    for code, character in ((b"\\040", b" "), (b"\\011", b"\t"), (b"\\012", b"\n"), (b"\\134", b"\\")):
        place = place.replace(code, character)
    return place
