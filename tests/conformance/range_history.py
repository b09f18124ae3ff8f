"""Actions drawn by chance, done in a book of ranges and in its model side by side."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, ClassVar

from seqctl.actions import (
    adopt,
    block_gaps,
    confirm,
    expire,
    issue,
    list_gaps,
    list_numbers,
    peek,
    reinstate,
    release,
    restore_gaps,
    review_gaps,
    void,
)
from seqctl.actions.audit.log import log_head
from seqctl.actions.definitions.list_ranges import RangeFilter, list_ranges
from seqctl.actions.gaps.list_gaps import GapFilter
from seqctl.errors import SeqctlError
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import Request
from seqctl.model.reports.adoption import Adoption, NumberLine
from seqctl.model.time.instant import later
from seqctl.store.port import Store
from tests.conformance.conftest import SteppingClock
from tests.conformance.range_book import Draw
from tests.conformance.range_gaps import RangeBook
from tests.conformance.range_model import Grant, Kind, Refusal

KINDS = (
    Kind("plain", "P"),
    Kind("shop", "S", scope=("entity",), shown=("entity", "prefix")),
    Kind("order", "O", mode="standard", step=3),
    Kind("strict", "D", date_order="refuse"),
)
DAYS = [f"2026-{month:02}-{day:02}" for month in range(1, 7) for day in (1, 15, 28)]
TURNS = {"restore": restore_gaps, "block": block_gaps, "review": review_gaps}
WEIGHTS = {
    **{"issue": 30, "reserve": 10, "peek": 3, "confirm": 6, "void": 6, "release": 12, "reinstate": 6},
    **{"expire": 2, "pass_by": 5, "adopt": 4, "turn": 8, "add": 5, "edit": 4, "remove": 1},
    **{"annul": 6, "reopen": 5},
}


@dataclass
class NumberHistory:
    """A book of ranges and its model, and what becomes of numbers.

    `done` counts what was done and what was refused.
    """

    store: Store
    clock: SteppingClock
    chance: random.Random
    model: RangeBook = field(default_factory=lambda: RangeBook(KINDS))
    made: int = 0
    done: Counter[str] = field(default_factory=Counter)
    last: str = ""
    weights: ClassVar[dict[str, int]] = WEIGHTS

    def act(self) -> None:
        self.clock.pass_by(1)
        (action,) = self.chance.choices(list(self.weights), list(self.weights.values()))
        act: Callable[[], None] = getattr(self, action)
        act()

    def both(
        self, told: str, real: Callable[[], object], model: Callable[[], object], same: bool = False
    ) -> None:
        """Both do it or refuse it with the same code; they give the `same`, where that is asked."""
        self.last = told
        code = refused = given = expected = None
        before = log_head(self.store)
        try:
            expected = model()
        except Refusal as refusal:
            code = str(refusal)
        try:
            given = real()
        except SeqctlError as error:
            refused = error.code
        assert refused == code, (told, refused, code, given, expected)
        assert not same or given == expected, (told, given, expected)
        assert refused is None or log_head(self.store) == before, told
        self.done[f"{told.split()[0]} {code or 'done'}"] += 1

    def compare(self) -> None:
        """Numbers, gaps and ranges are what the model says."""
        now, ranges = self.clock.now(), self.model.ranges
        self.alike(
            "numbers",
            {
                (item.period, item.value): (item.number, item.state, item.date, item.key, item.expires_at)
                for item in list_numbers(self.store, None, NumberFilter())
            },
            {
                (name, value): (cell.text, cell.state, cell.date, cell.key, cell.expires)
                for name, each in ranges.items()
                for value, cell in each.cells.items()
            },
        )
        gaps: dict[object, object] = {}
        for gap in list_gaps(self.store, GapFilter()):
            step = self.model.kinds[gap.sequence].step
            gaps |= {(gap.period, value): gap.state for value in range(gap.first, gap.last + 1, step)}
        wanted = {
            (name, value): gap for name, each in ranges.items() for value, gap in each.gaps(now).items()
        }
        self.alike("gaps", gaps, wanted)
        stand = {
            item.range.name: (item.range.last, item.standing.used, item.standing.left, item.standing.state)
            for item in list_ranges(self.store, RangeFilter())
        }
        self.alike("ranges", stand, {name: each.standing(now) for name, each in ranges.items()})

    def alike(self, what: str, found: Mapping[Any, object], wanted: Mapping[Any, object]) -> None:
        """Two tables are the same; else what differs is told, not all of it."""
        differ = {
            place: (found.get(place), wanted.get(place))
            for place in {**found, **wanted}
            if found.get(place) != wanted.get(place)
        }
        assert not differ, f"{what} after {self.last}: {differ}"

    # Issuing.

    def wanted(self, expires: str | None = None) -> Draw:
        chance = self.chance
        kind = chance.choice(KINDS)
        given = {name: chance.choice(("DE", "FR")) for name in kind.scope if chance.random() < 0.95}
        if kind.shown and chance.random() < 0.3:
            given["prefix"] = chance.choice("AB")
        return Draw(
            kind,
            chance.choice(DAYS),
            chance.choice((1, 1, 1, 2, 3, 5)),
            given,
            contiguous=chance.random() < 0.15,
            range=chance.choice([*self.model.ranges, "none"]) if chance.random() < 0.15 else None,
            key=chance.choice("abcdef") if chance.random() < 0.2 else None,
            expires=expires,
        )

    def request(self, wanted: Draw, ttl: int | None = None) -> Request:
        return Request(
            wanted.kind.name,
            wanted.count,
            contiguous=wanted.contiguous,
            date=wanted.day,
            sequence=wanted.kind.name if wanted.day.endswith("15") else None,
            attributes=wanted.given,
            key=wanted.key,
            reserve=ttl is not None,
            ttl=None if ttl is None else f"{ttl}s",
            range=wanted.range,
        )

    def texts_of(self, request: Request) -> list[str]:
        return list(issue(self.store, request).texts)

    def issue(self) -> None:
        wanted = self.wanted()
        request, now = self.request(wanted), self.clock.now()
        self.both(
            f"issue {wanted}", lambda: self.texts_of(request), lambda: self.model.draw(wanted, now), same=True
        )

    def reserve(self) -> None:
        ttl, now = self.chance.choice((30, 600, 90_000)), self.clock.now()
        wanted = self.wanted(later(now, ttl))
        request = self.request(wanted, ttl)
        self.both(
            f"reserve {wanted}",
            lambda: self.texts_of(request),
            lambda: self.model.draw(wanted, now),
            same=True,
        )

    def peek(self) -> None:
        wanted = self.wanted()
        request, now = self.request(wanted), self.clock.now()
        self.both(
            f"peek {wanted}",
            lambda: list(peek(self.store, request).texts),
            lambda: self.model.draw(wanted, now, peek=True),
            same=True,
        )

    # What becomes of a number.

    def text(self) -> str | None:
        ranges = self.model.ranges.values()
        held = [cell.text for each in ranges for cell in each.cells.values()]
        freed = [life.text for each in ranges for life in chain(*each.lives.values())]
        some = held if held and self.chance.random() < 0.8 else [*held, *freed]
        return self.chance.choice(some) if some else None

    def confirm(self) -> None:
        text, now = self.text(), self.clock.now()
        day = self.chance.choice(DAYS) if self.chance.random() < 0.3 else None
        if text is not None:
            self.both(
                f"confirm {text} {day}",
                lambda: confirm(self.store, [text], date=day),
                lambda: self.model.change("confirm", text, now, day),
            )

    def void(self) -> None:
        self.change("void", lambda text: void(self.store, [text], "spoilt"))

    def release(self) -> None:
        self.change("release", lambda text: release(self.store, [text], "never sent"))

    def change(self, action: str, real: Callable[[str], object]) -> None:
        text, now = self.text(), self.clock.now()
        if text is not None:
            self.both(f"{action} {text}", lambda: real(text), lambda: self.model.change(action, text, now))

    def reinstate(self) -> None:
        """Of a void or a freed number; what is overdue is written down first."""
        self.expire()
        now = self.clock.now()
        known = [
            (name, value)
            for name, each in self.model.ranges.items()
            for value in sorted({*each.cells, *each.lives})
        ]
        void = [(name, value) for name, value in known if self.is_void(name, value)]
        if not known:
            return
        name, value = self.chance.choice(void if void and self.chance.random() < 0.5 else known)
        each = self.model.ranges[name]
        text, wanted = each.text(value), NumberFilter(sequence=each.kind.name, period=name)
        self.both(
            f"reinstate {text} of {name}",
            lambda: reinstate(self.store, [text], "was right", wanted),
            lambda: self.model.reinstate(name, value, text, now),
        )

    def is_void(self, name: str, value: int) -> bool:
        cell = self.model.ranges[name].cells.get(value)
        return cell is not None and cell.state == "void"

    def expire(self) -> None:
        now = self.clock.now()
        self.both("expire", lambda: expire(self.store), lambda: self.model.expire(now))

    def pass_by(self) -> None:
        self.clock.pass_by(self.chance.choice((30, 600, 3600, 864_000)))
        self.last = f"now it is {self.clock.instant}"

    def adopt(self) -> None:
        if not self.model.ranges:
            return
        each = self.chance.choice(list(self.model.ranges.values()))
        values = each.grid(each.reached + 9 if each.last is None else each.last)
        text, day = each.text(self.chance.choice(values)), self.chance.choice(DAYS)
        now = self.clock.now()
        lines: list[list[NumberLine]] = [[(1, text, day, None)]]
        self.both(
            f"adopt {text} {day}",
            lambda: any(one.adopted for one in adopt(self.store, Adoption(each.kind.name, lines)).counters),
            lambda: self.model.adopt(each.kind, text, day, now),
            same=True,
        )

    # What becomes of gaps.

    def turn(self) -> None:
        if not self.model.ranges:
            return
        action = self.chance.choice(list(TURNS))
        each = self.chance.choice(list(self.model.ranges.values()))
        now, step = self.clock.now(), each.kind.step
        gaps = list(each.gaps(now)) if self.chance.random() < 0.7 else []
        first = self.chance.choice(gaps or each.grid(each.first + 7 * step))
        last = first + step * self.chance.choice((0, 0, 1, 2))
        if each.last is not None and last > each.last:
            return
        wanted = self.gaps_of(each)
        self.both(
            f"{action} {each.name} {first}..{last}",
            lambda: TURNS[action](self.store, wanted, [f"{first}..{last}"], "so it is"),
            lambda: self.model.turn(action, each.name, first, last, now),
        )

    def gaps_of(self, each: Grant) -> GapFilter:
        """The gaps of one counter."""
        return GapFilter(each.kind.name, period=each.name)
