"""What the tests of the log share: a book with a long history, and plain SQL on it, as a stranger runs it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import pytest

from seqctl import open_store
from seqctl.actions.audit.verify import verify
from seqctl.model.finding import Finding
from tests.audit import story
from tests.audit.single_changes import without_triggers
from tests.book import Book, Rows, Sql, copy_book


class Tamper(Protocol):
    """Runs statements on the database as somebody who has something to hide."""

    def __call__(self, *statements: str) -> None: ...


class Findings(Protocol):
    """What `audit verify` finds: (code, subject) of each finding."""

    def __call__(self, *words: object) -> list[tuple[str, str]]: ...


class FoundAfter(Protocol):
    """What a verification finds after statements with their values, which the database takes."""

    def __call__(self, *statements: tuple[Any, ...]) -> list[Finding]: ...


class Attempt(Protocol):
    """The same where the database may refuse the statements, which gives None."""

    def __call__(self, *statements: tuple[Any, ...]) -> list[Finding] | None: ...


@pytest.fixture
def tamper(nowhere: Book) -> Tamper:
    """Run statements on the database as somebody who has something to hide."""

    def run(*statements: str) -> None:
        with closing(sqlite3.connect(nowhere.path)) as connection, connection, without_triggers(connection):
            for statement in statements:
                connection.execute(statement)

    return run


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a long history, made once."""
    path = tmp_path_factory.mktemp("told") / "book.db"
    story.tell(str(path))
    return path


@pytest.fixture
def old(nowhere: Book, told: Path) -> Book:
    """A copy of the book with a long history."""
    copy_book(told, nowhere.path)
    return nowhere


@pytest.fixture
def findings(nowhere: Book) -> Findings:
    """What `audit verify` finds: (code, subject) of each finding."""

    def run(*words: object) -> list[tuple[str, str]]:
        result = nowhere("audit", "verify", "--json", *words)
        assert (result.status, result.err) == (3, ""), result
        return [(finding["code"], finding["subject"]) for finding in result.json]

    return run


@pytest.fixture
def attempt(told: Path, tmp_path: Path) -> Attempt:
    """What a verification finds when statements were run on a fresh copy of the book with a long history.

    None where the database itself refuses the statements.
    """

    def run(*statements: tuple[Any, ...]) -> list[Finding] | None:
        path = tmp_path / "tampered.db"
        for file in tmp_path.glob("tampered.db*"):
            file.unlink()
        shutil.copy(told, path)
        with closing(sqlite3.connect(path)) as connection:
            try:
                with without_triggers(connection):
                    for statement, *values in statements:
                        connection.execute(statement, values)
            except sqlite3.IntegrityError:
                return None
            connection.commit()
        with open_store(str(path)) as store:
            return verify(store).findings

    return run


@pytest.fixture
def found_after(attempt: Attempt) -> FoundAfter:
    """The findings of an attempt that the database takes."""

    def run(*statements: tuple[Any, ...]) -> list[Finding]:
        findings = attempt(*statements)
        assert findings is not None, statements
        return findings

    return run


@pytest.fixture(scope="session")
def rows_of(told: Path) -> Sql:
    """The rows of a query on the book with a long history."""

    def run(statement: str, *values: object) -> Rows:
        with closing(sqlite3.connect(told)) as connection:
            return connection.execute(statement, values).fetchall()

    return run
