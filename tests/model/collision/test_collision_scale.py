"""Thousands of sequences are decided, not given up."""

from collections.abc import Callable
from typing import Any

import pytest

from seqctl.model.collision import PROVED, find_collisions
from seqctl.model.pattern.compile import compile_pattern
from seqctl.model.sequence.sequence import Sequence

MANY = pytest.mark.parametrize("many", [400, pytest.param(4000, marks=pytest.mark.long)])


def sequence(index: int, pattern: str, **fields: object) -> Sequence:
    """A sequence with the defaults of a definition, named by its index."""
    values: dict[str, Any] = {
        "name": f"s{index:05}",
        "document_type": "invoice",
        "kind": "numeric",
        "pattern": pattern,
        "start": 1,
        "end": None,
        "step": 1,
        "max_width": None,
        "max_length": None,
        "reset": "never",
        "scope": {},
        "requires": {},
        "unique": "always",
        "effective_from": None,
        "effective_until": None,
        **fields,
    }
    return Sequence(**values, compiled=compile_pattern(pattern, values["kind"] == "alpha"))


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


@MANY
@pytest.mark.parametrize("kind", APART)
def test_many_sequences_apart(kind: str, many: int) -> None:
    book = [APART[kind](index) for index in range(many)]
    assert find_collisions(book) == []
    assert find_collisions(book, changed=[book[7].name]) == []
    # One more that repeats an earlier one is found among them all.
    twin = APART[kind](7)
    twin.name = "twin"
    for rows in (find_collisions([*book, twin]), find_collisions([*book, twin], changed=["twin"])):
        assert [(row.first, row.second) for row in rows] == [(book[7].name, "twin")]


@MANY
@pytest.mark.parametrize("kind", CLASHING)
def test_many_sequences_clashing(kind: str, many: int) -> None:
    book = [CLASHING[kind](index) for index in range(many)]
    rows = find_collisions(book)
    assert {row.certainty for row in rows} == {PROVED}
    assert many * 0.45 <= len(rows) <= many
    assert rows == find_collisions(book[::-1])
    for row in rows[::100]:
        assert find_collisions([one for one in book if one.name in (row.first, row.second)])
