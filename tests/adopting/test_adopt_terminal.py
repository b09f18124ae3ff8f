"""`adopt` at a terminal: a bar while it works, a question before a far jump."""

import re
from collections.abc import Callable

import pytest

from tests.book import Book


@pytest.fixture
def terminal(terminal: Callable[..., tuple[int, str]]) -> Callable[..., tuple[int, str]]:
    """Run the program at a terminal with an answer; gives the exit status and the words to be read there."""

    def call(*args: str, answer: str) -> tuple[int, str]:
        status, seen = terminal(*args, columns=100, answer=answer)
        return status, re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen)

    return call


@pytest.mark.parametrize(("answer", "status", "held"), [("y\n", 0, 2), ("n\n", 130, 1)])
@pytest.mark.parametrize("given", ["number", "file"])
def test_a_far_jump_is_asked_about(
    invoices: Book, terminal: Callable[..., tuple[int, str]], answer: str, status: int, held: int, given: str
) -> None:
    invoices.ok("adopt", "invoice", "INV-00001")
    words = ["INV-09000"] if given == "number" else ["--input", invoices.file("INV-09000\n", "n.txt")]
    left, seen = terminal("adopt", "invoice", *words, answer=answer)
    assert left == status
    assert (
        "INV-09000 lies 8999 steps beyond the number next to it in sequence 'invoice'. Go on? [y/N]" in seen
    )
    assert len(invoices.texts()) == held


def test_a_bar_is_shown_and_leaves_nothing_behind(
    invoices: Book, terminal: Callable[..., tuple[int, str]]
) -> None:
    path = invoices.file("".join(f"INV-{value:05}\n" for value in range(1, 6001)), "n.txt")
    left, seen = terminal("adopt", "invoice", "--input", path, answer="")
    assert left == 0
    assert "numbers" in seen
    assert "INV-06000" in seen.splitlines()[-2] + seen.splitlines()[-1]
