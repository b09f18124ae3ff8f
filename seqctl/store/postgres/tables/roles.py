"""The roles of a book on a server: who owns it, who issues from it, who reads it.

They are groups, to be granted to logins. What an issuer may write is held by the server: by these rights, and
by a trigger that refuses events of all other actions to whoever does not own the tables.
"""

import re

from seqctl.errors import UsageError
from seqctl.process import Clock
from seqctl.store.postgres.address import LONGEST_SCHEMA, address_of
from seqctl.store.postgres.beginning import settings
from seqctl.store.postgres.connection import ServerError
from seqctl.store.postgres.engine import PostgresStore
from seqctl.store.postgres.tables.schema import STEPS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection
    from seqctl.store.sql.connection import Values

KINDS = ("owner", "issuer", "reader")

ISSUER = (
    "GRANT INSERT, DELETE ON {schema}.number, {schema}.gap_run TO {issuer}",
    "GRANT UPDATE (state, date, record, expires_at, change_id, reference) ON {schema}.number TO {issuer}",
    "GRANT INSERT ON {schema}.counter TO {issuer}",
    "GRANT UPDATE (first, last, accounted, reusable, reserved, latest_date, latest_value)"
    " ON {schema}.counter TO {issuer}",
    "GRANT INSERT ON {schema}.event, {schema}.uniqueness TO {issuer}",
    "GRANT UPDATE (used) ON {schema}.sequence, {schema}.policy TO {issuer}",
    # Whoever locks the row needs a right to change something of it; behind a failover, the timeline.
    "GRANT UPDATE (timeline) ON {schema}.head TO {issuer}",
)
"""What an issuer may write: numbers, their counters, and events."""


def give_roles(url: str, actor: str, clock: Clock, timeout: float, dry_run: bool) -> list[str]:
    """Make the roles of a book where they are missing and give the book to its owner; the SQL for that.

    With `dry_run` it is only said. It locks each table against everybody, and whoever comes behind it waits
    too: so long as `timeout` for each. Raises UsageError where the server would cut the name of a role, and
    Busy where a table is in use for longer.
    """
    address = address_of(url)
    longest = LONGEST_SCHEMA - len("_issuer")
    if len(address.schema) > longest:
        raise UsageError(
            f"the schema {address.schema!r} is too long a name for roles",
            f"a book with roles lies in a schema of at most {longest} characters: ?schema=NAME",
        )
    with PostgresStore(address, actor, clock, timeout) as store:
        try:
            connection = store.dialed()
            statements = _statements(connection, address.schema)
            if not dry_run:
                begin: list[tuple[str, Values]] = [("BEGIN", ()), settings(store, store.idle)]
                connection.together([*begin, *[(each, ()) for each in statements], ("COMMIT", ())])
        except ServerError as error:
            raise store.translated(error) from error
    return [f"{statement};" for statement in statements]


def _statements(connection: "ServerConnection", schema: str) -> list[str]:
    """What makes the roles that are missing, and gives each what it may do."""
    names = {kind: f"{schema}_{kind}" for kind in KINDS}
    query = "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname IN (?, ?, ?)"
    present = {name for (name,) in connection.execute(query, [*names.values()])}
    quoted = {"schema": f'"{schema}"', **{kind: f'"{name}"' for kind, name in names.items()}}
    made = [f'CREATE ROLE "{name}" NOLOGIN' for name in names.values() if name not in present]
    text = "".join(STEPS.values())
    owned = [
        *[f"TABLE {{schema}}.{name}" for name in re.findall(r"CREATE TABLE (\w+)", text)],
        *[f"VIEW {{schema}}.{name}" for name in re.findall(r"CREATE VIEW (\w+)", text)],
        *[f"FUNCTION {{schema}}.{name}" for name in re.findall(r"CREATE FUNCTION (\w+\([^)]*\))", text)],
    ]
    given = [
        "GRANT {owner} TO CURRENT_USER",
        "ALTER SCHEMA {schema} OWNER TO {owner}",
        *[f"ALTER {thing} OWNER TO {{owner}}" for thing in owned],
        "REVOKE ALL ON SCHEMA {schema} FROM PUBLIC",
        "GRANT USAGE ON SCHEMA {schema} TO {issuer}, {reader}",
        "GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {issuer}, {reader}",
        *ISSUER,
    ]
    return [*made, *[statement.format_map(quoted) for statement in given]]
