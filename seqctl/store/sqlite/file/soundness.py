"""The database as a file of SQLite: whether it is whole, as the program made it, private and well placed."""

import os
import sqlite3
from collections.abc import Iterator
from stat import S_IMODE, S_ISREG

from seqctl.model.reports.stored import Dangling, OpenPlace, SchemaDifference, Surroundings
from seqctl.store.marks.written import is_own
from seqctl.store.sqlite.driver import QUEUE
from seqctl.store.sqlite.file.schema_differences import schema_differences
from seqctl.store.sqlite.high_water import SUFFIX as MARK
from seqctl.store.sqlite.queue.turn import TURN

NETWORK = (
    *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4"),
    *("smb3", "smbfs", "fuse.ceph", "fuse.curlftpfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone"),
    *("fuse.s3fs", "fuse.sshfs"),
)
"""File systems of several machines. In WAL mode SQLite shares memory, which only one machine has."""

MOUNTS = "/proc/self/mounts"
BESIDE = ("", "-wal", "-shm", "-journal", MARK)
"""What the names of a book's files end in that hold something of it."""

OWN = (MARK, QUEUE, TURN)
"""What the names of those end in that this program makes itself, and passes over where it cannot use them."""

WIDER_FILE, WRITABLE = 0o077, 0o022
"""Rights of others: any at all, and those to write."""


class Soundness:
    """The file of one book, by its full name without links, within a transaction."""

    __slots__ = ("connection", "path")

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.connection = connection
        self.path = path

    def damage(self, most: int) -> list[str]:
        """What SQLite finds wrong with its pages, indexes, types and CHECKs. Reads the whole file.

        It is SQLite's own integrity check, which may also raise where it cannot go on.
        """
        rows = self.connection.execute(f"PRAGMA integrity_check({most})").fetchall()
        return [f"SQLite says: {line}" for (text,) in rows for line in str(text).splitlines() if line != "ok"]

    def dangling(self, most: int) -> list[Dangling]:
        """Rows that refer to a row that is not there."""
        found = self.connection.execute("PRAGMA foreign_key_check")
        return [Dangling(table, row, parent) for table, row, parent, _ in found.fetchmany(most)]

    def schema_differences(self) -> Iterator[SchemaDifference]:
        """Tables, indexes, triggers and the list of steps that are not as the migrations make them.

        So is the table that must have one row, where it has none.

        Of what the program did not make, triggers and unique indexes count, which change or refuse numbers;
        other tables, views and indexes may help somebody's reports.
        """
        return schema_differences(self.connection)

    def surroundings(self) -> Surroundings:
        """Where the book lies. Takes milliseconds."""
        (journal,) = self.connection.execute("PRAGMA journal_mode").fetchone()
        places = (self._open_file(), self._open_folder(), self._strange_file(), self._network_disk())
        return Surroundings(str(journal), *places)

    def _open_file(self) -> OpenPlace | None:
        """The first file of the book that others may read or write, with its rights.

        Those beside the database take its rights when they are made, and go with its last user.
        """
        for ending in BESIDE:
            try:
                found = os.lstat(self.path + ending)
            except FileNotFoundError:
                continue
            mode = S_IMODE(found.st_mode)
            if mode & WIDER_FILE and S_ISREG(found.st_mode):
                return OpenPlace(self.path + ending, mode)
        return None

    def _open_folder(self) -> OpenPlace | None:
        """The folder of the book, with its rights, where others may write into it, or it is another user's.

        They could put another file in its place. That they may look into the folder gives nothing away.
        """
        folder = os.path.dirname(self.path)
        try:
            found, owner = os.stat(folder), os.stat(self.path).st_uid
        except FileNotFoundError:
            # A book in memory.
            return None
        stranger = found.st_uid not in (0, owner)
        return OpenPlace(folder, S_IMODE(found.st_mode)) if found.st_mode & WRITABLE or stranger else None

    def _strange_file(self) -> str | None:
        """The first file beside the book that this program cannot use: a link, a pipe, another user's."""
        for ending in OWN:
            try:
                found = os.lstat(self.path + ending)
                owner = os.stat(self.path).st_uid
            except FileNotFoundError:
                continue
            if not is_own(found) or found.st_uid != owner:
                return self.path + ending
        return None

    def _network_disk(self) -> str | None:
        """The kind of network file system that the book lies on; None where it is none or unknown."""
        try:
            with open(MOUNTS, encoding="utf-8", errors="surrogateescape") as file:
                mounts = [line.split(" ")[1:3] for line in file]
        except (OSError, ValueError):
            return None
        kind, longest = "", -1
        for written, its_kind in mounts:
            place = _unescaped(written)
            below = self.path == place or self.path.startswith(place.rstrip("/") + "/")
            # Of several mounts on one place the last one hides the others.
            if below and len(place) >= longest:
                kind, longest = its_kind, len(place)
        return kind if kind in NETWORK else None


def _unescaped(place: str) -> str:
    """A place as the list of mounts writes it, where blanks and the like are octal escapes."""
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        place = place.replace(code, character)
    return place
