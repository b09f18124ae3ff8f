"""What happens to a disk, step by step, and what a reader of standard output gets meanwhile."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Write:
    """Bytes at a place of a file."""

    file: int
    offset: int
    data: bytes


@dataclass(frozen=True)
class Truncate:
    """A file cut or stretched to a length."""

    file: int
    length: int


@dataclass(frozen=True)
class Enter:
    """A new name in a directory, for a file or a directory."""

    file: int
    name: str
    new: int
    directory: bool


@dataclass(frozen=True)
class Leave:
    """A name taken out of a directory."""

    file: int
    name: str


@dataclass(frozen=True)
class Move:
    """A name that becomes another in the same directory, in one step."""

    file: int
    name: str
    to: str


@dataclass(frozen=True)
class Sync:
    """Everything that was done to one file or directory is on the disk now."""

    file: int


@dataclass(frozen=True)
class Print:
    """What a reader of standard output has got."""

    text: str


Step = Write | Truncate | Enter | Leave | Move | Sync | Print
ROOT = 0
"""The number of the recorded folder itself."""
