"""The rules of numbering over plain dictionaries: what random histories are held against.

Nothing of seqctl is used here. A counter is a dictionary from integers to cells; every rule is written in the
plainest way, walking over all integers where the real thing must not.
"""

from dataclasses import dataclass, field, replace

Asked = tuple[str, str, str, int, bool, bool]
"""What a key remembers: sequence, scope, day, count, contiguous and whether it was a reservation."""
Place = tuple[str, str, str]
"""A counter: sequence, scope and period."""


class Refusal(Exception):
    """The model refuses, with the code that seqctl must give."""


@dataclass
class Cell:
    """One integer that a document holds."""

    state: str
    text: str
    date: str | None
    expires: str | None = None
    key: str | None = None
    request: tuple[Asked, list[str]] | None = None
    was_reserved: bool = False
    batch: int = 0

    def overdue(self, now: str) -> bool:
        return self.state == "reserved" and self.expires is not None and self.expires <= now


@dataclass
class Kind:
    """A sequence: `end` is included."""

    name: str
    reset: str = "never"
    scope: bool = False
    mode: str = "gapless"
    date_order: str = "off"
    step: int = 1
    end: int | None = None
    manual: bool = True


@dataclass
class Counter:
    first: int
    last: int
    cells: dict[int, Cell] = field(default_factory=dict)
    runs: dict[int, str] = field(default_factory=dict)


