"""What a book in a file offers beside what every issue needs: each part is loaded when asked for."""

import os

from seqctl.store.sql.parts import SharedParts
from seqctl.store.sqlite.driver import Connection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.process import Clock
    from seqctl.store.sql.connection import Dialect
    from seqctl.store.sqlite.bulk.adopted import AdoptedNumbers
    from seqctl.store.sqlite.bulk.bulk import SqliteBulk
    from seqctl.store.sqlite.bulk.documents import Documents
    from seqctl.store.sqlite.bulk.staging import Staging
    from seqctl.store.sqlite.engine import SqliteStore
    from seqctl.store.sqlite.file.copying import Copying
    from seqctl.store.sqlite.file.soundness import Soundness
    from seqctl.store.sqlite.file.views import Views
    from seqctl.store.sqlite.mark.part import Mark


class Beside:
    """What a store offers beside its transactions."""

    __slots__ = ()

    def documents(self: "SqliteStore") -> "Documents":  # type: ignore[misc]
        """Room for the documents of a file beside the book; nothing of it is written to the book."""
        from seqctl.store.sqlite.bulk.documents import Documents

        return Documents(self)

    @property
    def staging(self: "SqliteStore") -> "Staging":  # type: ignore[misc]
        """Where numbers are put aside before a transaction enters them."""
        from seqctl.store.sqlite.bulk.staging import Staging

        return Staging(self)

    def rehearsal(self: "SqliteStore", clock: "Clock") -> "SqliteStore":  # type: ignore[misc]
        """A copy of one state of the book under another clock."""
        from seqctl.store.sqlite.file.rehearsal import open_rehearsal

        return open_rehearsal(self, clock)

    def size(self: "SqliteStore") -> int:  # type: ignore[misc]
        """How many bytes the file has."""
        return os.path.getsize(self.real_path)

    def copy_to(self: "SqliteStore", target: str) -> "Copying":  # type: ignore[misc]
        """A copy of one state of the book, in a temporary file beside `target`."""
        from seqctl.store.sqlite.file.copying import Copying

        return Copying(self, target, self.real_path)


class Parts(SharedParts):
    """The parts of a transaction over one connection."""

    __slots__ = ()

    connection: Connection
    store: "SqliteStore"
    writes: bool

    @property
    def dialect(self) -> "Dialect":
        """What SQLite says in words of its own."""
        from seqctl.store.sqlite.dialect import SQLITE

        return SQLITE

    @property
    def adopted(self) -> "AdoptedNumbers":
        """Staged numbers, compared with the book and entered into it."""
        from seqctl.store.sqlite.bulk.adopted import AdoptedNumbers

        return AdoptedNumbers(self.connection)

    @property
    def bulk(self) -> "SqliteBulk":
        """Many numbers of many counters at once."""
        from seqctl.store.sqlite.bulk.bulk import SqliteBulk

        return SqliteBulk(self.connection)

    @property
    def mark(self) -> "Mark":
        """How the high-water mark beside the book stands to it."""
        from seqctl.store.sqlite.mark.part import Mark

        return Mark(self)

    @property
    def soundness(self) -> "Soundness":
        """The database as a file, for a check."""
        from seqctl.store.sqlite.file.soundness import Soundness

        return Soundness(self.connection, self.store.real_path)

    @property
    def views(self) -> "Views":
        """The views for analysts."""
        from seqctl.store.sqlite.file.views import Views

        return Views(self.connection)
