"""Numbers that were freed and came back: each single change of their rows is found, and named."""

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from seqctl import open_store
from seqctl.actions import issue, release, verify, void
from seqctl.actions.definitions.change import add_sequence
from seqctl.actions.numbers.reinstate import reinstate
from seqctl.model.number.request import Request
from tests.audit.story import SteppingClock
from tests.audit.test_tampered_numbers import VALUES

ROWS = re.findall(
    r"```python\n(.*?)```", (Path(__file__).parents[2] / "docs/log.md").read_text(encoding="utf-8"), re.DOTALL
)[1]


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book whose numbers 2, 3 and 5 came back, 3 twice and 5 voided since; 4 was freed for good."""
    path = tmp_path_factory.mktemp("returned") / "numbers.db"
    with open_store(str(path), create=True, actor="ada", clock=SteppingClock()) as store:
        add_sequence(store, "invoice", {"pattern": "INV-{number:3}"})
        issue(store, Request("invoice", 4, date="2026-01-05", record="January", key="k"))
        issue(store, Request("invoice", date="2026-01-06", record="R-5"))
        for texts in (["INV-003"], ["INV-002", "INV-003", "INV-005"]):
            release(store, texts, "deleted")
            reinstate(store, texts, "restored")
        void(store, ["INV-005"], "wrong")
        release(store, ["INV-004"], "deleted")
    return path


@pytest.fixture
def found_after(returned: Path, tmp_path: Path) -> Callable[..., list[tuple[str, tuple[str, ...]]] | None]:
    def run(statement: str, *values: str | int | None) -> list[tuple[str, tuple[str, ...]]] | None:
        path = tmp_path / "tampered.db"
        shutil.copy(returned, path)
        with closing(sqlite3.connect(path)) as connection, connection:
            try:
                connection.execute(statement, values)
            except sqlite3.IntegrityError:
                return None
        with open_store(str(path)) as store:
            return [(finding.code, finding.subject) for finding in verify(store).findings]

    return run


def test_as_it_stands_it_verifies(returned: Path) -> None:
    with open_store(str(returned)) as store:
        assert verify(store).findings == []
    done = subprocess.run([sys.executable, "-I", "-c", ROWS], cwd=returned.parent, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("column", VALUES)
def test_a_changed_column_is_found(
    column: str, returned: Path, found_after: Callable[..., list[tuple[str, tuple[str, ...]]] | None]
) -> None:
    with closing(sqlite3.connect(returned)) as connection:
        rows = connection.execute(f"SELECT serial, text, {column} FROM number").fetchall()
    tried = 0
    for serial, text, before in rows:
        for value in VALUES[column]:
            statement = f"UPDATE number SET {column} = ? WHERE serial = ?"
            found = [] if value == before else found_after(statement, value, serial)
            if value == before or found is None:
                continue
            tried += 1
            named = ("numbers", value if column == "text" else text)
            assert ("number_changed", named) in found, (text, column, before, value, found)
    assert tried > 3


def test_a_row_that_came_back_and_is_gone_is_found(
    found_after: Callable[..., list[tuple[str, tuple[str, ...]]] | None],
) -> None:
    for text in ("INV-002", "INV-003", "INV-005"):
        found = found_after("DELETE FROM number WHERE text = ?", text)
        assert found is not None and ("number_deleted", ("numbers", text)) in found


def test_a_row_that_did_not_come_back_is_found(
    found_after: Callable[..., list[tuple[str, tuple[str, ...]]] | None],
) -> None:
    inserted = (
        "INSERT INTO number SELECT 4, counter_id, 4, 'INV-004', uniqueness_id, date, 'issued', record, key,"
        " key_space, policy, set_name, reused, expires_at, event_id, 11, NULL, NULL FROM number"
        " WHERE value = 1"
    )
    found = found_after(inserted)
    assert found is not None and ("number_inserted", ("numbers", "INV-004")) in found
