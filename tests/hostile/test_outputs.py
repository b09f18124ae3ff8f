"""Whatever texts a book holds: every command shows them in every format, whole, true and harmless."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.book import Book
from tests.hostile import texts
from tests.hostile.command_lines import commands
from tests.hostile.conftest import Judged
from tests.hostile.full_book import Things, copied, fill, spoil
from tests.hostile.showing import FORMATS, WRITTEN, check_alike, check_form

UNHURRIED = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # One example is hundreds of calls: looking for a smaller one would take an hour.
    phases=(Phase.explicit, Phase.generate),
)
GIVEN = st.lists(texts.ANY, min_size=1, max_size=8)


@pytest.fixture
def anew(rich: Book, place: Path) -> Callable[[], Book]:
    """A function that makes the book of `rich` as it was."""
    whole = {path: path.read_bytes() for path in place.joinpath("books").iterdir()}

    def call() -> Book:
        for path in place.joinpath("books").iterdir():
            path.unlink()
        for path, data in whole.items():
            path.write_bytes(data)
        return rich

    return call


def show_all(
    judged: Judged, book: Book, things: Things, formats: list[str] | tuple[str, ...] = FORMATS
) -> set[tuple[str, ...]]:
    """Ask every command for everything in some formats; the commands that answered."""
    answered: set[tuple[str, ...]] = set()
    for path, command in commands():
        for words in things.words(path, command):
            told = shown(judged, book, path, words, formats)
            answered |= {path} if told else set()
            if len(told) == len(FORMATS) and path not in WRITTEN:
                check_alike(told)
    return answered


def shown(
    judged: Judged, book: Book, path: tuple[str, ...], words: list[str], formats: list[str] | tuple[str, ...]
) -> dict[str, str]:
    """What one call says in each format; nothing where it is refused."""
    told = {}
    for output in formats:
        result = judged(book, *path, "-o", output, *words[len(path) :], env=copied(book))
        if result.status not in (0, 3):
            break
        if result.out:
            check_form(path, output, result.out)
            told[output] = result.out
    return told


@pytest.mark.parametrize(
    ("given", "formats"),
    [
        ([*texts.MARKUP, *texts.FORMULAS, *texts.QUOTES, *texts.PATHS], FORMATS),
        ([*texts.ESCAPES[::3], *texts.SCRIPTS, *texts.LINES, *texts.HALVES, *texts.INVISIBLE], ["json"]),
    ],
    ids=["printable", "others"],
)
def test_every_command_shows_what_strangers_wrote(
    rich: Book, judged: Judged, given: list[str], formats: list[str] | tuple[str, ...]
) -> None:
    fill(judged, rich, given)
    show_all(judged, rich, Things(rich), formats)


@pytest.mark.long
@settings(UNHURRIED, max_examples=max(1, texts.EXAMPLES // 20))
@given(given=GIVEN)
def test_every_command_shows_what_strangers_wrote_many_times(
    anew: Callable[[], Book], judged: Judged, given: list[str]
) -> None:
    book = anew()
    fill(judged, book, given)
    show_all(judged, book, Things(book))


def test_every_command_shows_something(rich: Book, judged: Judged) -> None:
    """A command that is new is asked by itself; what it needs beyond that, `full_book` has to know."""
    fill(judged, rich, ["x"])
    answered = show_all(judged, rich, Things(rich), ["json"])
    assert {path for path, _ in commands()} - answered == set()


def test_a_spoiled_book_cannot_speak_to_the_terminal_either(rich: Book, judged: Judged) -> None:
    fill(judged, rich, ["x"])
    spoil(rich, "\x1b[31m\x9b2J\u202e\r\t=")
    for output in ("table", "csv", "json"):
        show_all(judged, rich, Things(rich), [output])


@pytest.mark.parametrize("name", ["\x1b[31m", "\x9b2J", "a\rb", "=1", "two\nlines", "\udcff", "\u202e"])
@pytest.mark.parametrize("output", FORMATS)
def test_the_name_of_a_book_cannot_either(
    rich: Book, judged: Judged, place: Path, name: str, output: str
) -> None:
    path = place / f"{name}.db"
    path.write_bytes(rich.path.read_bytes())
    result = judged(rich, "info", "-o", output, env={"SEQCTL_DB": str(path)})
    assert result.status == 0
    check_form(("info",), output, result.out)
