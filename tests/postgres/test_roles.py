"""Who may do what in a book on a server, held by the server itself: `init --roles`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from seqctl import open_store
from seqctl.actions import issue
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import Request
from seqctl.store.sql.log import event_hash
from tests.book import Run
from tests.postgres_server import Server

LOGINS = ("issuer", "reader", "owner", "stranger")


@pytest.fixture
def book(postgres_server: Server, run: Run) -> str:
    """A book with roles and a login in each; the address with `{login}` for the user."""
    url = postgres_server.place()
    schema = url.partition("schema=")[2]
    assert run("--db", url, "sequence", "add", "invoice").status == 0
    done = run("--db", url, "init", "--roles")
    assert (done.status, done.err) == (0, "")
    assert f'CREATE ROLE "{schema}_issuer" NOLOGIN;' in done.out
    # A second time nothing is missing.
    again = run("--db", url, "init", "--roles")
    assert again.status == 0
    assert "CREATE ROLE" not in again.out
    with psycopg.connect(postgres_server.url, autocommit=True) as connection:
        for login in LOGINS:
            connection.execute(f"CREATE ROLE {schema}_{login}_login LOGIN".encode())
            if login != "stranger":
                connection.execute(f"GRANT {schema}_{login} TO {schema}_{login}_login".encode())
    return url.replace("postgres@", f"{schema}_{{login}}_login@", 1)


def test_an_open_list_and_new_roles_hold_nobody_up_for_long(postgres_server: Server, run: Run) -> None:
    """The roles need each table to themselves: they give up in time, and nothing of them is left waiting."""
    url = postgres_server.place()
    assert run("--db", url, "sequence", "add", "invoice").status == 0
    with open_store(url) as store, store.read() as transaction:
        listed = transaction.listing.numbers(NumberFilter(), "2026-11-28T00:00:00.000000Z")
        assert next(listed, None) is None
        refused = run("--db", url, "--timeout", "0.5", "init", "--roles")
        assert refused.status == 75, refused
        assert "another" in refused.err
        issued = run("--db", url, "--timeout", "5", "next", "invoice")
        assert (issued.status, issued.err) == (0, "")
    assert run("--db", url, "init", "--roles").status == 0


@pytest.mark.parametrize(
    "command",
    [
        "next invoice",
        "next invoice --json -n 300",
        "next invoice --key k --date 2025-01-01",
        "reserve invoice",
        "confirm 2",
        "extend 3 --ttl 1h",
        "release 3",
        "record 1 --note x",
        "assign invoice --input records.csv",
        "expire",
        "peek invoice",
        "gaps",
        "export",
        "numbers",
        "audit verify",
        "status",
    ],
)
def test_an_issuer_issues_and_reads(book: str, run: Run, place: Path, command: str) -> None:
    (place / "records.csv").write_text("id\nA\nB\n", encoding="utf-8")
    owner, issuer = book.format(login="owner"), book.format(login="issuer")
    for before in ("next invoice", "reserve invoice -n 2"):
        assert run("--db", owner, *before.split()).status == 0
    done = run("--db", issuer, *command.split())
    assert (done.status, done.err) == (0, ""), done


@pytest.mark.parametrize(
    "command",
    [
        "void 1 --reason x",
        "sequence edit invoice --title x",
        "sequence add other",
        "sequence set-next invoice 9 --reason x",
        "close invoice --through 2020-12-31 --reason x",
        "adopt paper P9",
        "calendar add uk --start 04-01",
        "import book.toml",
        "copy --to moved.db",
    ],
)
def test_whatever_else_writes_is_the_owners(book: str, run: Run, place: Path, command: str) -> None:
    (place / "book.toml").write_text('[sequences.memo]\npattern = "M{number}"\n', encoding="utf-8")
    owner = book.format(login="owner")
    assert run("--db", owner, "next", "invoice").status == 0
    assert run("--db", owner, "sequence", "add", "paper", "--pattern", "P{number}", "--manual").status == 0
    for login in ("issuer", "reader"):
        refused = run("--db", book.format(login=login), "--json", *command.split())
        assert refused.status == 5, refused
        assert '"not_allowed"' in refused.err
    assert run("--db", book.format(login="owner"), *command.split()).status == 0


def test_a_reader_reads_alone_and_a_stranger_does_not(book: str, run: Run) -> None:
    assert run("--db", book.format(login="reader"), "numbers").status == 0
    for command in (["next", "invoice"], ["reserve", "invoice"]):
        refused = run("--db", book.format(login="reader"), "--json", *command)
        assert (refused.status, refused.out) == (5, "")
        assert '"not_allowed"' in refused.err
    refused = run("--db", book.format(login="stranger"), "--json", "numbers")
    assert (refused.status, refused.out) == (5, "")
    assert '"not_allowed"' in refused.err


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO {0}.event SELECT event_id + 1, 'now', 'x', 'void', 'x', 1, 1, 1, NULL, NULL, '', hash"
        " FROM {0}.head",
        "UPDATE {0}.event SET actor = 'x'",
        "DELETE FROM {0}.event",
        "UPDATE {0}.head SET event_id = 0",
        "UPDATE {0}.sequence SET pattern = 'x'",
        "DELETE FROM {0}.counter",
        "UPDATE {0}.number SET text = 'x'",
        "TRUNCATE {0}.number CASCADE",
        "DROP TABLE {0}.number",
        "ALTER TABLE {0}.event DISABLE TRIGGER ALL",
    ],
)
def test_the_server_holds_it_without_seqctl(book: str, run: Run, statement: str) -> None:
    issuer = book.format(login="issuer")
    assert run("--db", issuer, "next", "invoice").status == 0
    address, _, schema = issuer.partition("&schema=")
    with psycopg.connect(address, autocommit=True) as connection, pytest.raises(psycopg.Error) as refused:
        connection.execute(statement.format(schema).encode())
    assert refused.value.sqlstate in ("42501", "23001")
    assert run("--db", issuer, "audit", "verify").status == 0


FORGED = {
    "a number more": "INSERT INTO number (serial, counter_id, value, text, uniqueness_id, state, event_id)"
    " VALUES (99, 1, 99, '99', 1, 'issued', {event})",
    "a number less": "DELETE FROM number WHERE value = 2",
    "another state": "UPDATE number SET state = 'void' WHERE value = 1",
    "another date": "UPDATE number SET date = '1999-01-01' WHERE value = 1",
    "a counter that moved": "UPDATE counter SET last = 7",
    "a counter that began elsewhere": "UPDATE counter SET first = 0",
    "a gap": "INSERT INTO gap_run (counter_id, first, last, state, event_id) VALUES (1, 1, 1, 'reusable', 1)",
}
"""What an issuer could write beside an event that is true in itself."""


DETAIL = '{"period": "all", "scope": "", "reason": null, "numbers": ["1"], "after": {}, "rows_before": []}'


def append(connection: psycopg.Connection[tuple[object, ...]], **changes: object) -> int:
    """Append an event of `record` that names the session's user and follows the head, but for the changes."""
    found = connection.execute("SELECT event_id, hash, session_user::text FROM head").fetchone()
    assert found is not None
    before, digest, login = found
    assert isinstance(before, int) and isinstance(digest, bytes)
    event: dict[str, object] = {
        **{"id": before + 1, "at": "2026-11-28T00:00:00.000000Z", "actor": login, "action": "record"},
        **{"subject": "invoice", "counter_id": 1, "first": 1, "last": 1, "serial": None, "count": None},
        "detail": DETAIL,
    } | {name: value for name, value in changes.items() if name != "hash"}
    row = [*event.values(), changes.get("hash", event_hash(digest, tuple(event.values())))]
    marks = ", ".join(["%s"] * len(row))
    connection.execute(f"INSERT INTO event VALUES ({marks})".encode(), row)
    return before + 1


