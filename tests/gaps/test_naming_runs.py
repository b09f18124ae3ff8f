"""FIRST..LAST: numbers as printed, else integers, and what is refused because it could be both."""

import pytest

from tests.book import Book
from tests.gaps.conftest import Lose, runs


def named(book: Book, *words: str) -> list[tuple[str, str | None, int, int]]:
    """First and last of the runs that words name, told by a change that is not made."""
    changed = book.ok("gaps", "block", *words, "--reason", "x", "--dry-run", "--json").json
    return [(gap["period"], gap["scope"].get("entity"), gap["first"], gap["last"]) for gap in changed]


def wrong(book: Book, code: str, *words: str) -> dict[str, str]:
    status = 2 if code == "usage" else 5
    return book.fails(status, code, "gaps", "block", *words, "--reason", "x")


@pytest.fixture
def empty(monthly: Book, lose: Lose) -> Book:
    """All numbers of the three counters of m are missing."""
    lose(1, *range(1, 6))
    lose(2, *range(1, 5))
    lose(3, *range(1, 4))
    return monthly


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["DE-2026-01-002"], [("2026-01", "DE", 2, 2)]),
        (["DE-2026-01-002..DE-2026-01-004"], [("2026-01", "DE", 2, 4)]),
        (["DE-2026-01-002", "--period", "2026-01", "--scope", "entity=DE"], [("2026-01", "DE", 2, 2)]),
        (["2", "--period", "2026-01", "--scope", "entity=DE"], [("2026-01", "DE", 2, 2)]),
        (["002..4", "--period", "2026-01", "--scope", "entity=DE"], [("2026-01", "DE", 2, 4)]),
        (["FR-2026-01-001", "DE-2026-02-001..DE-2026-02-002", "DE-2026-02-004"], None),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) and isinstance(value[0], str) else "",
)
def test_printed_numbers_and_integers(
    empty: Book, words: list[str], expected: list[tuple[str, str, int, int]] | None
) -> None:
    if expected is None:
        expected = [("2026-02", "DE", 1, 2), ("2026-02", "DE", 4, 4), ("2026-01", "FR", 1, 1)]
    assert named(empty, "m", *words) == expected


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["2"], "which period"),
        (["2", "--period", "2026-01"], "scope"),
        (["2", "--scope", "entity=DE"], "which period"),
        (["2", "--period", "2026", "--scope", "entity=DE"], "period"),
        (["2", "--period", "2026-01", "--scope", "branch=DE"], "no counter is kept by 'branch'"),
        (["DE-2026-01-002", "--period", "2026-02"], "2026-02"),
        (["DE-2026-01-002", "--scope", "entity=FR"], "FR"),
        (["DE-2026-01-002..DE-2026-02-003"], "two counters"),
        (["DE-2026-01-003..DE-2026-01-002"], "backwards"),
        (["DE-2026-01-002..4"], "not a number"),
        (["DE-2026-01-002.."], "not a number"),
        (["2..", "--period", "2026-01", "--scope", "entity=DE"], "not a number"),
        (["DE-2026-13-002"], "not a number"),
        (["nothing"], "not a number"),
        ([""], "not a number"),
        (["-5", "--period", "2026-01", "--scope", "entity=DE"], ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_names_no_run(empty: Book, words: list[str], part: str) -> None:
    assert part in wrong(empty, "usage", "m", *words)["message"]


def test_a_period_in_which_nothing_was_issued(empty: Book) -> None:
    error = wrong(empty, "not_reached", "m", "DE-2027-01-002")
    assert "has issued nothing yet" in error["message"]


class TestBothReadings:
    """A pattern whose numbers are digits: 2005 is number 5, or the integer 2005."""

    @pytest.fixture
    def digits(self, book: Book, lose: Lose) -> Book:
        book.ok("sequence", "add", "x", "--pattern", "2{number:3}")
        book.next("x", "-n", "9")
        lose(1, 5, 6)
        return book

    def test_where_the_counter_came_as_far_as_one_reading_only(self, digits: Book) -> None:
        assert named(digits, "x", "2005..2006") == [("all", None, 5, 6)]
        assert named(digits, "x", "5..6") == [("all", None, 5, 6)]

    def test_where_it_came_as_far_as_both(self, digits: Book) -> None:
        digits.ok("sequence", "set-next", "x", "5000", "--reason", "x")
        digits.ok("gaps", "review", "x", "10..4999", "--reason", "x")
        error = wrong(digits, "ambiguous_number", "x", "2005")
        assert "005 of sequence 'x'" in error["message"]
        assert "2005 of sequence 'x'" in error["message"]
        wrong(digits, "ambiguous_number", "x", "2010..2020")
        assert named(digits, "x", "5") == [("all", None, 5, 5)]
        assert named(digits, "x", "3000") == [("all", None, 3000, 3000)]

    def test_one_end_printed_and_one_an_integer_is_no_run(self, digits: Book) -> None:
        digits.ok("sequence", "set-next", "x", "5000", "--reason", "x")
        digits.ok("gaps", "review", "x", "10..4999", "--reason", "x")
        assert named(digits, "x", "2010..3000") == [("all", None, 2010, 3000)]

    def test_readings_that_agree(self, book: Book, lose: Lose) -> None:
        book.ok("sequence", "add", "x")
        book.next("x", "-n", "3")
        lose(1, 2)
        assert named(book, "x", "2") == [("all", None, 2, 2)]

    def test_a_year_in_front(self, book: Book, lose: Lose) -> None:
        book.ok("sequence", "add", "x", "--pattern", "{YY}{number:4}", "--reset", "year")
        book.next("x", "-n", "3", "--date", "2026-05-04")
        lose(1, 2)
        assert named(book, "x", "260002") == [("2026", None, 2, 2)]
        assert named(book, "x", "260002", "--period", "2026") == [("2026", None, 2, 2)]
        assert named(book, "x", "2", "--period", "2026") == [("2026", None, 2, 2)]


class TestTwoDotsInANumber:
    @pytest.fixture
    def dotted(self, book: Book, lose: Lose) -> Book:
        book.ok("sequence", "add", "x", "--pattern", "A..{number}")
        book.next("x", "-n", "9")
        lose(1, 2, 3, 4)
        return book

    def test_the_whole_word_is_one_number_first(self, dotted: Book) -> None:
        assert named(dotted, "x", "A..2") == [("all", None, 2, 2)]
        assert named(dotted, "x", "A..2..A..4") == [("all", None, 2, 4)]
        assert named(dotted, "x", "2..4") == [("all", None, 2, 4)]

    def test_dots_behind(self, book: Book, lose: Lose) -> None:
        book.ok("sequence", "add", "x", "--pattern", "{number}..")
        book.next("x", "-n", "9")
        lose(1, 2, 3, 4)
        assert named(book, "x", "2..") == [("all", None, 2, 2)]
        assert named(book, "x", "2....4..") == [("all", None, 2, 4)]

    def test_an_attribute_does_not_take_in_the_first_number(self, book: Book) -> None:
        book.ok("sequence", "add", "x", "--pattern", "{letter}{number}")
        book.next("x", "-n", "9", "--attr", "letter=A")
        book.ok("release", "A5", "A6", "A7", "--reason", "x")
        assert named(book, "x", "A5..A7") == [("all", None, 5, 7)]
        assert named(book, "x", "{letter}5..{letter}7") == [("all", None, 5, 7)]
        assert named(book, "x", "A..B5") == [("all", None, 5, 5)]


class TestLetters:
    @pytest.fixture
    def letters(self, book: Book, lose: Lose) -> Book:
        book.ok("sequence", "add", "x", "--kind", "alpha", "--pattern", "L-{number}")
        book.next("x", "-n", "30")
        lose(1, *range(2, 30))
        return book

    def test_letters_are_the_integers_of_such_a_counter(self, letters: Book) -> None:
        assert named(letters, "x", "b..ab", "L-ac") == [("all", None, 2, 29)]
        assert named(letters, "x", "L-c..L-d", "z") == [("all", None, 3, 4), ("all", None, 26, 26)]
        wrong(letters, "usage", "x", "5")


def test_steps(book: Book, lose: Lose) -> None:
    book.ok("sequence", "add", "x", "--step", "10", "--start", "5", "--pattern", "X{number}")
    book.next("x", "-n", "9")
    lose(1, 15, 25, 45)
    assert named(book, "x", "15..25", "X45") == [("all", None, 15, 25), ("all", None, 45, 45)]
    assert "step is 10" in wrong(book, "usage", "x", "20")["message"]
    wrong(book, "usage", "x", "X20")
    wrong(book, "not_a_gap", "x", "15..45")


def test_numbers_with_tokens_as_the_list_shows_them(book: Book) -> None:
    book.ok("sequence", "add", "x", "--pattern", "{letter}{YYYY}-{MM}-{number:3}", "--reset", "year")
    book.next("x", "-n", "4", "--date", "2026-05-04", "--attr", "letter=A")
    book.ok("release", "A2026-05-002", "A2026-05-003", "--reason", "x")
    book.ok("sequence", "set-next", "x", "8", "--period", "2026", "--reason", "x")
    book.ok("gaps", "review", "x", "5..7", "--period", "2026", "--reason", "x")
    for gap, shown in zip(
        book.ok("gaps", "--json").json, ("A2026-05-002", "{letter}2026-{MM}-005"), strict=True
    ):
        assert gap["first_number"] == shown
        word = f"{gap['first_number']}..{gap['last_number']}"
        assert named(book, "x", word) == [("2026", None, gap["first"], gap["last"])]
    assert named(book, "x", "B2026-11-002") == [("2026", None, 2, 2)]
    assert named(book, "x", "{letter}2026-{MM}-002") == [("2026", None, 2, 2)]


def test_periods_that_the_number_does_not_show(book: Book, lose: Lose) -> None:
    book.ok("sequence", "add", "x", "--reset", "year", "--unique", "period", "--pattern", "X{number}")
    for year in (2025, 2026):
        book.next("x", "-n", "3", "--date", f"{year}-05-04")
    lose(1, 2)
    lose(2, 2)
    assert "--period" in wrong(book, "usage", "x", "X2")["message"]
    assert named(book, "x", "X2", "--period", "2025") == [("2025", None, 2, 2)]


def test_a_number_from_before_a_limit_was_set(book: Book, lose: Lose) -> None:
    book.ok("sequence", "add", "x", "--pattern", "X{number}")
    book.next("x", "-n", "9")
    book.ok("release", "X8", "X9", "--reason", "x")
    book.ok("sequence", "edit", "x", "--end", "7")
    assert named(book, "x", "X8..X9") == [("all", None, 8, 9)]


class TestDocumentTypes:
    @pytest.fixture
    def two(self, book: Book, lose: Lose) -> Book:
        """Two sequences of one type; 2 of each is missing."""
        for name, add in (("de", book.ok), ("fr", book.warned)):
            add("sequence", "add", name, "--document-type", "bill", "--pattern", f"{name}{{number}}")
            book.next(name, "-n", "3")
        lose(1, 2)
        lose(2, 2)
        return book

    def test_a_printed_number_names_its_sequence(self, two: Book) -> None:
        found = two.ok("gaps", "block", "bill", "fr2", "de2", "--reason", "x", "--json")
        assert runs(found) == [("de2", "de2", "blocked"), ("fr2", "fr2", "blocked")]

    def test_an_integer_does_not(self, two: Book) -> None:
        wrong(two, "ambiguous_number", "bill", "2")
        assert named(two, "de", "2") == [("all", None, 2, 2)]
