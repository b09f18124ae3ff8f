"""An attribute that makes a number too long is `too_long`; a counter that no longer fits is `exhausted`."""

import pytest

from seqctl.model.pattern.compiled import MAXIMUM_LENGTH
from tests.book import Book


@pytest.fixture
def limited(book: Book) -> Book:
    """Numbers of at most eight characters with a decorating attribute, with one of the scope, and without."""
    book.load(
        '[sequences.decorated]\npattern = "{note}-{number}"\nmax_length = 8\n'
        '[sequences.scoped]\npattern = "{entity}/{number}"\nscope = ["entity"]\nmax_length = 8\n'
        '[sequences.plain]\npattern = "PLAIN-{number}"\nmax_length = 8\nstart = 98\n'
        '[sequences.free]\npattern = "{note}:{number}"\n'
    )
    return book


class TestTooLong:
    @pytest.mark.parametrize("command", ["next", "peek", "reserve"])
    def test_the_attribute_is_named_and_nothing_is_consumed(self, limited: Book, command: str) -> None:
        error = limited.fails(5, "too_long", command, "decorated", "--attr", "note=ABCDEFG")
        assert error["message"] == (
            "'ABCDEFG-1' has 9 characters, and a number of sequence 'decorated' at most 8"
        )
        assert "note" in error["hint"] and "--max-length" in error["hint"]
        assert limited.next("decorated", "--attr", "note=ABCDEF") == ["ABCDEF-1"]

    def test_a_shorter_value_goes_on_with_the_counter(self, limited: Book) -> None:
        limited.ok("sequence", "set-next", "decorated", "10", "--reason", "r")
        limited.fails(5, "too_long", "next", "decorated", "--attr", "note=ABCDEF")
        assert limited.next("decorated", "--attr", "note=ABCDE") == ["ABCDE-10"]

    def test_a_batch_is_refused_as_a_whole(self, limited: Book) -> None:
        error = limited.fails(5, "too_long", "next", "decorated", "--attr", "note=ABCDEF", "-n", "10")
        assert "'ABCDEF-10'" in error["message"]
        assert limited.numbers() == []

    def test_a_value_of_the_scope_that_leaves_no_room_at_all(self, limited: Book) -> None:
        limited.fails(5, "too_long", "next", "scoped", "--attr", "entity=ABCDEFG")

    def test_no_number_is_longer_than_255_characters(self, limited: Book) -> None:
        room = MAXIMUM_LENGTH - len(":1")
        error = limited.fails(5, "too_long", "next", "free", "--attr", f"note={'x' * (room + 1)}")
        assert "has 256 characters" in error["message"] and "at most 255" in error["message"]
        assert "--max-length" not in error["hint"] and len(error["message"]) < 200
        assert limited.next("free", "--attr", f"note={'x' * room}") == [f"{'x' * room}:1"]
        limited.fails(5, "too_long", "next", "free", "--attr", f"note={'x' * 10_000}")

    def test_a_record_of_assign_fails_alike(self, limited: Book) -> None:
        path = limited.file("id,note\n1,AB\n2,ABCDEFGH\n", "records.csv")
        error = limited.fails(5, "too_long", "assign", "decorated", "--input", path)
        assert "'ABCDEFGH-2'" in error["message"]

    def test_alone_among_the_listed_problems(self, limited: Book) -> None:
        path = limited.file("id,note\n1,ABCDEFG\n2,ABCDEFGH\n", "records.csv")
        problems = limited.fails(5, "too_long", "assign", "decorated", "--input", path)["problems"]
        assert len(problems) == 2


class TestExhausted:
    def test_a_plain_counter(self, limited: Book) -> None:
        assert limited.next("plain", "-n", "2") == ["PLAIN-98", "PLAIN-99"]
        error = limited.fails(5, "exhausted", "next", "plain")
        assert "sequence edit plain --max-length VALUE" in error["hint"]

    def test_the_counter_of_a_scope_that_began_to_fit(self, limited: Book) -> None:
        limited.ok("sequence", "set-next", "scoped", "99", "--scope", "entity=ABCDE", "--reason", "r")
        assert limited.next("scoped", "--attr", "entity=ABCDE") == ["ABCDE/99"]
        limited.fails(5, "exhausted", "next", "scoped", "--attr", "entity=ABCDE")

    @pytest.mark.parametrize(
        ("fields", "way"),
        [
            (("--end", "2"), "sequence edit a --end VALUE"),
            (("--max-width", "1", "--start", "8"), "sequence edit a --max-width VALUE"),
            (("--kind", "alpha", "--pattern", "{number:1}", "--start", "y"), "letters keep their width"),
            (("--start", "9223372036854775806"), "none can be longer"),
        ],
    )
    def test_says_how_to_go_on(self, book: Book, fields: tuple[str, ...], way: str) -> None:
        book.ok("sequence", "add", "a", *fields)
        book.next("a", "-n", "2")
        error = book.fails(5, "exhausted", "next", "a")
        assert way in error["hint"] and "a new sequence" in error["hint"]

    def test_too_many_at_once_are_told_how_many_are_left(self, book: Book) -> None:
        book.ok("sequence", "add", "a", "--pattern", "{note}-{number}", "--end", "5")
        error = book.fails(5, "exhausted", "next", "a", "--attr", "note=A", "-n", "6")
        assert "only 5 of the 6" in error["message"]
