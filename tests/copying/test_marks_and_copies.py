"""Every pair of an older copy and a mark: no number comes twice without a word that the book is older."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.book import Book, Environment
from tests.copying.restoring import MARK, World

MONTHLY = ("sequence", "add", "m", "--pattern", "M-{YYYY}{MM}-{number}", "--reset", "month")
JANUARY, MARCH = ("--date", "2026-01-05"), ("--date", "2026-03-05")
WHY = ("--reason", "x")

STORIES: dict[str, tuple[list[tuple[str, ...]], list[tuple[str, ...]]]] = {
    "one counter": ([("next", "i", "-n", "2")], [("next", "i", "-n", "3")]),
    "several counters": (
        [("next", "i"), ("next", "m", *JANUARY)],
        [("next", "m", *MARCH, "-n", "2"), ("next", "m", *JANUARY), ("next", "i")],
    ),
    "freed before, given out since": (
        [("next", "i", "-n", "4"), ("release", "I2", "I3", *WHY)],
        [("next", "i", "-n", "2")],
    ),
    "freed and given out since": (
        [("next", "i", "-n", "3")],
        [("release", "I2", *WHY), ("next", "i")],
    ),
    "reserved before, confirmed since": ([("reserve", "i")], [("confirm", "I1")]),
    "reserved and confirmed since": ([("next", "i")], [("reserve", "i"), ("confirm", "I2")]),
    "reservation ended since": ([("next", "i"), ("reserve", "i")], [("release", "I2"), ("next", "i")]),
    "void since": ([("next", "i", "-n", "2")], [("void", "I1", *WHY)]),
    "void before": ([("next", "i", "-n", "2"), ("void", "I1", *WHY)], [("next", "i")]),
    "closed since": ([("next", "i", *JANUARY)], [("close", "i", "--through", "2026-01-31", *WHY)]),
    "closed before": (
        [("next", "i", *JANUARY), ("close", "i", "--through", "2026-01-31", *WHY)],
        [("next", "i", *MARCH)],
    ),
    "passed over since": ([("next", "i")], [("sequence", "set-next", "i", "9", *WHY), ("next", "i")]),
    "a definition changed since": ([("next", "i")], [("sequence", "edit", "i", "--title", "T")]),
}


def keep(world: World, mark: Path) -> None:
    """The mark stays as it is."""


def lose(world: World, mark: Path) -> None:
    mark.unlink()


def tear(world: World, mark: Path) -> None:
    """A power cut: the last line is cut off in the middle."""
    os.truncate(mark, mark.stat().st_size - 20)


def tear_off_much(world: World, mark: Path) -> None:
    os.truncate(mark, mark.stat().st_size // 3)


def blot(world: World, mark: Path) -> None:
    """A power cut: a block in the middle never reached the disk."""
    content = bytearray(mark.read_bytes())
    content[60:140] = bytes(80)
    mark.write_bytes(content)


def exchange(world: World, mark: Path) -> None:
    """The mark of another book."""
    other = mark.with_name("other.db")
    assert world.book.run("--db", other, "sequence", "add", "i").status == 0
    assert world.book.run("--db", other, "next", "i").status == 0
    shutil.copy(f"{other}{MARK}", mark)


def begin_anew(world: World, mark: Path) -> None:
    """The mark was lost once, and a number was printed since."""
    mark.unlink()
    world.issue("next", "i")
    assert mark.exists()


MARKS = [keep, lose, tear, tear_off_much, blot, exchange, begin_anew]
KNOWING = [keep, begin_anew]
"""Marks that know everything: nothing comes twice, also after everything was caught up with."""


@pytest.fixture
def world(book: Book, place: Path) -> World:
    book.ok("sequence", "add", "i", "--pattern", "I{number}")
    book.ok(*MONTHLY)
    return World(book)


def tell(world: World, commands: list[tuple[str, ...]]) -> None:
    for words in commands:
        if words[0] == "next":
            assert world.issue(*words), words
        elif words[0] == "release":
            world.free(words[1])
            for more in words[2 : words.index("--reason") if "--reason" in words else None]:
                world.free(more)
        else:
            assert world.do(*words).status == 0, words


@pytest.mark.parametrize("spoil", MARKS)
@pytest.mark.parametrize("story", STORIES)
def test_no_number_comes_twice_without_a_word(
    world: World, story: str, spoil: Callable[[World, Path], object]
) -> None:
    before, since = STORIES[story]
    tell(world, before)
    world.copy("old.db")
    tell(world, since)
    spoil(world, Path(f"{world.book.path}{MARK}"))
    world.strict = spoil in KNOWING
    for _ in range(2):
        world.restore("old.db")
        checked = world.book("--json", "check")
        assert checked.status == 3
        codes = {finding["code"] for finding in checked.json}
        assert codes & {"older_book", "no_mark", "mark_behind", "strange_file"}, checked
        assert spoil not in KNOWING or "older_book" in codes
        for words in (("next", "i", *MARCH), ("next", "m", *JANUARY), ("next", "m", *MARCH)):
            world.issue_after_all(*words)
        assert world.told
        assert world.book("check").out.count("older_book") == 0
        # The second time the mark was whole again.
        world.strict = spoil in KNOWING


@pytest.mark.parametrize("story", STORIES)
def test_another_copy_may_follow_before_the_first_was_caught_up_with(world: World, story: str) -> None:
    before, since = STORIES[story]
    world.copy("first.db")
    tell(world, before)
    world.copy("old.db")
    tell(world, since)
    world.copy("last.db")
    for copy in ("old.db", "first.db", "old.db"):
        world.restore(copy)
        assert world.issue("next", "i", *MARCH) == []
        assert world.told
    world.restore("last.db")
    result = world.do("next", "i", *MARCH)
    assert (result.status, result.err) == (0, ""), "the newest copy knows all that the mark knows"


def test_a_process_that_was_killed_before_its_commit_leaves_no_alarm(world: World) -> None:
    """The mark has the line of an event that never was; the next one takes its place."""
    world.issue("next", "i", "-n", "2")
    mark = Path(f"{world.book.path}{MARK}")
    whole = mark.read_text()
    shutil.copy(world.book.path, "before.db")
    world.issue("next", "i")
    line = mark.read_text().removeprefix(whole)
    assert line.startswith("+") and line.endswith("\n")
    shutil.copy("before.db", world.book.path)
    mark.write_text(whole + "-" + line[1:])
    world.printed.discard("I3")
    assert world.book.ok("check").out == ""
    assert world.issue("next", "i") == ["I3"] and not world.told
    assert mark.read_text().count("\n") == whole.count("\n") + 1


def test_a_process_that_was_killed_after_its_commit_is_confirmed_by_the_next(world: World) -> None:
    world.issue("next", "i", "--key", "k")
    mark = Path(f"{world.book.path}{MARK}")
    lines = mark.read_text().splitlines(keepends=True)
    unsure = "".join([*lines[:-1], "-" + lines[-1][1:]])
    for words in (("next", "i", "--key", "k"), ("next", "i")):
        mark.write_text(unsure)
        assert world.do(*words).err == ""
        assert "\n-" not in mark.read_text()


WRITER = """
import sys
from seqctl import open_store
from seqctl.actions import issue
from seqctl.model.number.request import Request
from seqctl.store.sqlite import high_water

high_water.COMPACTED = 2000
for count in range(60):
    with open_store("books/book.db") as store:
        issue(store, Request("b", attributes={"till": f"{sys.argv[1]}{count % 40}"}))
"""


def test_nothing_is_lost_where_many_write_and_the_mark_is_made_short(
    world: World, environment: Environment
) -> None:
    world.book.ok("sequence", "add", "b", "--scope", "till", "--pattern", "{till}-{number}")
    world.copy("old.db")
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, name], env=environment(), stderr=subprocess.PIPE)
        for name in "abcd"
    ]
    assert [writer.communicate()[1] for writer in writers] == [b""] * 4
    assert world.book.ok("check").out == ""
    assert len(Path(f"{world.book.path}{MARK}").read_text().splitlines()) < 240
    world.restore("old.db")
    behind = [finding["message"] for finding in world.book("--json", "check").json]
    assert len(behind) == 160 and all("older" in message for message in behind)


def test_a_renamed_database_keeps_its_mark_beside_it(world: World) -> None:
    world.issue("next", "i")
    for ending in ("", MARK):
        os.rename(f"{world.book.path}{ending}", f"moved.db{ending}")
    assert world.book.run("--db", "moved.db", "next", "i").err == ""
