"""What goes wrong on the way to a server and on it, as people and programs are told."""

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seqctl.errors import SeqctlError
from seqctl.store.postgres.address import address_of
from seqctl.store.postgres.connection import ServerError
from seqctl.store.postgres.failures import as_dialed, explain
from seqctl.store.postgres.session import open_lean_session, open_session
from tests.postgres_server import Server

ADDRESS = address_of("postgresql://ann:tiger@h/b?schema=eu")


@pytest.mark.parametrize(
    ("sqlstate", "code", "status"),
    [
        ("25006", "server_read_only", 7),
        ("28P01", "not_allowed", 5),
        ("42501", "not_allowed", 5),
        ("53100", "disk_full", 7),
        ("53200", "server_unreachable", 75),
        ("53300", "server_unreachable", 75),
        ("55P03", "busy", 75),
        ("57014", "busy", 75),
        ("40001", "busy", 75),
        ("40P01", "busy", 75),
        ("57P01", "server_unreachable", 75),
        ("25P03", "server_unreachable", 75),
        ("08006", "server_unreachable", 75),
        ("58030", "damaged", 7),
        ("XX001", "damaged", 7),
        ("23505", "damaged", 7),
        ("42P01", "damaged", 7),
    ],
)
def test_errors_of_the_server_have_codes_and_words(sqlstate: str, code: str, status: int) -> None:
    told = explain(ServerError("no {more} of tiger\nLINE 1", sqlstate), ADDRESS, 7)
    assert told is not None
    assert (told.code, told.exit_status) == (code, status)
    assert "tiger" not in told.message
    assert "\n" not in told.message
    assert told.hint


def test_what_only_a_bug_can_do_is_not_explained() -> None:
    for sqlstate in ("23001", "22012", "0A000", ""):
        assert explain(ServerError("a bug", sqlstate), ADDRESS, 7) is None


REFUSED = 'connection to server at "a" (10.0.0.1), port 5432 failed: Connection refused\n\tIs it there?'
STANDBY = 'connection to server at "b" (10.0.0.2), port 5432 failed: session is read-only'


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (REFUSED, "server_unreachable"),
        (STANDBY, "server_read_only"),
        (f"{STANDBY}\n{STANDBY}", "server_read_only"),
        (f"{REFUSED}\n{STANDBY}", "server_unreachable"),
        (
            'connection failed: FATAL:  28P01: falsches Passwort "tiger"\nLOCATION: x.c',
            "not_allowed",
        ),
        ('connection to server failed: FATAL:  3D000: database "b" does not exist', "not_found"),
        (
            "connection failed: FATAL:  57P03: the database system is starting up",
            "server_unreachable",
        ),
        ("connection to server failed: FATAL:  53300: sorry, too many clients", "server_unreachable"),
        ("something else", "server_unreachable"),
    ],
)
def test_a_dial_that_failed_is_told_by_what_each_server_said(told: str, code: str) -> None:
    error = as_dialed(told, ADDRESS)
    assert error.code == code
    assert "tiger" not in f"{error.message}{error.hint}"
    assert "\n" not in error.message


def dialed(url: str, timeout: float = 2) -> SeqctlError:
    """The error of dialing; the lean way only says that it did not succeed."""
    address = address_of(url)
    assert open_lean_session(address, timeout) is None
    with pytest.raises(SeqctlError) as refused:
        open_session(address, timeout)
    return refused.value


def test_servers_that_refuse_say_why(postgres_server: Server, tmp_path: Path) -> None:
    host = f"host={postgres_server.folder}"
    assert dialed(f"postgresql://nobody@/postgres?{host}").code == "not_allowed"
    assert dialed(f"postgresql://postgres@/none?{host}").code == "not_found"
    assert dialed(f"postgresql:///b?host={tmp_path}").code == "server_unreachable"
    unreadable = dialed(f"postgresql://ann:ti%ger@/b?{host}&sslmod=require")
    assert (unreadable.code, unreadable.exit_status) == ("usage", 2)
    assert "ger" not in unreadable.message.replace("seqctl", "").replace("larger", "")


def test_a_server_that_takes_the_dial_and_says_nothing_is_not_waited_for(postgres_server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        began = time.monotonic()
        assert dialed(f"postgresql://postgres@127.0.0.1:{port}/postgres", 2).code == "server_unreachable"
        assert time.monotonic() - began < 14  # three dials of four seconds at most
        # It does not keep anybody from the server behind it.
        url = f"postgresql://postgres@/postgres?host=127.0.0.1,{postgres_server.folder}&port={port},5432"
        for open_one in (open_lean_session, open_session):
            began = time.monotonic()
            session: Any = open_one(address_of(url), 2)
            assert session.execute("SELECT 1").fetchone() == (1,)
            assert time.monotonic() - began < 7
            session.close()


@pytest.mark.parametrize("open_one", [open_lean_session, open_session])
def test_another_end_of_a_connection_is_noticed(
    open_one: Callable[..., Any], postgres_server: Server
) -> None:
    """Whoever waits for the lock of another session is told when the server ends his own."""
    waiting = open_one(address_of(postgres_server.url), 5)
    other = open_session(address_of(postgres_server.url), 5)
    other.execute("SELECT pg_advisory_lock(7)")
    ended = threading.Timer(0.3, other.execute, ["SELECT pg_terminate_backend(?)", (waiting.backend,)])
    ended.start()
    with pytest.raises(ServerError) as error:
        waiting.together([("BEGIN", ()), ("SELECT pg_advisory_xact_lock(7)", ()), ("SELECT 1", ())])
    ended.join()
    other.close()
    assert error.value.lost
    assert waiting.lost
