"""The rules of sequences with ranges over plain dictionaries: what random histories are held against.

Nothing of seqctl is used here. A range is a dictionary from integers to what became of them; every rule is
written in the plainest way, walking over all integers where the real thing must not.
"""

from dataclasses import dataclass, field, replace
from itertools import count

Asked = tuple[object, ...]
"""What a key remembers of a request."""
FAR = 60
"""How many integers of a range without a last one are looked at for texts that are alike."""

ENDS = count(1)
"""Numbers the ends of lives: which of two was later."""


class Refusal(Exception):
    """The model refuses, with the code that seqctl must give."""


@dataclass(frozen=True)
class Kind:
    """A sequence with ranges. Its texts are a letter, the values of `shown` and the integer."""

    name: str
    letter: str
    mode: str = "gapless"
    step: int = 1
    scope: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    date_order: str = "off"

    def text(self, values: dict[str, str], value: int) -> str:
        return "-".join([self.letter, *(values[name] for name in self.shown)]) + f"-{value}"


@dataclass
class Cell:
    """One integer that a document holds."""

    text: str
    state: str
    date: str | None
    expires: str | None = None
    key: str | None = None
    request: tuple[Asked, list[str]] | None = None
    was_reserved: bool = False
    batch: int = 0
    document_type: str = ""
    ended: tuple[int, str] = (0, "")

    def overdue(self, now: str) -> bool:
        return self.state == "reserved" and self.expires is not None and self.expires <= now


@dataclass
class Annulled:
    """What a range was when it was annulled: where its counter stood, its blanks, whether it got its last."""

    reached: int
    begun: int
    blanks: dict[int, str]
    ended: bool


@dataclass
class Grant:
    """A range. `runs` has what its freed and explained integers are; an integer that was never reached, and
    one that is missing, stands nowhere. One that is blocked since the range is annulled is `annulled`.
    """

    name: str
    kind: Kind
    first: int
    last: int | None
    begins: str | None
    ends: str | None
    values: dict[str, str]
    begun: int = 0
    reached: int = 0
    used: bool = False
    cells: dict[int, Cell] = field(default_factory=dict)
    runs: dict[int, str] = field(default_factory=dict)
    freed: dict[int, str] = field(default_factory=dict)
    lives: dict[int, list[Cell]] = field(default_factory=dict)
    annulled: Annulled | None = None

    @property
    def order(self) -> tuple[str, str, int, str]:
        return self.ends or "9999", self.begins or "", self.first, self.name

    def in_force(self, day: str) -> bool:
        return (self.begins or "") <= day <= (self.ends or "9999")

    def admits(self, given: dict[str, str]) -> bool:
        return all(
            given.get(name, None if name in self.kind.scope else value) == value
            for name, value in self.values.items()
        )

    def grid(self, last: int) -> range:
        return range(self.first, last + 1, self.kind.step)

    def passed(self) -> range:
        """From the first integer that it gave out to the last."""
        return range(self.begun, self.reached + 1, self.kind.step)

    def text(self, value: int) -> str:
        return self.kind.text(self.values, value)

    def texts(self) -> set[str]:
        """What documents may hold of it; of an annulled one what they do hold."""
        if self.annulled is not None:
            return {self.text(value) for value in self.cells}
        return self.every_text()

    def every_text(self) -> set[str]:
        last = max(self.reached, self.first) + FAR if self.last is None else self.last
        return {self.text(value) for value in self.grid(last)}

    # What its integers are at an instant.

    def overdue(self, now: str) -> list[int]:
        return sorted(value for value, cell in self.cells.items() if cell.overdue(now))

    def free(self, now: str, most: int | None = None) -> list[int]:
        """The integers that are given out again."""
        if self.kind.mode != "gapless":
            return []
        found = [value for value, state in self.runs.items() if state == "reusable"]
        limit = most if self.last is None else self.last
        return sorted(value for value in (*found, *self.overdue(now)) if limit is None or value <= limit)

    def new(self, count: int) -> list[int]:
        """The next integers that it never gave out, as many as there are."""
        step = self.kind.step
        some = range(self.reached + step, self.reached + count * step + 1, step)
        return [value for value in some if self.last is None or value <= self.last]

    def left(self, now: str) -> int | None:
        if self.annulled is not None:
            return 0
        if self.last is None:
            return None
        return len(self.free(now)) + len(self.new(self.last - self.reached))

    def state(self, now: str, day: str) -> str:
        if self.annulled is not None:
            return "annulled"
        if self.left(now) == 0:
            return "used-up"
        if (self.ends or "9999") < day:
            return "lapsed"
        return "planned" if (self.begins or "") > day else "open"

    def standing(self, now: str) -> tuple[object, ...]:
        """Its last number, how many are held and are left, and its state today."""
        used = sum(not cell.overdue(now) for cell in self.cells.values())
        return self.last, used, self.left(now), self.state(now, now[:10])

    def shown(self, value: int, now: str) -> str | None:
        """The state of a gap; None for what is held or was not reached."""
        cell = self.cells.get(value)
        if cell is not None and not cell.overdue(now):
            return None
        if cell is not None:
            return "reusable" if self.kind.mode == "gapless" else "missing"
        state = self.runs.get(value, "missing")
        return "blocked" if state == "annulled" else state

    def gaps(self, now: str) -> dict[int, str]:
        shown = {value: self.shown(value, now) for value in self.passed()}
        return {value: state for value, state in shown.items() if state is not None}

    def end(self, value: int, how: str) -> None:
        """A number is freed; its life is kept, the latest last."""
        cell = self.cells.pop(value)
        self.freed[value] = how
        self.lives.setdefault(value, []).append(replace(cell, ended=(next(ENDS), how)))
        if self.annulled is not None:
            self.runs[value] = "annulled"
        elif self.kind.mode == "gapless":
            self.runs[value] = "reusable"

    def record_overdue(self, now: str) -> None:
        for value in self.overdue(now):
            self.end(value, "expire")

    def take(self, value: int, cell: Cell) -> None:
        self.runs.pop(value, None)
        self.cells[value] = cell
        self.reached = max(self.reached, value)

    def fits(self, value: int, day: str | None) -> bool:
        """Whether a date lies between those of its neighbours; reservations have none."""
        dated = {at: cell.date for at, cell in self.cells.items() if cell.state != "reserved" and cell.date}
        below = [date for at, date in sorted(dated.items()) if at < value]
        above = [date for at, date in sorted(dated.items()) if at > value]
        return day is None or not ((below and below[-1] > day) or (above and above[0] < day))

    def latest(self) -> str:
        return max((cell.date or "" for cell in self.cells.values() if cell.state != "reserved"), default="")

    def changed(self, value: int, **fields: object) -> None:
        self.cells[value] = replace(self.cells[value], **fields)  # type: ignore[arg-type]
