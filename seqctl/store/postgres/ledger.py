"""Counters, the ledger and the event log as PostgreSQL writes them."""

from seqctl.json_text import to_json
from seqctl.store.sql.ledger import Ledger
from seqctl.store.sql.log import Head, Log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.log.events.kinds import Content
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
        self,
        shared: tuple[object, ...],
        common: str,
        serial: int,
        numbers: "list[tuple[int, str, int]]",
        end: str,
    ) -> str:
        """Write many rows of an issue and return the SHA-256 over them. Raises TextHeld."""
        from seqctl.store.postgres.bulk.rows import copy_batch

        return copy_batch(self.connection, shared, common, serial, numbers, end)


class PostgresLog(Log):
    """The event log, whose end a writer knows from the head row that it locked."""

    __slots__ = ("login",)

    def begin(self, began: "Began", login: str | None) -> None:
        """Take over what the head row said, and whose the session is, where the server was asked."""
        self.login = login
        if began is not None:
            number, digest, self._behind, self._newest = began
            self._last = self.before = Head((number, bytes(digest)))

    def append(self, event: "Content") -> str:
        """Append one event and return its instant; it names the session's user where another one acts."""
        if self.login not in (None, self.actor):
            return super().append(ThroughLogin(event, self.login))  # type: ignore[arg-type]
        return super().append(event)


class ThroughLogin:
    """An event of somebody who is not the session's user, with that one's name at the end of its detail."""

    __slots__ = ("event", "login")

    def __init__(self, event: "Content", login: str) -> None:
        self.event = event
        self.login = login

    def __getattr__(self, name: str) -> object:
        return getattr(self.event, name)

    def detail(self) -> str:
        """The detail as it is stored."""
        detail = self.event.detail()
        comma = "" if detail == "{}" else ", "
        return f'{detail[:-1]}{comma}"login": {to_json(self.login)}}}'
