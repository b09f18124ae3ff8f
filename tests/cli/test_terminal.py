"""What a person at a terminal of 80 columns sees. The real program in a pseudo-terminal."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.book import Book, Program

LONG = "N" * 50 + "-{number:9}"


@pytest.fixture
def filled(book: Book) -> Book:
    """A book with numbers of 60 characters."""
    book.ok("sequence", "add", "long", "--pattern", LONG, "--title", "[red]Rot[/red]")
    book.next("long", "-n", "2", "--date", "2026-05-04", "--record", "R" * 40, "--key", "k")
    return book


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_a_list_is_a_table_and_long_numbers_stay_whole_on_one_line(
    filled: Book, terminal: Callable[..., tuple[int, str]]
) -> None:
    status, seen = terminal("numbers")
    assert status == 0
    lines = plain(seen).splitlines()
    assert "\t" not in seen
    assert lines[0].split()[:3] == ["number", "sequence", "date"]
    for value in (1, 2):
        assert sum("N" * 50 + f"-{value:09}" in line for line in lines) == 1
    assert not any("…" in line for line in lines)


def test_next_and_peek_print_bare_numbers(filled: Book, terminal: Callable[..., tuple[int, str]]) -> None:
    number = "N" * 50 + "-000000003"
    assert terminal("peek", "long") == (0, number + "\n")
    assert terminal("next", "long", columns=20) == (0, number + "\n")


def test_show_keeps_a_long_number_whole_on_a_narrow_terminal(
    filled: Book, terminal: Callable[..., tuple[int, str]]
) -> None:
    number = "N" * 50 + "-000000001"
    status, seen = terminal("show", number, columns=40)
    assert status == 0
    assert any(number in line for line in plain(seen).splitlines())


def test_a_list_that_is_wider_than_the_terminal_does_not_cut_the_numbers(
    book: Book, terminal: Callable[..., tuple[int, str]]
) -> None:
    book.ok("sequence", "add", "S" * 64, "--pattern", LONG)
    book.next("S" * 64)
    status, seen = terminal("numbers")
    assert status == 0
    assert any("N" * 50 + "-000000001" in line for line in plain(seen).splitlines())


def test_markup_is_text(filled: Book, terminal: Callable[..., tuple[int, str]]) -> None:
    assert "[red]Rot[/red]" in plain(terminal("sequence", "show", "long")[1])


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_without_colour_there_is_no_escape(
    filled: Book, terminal: Callable[..., tuple[int, str]], env: dict[str, str]
) -> None:
    status, seen = terminal("numbers", **env)
    assert status == 0
    assert not re.search(r"\x1b\[[39]\d", seen)
    assert "N" * 50 + "-000000001" in seen
    if "TERM" in env:
        assert "\x1b" not in seen


def test_force_color_reaches_a_table_in_a_pipe(filled: Book, program: Program) -> None:
    assert "\x1b[" in program("numbers", "-o", "table", env={"FORCE_COLOR": "1"}).out
    assert "\x1b[" not in program("numbers", "-o", "table").out


def test_a_table_that_fits_stays_within_the_terminal(
    book: Book, terminal: Callable[..., tuple[int, str]]
) -> None:
    book.ok("sequence", "add", "a")
    book.next("a", "-n", "3")
    for words in (("numbers",), ("sequence", "list")):
        status, seen = terminal(*words)
        assert status == 0
        assert max(map(len, plain(seen).splitlines())) <= 80 or "not shown" in seen


def test_info_tells_a_person_the_unit_and_nothing_of_a_mark_that_says_nothing(
    book: Book, terminal: Callable[..., tuple[int, str]]
) -> None:
    book.ok("sequence", "add", "a")
    Path(f"{book.path}-mark").unlink(missing_ok=True)
    seen = plain(terminal("info")[1])
    assert re.search(r"^size +[\d,]+ bytes$", seen, re.MULTILINE)
    assert "mark host" not in seen
    assert isinstance(book.ok("info", "--json").json["size"], int)
    assert book.ok("info", "--json").json["mark_host"] is None


def test_a_field_that_was_or_becomes_empty_reads_well(
    book: Book, terminal: Callable[..., tuple[int, str]]
) -> None:
    book.ok("sequence", "add", "a")
    book.ok("set", "add", "beta", "a=a")
    assert "assignments: (none) -> company:beta" in terminal("set", "assign", "beta", "company:beta")[1]
    assert "assignments: company:beta -> (none)" in terminal("set", "unassign", "company:beta")[1]


def test_columns_beats_the_terminal(book: Book, terminal: Callable[..., tuple[int, str]]) -> None:
    book.ok("sequence", "add", "a", "--title", "The title of all titles")
    assert "The title of all titles" not in terminal("sequence", "list")[1]
    assert "The title of all titles" in terminal("sequence", "list", COLUMNS="300")[1]


def test_removal_asks_and_takes_no_for_an_answer(
    filled: Book, book: Book, terminal: Callable[..., tuple[int, str]]
) -> None:
    book.ok("sequence", "add", "unused")
    status, seen = terminal("sequence", "remove", "unused", answer="n\n")
    assert "unused" in seen
    assert status != 0
    assert "Traceback" not in seen
    assert len(book.ok("sequence", "list", "--json").json) == 2
    status, seen = terminal("sequence", "remove", "unused", answer="y\n")
    assert status == 0
    assert len(book.ok("sequence", "list", "--json").json) == 1


def test_end_of_input_at_a_question_changes_nothing(
    book: Book, terminal: Callable[..., tuple[int, str]]
) -> None:
    book.ok("sequence", "add", "unused")
    status, seen = terminal("sequence", "remove", "unused", answer="\x04")
    assert status == 130
    assert "Traceback" not in seen
    assert len(book.ok("sequence", "list", "--json").json) == 1


def test_escapes_in_stored_texts_do_not_reach_the_terminal(
    book: Book, terminal: Callable[..., tuple[int, str]]
) -> None:
    book.ok("sequence", "add", "a")
    status, seen = terminal("next", "a", "--record", "x\x1b[2J\x07y", TERM="dumb")
    shown = terminal("numbers", TERM="dumb", COLUMNS="300")[1]
    assert "\x1b" not in shown + seen
    assert "\x07" not in shown + seen
    assert status in (0, 2)
