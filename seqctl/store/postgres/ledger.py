"""Counters, the ledger and the event log as PostgreSQL writes them."""

from seqctl.store.sql.ledger import Ledger
from seqctl.store.sql.log import Head, Log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection

    Began = tuple[int, bytes, int, str] | None
    """What the head row says: the newest event with its hash, the serial of the next number, what it did."""


class PostgresLedger(Ledger):
    """Counters and the ledger, with rows as PostgreSQL writes them."""

    __slots__ = ()

    connection: "ServerConnection"
    asked = (
        "e.detail::json ->> 'date', (e.detail::json -> 'request')::text,"
        " e.detail::json #>> '{request,target}'"
    )

    def _write_batch(
        self, shared: tuple[object, ...], common: str, serial: int, numbers: "list[tuple[int, str, int]]"
    ) -> str:
        """Write many rows of an issue and return the SHA-256 over them. Raises TextHeld."""
        from seqctl.store.postgres.bulk.rows import copy_batch

        return copy_batch(self.connection, shared, common, serial, numbers)


class PostgresLog(Log):
    """The event log, whose end a writer knows from the head row that it locked."""

    __slots__ = ()

    def begin(self, began: "Began") -> None:
        """Take over what the head row said."""
        if began is not None:
            number, digest, self._behind, self._newest = began
            self._last = self.before = Head((number, bytes(digest)))
