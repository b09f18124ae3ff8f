"""Random histories of a book that is copied, restored and robbed of its mark, against all printed texts."""

import os
import random
import shutil
from pathlib import Path

import pytest

from seqctl.store.sqlite import high_water
from tests.book import Book, Tell
from tests.copying.restoring import MARK, World

TARGETS = (("i",), ("s",), ("m", "--date", "2026-01-05"), ("m", "--date", "2026-02-05"))
ISSUES = {"issue", "reserve"}
REASON = ("--reason", "x")


class History(World):
    """A user who does whatever comes to mind, by the numbers of a generator."""

    def __init__(self, book: Book, seed: int) -> None:
        super().__init__(book)
        self.random = random.Random(seed)
        self.copies: list[str] = []
        self.restores = self.refusals = 0

    def act(self) -> None:
        """One action. The rarer ones are those that lose something."""
        action = self.random.choices(
            [self.next, self.reserve, self.confirm, self.release, self.void, self.pass_over, self.review],
            [30, 6, 6, 10, 4, 2, 4],
        )[0]
        chance = self.random.random()
        if chance < 0.08:
            self.copies.append(f"copy{len(self.copies)}.db")
            self.copy(self.copies[-1])
        elif chance < 0.16 and self.copies:
            self.go_back()
        elif chance < 0.19:
            self.spoil()
        else:
            action()

    def next(self) -> None:
        self.issue_after_all("next", *self.random.choice(TARGETS), "-n", str(self.random.randint(1, 3)))

    def reserve(self) -> None:
        self.do("reserve", *self.random.choice(TARGETS))

    def confirm(self) -> None:
        number = self.any("reserved")
        if number is not None and self.do("confirm", number).status == 0:
            self.printed.add(number)

    def release(self) -> None:
        if self.has_caught_up() and (number := self.any("issued")) is not None:
            self.free(number)

    def void(self) -> None:
        number = self.any("issued")
        if number is not None:
            self.do("void", number, *REASON)

    def pass_over(self) -> None:
        self.do("sequence", "set-next", "i", str(self.random.randint(1, 200)), "--at-least", *REASON)

    def review(self) -> None:
        self.do("gaps", "review", "i", "--all", *REASON)

    def go_back(self) -> None:
        """Restore one of the copies; in some cases a second one at once."""
        for _ in range(self.random.randint(1, 2)):
            self.restore(self.random.choice(self.copies))
            self.restores += 1

    def spoil(self) -> None:
        """Lose the mark, a part of it, or what it learned since a copy; then restore, or do not."""
        mark = Path(f"{self.book.path}{MARK}")
        way = self.random.randrange(3)
        if not mark.exists():
            return
        if way == 0:
            mark.unlink()
        elif way == 1:
            os.truncate(mark, self.random.randrange(mark.stat().st_size))
        elif self.copies and os.path.exists(self.copies[-1] + MARK):
            shutil.copy(self.copies[-1] + MARK, mark)
        else:
            return
        if self.copies and self.random.random() < 0.7:
            self.go_back()
        self.told, self.strict = self.nothing_could_tell(mark), False
        # Whatever is printed now is told of, or new; from then on the mark knows everything again.
        for target in TARGETS:
            self.issue_after_all("next", *target)
        self.printed = {number["number"] for number in self.book.numbers() if number["state"] != "reserved"}
        self.strict = True

    def nothing_could_tell(self, mark: Path) -> bool:
        """Whether the mark ends with the very event of the restored book, or is gone from one that is new."""
        if not mark.exists():
            return not {event["action"] for event in self.book.ok("audit", "list", "--json").json} & ISSUES
        if not (content := mark.read_bytes()).endswith(b"\n"):
            return False
        fields = content.decode().splitlines()[-1].split("\t")
        return len(fields) > 2 and self.book.ok("audit", "head").out.startswith(fields[-2])

    def has_caught_up(self) -> bool:
        """Nobody gives a number back while he does not know what it went to."""
        return self.book("next", "nothing").status == 4 and self.book("peek", "i").status == 0

    def any(self, state: str) -> str | None:
        numbers = self.book.numbers("--state", state)
        return self.random.choice(numbers)["number"] if numbers else None


def run_history(book: Book, seed: int, actions: int, monkeypatch: pytest.MonkeyPatch) -> History:
    monkeypatch.setattr(high_water, "COMPACTED", 1000)
    book.ok("sequence", "add", "i", "--pattern", "I{number}")
    book.ok("sequence", "add", "s", "--pattern", "S{number}", "--mode", "standard")
    book.ok("sequence", "add", "m", "--pattern", "M{YYYY}{MM}-{number}", "--reset", "month")
    history = History(book, seed)
    for _ in range(actions):
        history.act()
    history.next()
    assert not {f["code"] for f in book("--json", "check").json} & {"older_book", "no_mark", "mark_behind"}
    book.ok("audit", "verify")
    return history


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_printed_twice_without_a_word(
    book: Book, seed: int, monkeypatch: pytest.MonkeyPatch, tell: Tell
) -> None:
    history = run_history(book, seed, 60, monkeypatch)
    tell(f"{history.restores} restores, {len(history.printed)} numbers")


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 130))
def test_nothing_is_printed_twice_without_a_word_in_long_histories(
    book: Book, seed: int, monkeypatch: pytest.MonkeyPatch, tell: Tell
) -> None:
    history = run_history(book, seed, 250, monkeypatch)
    assert history.restores > 5
    tell(f"{history.restores} restores, {len(history.printed)} numbers")
