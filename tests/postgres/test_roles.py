"""Who may do what in a book on a server, held by the server itself: `init --roles`."""

import psycopg
import pytest

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
        "expire",
        "numbers",
        "audit verify",
        "status",
    ],
)
def test_an_issuer_issues_and_reads(book: str, run: Run, command: str) -> None:
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
    ],
)
def test_whatever_else_writes_is_the_owners(book: str, run: Run, command: str) -> None:
    assert run("--db", book.format(login="owner"), "next", "invoice").status == 0
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
