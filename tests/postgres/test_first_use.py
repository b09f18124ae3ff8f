"""Where a book on a server is made and where it is not, and when a store of the library connects."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from seqctl import open_store
from seqctl.actions import add_sequence, issue
from seqctl.errors import SeqctlError
from seqctl.model.number.request import Request
from tests.book import Environment, Run
from tests.postgres_server import Server

MAKING = ("init", "sequence add invoice", "calendar add uk --start 04-01", "import book.toml")
OTHERS = (
    *("next invoice", "next invoice --json", "peek invoice", "reserve invoice", "confirm N1", "release N1"),
    *("void N1 --reason x", "numbers", "gaps", "status", "check", "audit verify", "audit list", "export"),
    *("lint", "info", "statement", "expire", "sequence list", "sequence edit invoice --title x"),
    *("sequence set-next invoice 9 --reason x", "close invoice --through 2020-12-31 --reason x"),
    *("backup copy.db", "copy --to copy.db", "copy --accept --reason x"),
)


def empty_place(server: Server, schema: str) -> str:
    """The address of a book that is not there, in a schema that is missing or empty."""
    url = server.place()
    if schema == "empty":
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {named(url)}".encode())
    return url


def named(url: str) -> str:
    """The schema that an address names."""
    return url.partition("schema=")[2]


def found_in(server: Server, url: str) -> tuple[bool, set[str]]:
    """Whether the schema of an address is there, and its tables."""
    with psycopg.connect(server.url) as connection:
        there = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [named(url)]).fetchone()
        query = "SELECT table_name FROM information_schema.tables WHERE table_schema = %s"
        tables = connection.execute(query, [named(url)])
        return there is not None, {name for (name,) in tables}


@pytest.mark.parametrize("schema", ["missing", "empty"])
@pytest.mark.parametrize("words", MAKING)
def test_what_defines_makes_a_book_where_there_is_none(
    postgres_server: Server, run: Run, place: Path, words: str, schema: str
) -> None:
    (place / "book.toml").write_text('[sequences.invoice]\npattern = "N{number}"\n', encoding="utf-8")
    url = empty_place(postgres_server, schema)
    assert run("--db", url, *words.split()).status == 0
    assert run("--db", url, "audit", "verify").status == 0


@pytest.mark.parametrize("schema", ["missing", "empty"])
@pytest.mark.parametrize("words", OTHERS)
def test_all_else_says_that_there_is_none_and_makes_nothing(
    postgres_server: Server, run: Run, words: str, schema: str
) -> None:
    url = empty_place(postgres_server, schema)
    before = found_in(postgres_server, url)
    refused = run("--db", url, "--json", *words.split())
    assert (refused.status, refused.out, refused.error["code"]) == (4, "", "not_found"), refused
    assert found_in(postgres_server, url) == before


@pytest.mark.parametrize("words", [*OTHERS, "init", "sequence add invoice"])
def test_a_schema_with_strange_tables_is_left_alone(postgres_server: Server, run: Run, words: str) -> None:
    url = postgres_server.place()
    with psycopg.connect(postgres_server.url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {named(url)} CREATE TABLE event (what TEXT)".encode())
    refused = run("--db", url, "--json", *words.split())
    assert (refused.status, refused.out, refused.error["code"]) == (7, "", "not_a_database"), refused
    assert found_in(postgres_server, url) == (True, {"event"})


def sessions(server: Server) -> int:
    """How many sessions of seqctl the server has."""
    with psycopg.connect(server.url) as connection:
        query = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'seqctl'"
        row = connection.execute(query).fetchone()
        assert row is not None
        return int(row[0])


def test_a_store_connects_when_it_is_first_needed_and_once(postgres_server: Server) -> None:
    url = postgres_server.place()
    with open_store(url, create=True) as store:
        add_sequence(store, "invoice", {"pattern": "N{number}"})
    with open_store(url) as store:
        before = sessions(postgres_server)
        assert [issue(store, Request("invoice")).texts for _ in range(3)] == [["N1"], ["N2"], ["N3"]]
        assert sessions(postgres_server) == before + 1


FORKING = """
import os, sys
from seqctl import open_store
from seqctl.actions import issue
from seqctl.model.number.request import Request

with open_store(sys.argv[1]) as store:
    for _ in range(2):
        taken = issue(store, Request("invoice")).texts
    child = os.fork()
    if child == 0:
        print(*issue(store, Request("invoice")).texts, flush=True)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    # The session of the parent is its own still.
    print(*issue(store, Request("invoice")).texts)
"""


def test_a_forked_process_dials_anew(postgres_server: Server, environment: Environment) -> None:
    url = postgres_server.place()
    with open_store(url, create=True) as store:
        add_sequence(store, "invoice", {"pattern": "N{number}"})
    done = subprocess.run(
        [sys.executable, "-c", FORKING, url], capture_output=True, text=True, env=environment(), check=False
    )
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, ["N3", "N4"], "")


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE {0}.counter CASCADE",
        "ALTER TABLE {0}.number RENAME COLUMN text TO words",
        "ALTER TABLE {0}.event ADD CHECK (action <> 'issue')",
    ],
)
def test_a_book_that_somebody_changed_is_told_as_damaged(postgres_server: Server, change: str) -> None:
    url = postgres_server.place()
    with open_store(url, create=True) as store:
        add_sequence(store, "invoice", {"pattern": "N{number}"})
    with psycopg.connect(postgres_server.url, autocommit=True) as connection:
        connection.execute(change.format(named(url)).encode())
    with open_store(url) as store, pytest.raises(SeqctlError) as refused:
        issue(store, Request("invoice"))
    assert refused.value.code == "damaged"
