"""Both ways to speak to a server give the same for the same, and neither waits for ever."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.store.postgres.address import Address, address_of
from seqctl.store.postgres.connection import ServerError
from seqctl.store.postgres.session import open_lean_session, open_session
from tests.postgres_server import Server

SESSIONS: list[Callable[[Address, float], Any]] = [open_lean_session, open_session]
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | st.sampled_from(
    [
        "",
        "'",
        '"',
        "\\",
        "\\x41",
        "it''s",
        "?",
        ":name",
        "$1",
        "%s",
        "\N{SNOWMAN}",
        "\ue000",
        "\U0001f600",
        "NULL",
    ]
)
NUMBERS = st.integers() | st.sampled_from(
    [sign * (1 << bits) + near for bits in (15, 31, 63) for sign in (1, -1) for near in (-1, 0, 1)]
)
VALUES = TEXTS | NUMBERS | st.booleans() | st.none() | st.binary()


@pytest.fixture(scope="module")
def pair(postgres_server: Server) -> Iterator[tuple[Any, Any]]:
    """A session of each kind, which wait five seconds longer than one second."""
    address = address_of(postgres_server.url)
    lean, full = open_lean_session(address, 1), open_session(address, 1)
    assert lean is not None
    for session in (lean, full):
        session.execute("CREATE TEMPORARY TABLE kept (place INT, t TEXT, n NUMERIC, b BYTEA, i BIGINT)")
    yield lean, full
    lean.close()
    full.close()


@pytest.fixture(params=SESSIONS, ids=["libpq", "psycopg"])
def session(request: pytest.FixtureRequest, postgres_server: Server) -> Iterator[Any]:
    opened = request.param(address_of(postgres_server.url), 1)
    yield opened
    opened.close()


@given(values=st.lists(VALUES, min_size=1, max_size=5))
def test_values_of_every_kind_come_back_alike(pair: tuple[Any, Any], values: list[Any]) -> None:
    marks = ", ".join("?" * len(values))
    answers = [session.execute(f"SELECT {marks}", values).fetchall() for session in pair]
    assert answers[0] == answers[1]
    assert [[type(value) for value in row] for row in answers[0]] == [
        [type(value) for value in row] for row in answers[1]
    ]
    assert list(answers[0][0]) == [int(value) if isinstance(value, bool) else value for value in values]


@given(text=TEXTS | st.none(), number=NUMBERS | st.none(), data=st.binary() | st.none())
def test_values_in_columns_come_back_alike(pair: tuple[Any, Any], text: Any, number: Any, data: Any) -> None:
    kept = {"t": text, "n": number, "b": data, "i": None if number is None else number % (1 << 62)}
    found = []
    for session in pair:
        session.together(
            [
                ("BEGIN", ()),
                ("DELETE FROM kept", ()),
                ("INSERT INTO kept VALUES (1, :t, :n, :b, :i), (2, :t, :n, :b, :i)", kept),
                ("COMMIT", ()),
            ]
        )
        query = "SELECT t, n, b, i, t IS NULL, sum(n) OVER () FROM kept ORDER BY place"
        found.append(session.execute(query).fetchall())
    assert found[0] == found[1]
    assert found[0][0][:4] == (text, number, data, kept["i"])


@given(
    statement=st.sampled_from(["SELEC", "SELECT 1/0", "SELECT ?::int", "INSERT INTO kept(i) VALUES ('x')"])
)
def test_errors_are_told_alike(pair: tuple[Any, Any], statement: str) -> None:
    told = []
    for session in pair:
        with pytest.raises(ServerError) as error:
            session.execute(statement, ("no number",) if "?" in statement else ())
        told.append((error.value.message, error.value.state, error.value.constraint, error.value.lost))
        assert not session.lost
    assert told[0] == told[1]


def test_a_text_that_no_server_keeps_is_not_sent(session: Any) -> None:
    with pytest.raises((ValueError, ServerError)):
        session.execute("SELECT ?", ("a\0b",))


def test_rows_are_read_once_and_in_their_order(session: Any) -> None:
    rows = session.execute("SELECT i FROM generate_series(1, 7) i")
    assert rows.fetchone() == (1,)
    assert rows.fetchmany(2) == [(2,), (3,)]
    assert next(iter(rows)) == (4,)
    assert rows.fetchall() == [(5,), (6,), (7,)]
    assert rows.fetchone() is None
    assert rows.fetchall() == []


def test_many_rows_and_long_texts_pass(session: Any) -> None:
    long = "x" * 3_000_000
    found = session.execute("SELECT i, ?::text FROM generate_series(1, 4) i", (long,)).fetchall()
    assert found == [(number, long) for number in range(1, 5)]
    answers = session.together([("SELECT ?::text", (long,))] * 4)
    assert [rows.fetchall() for rows in answers] == [[(long,)]] * 4


def test_statements_of_one_message_end_at_the_first_that_fails(session: Any) -> None:
    session.execute("CREATE TEMPORARY TABLE seen (number INT CONSTRAINT once UNIQUE)")
    with pytest.raises(ServerError) as error:
        session.together(
            [
                ("BEGIN", ()),
                ("INSERT INTO seen VALUES (?)", (1,)),
                ("INSERT INTO seen VALUES (?)", (1,)),
                ("COMMIT", ()),
            ]
        )
    assert (error.value.state, error.value.constraint, error.value.lost) == ("23505", "once", False)
    assert session.in_transaction
    session.execute("ROLLBACK")
    assert not session.in_transaction
    assert session.execute("SELECT count(*) FROM seen").fetchone() == (0,)
    session.executemany("INSERT INTO seen VALUES (?)", [(1,), (2,)])
    session.executemany("INSERT INTO seen VALUES (?)", [])
    assert session.execute("SELECT sum(number) FROM seen").fetchone() == (3,)


def test_a_script_is_run_as_one_message(session: Any) -> None:
    script = "BEGIN; SET LOCAL lock_timeout = 100; SELECT 'a;b'; SELECT 1, 2; SET LOCAL lock_timeout = 1"
    assert session.run(script) == [(1, 2)]
    assert session.run("SELECT 1, 2; SELECT 1 WHERE FALSE") == []
    assert session.in_transaction
    assert not session.failed
    with pytest.raises(ServerError, match="division"):
        session.run("SELECT 1; SELECT 1 / 0; COMMIT")
    assert session.failed
    assert session.run("ROLLBACK") == []
    assert not session.in_transaction


def test_rows_are_copied_in(session: Any) -> None:
    session.run("CREATE TEMPORARY TABLE copied (number INT UNIQUE, text TEXT)")
    lines = (f"{number}\t{'x' * 1000}\n" for number in range(20_000))
    session.copy_in("COPY copied (number, text) FROM STDIN", lines)
    done = session.execute("SELECT count(*), sum(length(text)) FROM copied")
    assert (done.fetchone(), done.rowcount) == ((20_000, 20_000_000), 1)
    changed = session.execute("UPDATE copied SET text = ? WHERE number < ?", ("", 7))
    assert changed.rowcount == 7
    for statement, row in (("COPY copied FROM STDIN", "7\tx\n"), ("COPY none FROM STDIN", "7\tx\n")):
        with pytest.raises(ServerError) as error:
            session.copy_in(statement, [row])
        assert error.value.state in ("23505", "42P01")
        assert not session.lost


def test_a_server_that_stays_silent_is_left(session: Any) -> None:
    session.wait_seconds = 0.3
    began = time.monotonic()
    with pytest.raises(ServerError, match=r"did not answer for 0\.3 seconds") as error:
        session.execute("SELECT pg_sleep(5)")
    assert time.monotonic() - began < 2
    assert error.value.lost
    assert session.lost


def test_an_ended_session_is_told_as_lost(session: Any, postgres_server: Server) -> None:
    other = open_session(address_of(postgres_server.url), 1)
    session.execute("SELECT 1")
    other.execute("SELECT pg_terminate_backend(?, 5000)", (session.backend,))
    other.close()
    with pytest.raises(ServerError) as error:
        session.execute("SELECT 1")
    assert (error.value.state, error.value.lost) == ("57P01", True)
    assert session.lost
    with pytest.raises(ServerError) as error:
        session.execute("SELECT 1")
    assert error.value.lost


def test_warnings_do_not_reach_stderr(session: Any, capfd: pytest.CaptureFixture[str]) -> None:
    session.execute("DO $$ BEGIN RAISE WARNING 'heard'; END $$")
    assert capfd.readouterr() == ("", "")
    assert (session.warnings, session.unreplicated) == (["heard"], False)


def test_bytes_come_back_in_the_old_form_too(session: Any) -> None:
    session.execute("SET bytea_output = escape")
    assert session.execute("SELECT ?", (bytes(range(256)),)).fetchone() == (bytes(range(256)),)
