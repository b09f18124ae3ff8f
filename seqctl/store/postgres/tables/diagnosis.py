"""What a schema of a server is: a book of this program, one of another version, something else, nothing."""

from seqctl.errors import DatabaseUnusable, NotFound
from seqctl.store.postgres.tables.schema import STEPS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection
    from seqctl.store.postgres.engine import PostgresStore

TABLES = (
    "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') ORDER BY c.relname"
)


def identify(store: "PostgresStore", connection: "ServerConnection") -> str:
    """The name of the book of this program that the schema holds. Raises NotFound or DatabaseUnusable."""
    if is_bare(store, connection):
        raise NotFound(
            f"there is no book at {store.path}", "make one with: seqctl init (or seqctl import FILE)"
        )
    row = connection.execute(f'SELECT identity FROM "{store.address.schema}".book').fetchone()
    if row is None:
        raise DatabaseUnusable(
            "damaged",
            f"{store.path} is damaged: the row of the table book is gone, which says what book it is",
            "restore the last backup; do not go on issuing from this book",
        )
    return str(row[0])


def is_bare(store: "PostgresStore", connection: "ServerConnection") -> bool:
    """Whether the schema holds no tables. Raises DatabaseUnusable where they are not a present book's."""
    schema = store.address.schema
    tables = {name for (name,) in connection.execute(TABLES, (schema,))}
    if not tables:
        return True
    if not {"book", "head", "step"} <= tables:
        raise DatabaseUnusable(
            "not_a_database",
            f"the schema {schema!r} of {store.path} holds tables of another program"
            f" ({', '.join(sorted(tables)[:3])})",
            "name another schema: ?schema=NAME at the end of the URL",
        )
    applied = [name for (name,) in connection.execute(f'SELECT name FROM "{schema}".step ORDER BY name')]
    if set(applied) - set(STEPS):
        raise DatabaseUnusable(
            "schema_newer",
            f"{store.path} was written by a newer seqctl (its last step is {applied[-1]})",
            "upgrade seqctl on this machine",
        )
    if set(STEPS) - set(applied):
        raise DatabaseUnusable(
            "schema_outdated",
            f"{store.path} has the tables of an older seqctl",
            "bring it up to date with: seqctl upgrade",
        )
    return False
