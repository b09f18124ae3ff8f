"""Values put aside in a file without a name, which only this process can read, and read again in order."""

import os
from collections.abc import Iterator
from marshal import dumps, loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any, Self


LENGTH = 8
"""Bytes before a value that say how long it is: read as a whole, it is made three times as fast."""


class PutAside:
    """Values of what `marshal` writes: None, numbers, texts, and tuples, lists and tables of these.

    First all are added, then they are read, as often as needed. Raises OSError where the disk is full.
    """

    __slots__ = ("_file",)

    def __init__(self) -> None:
        self._file = nameless_file()

    def add(self, value: "Any") -> None:
        """Put a value behind the others."""
        data = dumps(value)
        self._file.write(len(data).to_bytes(LENGTH, "big"))
        self._file.write(data)

    def items(self) -> "Iterator[Any]":
        """The values in their order."""
        self._file.seek(0)
        read = self._file.read
        while length := read(LENGTH):
            yield loads(read(int.from_bytes(length, "big")))

    def close(self) -> None:
        """Throw everything away."""
        self._file.close()

    def __enter__(self) -> "Self":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def nameless_file() -> "IO[bytes]":
    """A file without a name, in the folder that TMPDIR names, else in /tmp.

    `tempfile` costs more to load than most commands; it is asked only where the system cannot do this, and
    looks further for a folder.
    """
    folder = os.environ.get("TMPDIR") or "/tmp"
    if hasattr(os, "O_TMPFILE"):
        try:
            return open(os.open(folder, os.O_RDWR | os.O_TMPFILE | os.O_CLOEXEC, 0o600), "w+b")
        except OSError:
            pass
    from tempfile import TemporaryFile

    return TemporaryFile()
