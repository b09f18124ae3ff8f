"""The views for analysts in a book that is a file: they are made when somebody asks for them.

SQLite reads the texts of all views at each start, and these cost a twentieth of `import sqlite3`: who only
issues numbers shall not pay for it. They hold nothing and change nothing, so no event records them.
"""

import sqlite3

from seqctl.store.sql.reports.views import Expressions, views

VIEWS = views(
    Expressions(
        reason="CASE WHEN json_valid(e.detail) THEN json_extract(e.detail, '$.reason') END",
        own_reason=(
            "CASE WHEN json_valid(e.detail) AND json_type(e.detail, '$.each') IS NOT NULL THEN coalesce("
            "(SELECT json_extract(e.detail, '$.each[' || v.key || '].reason')"
            " FROM json_each(e.detail, '$.values') v WHERE g.first BETWEEN json_extract(v.value, '$[#-2]')"
            " AND json_extract(v.value, '$[#-1]')"
            " AND coalesce(e.counter_id, json_extract(v.value, '$[0]')) = g.counter_id),"
            " (SELECT json_extract(e.detail, '$.each[' || v.key || '].reason')"
            " FROM json_each(e.detail, '$.rows_before') v WHERE json_extract(v.value, '$[0]') = g.counter_id"
            " AND json_extract(v.value, '$[12]') = g.first)) END"
        ),
        hash="lower(hex(e.hash))",
        now="strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z'",
    )
)
"""What each view selects, by its name."""


class Views:
    """The views of one book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def names(self) -> list[str]:
        """Those that the book has, in the order in which they are promised."""
        rows = self.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")
        found = {name for (name,) in rows}
        return [name for name in VIEWS if name in found]

    def make(self) -> None:
        """Make them, also in place of those of an earlier version."""
        self.drop()
        for name, select in VIEWS.items():
            self.connection.execute(f"CREATE VIEW {name} AS{select}")

    def drop(self) -> None:
        """Take them away."""
        for name in VIEWS:
            self.connection.execute(f"DROP VIEW IF EXISTS {name}")

    def script(self) -> str:
        """The statements that make them for one connection alone, in a book that nobody may change."""
        return "".join(f"CREATE TEMP VIEW {name} AS{select};\n" for name, select in VIEWS.items())
