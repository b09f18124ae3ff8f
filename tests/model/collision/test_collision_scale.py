"""Thousands of sequences are decided, not given up."""

from collections.abc import Callable

import pytest

from seqctl.model.collision import PROVED, find_collisions
from seqctl.model.sequence.sequence import Sequence
from tests.amount import amount
from tests.model.collision import sequences

MANY = amount(2000)


def sequence(index: int, pattern: str, **fields: object) -> Sequence:
    """A sequence that is named by its index."""
    return sequences.sequence(f"s{index:05}", pattern, **fields)


ONE_ENTITY = {"entity": ("DE", "FR", "IT")}

APART: dict[str, Callable[[int], Sequence]] = {
    "prefixes": lambda i: sequence(i, f"S{i:04}-{{number:5}}"),
    "suffixes": lambda i: sequence(i, f"{{number:5}}-S{i:04}"),
    "ranges": lambda i: sequence(i, "INV-{number:5}", start=i * 1000 + 1, end=i * 1000 + 1000),
    "rests": lambda i: sequence(i, "INV-{number:5}", start=i, step=10000),
    "months": lambda i: sequence(i, f"C{i:04}-{{YYYY}}{{MM}}-{{number:4}}", reset="month"),
    "inside": lambda i: sequence(i, f"{{YYYY}}-C{i:04}-{{number:4}}", reset="year"),
    "dated ranges": lambda i: sequence(i, "{YYYY}{number:5}", start=i * 9 + 1, end=i * 9 + 9),
    "letters": lambda i: sequence(i, "INV-{number:5}", kind="alpha", start=i * 9 + 1, end=i * 9 + 9),
    "free": lambda i: sequence(i, f"{{entity}}-S{i:04}-{{number}}", scope={"entity": ()}),
    "listed": lambda i: sequence(i, f"{{entity}}-S{i:04}-{{number}}", scope=ONE_ENTITY),
    "periods": lambda i: sequence(i, f"P{i:04}{{number}}", reset="month", unique="period"),
}

CLASHING: dict[str, Callable[[int], Sequence]] = {
    "identical": lambda i: sequence(i, "INV-{number:5}"),
    "numbers": lambda i: sequence(i, f"{i + 1}{{number:8}}"),
    "steps": lambda i: sequence(i, "A{number:5}", start=i % 100, step=i + 1),
    "windows": lambda i: sequence(
        i, "{YYYY}-{number}", effective_from=f"20{i % 90 + 10}-01-01", reset="year"
    ),
}


@pytest.mark.parametrize("kind", APART)
def test_many_sequences_apart(kind: str) -> None:
    book = [APART[kind](index) for index in range(MANY)]
    assert find_collisions(book) == []
    assert find_collisions(book, changed=[book[7].name]) == []
    # One more that repeats an earlier one is found among them all.
    twin = APART[kind](7)
    twin.name = "twin"
    for rows in (find_collisions([*book, twin]), find_collisions([*book, twin], changed=["twin"])):
        assert [(row.first, row.second) for row in rows] == [(book[7].name, "twin")]


@pytest.mark.parametrize("kind", CLASHING)
def test_many_sequences_clashing(kind: str) -> None:
    book = [CLASHING[kind](index) for index in range(MANY)]
    rows = find_collisions(book)
    assert {row.certainty for row in rows} == {PROVED}
    assert MANY * 0.45 <= len(rows) <= MANY
    assert rows == find_collisions(book[::-1])
    for row in rows[::100]:
        assert find_collisions([one for one in book if one.name in (row.first, row.second)])
