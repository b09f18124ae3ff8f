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


@pytest.mark.parametrize("hidden", ["\ufe0f", "\u034f", "\u3164", "\u2800", "\U000e0101", "\u180b"])
def test_a_value_with_what_nobody_sees_gets_no_number_and_no_counter(book: Book, hidden: str) -> None:
    """`DE` with a variation selector would be a second counter under a name that looks the same."""
    book.ok("sequence", "add", "a", "--pattern", "{entity}-{number}", "--scope", "entity")
    for value in (f"DE{hidden}", f"D{hidden}E", hidden):
        error = book.fails(5, "ambiguous_attribute", "next", "a", "--attr", f"entity={value}")
        assert f"holds the character U+{ord(hidden):04X}, which cannot be seen" in error["message"]
    assert book.next("a", "--attr", "entity=DE") == ["DE-1"]
    error = book.fails(6, "invalid_definition", "sequence", "add", "b", "--pattern", f"I{hidden}{{number}}")
    assert error["hint"] == "remove that character"
    words = ("--pattern", "{entity}-{number}", "--scope", f"entity=DE{hidden}")
    book.fails(6, "invalid_definition", "sequence", "add", "b", *words)


def test_a_value_of_a_scope_is_not_said_to_be_allowed_empty(scoped: Book) -> None:
    hint = {name: scoped.fails(5, "missing_attribute", "next", name)["hint"] for name in ("any", "listed")}
    assert hint["any"] == "give it with --attr entity=VALUE"
    assert hint["listed"] == "give it with --attr entity=VALUE (it may be empty)"
