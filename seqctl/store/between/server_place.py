"""A schema of a server as the place that a book is moved to."""

from collections.abc import Iterator
from typing import Any

from seqctl.process import Clock
from seqctl.store.between.place import HeldPlace
from seqctl.store.postgres.address import address_of
from seqctl.store.postgres.bulk.rows import table_lines
from seqctl.store.postgres.engine import PostgresStore, Transaction, open_book
from seqctl.store.postgres.outages.barrier import confirmed
from seqctl.store.postgres.tables.create import begin_making, make_tables
from seqctl.store.postgres.tables.diagnosis import is_bare
from seqctl.store.sql.log import Head

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection

UNREFERRED = ("number", "number_source", "event")
"""Tables with many rows to which no other table refers."""

OF_EVENTS = ("event_follows", "event_allowed")
"""What looks at each event that comes in: whether it follows the one before, and who may write it."""

INDEXES = """
SELECT string_agg(leave, '; '), string_agg(make, '; ' ORDER BY name) FROM (
  SELECT conname::text AS name, format('ALTER TABLE %s DROP CONSTRAINT %I',
      conrelid::regclass, conname) AS leave,
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,
      pg_get_constraintdef(oid)) AS make
  FROM pg_constraint WHERE conrelid = CAST(:table AS regclass) AND contype IN ('p', 'u')
  UNION ALL SELECT indexrelid::regclass::text, format('DROP INDEX %s', indexrelid::regclass),
    pg_get_indexdef(indexrelid)
  FROM pg_index WHERE indrelid = CAST(:table AS regclass)
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)) AS made
"""
"""The statements that take the indexes of a table away, and those that make them as they were."""


class ServerPlace:
    """A schema, made where there is none, or what is left in one of a move that broke."""

    def __init__(self, url: str, actor: str, clock: Clock, timeout: float) -> None:
        self.url = url
        self._store = PostgresStore(address_of(url), actor, clock, timeout)
        self.shown = self._store.path

    def locked(self) -> "HeldSchema":
        """Its lock, whatever lies there."""
        return HeldSchema(Transaction(self._store, begin_making))

    def opened(self) -> PostgresStore:
        """The book that it was filled with."""
        store = self._store
        return open_book(self.url, store.actor, store.clock, store.timeout)

    def remove(self) -> None:
        """Nothing is left: the schema went with its tables."""

    def close(self) -> None:
        """Leave it."""
        self._store.close()


class HeldSchema(HeldPlace):
    """The schema under the book's advisory lock."""

    connection: "ServerConnection"

    def is_bare(self) -> bool:
        """Whether there are no tables yet. Raises DatabaseUnusable where they are another program's."""
        return is_bare(self.transaction.store, self.connection)

    def make_tables(self) -> None:
        """Make the tables of a book, without a row."""
        make_tables(self.connection)

    def write_rows(self, table: str, columns: list[str], pages: Iterator[list[Any]]) -> None:
        """Write the rows of one table. That each event follows the one before was proved where they stood.

        What no other table refers to gets its indexes when the rows are there: that costs a third.
        """
        following = []
        if table in UNREFERRED:
            leave, make = self.connection.execute(INDEXES, {"table": table}).fetchone()
            self.connection.run(leave)
            following.append(make)
        if table == "event":
            for name in OF_EVENTS:
                self.connection.run(f"ALTER TABLE event DISABLE TRIGGER {name}")
                following.append(f"ALTER TABLE event ENABLE ALWAYS TRIGGER {name}")
        statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        self.connection.copy_in(statement, map(table_lines, pages))
        for each in following:
            self.connection.run(each)

    def finish(self, head: Head, last_counter: int) -> None:
        """Note where the log ends and the highest id that a counter ever had."""
        self.connection.execute(
            "UPDATE head SET event_id = ?, hash = ?, last_counter = ?, transaction = pg_current_xact_id(),"
            " action = (SELECT action FROM event WHERE id = ?), next_serial = greatest("
            "coalesce((SELECT serial + count FROM event WHERE serial IS NOT NULL ORDER BY id DESC LIMIT 1),"
            " 1), coalesce((SELECT max(serial) + 1 FROM number), 1))",
            (head.id, head.hash, last_counter, head.id),
        )

    def clear(self) -> None:
        """Take the schema away, with all that it holds."""
        schema = self.transaction.store.address.schema
        self.connection.run(f'DROP SCHEMA "{schema}" CASCADE; CREATE SCHEMA "{schema}"')

    def commit(self) -> None:
        """Make it durable."""
        confirmed(self.connection, [("COMMIT", ())])
