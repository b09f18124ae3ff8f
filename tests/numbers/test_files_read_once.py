"""`--input`: what can be read only once, a pipe or standard input, is never taken for read again."""

import os
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from seqctl.cli.input_file import reading_anew
from seqctl.errors import SeqctlError
from tests.book import Book


@pytest.fixture
def reserved(invoices: Book) -> Book:
    """INV-00001 and INV-00002 are reserved."""
    invoices.ok("reserve", "invoice", "-n", "2", "--ttl", "1h")
    return invoices


def states(book: Book) -> list[str]:
    return [number["state"] for number in book.numbers()]


def test_a_question_about_a_pipe_is_answered_by_yes_alone(
    reserved: Book, terminal: Callable[..., tuple[int, str]], today: date, tmp_path: Path
) -> None:
    """Behind the answer nothing would be left in the pipe, and nothing would be confirmed."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    day = str(today + timedelta(days=400))
    told = "is more than 366 days ahead\nhint: if this is what you want, add --yes\n"
    words = ("confirm", "--input", str(pipe), "--date", day)
    for extra, status, state in (((), 2, "reserved"), (("--yes",), 0, "issued")):
        write = 'printf "INV-00001\\nINV-00002\\n" > "$0"; : > "$0"'
        writer = subprocess.Popen(["sh", "-c", write, str(pipe)])
        try:
            left, seen = terminal(*words, *extra, answer="y\n")
        finally:
            writer.kill()
            writer.wait()
        assert left == status, seen
        assert (told in seen) == (not extra), seen
        assert states(reserved) == [state] * 2


def test_a_question_about_a_file_is_asked(
    reserved: Book, terminal: Callable[..., tuple[int, str]], today: date
) -> None:
    path = reserved.file("INV-00001\nINV-00002\n", "n.txt")
    left, seen = terminal(
        "confirm", "--input", path, "--date", str(today + timedelta(days=400)), answer="y\n"
    )
    assert left == 0, seen
    assert "Go on? [y/N]" in seen
    assert states(reserved) == ["issued"] * 2


@pytest.mark.parametrize(("path", "again"), [("-", False), ("n.txt", True), (None, True)])
def test_standard_input_is_not_read_twice_whatever_lies_in_the_folder(
    path: str | None, again: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("-", "n.txt"):
        (tmp_path / name).write_text("INV-00001\n")
    lost = SeqctlError("away", "the session was lost")
    lost.again = True
    read: list[str] = []

    def act(given: object) -> str:
        if not read:
            raise lost
        return "done"

    if again:
        assert reading_anew(path, lambda: read.append("again"), act, None) == (None, "done")
    else:
        with pytest.raises(SeqctlError, match="the session was lost"):
            reading_anew(path, lambda: read.append("again"), act, None)
    assert len(read) == again
