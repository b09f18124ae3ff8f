"""The views for analysts in a book on a server: part of the schema, since there they cost nobody anything."""

from seqctl.store.postgres.tables.schema import SELECTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection


class Views:
    """The views of one book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: "ServerConnection") -> None:
        self.connection = connection

    def names(self) -> list[str]:
        """Those that the book has, in the order in which they are promised."""
        rows = self.connection.execute("SELECT viewname FROM pg_views WHERE schemaname = current_schema()")
        found = {name for (name,) in rows}
        return [name for name in SELECTED if name in found]

    def make(self) -> None:
        """Make them, also in place of those of an earlier version."""
        self.drop()
        for name, select in SELECTED.items():
            self.connection.execute(f"CREATE VIEW {name} AS{select}")

    def drop(self) -> None:
        """Take them away."""
        for name in SELECTED:
            self.connection.execute(f"DROP VIEW IF EXISTS {name}")

    def script(self) -> str:
        """The statements that make them for one connection alone, in a book that nobody may change."""
        return "".join(f"CREATE TEMP VIEW {name} AS{select};\n" for name, select in SELECTED.items())
