"""What a machine, a shell, a file or a stranger may do to a call: words, never a traceback."""

import sqlite3
import sys
import time
from contextlib import closing

import pytest

from seqctl.actions.issuing.draw import Frame
from seqctl.definitions.toml import keys as toml_keys
from seqctl.errors import SeqctlError
from seqctl.model.number.request import Request
from seqctl.store.sqlite.engine import SqliteStore, Transaction
from seqctl.store.sqlite.file import diagnosis
from tests.audit.single_changes import without_triggers
from tests.book import Book, Program, Run


@pytest.fixture
def issued(invoices: Book) -> Book:
    invoices.next("invoice", "-n", "3")
    invoices.file("id\n1\n", "r.csv")
    return invoices


COMMANDS = [
    *(("next", "invoice"), ("peek", "invoice"), ("reserve", "invoice"), ("status",), ("info",), ("export",)),
    *(
        ("lint",),
        ("explain", "invoice"),
        ("adopt", "invoice", "INV-00009"),
        ("sequence", "list"),
        ("set", "list"),
    ),
    ("close", "invoice", "--through", "2020-01-01", "--reason", "x"),
    ("simulate", "invoice", "--from", "2026-01-01", "--to", "2026-01-02"),
    ("sequence", "set-next", "invoice", "9", "--reason", "x"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_book_without_its_row_is_damaged(issued: Book, command: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(issued.path)) as connection, connection:
        connection.execute("DELETE FROM book")
    error = issued.fails(7, "damaged", *command)
    assert "the row of the table book is gone" in error["message"]


def test_check_finds_that_the_row_is_gone(issued: Book) -> None:
    with closing(sqlite3.connect(issued.path)) as connection, connection:
        connection.execute("DELETE FROM book")
    result = issued("check", "--json")
    assert result.status == 3
    assert any(
        "the table 'book' lost the row that it must have" in finding["message"] for finding in result.json
    )


def break_something(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Put a bug, or the want of memory, into the heart of an issue."""
    from seqctl.actions.issuing import issue as issuing

    def fail(*_: Frame | Request | Transaction | None) -> None:
        raise error

    monkeypatch.setattr(issuing, "_take", fail)


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that the diagnosis of an error runs."""
    seen: list[str] = []
    real = diagnosis.made_of_damage

    def traced(error: Exception, store: SqliteStore) -> SeqctlError | None:
        store.connection.set_trace_callback(seen.append)
        return real(error, store)

    monkeypatch.setattr(diagnosis, "made_of_damage", traced)
    return seen


@pytest.mark.file
def test_a_bug_is_told_at_once_as_a_bug(
    issued: Book, monkeypatch: pytest.MonkeyPatch, statements: list[str]
) -> None:
    """Nothing is checked as a whole but what every request reads; of the long tables a few rows are read."""
    break_something(monkeypatch, TypeError("a bug"))
    with pytest.raises(TypeError, match="a bug") as raised:
        issued("next", "invoice")
    assert any("bug" in note for note in raised.value.__notes__)
    checks = [statement for statement in statements if "integrity_check" in statement]
    assert checks and not any("(1)" in text or "number" in text or "event" in text for text in checks)
    rows = [statement for statement in statements if "FROM number" in statement or "FROM event" in statement]
    assert len(rows) == 3 and all("LIMIT 1000" in statement for statement in rows)
    assert len(issued.numbers()) == 3


def test_damage_in_a_definition_is_told_as_damage(issued: Book) -> None:
    with closing(sqlite3.connect(issued.path)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'counter'")
    with closing(sqlite3.connect(issued.path)) as connection, connection:
        connection.execute("UPDATE counter SET last = 'x'")
    with closing(sqlite3.connect(issued.path)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE name = 'counter'")
    error = issued.fails(7, "damaged", "next", "invoice")
    assert "counter" in error["message"]


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("number", "text = x'07' WHERE serial = 2"),
        ("number", "state = 'issueD' WHERE serial = 2"),
        ("number", "expires_at = x'01' WHERE serial = 2"),
        ("gap_run", "first = 'x'"),
        ("event", "detail = 'x' WHERE id = 3"),
        ("event", "hash = x'00' WHERE id = 3"),
    ],
)
def test_a_row_that_nothing_can_have_written_is_told_as_damage(
    issued: Book, monkeypatch: pytest.MonkeyPatch, table: str, change: str
) -> None:
    issued.ok("release", "INV-00001", "--reason", "x")
    with closing(sqlite3.connect(issued.path)) as connection, connection, without_triggers(connection):
        connection.execute("PRAGMA writable_schema = ON")
        (text,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        loose = text.removesuffix("STRICT")
        connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (loose, table))
    with closing(sqlite3.connect(issued.path)) as connection, connection, without_triggers(connection):
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(f"UPDATE {table} SET {change}")
    break_something(monkeypatch, TypeError("of that row"))
    error = issued.fails(7, "damaged", "next", "invoice")
    assert table in error["message"]


def test_too_little_memory_is_told_in_words(issued: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    break_something(monkeypatch, MemoryError())
    result = issued("next", "invoice")
    assert result.status == 1
    assert result.err.startswith("seqctl: error: there is not enough memory")
    assert issued("--json", "next", "invoice").error["code"] == "unexpected"
    monkeypatch.undo()


@pytest.mark.parametrize(
    "text",
    [
        ".".join(["a"] * 60_000) + " = 1\n",
        "[" + ".".join(["a"] * 60_000) + "]\nx = 1\n",
        "[sequences]\nx = { " + " . ".join(['"a"'] * 60_000) + " = 1 }\n",
        "x = " + "[" * 60_000 + "]" * 60_000,
        "x = " + "{ a = " * 60_000 + "1" + " }" * 60_000,
    ],
    ids=["key", "table", "quoted", "arrays", "inline tables"],
)
def test_toml_of_endless_depth(book: Book, text: str) -> None:
    before = time.monotonic()
    error = book.fails(6, "invalid_definition", "import", book.file(text))
    assert "parts" in error["message"] or "nested too deeply" in error["message"]
    assert time.monotonic() - before < 10


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\n" + "b." * 99 + "b = 1\n", None),
        ("a = 1\n\n" + "b." * 100 + "b = 1\n", 3),
        ("a = '1.2.3.4'\n" * 200, None),
        ("a = '" + "." * 5000 + "'\n", None),
        ("a = " + "x" * 200_000 + "." * 101, None),
        ("a.b = 1\n" * 5000, None),
    ],
)
def test_which_keys_are_long(text: str, line: int | None) -> None:
    assert toml_keys.long_key(text) == line


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "nothing"])
@pytest.mark.parametrize("cursor", ["x", "", "-5", "9" * 30, None])
@pytest.mark.parametrize("words", ["seqctl nu", 'seqctl "nu', None])
def test_variables_of_completion_that_make_no_sense(
    run: Run, shell: str, cursor: str | None, words: str | None
) -> None:
    given = {"_SEQCTL_COMPLETE": f"complete_{shell}", "COMP_WORDS": words, "COMP_CWORD": cursor}
    given["_TYPER_COMPLETE_ARGS"] = words
    result = run(env=given)
    assert "Traceback" not in result.err
    if shell == "bash" and (cursor in ("x", "") or words is None or cursor is None):
        assert (result.status, result.out) == (2, ""), result
        assert "the shell asks for completion" in result.err


@pytest.mark.parametrize("locale", ["C", "POSIX", "xx_YY.nonsense"])
def test_a_locale_without_letters(program: Program, invoices: Book, locale: str) -> None:
    env = {"LC_ALL": locale, "LANG": None}
    assert program("sequence", "add", "Größe", "--pattern", "Ö-{number}", env=env).status == 0
    done = program("next", "Größe", "--record", "日本", "-o", "csv", env=env)
    assert (done.status, done.err) == (0, "")
    assert "Ö-1" in done.out and "日本" in done.out
    # A Python that was told to take everything for ASCII says so; the argument is right.
    bare = {**env, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = program("next", "Größe", env=bare)
    if sys.version_info < (3, 15):
        assert done.status == 2 and "Python takes arguments for ASCII" in done.err
    assert program("numbers", env=bare).out == program("numbers", env=env).out
