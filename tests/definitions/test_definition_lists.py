"""Lists of definitions: names with *, filters, cursors; and who made and last changed each of them."""

from pathlib import Path

import pytest

from tests.book import Book, Sql

KINDS = ("sequence", "set", "policy", "calendar")
DEFINITIONS = """
[calendars.india]
start = "04-01"
named_by = "start"
[sequences.inv-de]
document_type = "invoice"
pattern = "DE-{number}"
[sequences.inv-fr]
document_type = "invoice"
pattern = "FR-{number}"
status = "inactive"
[sequences.memo-de]
document_type = "credit_memo"
pattern = "M-{number}"
[sequences."odd * name"]
document_type = "odd"
[sets.germany]
default = true
members = { invoice = "inv-de", credit_memo = "memo-de" }
[sets.france]
members = { invoice = "inv-fr" }
[policies.big]
document_type = "invoice"
sequence = "inv-de"
[policies.small]
document_type = "invoice"
sequence = "inv-de"
status = "inactive"
"""


@pytest.fixture
def many(book: Book) -> Book:
    loaded = book("import", book.file(DEFINITIONS), "--actor", "ada")
    assert loaded.status == 0, loaded
    return book


def names(book: Book, *words: object) -> list[str]:
    return [item["name"] for item in book.ok(*words, "--json").json]


def test_names_and_stars(many: Book) -> None:
    def of(*words: str) -> list[str]:
        return names(many, "sequence", "list", *words)

    assert of() == ["inv-de", "inv-fr", "memo-de", "odd * name"]
    assert of("inv-*") == ["inv-de", "inv-fr"]
    assert of("*-de", "inv-fr") == ["inv-de", "inv-fr", "memo-de"]
    assert of("*v*d*") == ["inv-de"]
    assert of("*") == of()
    assert of("inv-de*inv-de") == of("x*") == []
    assert of("odd * name") == ["odd * name"]
    assert "did you mean" in many.fails(4, "not_found", "sequence", "list", "inv-da")["hint"]


def test_every_kind_has_its_filters(many: Book) -> None:
    assert names(many, "sequence", "list", "--type", "creditMemo") == ["memo-de"]
    assert names(many, "sequence", "list", "--status", "inactive") == ["inv-fr"]
    assert names(many, "sequence", "list", "inv*", "--status", "active") == ["inv-de"]
    assert names(many, "set", "list", "--type", "credit_memo") == ["germany"]
    assert names(many, "set", "list", "--sequence", "inv-fr") == ["france"]
    assert names(many, "policy", "list", "--status", "active") == ["big"]
    assert names(many, "policy", "list", "--sequence", "inv-de", "--type", "invoice") == ["big", "small"]
    assert names(many, "policy", "list", "--type", "credit_memo") == []
    many.fails(4, "not_found", "policy", "list", "--type", "credit_nemo")
    many.fails(2, "usage", "policy", "list", "--type", "invoice", "--sequence", "memo-de")
    many.fails(2, "usage", "sequence", "list", "--status", "activ")
    many.fails(2, "usage", "calendar", "list", "--type", "invoice")


def test_cursors_are_names(many: Book) -> None:
    listed = many.ok("sequence", "list", "--limit", "2", "--json").json
    assert [item["cursor"] for item in listed] == ["inv-de", "inv-fr"]
    assert names(many, "sequence", "list", "--after", "inv-fr") == ["memo-de", "odd * name"]
    assert names(many, "sequence", "list", "--after", "inv-f", "--limit", "1") == ["inv-fr"]
    assert names(many, "sequence", "list", "--last", "2") == ["memo-de", "odd * name"]
    assert names(many, "sequence", "list", "inv*", "--last", "1") == ["inv-fr"]
    assert names(many, "sequence", "list", "--last", "0") == []


