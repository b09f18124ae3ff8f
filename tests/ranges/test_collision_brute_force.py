"""Ranges that could give a text twice are refused, and no others: every text of small ones is enumerated."""

import random
import string
from collections import Counter

import pytest

from seqctl.actions import add_range, add_sequence, annul_range, issue
from seqctl.days import date
from seqctl.errors import InvalidInput, SeqctlError
from seqctl.model.number.request import Request
from seqctl.process import Clock
from seqctl.store.port import Store
from seqctl.store.sqlite.file.create import open_in_memory

PATTERNS = (
    *("{number}", "F{number}", "F1{number}", "{number:2}", "{number}-{p}", "{p}{number}", "{p}-{number:2}"),
    *("{e}/{p}{number}", "{p}{number:3}", "{YY}{number:2}", "F{YYYY}-{number}", "{p}{YY}/{number}"),
)
VALUES = ("", "1", "F", "F1", "F1-", "2-", "26", "0")
WINDOWS = (
    (None, None),
    ("2026-01-01", "2026-12-31"),
    ("2027-01-01", "2027-06-30"),
    ("2026-07-01", "2027-06-30"),
)


def years_of(window: tuple[str | None, str | None]) -> list[int]:
    begins, ends = window
    return [] if begins is None or ends is None else [*range(int(begins[:4]), int(ends[:4]) + 1)]


def texts_of(pattern: str, values: dict[str, str], first: int, last: int, years: list[int]) -> set[str]:
    """Every text that a range can give, rendered by its own plain rules."""
    texts = set()
    dated = any(token in pattern for token in ("{YY}", "{YYYY}"))
    for year in years if dated else [2026]:
        for value in range(first, last + 1):
            text = ""
            for before, token, width, _ in string.Formatter().parse(pattern):
                text += before
                if token == "number":
                    text += str(value).zfill(int(width or 1))
                elif token in ("YY", "YYYY"):
                    text += str(year)[-len(token) :]
                elif token is not None:
                    text += values[token]
            texts.add(text)
    return texts


class World:
    """A book of a few sequences of one type, and every text that each of their ranges can give."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.store: Store = open_in_memory("ada", Clock(), "UTC")
        self.patterns: dict[str, str] = {}
        self.texts: dict[str, set[str]] = {}
        self.done: Counter[str] = Counter()

    def pattern(self) -> str:
        return self.chance.choice(PATTERNS)

    def add_sequence(self, name: str) -> None:
        pattern = self.pattern()
        fields: dict[str, object] = {"pattern": pattern, "document_type": "invoice", "reset": "range"}
        if "{e}" in pattern:
            fields["scope"] = ["e"]
        add_sequence(self.store, name, fields)
        self.patterns[name] = pattern

    def add_plain(self) -> None:
        """A sequence that has no ranges."""
        chance = self.chance
        pattern = chance.choice(("{number}", "F{number}", "F1{number:2}", "{number:3}"))
        first = chance.choice((1, 8, 95))
        last = first + chance.randint(0, 12)
        fields = {"pattern": pattern, "document_type": "invoice", "start": first, "end": last}
        self.held_against("plain", texts_of(pattern, {}, first, last, []), fields)

    def add_range(self, name: str) -> None:
        chance = self.chance
        sequence = chance.choice(list(self.patterns))
        pattern = self.patterns[sequence]
        first = chance.choice((0, 1, 7, 10, 26, 95, 100, 126, 261, 1001))
        last = first + chance.randint(0, 12)
        tokens = [token for _, token, _, _ in string.Formatter().parse(pattern)]
        values: dict[str, str] = {token: chance.choice(VALUES) for token in ("p", "e") if token in tokens}
        window = chance.choice(WINDOWS[1:] if "{Y" in pattern else WINDOWS)
        fields: dict[str, object] = {"sequence": sequence, "first": first, "last": last, "values": values}
        if window[0] is not None and window[1] is not None:
            fields["valid_from"], fields["valid_until"] = map(date.fromisoformat, (window[0], window[1]))
        self.held_against(name, texts_of(pattern, values, first, last, years_of(window)), fields)

    def held_against(self, name: str, texts: set[str], fields: dict[str, object]) -> None:
        """What is added is refused if and only if another can give one of its texts."""
        alike = {text for others in self.texts.values() for text in others & texts}
        told = f"{name} {fields} of {self.patterns}: {sorted(alike)[:3]} alike"
        add = add_sequence if name == "plain" else add_range
        try:
            plan = add(self.store, name, fields)
        except InvalidInput as error:
            if error.code == "collision":
                assert alike, f"refused for nothing: {told}: {error}"
                assert any(f"'{text}'" in str(error) for text in alike), f"{error} of {told}"
            self.done[error.code] += 1
            return
        unproved = [item for item in plan.findings if "unproved" in item.code]
        assert not alike or unproved, f"not refused: {told}"
        self.done["not proved" if unproved else "added"] += 1
        self.texts[name] = texts

    def annul(self, name: str) -> None:
        """An annulled range keeps what documents hold: here its first number, or nothing."""
        store, held = self.store, set()
        if self.chance.random() < 0.5:
            sequence, values, day = self.of(name)
            try:
                request = Request(sequence, range=name, sequence=sequence, attributes=values, date=day)
                held = set(issue(store, request).texts)
            except SeqctlError:
                self.done["not issued"] += 1
        assert held <= self.texts[name]
        annul_range(store, name, "granted anew", confirmed=True)
        self.texts[name] = held

    def of(self, name: str) -> tuple[str, dict[str, str], str | None]:
        with self.store.read() as transaction:
            served = transaction.ranges.range(name)
        assert served is not None
        return served.sequence, dict(served.values), served.valid_from


def told_apart(seed: int) -> Counter[str]:
    world = World(seed)
    with world.store:
        for name in ("one", "two")[: world.chance.randint(1, 2)]:
            world.add_sequence(name)
        if world.chance.random() < 0.3:
            world.add_plain()
        for at in range(8):
            world.add_range(f"R{at}")
            ranges = [name for name in world.texts if name.startswith("R")]
            if ranges and world.chance.random() < 0.2:
                name = world.chance.choice(ranges)
                if len(world.texts[name]) > 1:
                    world.annul(name)
    return world.done


def test_small_ranges_are_refused_where_a_text_could_come_twice() -> None:
    done = sum((told_apart(seed) for seed in range(60)), Counter[str]())
    assert done["collision"] > 40 and done["added"] > 150


@pytest.mark.long
@pytest.mark.parametrize("part", range(20))
def test_many_small_ranges_are_refused_where_a_text_could_come_twice(part: int) -> None:
    done = sum((told_apart(seed) for seed in range(1000 + part * 200, 1200 + part * 200)), Counter[str]())
    assert done["collision"] > 100
