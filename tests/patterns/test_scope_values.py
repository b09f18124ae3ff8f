"""Which values a scope takes: an empty one only where it is listed, and none that looks like another."""

import pytest

from tests.book import Book


@pytest.fixture
def scoped(book: Book) -> Book:
    """Sequences that count by entity: of any value, and of listed ones."""
    book.load(
        '[sequences.any]\npattern = "{entity}-{number}"\nscope = ["entity"]\n'
        '[sequences.listed]\npattern = "{entity}/{number}"\n'
        '[sequences.listed.scope]\nentity = ["", "DE"]\n'
    )
    return book


@pytest.mark.parametrize("value", ["", " ", "   ", " DE", "DE "])
class TestNoValueThatNobodySees:
    def test_is_refused_and_consumes_nothing(self, scoped: Book, value: str) -> None:
        error = scoped.fails(5, "scope_value", "next", "any", "--attr", f"entity={value}")
        assert "'entity'" in error["message"]
        for command in ("reserve", "peek"):
            scoped.fails(5, "scope_value", command, "any", "--attr", f"entity={value}")
        assert "scope_value" in scoped("explain", "any", "--attr", f"entity={value}").out
        assert scoped.numbers() == []

    def test_set_next_makes_no_such_counter_and_a_file_warns(self, scoped: Book, value: str) -> None:
        move = ("sequence", "set-next", "any", "7", "--scope", f"entity={value}", "--reason", "r")
        scoped.fails(5, "scope_value", *move)
        path = scoped.file(
            '[sequences.any]\npattern = "{entity}-{number}"\nscope = ["entity"]\n'
            f'[sequences.any.counters]\n"all/entity={value}" = 7\n'
        )
        assert "'entity'" in scoped.warned("import", path).err

    def test_adopt_and_assign_refuse_it(self, scoped: Book, value: str) -> None:
        if value == value.lstrip() or not value.strip():
            # Blanks around a number come from spreadsheets: " DE-7" is DE-7.
            error = scoped.fails(6, "invalid_input", "adopt", "any", "--", f"{value}-7")
            assert "'entity'" in error["message"]
        records = scoped.file(f'id,entity\n1,"{value}"\n', "records.csv")
        error = scoped.fails(5, "scope_value", "assign", "any", "--input", records)
        assert "'entity'" in error["message"]


def test_an_empty_value_that_is_listed_has_a_counter(scoped: Book) -> None:
    assert scoped.next("listed", "--attr", "entity=") == ["/1"]
    assert scoped.next("listed", "--attr", "entity=DE") == ["DE/1"]
    scoped.fails(5, "scope_value", "next", "listed", "--attr", "entity= ")
    assert scoped.ok("adopt", "any", "DE-7").status == 0


def test_an_attribute_without_counters_of_its_own_may_be_empty(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "{note}-{number}")
    assert book.next("a", "--attr", "note=") == ["-1"]


def test_numbers_from_before_the_rule_can_still_be_named(
    scoped: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("seqctl.model.sequence.scope.may_count", lambda value, allowed: True)
        assert scoped.next("any", "--attr", "entity=", "-n", "2") == ["-1", "-2"]
    scoped.ok("release", "--reason", "never sent", "--", "-1")
    assert scoped.ok("show", "--json", "--", "-2").json["scope"] == {"entity": ""}
    (run,) = scoped.ok("gaps", "--json").json
    assert (run["state"], run["first_number"]) == ("reusable", "-1")
    block = ("gaps", "block", "any", "--reason", "nobody can take it", "--scope", "entity=")
    scoped.ok(*block, "1")
    scoped.ok("check")
