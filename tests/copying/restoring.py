"""A user who restores books, and the world's memory of every number that was ever printed from them."""

import shlex
import shutil
from pathlib import Path

from tests.book import Book, Result

MARK = "-mark"
STEPS = 40
"""No older book needs more commands until numbers are issued again."""


class World:
    """Everything printed from one book, whatever became of the book since.

    `told` says whether something named the book as older since it was last restored. A text that is printed
    while a document has it, and without a word before, is the fault that the mark exists for.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self.printed: set[str] = set()
        self.told = False
        self.strict = True
        """Whether the mark knows everything, so that nothing comes twice after what it demanded was done."""

    def do(self, *words: str) -> Result:
        """Run a command that may be refused; returns what it said."""
        result = self.book(*words)
        assert result.status in (0, 3, 4, 5), result
        self.told = self.told or "older than" in result.err
        return result

    def issue(self, *words: str) -> list[str]:
        """Print numbers, if the book gives any; returns them."""
        result = self.do(*words)
        return self.printed_now(result.out.split("\n")[:-1] if result.status == 0 else [])

    def printed_now(self, texts: list[str]) -> list[str]:
        """Hold what was printed against everything that was printed before."""
        for text in texts:
            if text in self.printed:
                assert self.told, f"{text} was printed twice without a word"
                assert not self.strict, f"{text} was printed twice after everything was caught up with"
            self.printed.add(text)
        return texts

    def free(self, text: str) -> None:
        """Give a number back whose document never came to be."""
        if self.do("release", text, "--reason", "never sent").status == 0:
            self.printed.discard(text)

    def copy(self, name: str) -> None:
        """Put the book aside as it is at rest, with its mark."""
        for ending in ("", MARK):
            if Path(f"{self.book.path}{ending}").exists():
                shutil.copy(f"{self.book.path}{ending}", f"{name}{ending}")

    def restore(self, name: str) -> None:
        """Put a copy in the place of the book; the mark stays."""
        shutil.copy(name, self.book.path)
        self.told = False

    def issue_after_all(self, *words: str) -> list[str]:
        """Do what the refusals name until numbers are issued again; returns the numbers."""
        for _ in range(STEPS):
            result = self.book("--json", *words)
            if result.status == 0:
                self.told = self.told or "older than" in result.err
                issued = result.json if isinstance(result.json, list) else [result.json]
                return self.printed_now([number["number"] for number in issued])
            assert (result.status, result.error["code"]) == (5, "older_book"), result
            self.told = True
            hint = result.error["hint"]
            if "--state reserved" in hint:
                for number in self.book.numbers("--state", "reserved"):
                    self.do("confirm", number["number"], "--sequence", number["sequence"])
            else:
                self.book.ok(*shlex.split(hint.rpartition("seqctl ")[2]))
        raise AssertionError(f"still refused after {STEPS} steps: {result}")
