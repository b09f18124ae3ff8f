"""The schema of a book on a server: whether it is as the program made it, and its rows refer to rows.

What it should be the server itself is asked: the steps are applied to temporary tables, described in the same
words as those of the book, and undone.
"""

from collections.abc import Iterator

from seqctl.model.reports.stored import Dangling, SchemaDifference, Surroundings
from seqctl.store.postgres.tables.schema import STEPS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection

DESCRIBED = """
WITH space AS (SELECT oid, nspname FROM pg_namespace WHERE oid = :space),
  relation AS (SELECT c.oid, c.relname, c.relrowsecurity FROM pg_class c
    JOIN space ON space.oid = c.relnamespace WHERE c.relkind IN ('r', 'p'))
SELECT 'table', r.relname::text, concat_ws('; ', nullif(r.relrowsecurity, false)::text,
  (SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
    a.attcollation::regcollation, a.attnotnull, pg_get_expr(d.adbin, d.adrelid)),
    ', ' ORDER BY a.attnum) FROM pg_attribute a
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped),
  (SELECT string_agg(pg_get_constraintdef(o.oid), ', ' ORDER BY o.conname) FROM pg_constraint o
    WHERE o.conrelid = r.oid AND o.contype IN ('c', 'p', 'u', 'f')))
FROM relation r
UNION ALL SELECT 'index', i.relname, pg_get_indexdef(i.oid) FROM pg_index x
  JOIN relation r ON r.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
  WHERE x.indisvalid AND NOT EXISTS
  (SELECT FROM pg_constraint o WHERE o.conindid = i.oid AND o.contype IN ('p', 'u'))
UNION ALL SELECT 'trigger', t.tgname, t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid) FROM pg_trigger t
  JOIN relation r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
UNION ALL SELECT 'rule', w.rulename, pg_get_ruledef(w.oid) FROM pg_rewrite w
  JOIN relation r ON r.oid = w.ev_class
UNION ALL SELECT 'function', p.proname, p.prosrc || coalesce(pg_get_function_sqlbody(p.oid), '')
  FROM pg_proc p JOIN space ON space.oid = p.pronamespace
"""
"""Everything in a schema that decides what its tables may hold, each with a text of its own."""

REFERENCES = (
    "SELECT o.conrelid::regclass::text, a.attname, o.confrelid::regclass::text, b.attname"
    " FROM pg_constraint o"
    " JOIN pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = o.conkey[1]"
    " JOIN pg_attribute b ON b.attrelid = o.confrelid AND b.attnum = o.confkey[1]"
    " WHERE o.contype = 'f' AND o.connamespace = CAST(? AS regnamespace)"
    " UNION ALL SELECT 'number', 'counter_id', 'counter', 'id' ORDER BY 1, 2"
)
"""What refers to what: by foreign keys, and numbers to counters, which a trigger keeps (`triggers.py`)."""

DISTURBING = ("trigger", "rule")
"""What changes or refuses what is written, where the program did not make it."""


class Soundness:
    """The schema of one book, within a transaction."""

    __slots__ = ("connection", "schema")

    def __init__(self, connection: "ServerConnection", schema: str) -> None:
        self.connection = connection
        self.schema = schema

    def damage(self, most: int) -> list[str]:
        """Whether the head row is that of the newest event; the server itself reports broken pages."""
        query = (
            "SELECT h.event_id, e.id FROM head h"
            " LEFT JOIN (SELECT id, hash FROM event ORDER BY id DESC LIMIT 1) e ON true"
            " WHERE h.event_id IS DISTINCT FROM e.id OR h.hash IS DISTINCT FROM e.hash"
        )
        rows = self.connection.execute(query).fetchall()
        return [
            f"the table head says that event {at} is the newest, and event {newest} is" for at, newest in rows
        ]

    def dangling(self, most: int) -> list[Dangling]:
        """Rows that refer to a row that is not there."""
        found: list[Dangling] = []
        for table, column, parent, key in self.connection.execute(REFERENCES, (self.schema,)).fetchall():
            row = "c.serial" if table == "number" else "c.id" if table in NUMBERED else "NULL"
            query = (
                f"SELECT {row} FROM {table} c WHERE c.{column} IS NOT NULL AND NOT EXISTS"
                f" (SELECT FROM {parent} p WHERE p.{key} = c.{column}) LIMIT ?"
            )
            rows = self.connection.execute(query, (most - len(found),))
            found += [Dangling(table, number, parent) for (number,) in rows]
        return found

    def schema_differences(self) -> Iterator[SchemaDifference]:
        """Tables, indexes, triggers and the list of steps that are not as the steps make them.

        Of what the program did not make, triggers, rules and unique indexes count, which change or refuse
        numbers.
        """
        found, expected = self._described(self.schema), self._expected()
        for (kind, name), text in expected.items():
            if (kind, name) not in found:
                yield SchemaDifference(kind, name, "missing")
            elif found[kind, name] != text:
                yield SchemaDifference(kind, name, "changed")
        for (kind, name), text in found.items():
            unique = kind == "index" and text.startswith("CREATE UNIQUE")
            if (kind, name) not in expected and (kind in DISTURBING or unique):
                yield SchemaDifference(kind, name, "strange")
        for table in ("book", "head"):
            if found.get(("table", table)) == expected["table", table] and not self._holds_a_row(table):
                yield SchemaDifference("table", table, "empty")
        if found.get(("table", "step")) == expected["table", "step"]:
            applied = [name for (name,) in self.connection.execute("SELECT name FROM step ORDER BY name")]
            yield from (SchemaDifference("step", name, "missing") for name in STEPS if name not in applied)
            yield from (SchemaDifference("step", name, "strange") for name in applied if name not in STEPS)

    def _expected(self) -> dict[tuple[str, str], str]:
        """The schema as the steps make it, in tables that are gone at once."""
        connection = self.connection
        connection.run("SAVEPOINT expected; SET LOCAL search_path = pg_temp")
        try:
            for step in STEPS.values():
                # Functions are never looked for among what is temporary.
                connection.run(step.replace("EXECUTE FUNCTION ", "EXECUTE FUNCTION pg_temp."))
            return self._described(None)
        finally:
            connection.run("ROLLBACK TO expected; RELEASE expected")

    def _described(self, schema: str | None) -> dict[tuple[str, str], str]:
        """What stands in a schema, by kind and name; None is that of temporary tables."""
        query = "SELECT oid::bigint, nspname FROM pg_namespace WHERE nspname = ?"
        own = "SELECT oid::bigint, nspname FROM pg_namespace WHERE oid = pg_my_temp_schema()"
        space, name = self.connection.execute(*((own,) if schema is None else (query, (schema,)))).fetchone()
        rows = self.connection.execute(DESCRIBED, {"space": space})
        return {(kind, each): _unplaced(text, name) for kind, each, text in rows}

    def _holds_a_row(self, table: str) -> bool:
        (holds,) = self.connection.execute(f"SELECT EXISTS (SELECT FROM {table})").fetchone()
        return bool(holds)

    def surroundings(self) -> Surroundings:
        """Where the book lies: a server sees to that itself."""
        return Surroundings("wal", None, None, None, None)


NUMBERED = ("calendar", "sequence", "sequence_set", "policy", "uniqueness", "counter", "gap_run", "event")
"""The tables whose rows have an id."""


def _unplaced(text: str, schema: str) -> str:
    """A description without the name of the schema that it is of."""
    for name in (schema, "pg_temp"):
        text = text.replace(f'"{name}".', "").replace(f"{name}.", "")
    return text.replace(" TEMP ", " ")
