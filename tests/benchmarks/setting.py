"""What a measurement is given: a folder of its own, how much to do, and what else to measure beside."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from seqctl.actions import add_sequence
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_store
from tests.benchmarks.peers import Peers

YEARLY = {"pattern": "INV-{YYYY}-{number:8}", "reset": "year"}
"""The sequence that most rows measure: it begins anew each year, as invoices often do."""

PLAIN = {"pattern": "INV-{number:5}"}
"""The sequence that is measured where the least work counts."""


@dataclass(frozen=True)
class Setting:
    """The circumstances of one row. `quick` asks for the smallest sizes: it only shows that the row works."""

    folder: Path
    quick: bool
    peers: Peers

    def size(self, full: int, quick: int) -> int:
        """How much to do."""
        return quick if self.quick else full

    def rounds(self, full: int) -> int:
        """How often to repeat it."""
        return 1 if self.quick else full

    def place(self, name: str) -> Path:
        """A new folder within the folder."""
        path = self.folder / name
        path.mkdir()
        return path


def new_book(folder: Path, fields: Mapping[str, str]) -> SqliteStore:
    """A new book with the sequence `invoice`, open."""
    store = open_store(str(folder / "b.db"), create=True, actor="benchmark")
    add_sequence(store, "invoice", dict(fields))
    return store


def seqctl_command(book: Path | str) -> list[str]:
    """How a shell starts seqctl on a book: by the installed script where there is one."""
    script = Path(sys.executable).with_name("seqctl")
    program = [str(script)] if script.exists() else [sys.executable, "-m", "seqctl"]
    return [*program, "--db", str(book)]