@pytest.fixture
def raw(book: str, run: Run) -> Iterator[tuple[psycopg.Connection[tuple[object, ...]], str]]:
    """A session of an issuer without seqctl, in a book with three numbers; its address for seqctl."""
    issuer = book.format(login="issuer")
    assert run("--db", issuer, "next", "invoice", "-n", "3").status == 0
    address, _, schema = issuer.partition("&schema=")
    with psycopg.connect(address) as connection:
        connection.execute(f"SET search_path = {schema}".encode())
        connection.commit()
        yield connection, issuer


def test_an_event_that_is_true_in_itself_goes_in(
    raw: tuple[psycopg.Connection[tuple[object, ...]], str],
) -> None:
    append(raw[0])
    raw[0].commit()


@pytest.mark.parametrize(
    "changes",
    [
        {"hash": bytes(32)},
        {"id": 1},
        {"id": 99},
        {"action": "void"},
        {"action": "sequence edit"},
        {"actor": "the director"},
        {"actor": "the director", "detail": '{"login": "postgres"}'},
    ],
    ids=str,
)
def test_the_server_refuses_an_event_that_is_not(
    raw: tuple[psycopg.Connection[tuple[object, ...]], str], changes: dict[str, object], run: Run
) -> None:
    with pytest.raises(psycopg.Error) as refused:
        append(raw[0], **changes)
    assert refused.value.sqlstate in ("42501", "23001")
    raw[0].rollback()
    assert run("--db", raw[1], "audit", "verify").status == 0


