"""Names of attributes are compared without capital letters: in requests, records, definitions and keys."""

import sqlite3
from contextlib import closing

import pytest

from tests.book import Book

BOOK = """
[sequences.scoped]
document_type = "order"
pattern = "{entity}-{number}"
scope = ["Entity"]
requires = { ENTITY = ["DE", "FR"] }
[sequences.big]
document_type = "order"
pattern = "BIG-{entity}-{number}"
[policies.big]
document_type = "order"
sequence = "big"
conditions = [{ field = "Total Amount", operator = "greater", value = 100 }]
[policies.rest]
document_type = "order"
sequence = "scoped"
priority = -1
"""


@pytest.fixture
def orders(book: Book) -> Book:
    book.load(BOOK)
    return book


def test_conditions_scope_requires_and_tokens_know_every_spelling(orders: Book) -> None:
    assert orders.next("order", "--attr", "ENTITY=DE") == ["DE-1"]
    assert orders.next("order", "--attr", "Entity=DE", "--attr", "total amount=101") == ["BIG-DE-1"]
    assert orders.next("order", "--attr", "entity=DE", "--attr", "TOTAL AMOUNT=99") == ["DE-2"]
    saw = orders.ok("explain", "order", "--attr", "entity=DE", "--attr", "TOTAL amount=99", "--json").json
    assert saw["policies"][0]["conditions"][0]["saw"] == "99"


def test_conditions_keep_a_name_as_it_was_written(orders: Book) -> None:
    assert 'field = "Total Amount"' in orders.ok("export").out
    assert {item["action"] for item in orders.ok("import", orders.file(BOOK), "--json").json} == {"unchanged"}


@pytest.mark.parametrize("lane", [(), ("--json",)], ids=["express", "full"])
@pytest.mark.parametrize("names", [("a", "A"), ("Straße", "STRASSE"), ("É", "e\u0301")])
def test_two_that_differ_in_capital_letters_alone_are_wrong_usage(
    orders: Book, names: tuple[str, str], lane: tuple[str, ...]
) -> None:
    words = [word for name in names for word in ("--attr", f"{name}=1")]
    assert orders("next", "order", *words, *lane).status == 2
    orders.fails(2, "usage", "peek", "order", *words)


def test_the_columns_of_records_are_found_so_too(orders: Book) -> None:
    path = orders.file("id,Entity,TOTAL amount\n1,DE,500\n2,FR,5\n", "r.csv")
    assert [row["number"] for row in orders.ok("assign", "order", "--input", path).rows] == [
        "BIG-DE-1",
        "FR-1",
    ]
    path = orders.file('{"id": "3", "ENTITY": "DE"}\n{"id": "4", "entity": "FR"}\n', "r.jsonl")
    assert [row["number"] for row in orders.ok("assign", "order", "--input", path).rows] == ["DE-1", "FR-2"]


def test_two_such_columns_are_invalid_only_where_one_is_asked_for(orders: Book) -> None:
    path = orders.file("id,entity,note,Note\n1,DE,x,y\n", "n.csv")
    assert len(orders.ok("assign", "order", "--input", path).rows) == 1
    path = orders.file("id,entity,Entity\n2,DE,FR\n", "e.csv")
    error = orders.fails(6, "invalid_input", "assign", "order", "--input", path)
    assert "'entity' and 'Entity'" in error["message"]
    path = orders.file(
        '{"id": "3", "entity": "DE"}\n{"id": "4", "entity": "DE", "Entity": "DE"}\n', "e.jsonl"
    )
    result = orders("assign", "order", "--input", path, "--partial")
    assert result.status == 3
    assert [row["id"] for row in result.rows] == ["3"]


def test_a_key_answers_to_every_spelling_also_to_one_of_an_older_version(orders: Book) -> None:
    first = orders.next("order", "--attr", "Entity=DE", "--key", "k")
    assert orders.next("order", "--attr", "entity=DE", "--key", "k") == first
    orders.fails(5, "key_reused", "next", "order", "--attr", "entity=de", "--key", "k")
    with closing(sqlite3.connect(orders.path)) as direct, direct:
        direct.execute("DROP TRIGGER event_fixed")
        direct.execute('UPDATE event SET detail = replace(detail, \'"entity":"DE"\', \'"Entity":"DE"\')')
    assert orders.next("order", "--attr", "ENTITY=DE", "--key", "k") == first
