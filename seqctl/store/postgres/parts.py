"""What a book on a server offers beside what every issue needs: each part is loaded when asked for."""

from seqctl.store.sql.parts import SharedParts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.model.number.request import Choice, Request
    from seqctl.process import Clock
    from seqctl.store.port import Copying, Store
    from seqctl.store.postgres.bulk.adopted import AdoptedNumbers
    from seqctl.store.postgres.bulk.documents import Documents
    from seqctl.store.postgres.bulk.numbers import PostgresBulk
    from seqctl.store.postgres.bulk.staging import Staging
    from seqctl.store.postgres.connection import ServerConnection
    from seqctl.store.postgres.engine import PostgresStore, Transaction
    from seqctl.store.postgres.marking.part import Mark
    from seqctl.store.postgres.tables.soundness import Soundness
    from seqctl.store.postgres.tables.views import Views
    from seqctl.store.sql.connection import Dialect


class Beside:
    """What a store offers beside its transactions."""

    __slots__ = ()

    def documents(self: "PostgresStore") -> "Documents":  # type: ignore[misc]
        """Room for the documents of a file beside the book; nothing of it is written to the book."""
        from seqctl.store.postgres.bulk.documents import Documents

        return Documents(self)

    @property
    def staging(self: "PostgresStore") -> "Staging":  # type: ignore[misc]
        """Where numbers are put aside before a transaction enters them."""
        if self._staging is None:
            from seqctl.store.postgres.bulk.staging import Staging

            self._staging = Staging()
        return self._staging  # type: ignore[no-any-return]

    def rehearsal(self: "PostgresStore", clock: "Clock") -> "Store":  # type: ignore[misc]
        """A copy of one state of the book under another clock, on this machine."""
        from seqctl.store.between.to_file import open_rehearsal

        return open_rehearsal(self, clock)

    def size(self: "PostgresStore") -> int:  # type: ignore[misc]
        """How many bytes the tables and indexes of the book take on the server."""
        query = (
            "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class"
            " WHERE relnamespace = CAST(? AS regnamespace) AND relkind = 'r'"
        )
        return int(self.dialed().execute(query, (self.address.schema,)).fetchone()[0])

    def copy_to(self: "PostgresStore", target: str) -> "Copying":  # type: ignore[misc]
        """A copy of one state of the book, in a temporary file beside `target`."""
        from seqctl.store.between.to_file import copy_to_file

        return copy_to_file(self, target)


class Parts(SharedParts):
    """The parts of a transaction over one session."""

    __slots__ = ()

    connection: "ServerConnection"
    store: "PostgresStore"
    writes: bool
    _adopted: "Any"

    @property
    def dialect(self) -> "Dialect":
        """What PostgreSQL says in words of its own."""
        from seqctl.store.postgres.dialect import POSTGRES

        return POSTGRES

    def recall(self, request: "Request") -> "Choice | None":
        """What served a request alike; where something did, the rows of an issue go out with its commit."""
        choice = SharedParts.recall(self, request)
        self.connection.spares = choice is not None
        return choice

    @property
    def adopted(self) -> "AdoptedNumbers":
        """Staged numbers, compared with the book and entered into it; moved to the server first."""
        if self._adopted is None:
            from seqctl.store.postgres.bulk.adopted import AdoptedNumbers

            self._adopted = AdoptedNumbers(self.connection, self.store.staging)
        return self._adopted  # type: ignore[no-any-return]

    @property
    def bulk(self) -> "PostgresBulk":
        """Many numbers of many counters at once."""
        from seqctl.store.postgres.bulk.numbers import PostgresBulk

        return PostgresBulk(self.connection)

    @property
    def mark(self: "Transaction") -> "Mark":  # type: ignore[misc]
        """How the high-water mark of the book stands to it."""
        from seqctl.store.postgres.marking.part import Mark

        return Mark(self)

    @property
    def soundness(self) -> "Soundness":
        """The schema on the server, for a check."""
        from seqctl.store.postgres.tables.soundness import Soundness

        return Soundness(self.connection, self.store.address.schema)

    @property
    def views(self) -> "Views":
        """The views for analysts."""
        from seqctl.store.postgres.tables.views import Views

        return Views(self.connection)
