"""Lists of a book on a server that are longer than a page: fetched as they are asked for."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from seqctl import open_store
from seqctl.actions import add_sequence, issue
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import Request
from seqctl.store.postgres.dialect import PAGE, POSTGRES
from tests.postgres_server import Server

NUMBERS = 2 * PAGE + 500
NOW = "2026-11-28T00:00:00.000000Z"


@pytest.fixture
def store(postgres_server: Server) -> Iterator[Any]:
    with open_store(postgres_server.place(), create=True, actor="ada") as store:
        add_sequence(store, "invoice", {"pattern": "N{number}"})
        issue(store, Request("invoice", NUMBERS))
        yield store


def listed(transaction: Any, **wanted: Any) -> Iterator[int]:
    return (number.value for number in transaction.listing.numbers(NumberFilter(**wanted), NOW))


def test_a_page_at_a_time_is_fetched(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.read() as transaction:
        session = transaction.connection
        fetched: list[int] = []
        ask, run = session.execute, session.run

        class Watched:
            """The session, with a note of how many rows came at once."""

            def execute(self, *given: Any) -> Any:
                rows = ask(*given)
                fetched.append(rows.rowcount)
                return rows

            def run(self, script: str) -> Any:
                rows = run(script)
                fetched.append(len(rows))
                return rows

            together = session.together

        query = "SELECT value FROM number ORDER BY serial"
        found = [value for (value,) in POSTGRES.rows(Watched(), query, ())]  # type: ignore[arg-type]
    assert found == [*range(1, NUMBERS + 1)]
    assert max(fetched) == PAGE


def test_lists_are_read_side_by_side_and_left_in_the_middle(store: Any) -> None:
    with store.read() as transaction:
        left = listed(transaction)
        assert [*islice(left, PAGE + 3)][-1] == PAGE + 3
        pairs = zip(listed(transaction), listed(transaction), strict=True)
        assert all(one == other for one, other in pairs)
        assert next(left) == PAGE + 4
    with store.read() as transaction:
        assert [*listed(transaction, last=2)] == [NUMBERS - 1, NUMBERS]
        assert [*listed(transaction, after=NUMBERS - 1)] == [NUMBERS]
        assert sum(1 for _ in listed(transaction, state="issued")) == NUMBERS


def test_a_list_does_not_see_what_is_issued_meanwhile(store: Any) -> None:
    with store.read() as transaction:
        reading = listed(transaction)
        assert next(reading) == 1
        with open_store(store.path) as other:
            issue(other, Request("invoice", 3))
        assert sum(1 for _ in reading) == NUMBERS - 1
