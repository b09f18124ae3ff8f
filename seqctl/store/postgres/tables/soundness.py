"""The schema of a book on a server: whether it is as the program made it, and its rows refer to rows."""

from collections.abc import Iterator

from seqctl.model.reports.stored import Dangling, SchemaDifference, Surroundings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection


class Soundness:
    """The schema of one book, within a transaction."""

    __slots__ = ("connection", "schema")

    def __init__(self, connection: "ServerConnection", schema: str) -> None:
        self.connection = connection
        self.schema = schema

    def damage(self, most: int) -> list[str]:
        """What the server finds wrong with its pages: it tells whoever reads them."""
        return []

    def dangling(self, most: int) -> list[Dangling]:
        """Rows that refer to a row that is not there."""
        return []

    def schema_differences(self) -> Iterator[SchemaDifference]:
        """Tables, indexes, triggers and the list of steps that are not as the steps make them."""
        return iter(())

    def surroundings(self) -> Surroundings:
        """Where the book lies: a server sees to that itself."""
        return Surroundings("wal", None, None, None, None)