@pytest.mark.parametrize("what", FORGED)
def test_no_row_is_written_without_an_event_and_one_beside_an_event_is_found(
    raw: tuple[psycopg.Connection[tuple[object, ...]], str], what: str, run: Run
) -> None:
    connection, issuer = raw
    with pytest.raises(psycopg.Error) as refused:
        connection.execute(FORGED[what].format(event=1).encode())
        connection.commit()
    assert refused.value.sqlstate == "23001"
    connection.rollback()
    assert run("--db", issuer, "audit", "verify").status == 0
    event = append(connection)
    connection.execute(FORGED[what].format(event=event).encode())
    connection.commit()
    assert run("--db", issuer, "audit", "verify").status == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE number SET text = 'x'",
        "UPDATE number SET value = 9",
        "UPDATE number SET key = 'k'",
        "UPDATE counter SET period = 'x'",
        "DELETE FROM counter",
        "UPDATE head SET hash = ''",
        "UPDATE head SET system_identifier = ''",
        "INSERT INTO former_pattern VALUES (1, 1, 1, 1, 'x')",
        "INSERT INTO sequence (name) VALUES ('x')",
        "SET session_replication_role = replica",
    ],
)
def test_what_an_issue_never_writes_is_refused_also_beside_an_event(
    raw: tuple[psycopg.Connection[tuple[object, ...]], str], statement: str
) -> None:
    append(raw[0])
    with pytest.raises(psycopg.Error) as refused:
        raw[0].execute(statement.encode())
    assert refused.value.sqlstate == "42501"


def test_events_name_the_user_of_the_session_where_another_one_acts(book: str, run: Run) -> None:
    issuer = book.format(login="issuer")
    login = issuer.partition("://")[2].partition("@")[0]
    assert run("--db", issuer, "--actor", "ann", "next", "invoice").status == 0
    assert run("--db", issuer, "--actor", "ann", "reserve", "invoice", "--json").json["actor"] == "ann"
    assert run("--db", issuer, "--actor", login, "next", "invoice").status == 0
    newest = [
        (event["actor"], json.loads(event["detail"]).get("login")) for event in events(issuer, run)[-3:]
    ]
    assert newest == [("ann", login), ("ann", login), (login, None)]
    assert run("--db", issuer, "audit", "verify").status == 0


def events(url: str, run: Run) -> list[dict[str, Any]]:
    """The log of a book."""
    found: list[dict[str, Any]] = run("--db", url, "audit", "list", "--json").json
    return found


def test_the_sql_is_only_said(postgres_server: Server, run: Run) -> None:
    url = postgres_server.place()
    schema = url.partition("schema=")[2]
    said = run("--db", url, "init", "--roles", "--dry-run")
    assert said.status == 0
    assert f'ALTER SCHEMA "{schema}" OWNER TO "{schema}_owner";' in said.out
    assert run("--db", url, "numbers").status == 4
    with psycopg.connect(postgres_server.url) as connection:
        found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [f"{schema}_owner"])
        assert found.fetchone() is None


def test_wrong_usage(postgres_server: Server, run: Run) -> None:
    long = postgres_server.place().replace("book_", "b" * 55)
    refused = run("--db", long, "init", "--roles")
    assert (refused.status, refused.out) == (2, "")
    assert "at most 56" in refused.err
    assert run("--db", "book.db", "init", "--roles").status == 2
    assert run("--db", "book.db", "init", "--dry-run").status == 2


def test_a_login_that_would_not_wait_for_the_disk_waits(book: str, run: Run, postgres_server: Server) -> None:
    login = book.format(login="issuer").partition("://")[2].partition("@")[0]
    with psycopg.connect(postgres_server.url, autocommit=True) as connection:
        connection.execute(f"ALTER ROLE {login} SET synchronous_commit = off".encode())
    url = book.format(login="issuer")
    assert run("--db", url, "next", "invoice").status == 0
    with open_store(url) as store, psycopg.connect(postgres_server.url, autocommit=True) as connection:
        issue(store, Request("invoice"))
        query = "SELECT pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn()"
        assert connection.execute(query).fetchone() == (True,)
