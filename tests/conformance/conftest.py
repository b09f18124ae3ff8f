"""The suite that every engine passes: through the library alone, on a book that the engine's opener gives.

An engine is a way to get an empty book; `ENGINES` lists them. What a test asserts is what the port promises,
never how an engine does it.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from seqctl import open_store
from seqctl.days import date
from seqctl.model.time.instant import later
from seqctl.process import Clock
from seqctl.store.port import Store
from tests.postgres_server import Server

Open = Callable[..., Store]
"""Opens the book of this test: `open_book(actor="bob")`; twice gives two stores on one book."""


class SteppingClock(Clock):
    """A clock that a second passes on at every look; what is done at the same looks has the same instants."""

    def __init__(self) -> None:
        self.instant = "2026-03-01T12:00:00.000000Z"

    def now(self) -> str:
        self.instant = later(self.instant, 1)
        return self.instant

    def today(self, zone: str, now: str) -> date:
        return date(2026, 3, 1)

    def pass_by(self, seconds: int) -> None:
        """Let time pass."""
        self.instant = later(self.instant, seconds)


class StandingClock(SteppingClock):
    """A clock that stands still until time is let pass; today is its day."""

    def now(self) -> str:
        return self.instant

    def today(self, zone: str, now: str) -> date:
        return date.fromisoformat(now[:10])


def in_a_file(request: pytest.FixtureRequest) -> str:
    """Where a book of SQLite lies."""
    place: Path = request.getfixturevalue("place")
    return str(place / "book.db")


def on_a_server(request: pytest.FixtureRequest) -> str:
    """Where a book of PostgreSQL lies: in a schema of its own."""
    server: Server = request.getfixturevalue("postgres_server")
    return server.place()


ENGINES: dict[str, Callable[[pytest.FixtureRequest], str]] = {"sqlite": in_a_file, "postgres": on_a_server}
"""The place of an empty book of each engine."""


LOGIN = "postgres"
"""Who acts: on a server the session's user, so that events have the same bytes in both engines."""


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture(params=sorted(ENGINES))
def open_book(request: pytest.FixtureRequest, place: Path, clock: SteppingClock) -> Iterator[Open]:
    """Opens the book of this test, made where there is none; every store is closed at the end."""
    book = ENGINES[request.param](request)
    with ExitStack() as stores:

        def opened(actor: str = LOGIN, timeout: float = 5) -> Store:
            return stores.enter_context(
                open_store(book, create=True, actor=actor, clock=clock, timeout=timeout)
            )

        yield opened


@pytest.fixture
def store(open_book: Open) -> Store:
    """An empty book."""
    return open_book()
