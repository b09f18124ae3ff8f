"""Whatever texts a book holds: a terminal of 80 columns gets colours from us, and nothing else to obey."""

import fcntl
import os
import pty
import re
import struct
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from seqctl.__main__ import main
from seqctl.cli.progress import WORTH_A_BAR
from tests.book import Book
from tests.hostile import texts
from tests.hostile.command_lines import commands
from tests.hostile.conftest import Judged, told_visibly
from tests.hostile.full_book import Things, copied, fill, spoil

STYLE = re.compile(r"\x1b\[[0-9;]*m")
"""What rich writes for colours and weights."""
BEGUN = "\x1b[?25l"
"""How a bar begins: the cursor is hidden. No text of these tests has it."""
BAR = re.compile(r"\x1b\[\?25[lh]|\x1b\[[0-9]*[AK]|\r")
"""What rich writes to draw a bar over itself and to take it away."""


@pytest.fixture
def terminal(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run seqctl in a copy of this process that has a terminal: its exit status and what the terminal got."""

    def call(*words: str, env: dict[str, str] | None = None, answer: str = "") -> tuple[int, str]:
        process, controller = pty.fork()
        if process == 0:
            _become_program(words, env or {})
        os.write(controller, answer.encode())
        seen = b""
        try:
            while data := os.read(controller, 65536):
                seen += data
        except OSError:
            # The other side is closed.
            pass
        os.close(controller)
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        return status, seen.decode().replace("\r\n", "\n")

    return call


def _become_program(words: tuple[object, ...], env: dict[str, str]) -> None:
    """Be the program with these words, and leave nothing of the test alive."""
    status = 1
    try:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.environ.update({"TERM": "xterm-256color", **env})
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")
        status = main([str(word) for word in words])
        sys.stdout.flush()
    finally:
        os._exit(status)


def plain(seen: str) -> str:
    """What a person reads, after the terminal obeyed what is ours."""
    text = STYLE.sub("", BAR.sub("", seen) if BEGUN in seen else seen)
    told_visibly(text)
    return text


def test_every_command_is_harmless_to_a_terminal(
    rich: Book, judged: Judged, terminal: Callable[..., tuple[int, str]]
) -> None:
    fill(judged, rich, [*texts.MARKUP, *texts.ESCAPES[::3], *texts.FORMULAS, *texts.LINES, *texts.INVISIBLE])
    _check_all(rich, terminal)


def test_a_spoiled_book_is_harmless_to_a_terminal(
    rich: Book, judged: Judged, terminal: Callable[..., tuple[int, str]]
) -> None:
    fill(judged, rich, ["x"])
    spoil(rich, "\x1b[31m\x9b2J\u202e\r\t=[red][/x]")
    _check_all(rich, terminal)


def _check_all(book: Book, terminal: Callable[..., tuple[int, str]]) -> None:
    things = Things(book)
    for path, command in commands():
        for words in things.words(path, command):
            status, seen = terminal(*words, env=copied(book), answer="n\n")
            assert status in (0, 2, 3, 4, 5, 6, 7, 130), (words, seen)
            assert "Traceback" not in seen, (words, seen)
            # TOML, which is a file, may have tabs in its texts.
            plain(seen.replace("\t", "") if path == ("export",) else seen)
    status, seen = terminal("numbers")
    lines = plain(seen).splitlines()
    for number in things.numbers:
        shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in number)
        assert any(line.startswith(shown) for line in lines), (number, lines)


@pytest.mark.parametrize("text", texts.MARKUP)
def test_markup_is_shown_as_it_is(book: Book, terminal: Callable[..., tuple[int, str]], text: str) -> None:
    literal = text.replace("{", "{{").replace("}", "}}")
    book.ok("sequence", "add", text, f"--pattern={literal}{{number}}", f"--title={text}", "--date-order=warn")
    for day in ("2026-05-05", "2026-05-04"):
        status, seen = terminal("next", text, "--date", day, "--record", text)
        # The second one comes with a warning that names the sequence.
        assert (status, text in plain(seen)) == (0, True)
    for words in (("sequence", "show", "--", text), ("show", "--", f"{text}1"), ("explain", text)):
        assert plain(terminal(*words)[1]).count(text) >= 2
    assert plain(terminal("numbers")[1]).count(f"{text}1") == 1
    assert text in plain(terminal("show", "--", f"no {text}")[1])


@pytest.mark.parametrize("text", ["[red]x[/red]", "[/x]", "x\x1b[31m", "\u202ex", "\x9bx", "a\nb"])
def test_questions_are_harmless(book: Book, terminal: Callable[..., tuple[int, str]], text: str) -> None:
    if text.isprintable():
        book.ok("sequence", "add", text)
        status, seen = terminal("sequence", "remove", "--", text, answer="n\n")
        assert (status, f"sequence {text!r} will be removed" in plain(seen)) == (130, True)
    book.ok("sequence", "add", "far", "--pattern", "{a}-{number}")
    book.ok("adopt", "far", "x-1")
    status, seen = terminal("adopt", "far", f"{text}-900000", answer="n\n")
    assert status in (0, 2, 6, 130), seen
    plain(seen)


def test_a_bar_is_all_that_moves_the_cursor(
    rich: Book, terminal: Callable[..., tuple[int, str]], place: Path
) -> None:
    rows = "".join(f'"[red]{at}","\x1b[2J\x9b[/x]"\n' for at in range(4 * WORTH_A_BAR))
    (place / "\x1b[31m.csv").write_text("id,f\n" + rows)
    status, seen = terminal("assign", "t", "--partial", "--input", "\x1b[31m.csv")
    assert status == 3
    assert BEGUN in seen
    assert f"[red]{4 * WORTH_A_BAR - 1}" in plain(seen)
