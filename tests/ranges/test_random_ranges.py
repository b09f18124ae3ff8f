"""Random histories of ranges, annulled and reopened ones included, against a dictionary."""

import random

import pytest

from seqctl.actions import annul_range, issue, release, reopen_range, verify
from seqctl.errors import Refused
from seqctl.model.number.request import Request
from seqctl.store import open_store
from tests.book import Book

ENDS = {"A": "2026-03-31", "B": "2026-06-30", "C": "2026-12-31"}
STARTS = {"A": 1, "B": 7, "C": 13}
NEW, HELD, FREE = "new", "held", "free"


class Ranges:
    """What the numbers of each range are, by their integers; an annulled range gives nothing out."""

    def __init__(self) -> None:
        self.values = {name: dict.fromkeys(range(at, at + 6), NEW) for name, at in STARTS.items()}
        self.annulled: set[str] = set()

    def draw(self, day: str, count: int) -> list[int]:
        """The numbers that a request gets; none where there are too few."""
        drawn: list[tuple[str, int]] = []
        for name, values in self.values.items():
            if day <= ENDS[name] and name not in self.annulled:
                free = [value for value, state in values.items() if state == FREE]
                new = [value for value, state in values.items() if state == NEW]
                drawn += [(name, value) for value in [*free, *new]]
        if len(drawn) < count:
            return []
        for name, value in drawn[:count]:
            self.values[name][value] = HELD
        return [value for _, value in drawn[:count]]

    def held(self) -> list[tuple[str, int]]:
        return [
            (name, value) for name, values in self.values.items() for value in values if values[value] == HELD
        ]


@pytest.mark.parametrize("seed", range(3))
def test_a_random_history_agrees_with_a_dictionary(book: Book, seed: int) -> None:
    lines = "".join(
        f'[ranges.{name}]\nsequence = "f"\nfirst = {at}\nlast = {at + 5}\nvalid_until = {ENDS[name]}\n'
        for name, at in STARTS.items()
    )
    book.load(f'[sequences.f]\nreset = "range"\n{lines}')
    chance, model = random.Random(seed), Ranges()
    with open_store(str(book.path)) as store:
        for _ in range(60):
            act = chance.choice(("issue", "issue", "issue", "release", "annul", "reopen"))
            if act == "issue":
                day, count = chance.choice(("2026-03-01", "2026-06-01", "2026-12-01")), chance.randint(1, 4)
                wanted = model.draw(day, count)
                try:
                    found = [int(text) for text in issue(store, Request("f", count, date=day)).texts]
                except Refused:
                    found = []
                assert found == wanted
            elif act == "release" and model.held():
                name, value = chance.choice(model.held())
                release(store, [str(value)], "never sent")
                model.values[name][value] = FREE
            elif act == "annul" and len(model.annulled) < 3:
                name = chance.choice(sorted(set("ABC") - model.annulled))
                annul_range(store, name, "over", confirmed=True)
                model.annulled.add(name)
            elif act == "reopen" and model.annulled:
                name = chance.choice(sorted(model.annulled))
                reopen_range(store, name, "not over")
                model.annulled.discard(name)
        assert verify(store).findings == []