class Model:
    """All counters of a book. Instants are texts that compare as text."""

    def __init__(self, kinds: tuple[Kind, ...]) -> None:
        self.kinds = {kind.name: kind for kind in kinds}
        self.counters: dict[Place, Counter] = {}
        self.self_issued: set[str] = set()
        self.events = 0
        self.freed_texts: dict[str, str] = {}
        self.lives: dict[str, list[tuple[Cell, str]]] = {}
        self.batches = 0

    def period(self, kind: Kind, day: str) -> str:
        return day[:7] if kind.reset == "month" else "all"

    def text(self, kind: Kind, scope: str, period: str, value: int) -> str:
        parts = [kind.name, *([scope] if kind.scope else []), *([period] if kind.reset == "month" else [])]
        return "-".join([*parts, str(value)])

    def counter(self, name: str, scope: str, period: str) -> Counter:
        kind = self.kinds[name]
        return self.counters.get((name, scope, period)) or Counter(1, 1 - kind.step)

    # What counts as freed, held, reusable at an instant.

    def overdue(self, counter: Counter, now: str) -> list[int]:
        return sorted(value for value, cell in counter.cells.items() if cell.overdue(now))

    def held(self, counter: Counter, now: str) -> dict[int, Cell]:
        over = set(self.overdue(counter, now))
        return {value: cell for value, cell in counter.cells.items() if value not in over}

    def reusable(self, kind: Kind, counter: Counter, now: str) -> list[int]:
        if kind.mode != "gapless":
            return []
        stored = [value for value, state in counter.runs.items() if state == "reusable"]
        return sorted([*stored, *self.overdue(counter, now)])

    def missing(self, kind: Kind, counter: Counter, now: str) -> list[int]:
        held, over = self.held(counter, now), set(self.overdue(counter, now))
        grid = range(counter.first, counter.last + 1, kind.step)
        gapless = kind.mode == "gapless"
        return [
            value
            for value in grid
            if value not in held and value not in counter.runs and not (gapless and value in over)
        ]

    def record_overdue(self, kind: Kind, counter: Counter, now: str) -> None:
        """Write down the reservations of a counter that ended; one event where there are any."""
        over = self.overdue(counter, now)
        for value in over:
            cell = counter.cells.pop(value)
            self.end(cell, "expire")
            if kind.mode == "gapless":
                counter.runs[value] = "reusable"
        self.events += bool(over)

    def end(self, cell: Cell, how: str) -> None:
        """A number is freed: its life is kept, the latest last."""
        self.freed_texts[cell.text] = how
        self.lives.setdefault(cell.text, []).append((cell, how))

    def dated(self, counter: Counter) -> dict[int, str]:
        """What counts for the order of dates: no reservation, and no number without a date."""
        return {v: cell.date for v, cell in counter.cells.items() if cell.state != "reserved" and cell.date}

    def fits(self, counter: Counter, value: int, day: str | None) -> bool:
        held = self.dated(counter)
        below = [date for other, date in sorted(held.items()) if other < value]
        above = [date for other, date in sorted(held.items()) if other > value]
        return day is None or not ((below and below[-1] > day) or (above and above[0] < day))

    # The actions.

    def by_key(self, key: str, now: str) -> list[Cell]:
        return [
            cell
            for counter in self.counters.values()
            for cell in self.held(counter, now).values()
            if cell.key == key
        ]

    def draw(
        self,
        name: str,
        scope: str,
        day: str,
        count: int,
        now: str,
        *,
        contiguous: bool,
        key: str | None,
        request: Asked,
        expires: str | None,
        peek: bool = False,
    ) -> list[str]:
        kind = self.kinds[name]
        if key is not None:
            again = self.by_key(key, now)
            if again and again[0].request:
                asked, texts = again[0].request
                if asked != request:
                    raise Refusal("key_reused")
                if len(again) != count:
                    raise Refusal("key_spent")
                return texts
        period = self.period(kind, day)
        counter = self.counter(name, scope, period)
        freed = [] if contiguous else self.reusable(kind, counter, now)
        if kind.date_order == "refuse":
            freed = [value for value in freed if self.fits(counter, value, day)]
        freed = freed[:count]
        fresh = count - len(freed)
        if fresh:
            dates = self.dated(counter).values()
            if kind.date_order == "refuse" and dates and max(dates) > day:
                raise Refusal("date_order")
        final = counter.last + fresh * kind.step
        if fresh and kind.end is not None and final > kind.end:
            raise Refusal("exhausted")
        values = [*freed, *range(counter.last + kind.step, final + 1, kind.step)]
        texts = [self.text(kind, scope, period, value) for value in values]
        if peek:
            return texts
        self.counters[name, scope, period] = counter
        self.self_issued.add(name)
        for place, other in self.counters.items():
            if other is counter or any(cell.key == key for cell in other.cells.values() if key is not None):
                self.record_overdue(self.kinds[place[0]], other, now)
        self.batches += 1
        for value, text in zip(values, texts, strict=True):
            counter.runs.pop(value, None)
            state = "issued" if expires is None else "reserved"
            counter.cells[value] = Cell(state, text, day, expires, key, (request, texts), expires is not None)
            counter.cells[value].batch = self.batches
        counter.last = max(counter.last, values[-1])
        self.events += 1
        return texts

    def find(self, text: str) -> tuple[Kind, Counter, int, Cell] | None:
        for place, counter in self.counters.items():
            for value, cell in counter.cells.items():
                if cell.text == text:
                    return self.kinds[place[0]], counter, value, cell
        return None

    def change(self, action: str, text: str, now: str, day: str | None = None) -> None:
        found = self.find(text)
        if found is None and action == "reinstate":
            self.bring_back(text, now)
            return
        if found is None:
            freed = self.freed_texts.get(text)
            codes = {"expire": "reservation_expired", "release": "already_released"}
            raise Refusal(codes.get(freed or "", "not_found"))
        kind, counter, value, cell = found
        if cell.overdue(now):
            raise Refusal("reservation_expired")
        if cell.state == "void" and action != "reinstate":
            raise Refusal("already_void")
        if action == "confirm":
            self.confirm(kind, counter, value, cell, now, day)
        elif action == "void":
            if cell.state == "reserved":
                raise Refusal("not_confirmed")
            counter.cells[value] = replace(cell, state="void")
        elif action == "reinstate":
            if cell.state != "void":
                raise Refusal("not_void")
            self.record_overdue(kind, counter, now)
            counter.cells[value] = replace(cell, state="issued")
        else:
            del counter.cells[value]
            self.end(cell, "release")
            if kind.mode == "gapless":
                counter.runs[value] = "reusable"
        self.events += 1

    def bring_back(self, text: str, now: str) -> None:
        """Reinstate a number that was issued and freed."""
        if text not in self.lives:
            raise Refusal("not_found")
        kind, counter, value = self.integer_of(text)
        if counter.runs.get(value) == "blocked":
            raise Refusal("blocked")
        if value > counter.last:
            raise Refusal("not_reached")
        issued = [cell for cell, _ in self.lives[text] if cell.state == "issued"]
        if not issued:
            how = self.lives[text][-1][1]
            raise Refusal("reservation_expired" if how == "expire" else "not_confirmed")
        cell = issued[-1]
        users = [
            (place, other)
            for place, others in self.counters.items()
            for other in others.cells.values()
            if cell.key is not None and other.key == cell.key and other.batch != cell.batch
        ]
        if any(not other.overdue(now) for _, other in users):
            raise Refusal("key_reused")
        if kind.date_order == "refuse" and not self.fits(counter, value, cell.date):
            raise Refusal("date_order")
        self.record_overdue(kind, counter, now)
        for place in dict.fromkeys(place for place, _ in users):
            self.record_overdue(self.kinds[place[0]], self.counters[place], now)
        counter.runs.pop(value, None)
        counter.cells[value] = replace(cell, state="issued", expires=None)
        self.events += 1

    def integer_of(self, text: str) -> tuple[Kind, Counter, int]:
        """The kind, counter and value that a text stands for, whether a document holds it or not."""
        for (name, scope, period), counter in self.counters.items():
            kind = self.kinds[name]
            for value in range(1, 3000, kind.step):
                if self.text(kind, scope, period, value) == text:
                    return kind, counter, value
        raise AssertionError(text)

    def confirm(
        self, kind: Kind, counter: Counter, value: int, cell: Cell, now: str, day: str | None
    ) -> None:
        if cell.state != "reserved":
            if cell.was_reserved:
                raise Refusal("already_confirmed")
            expired = self.freed_texts.get(cell.text) == "expire"
            raise Refusal("reservation_expired" if expired else "not_reserved")
        if day is not None and self.period(kind, day) != self.period(kind, cell.date or ""):
            raise Refusal("date_period")
        if kind.date_order == "refuse" and not self.fits(counter, value, day or cell.date):
            raise Refusal("date_order")
        counter.cells[value] = replace(cell, state="issued", expires=None, date=day or cell.date)

    def expire(self, now: str) -> None:
        for (name, _, _), counter in self.counters.items():
            self.record_overdue(self.kinds[name], counter, now)

    def set_next(self, name: str, scope: str, period: str, value: int, now: str, at_least: bool) -> None:
        kind = self.kinds[name]
        # One step past the last value is taken: it uses the counter up.
        beyond = kind.end is not None and value - kind.step > kind.end
        if (value - 1) % kind.step or value < 1 or beyond:
            raise Refusal("usage")
        counter = self.counter(name, scope, period)
        upcoming = counter.last + kind.step
        if value == upcoming or (at_least and value < upcoming):
            return
        held = self.held(counter, now)
        used = counter.last >= counter.first
        if used and value < upcoming and (value < counter.first or any(v >= value for v in held)):
            raise Refusal("backwards")
        self.counters[name, scope, period] = counter
        self.record_overdue(kind, counter, now)
        if not used:
            counter.first = value
        elif value > upcoming:
            counter.runs.update(dict.fromkeys(range(upcoming, value, kind.step), "blocked"))
        else:
            counter.runs = {at: state for at, state in counter.runs.items() if at < value}
        counter.last = value - kind.step
        self.events += 1
