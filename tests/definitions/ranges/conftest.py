"""A book with a sequence that counts in ranges."""

import pytest

from tests.book import Book


@pytest.fixture
def granted(nowhere: Book) -> Book:
    """A book with the sequence `factura`, and no range yet."""
    nowhere.ok("sequence", "add", "factura", "--pattern", "{prefix}{number}", "--reset", "range")
    return nowhere
