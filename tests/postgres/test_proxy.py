"""Sessions through a proxy that cuts, delays and falls silent: every request ends, and says how."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from seqctl.store.postgres.address import address_of
from seqctl.store.postgres.connection import ServerError
from seqctl.store.postgres.session import open_lean_session, open_session
from tests.postgres.proxy import TO_CLIENT, TO_SERVER, Fault, between
from tests.postgres_server import Server

MESSAGES = [("BEGIN", ()), ("SELECT ?::text, ?", ("a text", 7)), ("COMMIT", ())]
DIRECTIONS = [TO_SERVER, TO_CLIENT]


@pytest.mark.parametrize("open_one", [open_lean_session, open_session], ids=["libpq", "psycopg"])
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_cut_at_any_byte_ends_a_message_as_lost(
    open_one: Callable[..., Any], direction: str, postgres_server: Server
) -> None:
    with between(postgres_server.folder) as proxy:
        address = address_of(proxy.url)
        session = open_one(address, 5)
        dialed = len(proxy.passed[direction])
        session.together(MESSAGES)
        total = len(proxy.passed[direction])
        session.close()
        for after in range(dialed, total):
            fault = proxy.begin(Fault("cut", direction, after))
            session = open_one(address, 5)
            with pytest.raises(ServerError) as error:
                session.together(MESSAGES)
            assert error.value.lost
            assert session.lost
            assert fault.met == 1


@pytest.mark.parametrize("open_one", [open_lean_session, open_session], ids=["libpq", "psycopg"])
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_silence_and_delay_at_any_byte_take_no_longer_than_they_may(
    open_one: Callable[..., Any], direction: str, postgres_server: Server
) -> None:
    with between(postgres_server.folder) as proxy:
        address = address_of(proxy.url)
        session = open_one(address, 5)
        dialed = len(proxy.passed[direction])
        session.together(MESSAGES)
        total = len(proxy.passed[direction])
        session.close()
        for after in range(dialed, total, 61):
            fault = proxy.begin(Fault("silence", direction, after))
            session = open_one(address, 5)
            session.wait_seconds = 0.8
            began = time.monotonic()
            with pytest.raises(ServerError, match="did not answer") as error:
                session.together(MESSAGES)
            assert time.monotonic() - began < 4
            assert (error.value.lost, session.lost, fault.met) == (True, True, 1)
            fault = proxy.begin(Fault("delay", direction, after))
            session = open_one(address, 5)
            assert session.together(MESSAGES)[1].fetchall() == [("a text", 7)]
            assert fault.met >= 1
            session.close()


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_cut_while_dialing_is_no_session(direction: str, postgres_server: Server) -> None:
    with between(postgres_server.folder) as proxy:
        address = address_of(proxy.url)
        open_session(address, 5).close()
        for after in range(0, len(proxy.passed[direction]) - 5, 7):
            fault = proxy.begin(Fault("cut", direction, after))
            assert open_lean_session(address, 5) is None
            assert fault.met == 1
