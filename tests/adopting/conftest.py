"""What the tests of adopting share."""

from collections.abc import Callable

import pytest

from tests.book import Sql

ReadCounter = Callable[[], tuple[int, int, int]]


@pytest.fixture
def counter(sql: Sql) -> ReadCounter:
    """First and last value of the only counter, and how many of its integers are accounted for."""

    def read() -> tuple[int, int, int]:
        ((first, last, accounted),) = sql("SELECT first, last, accounted FROM counter")
        return first, last, accounted

    return read
