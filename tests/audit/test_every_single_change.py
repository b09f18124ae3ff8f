"""Every single change by plain SQL is found and named, or is in the list of what cannot be found."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from seqctl import open_store
from seqctl.actions.audit.verify import verify
from seqctl.model.finding import Finding
from tests.audit import every_state
from tests.audit.single_changes import Change, changes, make, sample

SHARE = 3
"""How many changes of each column the short form makes."""

DOCUMENT = Path(__file__).parents[2] / "docs" / "reliability.md"
ANYTHING = None

UNREFERRED = "where nothing refers to the row"

MEANINGLESS = {
    ("_sqlite_migrations", "id"): ANYTHING,
    ("_sqlite_migrations", "applied_at"): ANYTHING,
    ("book", "copied_event"): ANYTHING,
    ("book", "copied_from"): ANYTHING,
    ("book", "created_at"): ("off by one", "blank added"),
    ("calendar", "id"): UNREFERRED,
    ("counter", "id"): UNREFERRED,
    ("counter", "latest_value"): ("null", "other", "off by one", "swapped"),
    ("gap_run", "id"): UNREFERRED,
    ("policy", "id"): UNREFERRED,
    ("range", "id"): UNREFERRED,
    ("policy", "compiled"): ("off by one",),
    ("sequence", "compiled"): ("off by one",),
    ("sequence", "id"): UNREFERRED,
    ("sequence_set", "id"): UNREFERRED,
    ("sqlite_sequence", "seq"): ("off by one", "other"),
    ("sqlite_sequence", None): ("inserted",),
    ("uniqueness", "space"): UNREFERRED,
    ("uniqueness", "id"): UNREFERRED,
    ("uniqueness", "period"): UNREFERRED,
    ("uniqueness", None): ("inserted", "deleted"),
}
"""What may go unfound, with the kinds of change; docs/reliability.md says of each when, and why."""


UNFILLED = {
    *(("book", "copied_event"), ("book", "copied_from")),
}
"""Columns that are empty here: the book is no copy."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with every kind of state."""
    path = tmp_path_factory.mktemp("whole") / "book.db"
    every_state.tell(str(path))
    return path


def all_changes(path: Path) -> list[Change]:
    with closing(sqlite3.connect(path)) as connection:
        return list(changes(connection))


def findings_after(path: Path, whole: Path, change: Change) -> list[Finding] | None:
    """What a verification finds; None where the database itself refuses the change."""
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    shutil.copy(whole, path)
    if not make(path, change):
        return None
    with open_store(str(path)) as store:
        return verify(store).findings


def test_the_book_has_every_kind_of_state_and_nothing_wrong(whole: Path) -> None:
    with open_store(str(whole)) as store:
        assert verify(store).findings == []
    with closing(sqlite3.connect(whole)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        for table in tables:
            for column in [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]:
                query = f'SELECT count(*) FROM "{table}" WHERE "{column}" IS NOT NULL'
                (filled,) = connection.execute(query).fetchone()
                assert filled or (table, column) in UNFILLED, (
                    f"{table}.{column} is empty in every row: nothing can be changed there"
                )


@pytest.mark.parametrize("share", [SHARE, pytest.param(10**6, marks=pytest.mark.long)])
def test_every_single_change_is_found_and_named(whole: Path, tmp_path: Path, share: int) -> None:
    made = 0
    unfound = []
    for change in sample(all_changes(whole), share):
        found = findings_after(tmp_path / "changed.db", whole, change)
        made += found is not None
        if found == [] and not may_be_missed(change, whole):
            unfound.append(str(change))
    assert unfound == []
    assert made > 300


def may_be_missed(change: Change, whole: Path) -> bool:
    """Whether the list of what cannot be found has a change."""
    if (change.table, change.column) in UNFILLED:
        return True
    kinds = MEANINGLESS.get((change.table, change.column), ())
    if kinds is UNREFERRED:
        return not any(is_referred_to(whole, change.table, key) for *_, key in change.statements[:2])
    return kinds is ANYTHING or change.kind in kinds


def is_referred_to(whole: Path, table: str, key: int) -> bool:
    """Whether a row of another table refers to the one with that number."""
    with closing(sqlite3.connect(whole)) as connection:
        query = (
            'SELECT t.name, f."from" FROM sqlite_schema t, pragma_foreign_key_list(t.name) f'
            " WHERE t.type = 'table' AND f.\"table\" = ?"
        )
        # A counter that was joined to another space keeps the number of the row of before, and nothing else.
        joined = " AND domain_id IS NULL"
        return any(
            connection.execute(
                f'SELECT 1 FROM "{other}" WHERE "{column}" = ?{joined * (column == "uniqueness_id")}', (key,)
            ).fetchone()
            for other, column in connection.execute(query, (table,)).fetchall()
        )


def test_what_may_be_missed_is_documented() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for table, column in MEANINGLESS:
        name = f"`{table}.{column}`" if column else f"`{table}`"
        assert name in text, f"docs/reliability.md does not say why a change of {name} may go unfound"