def times(book: Book, kind: str, name: str) -> list[str]:
    shown = book.ok(kind, "show", name, "--json").json
    (listed,) = book.ok(kind, "list", name, "--json").json
    found = [shown[field] for field in ("created_at", "created_by", "modified_at", "modified_by")]
    assert found == [listed[field] for field in ("created_at", "created_by", "modified_at", "modified_by")]
    return found


def test_definitions_tell_who_made_and_who_changed_them(many: Book) -> None:
    events = {event["id"]: event["at"] for event in many.ok("audit", "list", "--json").json}
    made = events[max(events)]
    for kind, name in (("sequence", "inv-fr"), ("set", "france"), ("policy", "big"), ("calendar", "india")):
        assert times(many, kind, name) == [made, "ada", made, "ada"]
    many.ok("sequence", "activate", "inv-fr", "--actor", "ines")
    many.ok("set", "assign", "france", "account:ACME", "--actor", "bob")
    many.ok("set", "assign", "germany", "account:ACME", "--actor", "eve")
    many.ok("policy", "edit", "big", "--priority", "3", "--actor", "ines")
    many.ok("sequence", "edit", "inv-de", "--title", "Germany", "--dry-run", "--actor", "mallory")
    assert [times(many, "sequence", "inv-fr")[at] for at in (0, 1, 3)] == [made, "ada", "ines"]
    # Who takes an owner of a set changes that set too.
    assert [times(many, "set", name)[3] for name in ("france", "germany")] == ["eve", "eve"]
    assert times(many, "policy", "big")[3] == "ines"
    assert times(many, "sequence", "inv-de") == [made, "ada", made, "ada"]
    row = many.ok("sequence", "list", "inv-fr").rows[0]
    assert (row["created_by"], row["modified_by"]) == ("ada", "ines")


def test_a_name_that_was_free_again_is_another_definition(many: Book) -> None:
    many.ok("policy", "remove", "small", "--yes", "--actor", "bob")
    many.ok(
        *("policy", "add", "small", "--document-type", "invoice", "--sequence", "inv-de", "--actor", "eve")
    )
    assert times(many, "policy", "small")[1::2] == ["eve", "eve"]


def test_numbers_change_no_definition(many: Book) -> None:
    before = times(many, "sequence", "inv-de")
    many.next("inv-de", "-n", "3")
    many.ok("release", "DE-2", "--reason", "never sent")
    many.ok("close", "inv-de", "--through", "2020-12-31", "--reason", "filed")
    assert times(many, "sequence", "inv-de") == before


def test_an_event_that_somebody_garbled_is_passed_over(many: Book, sql: Sql) -> None:
    sql("DROP TRIGGER event_fixed")
    sql("UPDATE event SET detail = '{\"sequence\"' WHERE id = (SELECT max(id) FROM event)")
    assert times(many, "sequence", "inv-de") == [None] * 4


@pytest.mark.parametrize("kind", KINDS)
def test_columns_and_wide_tables(many: Book, kind: str, place: Path) -> None:
    chosen = many.ok(kind, "list", "--columns", "created_by,name", "-o", "tsv").lines
    assert chosen[0] == "created_by\tname"
    for item in many.ok(kind, "list", "--columns", "created_by,name", "--json").json:
        assert list(item) == ["created_by", "name"]
    assert "modified by" in many.ok(kind, "list", "-o", "wide").lines[0]
    hint = many.fails(2, "usage", kind, "list", "--columns", "name,creatd_by")["hint"]
    assert "created_by" in hint


def test_a_new_name_changes_a_definition_and_keeps_who_made_it(many: Book) -> None:
    created = times(many, "sequence", "memo-de")[:2]
    many.ok("sequence", "rename", "memo-de", "memo-germany", "--actor", "ines")
    assert times(many, "sequence", "memo-germany")[:2] == created
    assert times(many, "sequence", "memo-germany")[3] == "ines"
    assert many.fails(4, "renamed", "sequence", "list", "memo-de")
