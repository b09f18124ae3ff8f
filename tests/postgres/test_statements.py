"""Shared statements as the server takes them."""

import pytest

from seqctl.store.postgres.statements import numbered


@pytest.mark.parametrize(
    ("statement", "values", "text", "given"),
    [
        ("SELECT 1", (), "SELECT 1", []),
        ("SELECT ?, ?", (1, "a"), "SELECT $1, $2", [1, "a"]),
        ("SELECT '?', ?, 'it''s ?'", (True,), "SELECT '?', $1, 'it''s ?'", [1]),
        ("SELECT :a, :b, :a", {"b": False, "a": None}, "SELECT $1, $2, $1", [None, 0]),
        ("SELECT :a::text, ':a', b::int", {"a": 1}, "SELECT $1::text, ':a', b::int", [1]),
        ("SELECT :type_2 || ':'", {"type_2": "x"}, "SELECT $1 || ':'", ["x"]),
        ("SELECT 50 % ?", [7], "SELECT 50 % $1", [7]),
    ],
)
def test_places_and_names_are_numbered_outside_of_quotes(
    statement: str, values: tuple[object, ...], text: str, given: list[object]
) -> None:
    # Twice: the second time the statement is known.
    for _ in range(2):
        assert numbered(statement, values) == (text, given)
