"""What each event does to counters and gap runs: the log read from its beginning gives the book's state."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from seqctl.model.classes import NamedTuple
from seqctl.model.log.event import Event
from seqctl.model.log.replay.counters import ADOPTED, SELF_ISSUED, ReplayedCounter
from seqctl.model.log.replay.rows import COUNTER, EVENT, REUSED, STATE, VALUE, Row
from seqctl.model.number.printed import FormerPattern
from seqctl.model.number.runs import joined
from seqctl.model.sequence.scope import scope_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Detail = dict[str, Any]
else:
    Detail = dict

WRITING = ("issue", "reserve", "assign", "adopt")
"""Actions that write rows of the ledger."""

Place = tuple[str, str, frozenset[tuple[str, str]]]
KEPT = 20


class Held(NamedTuple):
    """What an event gave out of one counter: how many integers, the lowest and the highest."""

    counter_id: int
    sequence: str
    period: str
    scope: str
    count: int  # type: ignore[assignment]
    low: int
    high: int


class Fold:
    """The state that the events make, one applied after the other.

    `closed` holds up to which day each sequence was closed; `former` how far counters came under patterns
    that their sequence has no more, by counter and event; `firsts` the first value that an unused counter was
    given, by sequence, period and scope: an integer, the text of an import, or None where it went again.
    `step_of` gives the step of a counter, `value_of` the value that a text means in a sequence.
    """

    def __init__(self, step_of: Callable[[int], int], value_of: Callable[[str, str], int | None]) -> None:
        self.step_of = step_of
        self.value_of = value_of
        self.counters: dict[int, ReplayedCounter] = {}
        self.closed: dict[str, str | None] = {}
        self.former: dict[tuple[int, int], FormerPattern] = {}
        self.firsts: dict[Place, int | str | None] = {}
        self._counters_of: dict[str, list[int]] = {}
        self._firsts_of: dict[str, set[Place]] = {}
        self._acts: dict[str, Callable[[Event, Detail], None]] = {
            "confirm": self._change,
            "void": self._change,
            "reinstate": self._change,
            "release": self._free,
            "expire": self._free,
            "reconcile": self._free,
            "restore": self._turn,
            "block": self._turn,
            "review": self._turn,
            "set-next": self._set_next,
            "close": self._close,
            "reopen": self._close,
        }

    def apply(self, event: Event, detail: Detail) -> None:
        """Apply an event that writes no rows. Raises what a detail of another form raises."""
        act = self._acts.get(event.action)
        if act is not None:
            act(event, detail)
        elif "changes" in detail:
            self._define(event, detail["changes"])

    def write(
        self, event_id: int, action: str, held: Iterable[Held], taken: Iterable[tuple[int, int]]
    ) -> None:
        """Apply an event that wrote rows. `taken` are the integers that may have been in gap runs."""
        for counter_id, value in taken:
            counter = self.counters.get(counter_id)
            if counter is not None and counter.runs:
                counter.runs.clear(value, value)
        for item in held:
            counter = self._counter(item.counter_id, (item.sequence, item.period, item.scope), event_id)
            if not counter.used:
                given = self._given(counter)
                counter.begin(item.low if given is None else given, counter.step)
            counter.hold(item.count, item.low, item.high)
            counter.use = SELF_ISSUED if action != "adopt" else counter.use or ADOPTED
            if action == "reserve":
                counter.reserve(item.count)

    def has_runs(self, counter_id: int) -> bool:
        """Whether a counter has gap runs, so that values drawn from it may lie in one."""
        counter = self.counters.get(counter_id)
        return counter is not None and bool(counter.runs)

    def _given(self, counter: ReplayedCounter) -> int | None:
        """The next value that an unused counter was given."""
        given = self.firsts.get(place_of(counter.sequence, counter.period, counter.scope))
        if not isinstance(given, str):
            return given
        value = self.value_of(counter.sequence, given)
        counter.vague = value is None
        return value

    def _counter(self, id: int, names: tuple[str, str, str], event_id: int) -> ReplayedCounter:
        counter = self.counters.get(id)
        if counter is None:
            counter = self.counters[id] = ReplayedCounter(*names, self.step_of(id), event_id)
            self._counters_of.setdefault(counter.sequence, []).append(id)
        return counter

    def _named(self, event: Event, detail: Detail) -> ReplayedCounter:
        assert event.counter_id is not None
        names = (event.subject, str(detail["period"]), str(detail["scope"]))
        return self._counter(event.counter_id, names, event.id)

    def _change(self, event: Event, detail: Detail) -> None:
        counter = self._named(event, detail)
        if detail["after"]["state"] != "reserved":
            counter.confirm(sum(row[STATE] == "reserved" for row in detail["rows_before"]))
        for row in detail.get("rows_after", ()):
            counter.runs.clear(row[VALUE], row[VALUE])
            counter.hold(1, row[VALUE], row[VALUE])

    def _free(self, event: Event, detail: Detail) -> None:
        counter = self._named(event, detail)
        rows = detail["rows_before"]
        counter.free(len(rows), sum(row[STATE] == "reserved" for row in rows))
        if detail["to"] != "missing":
            for first, last in joined((row[VALUE] for row in rows), counter.step):
                counter.runs.put(first, last, detail["to"], event.id)

    def _turn(self, event: Event, detail: Detail) -> None:
        counter = self._named(event, detail)
        for first, last in detail["values"]:
            if not counter.used:
                counter.begin(first, counter.step)
            counter.pass_over(last)
            counter.runs.put(first, last, detail["to"], event.id)
        # Gap records of another system may be the first that is known of a counter.
        counter.use = counter.use or ADOPTED

    def _set_next(self, event: Event, detail: Detail) -> None:
        counter = self._named(event, detail)
        following, step = int(detail["next"]), counter.step
        before = counter.last + step
        if not counter.used:
            counter.begin(following, step)
        elif following > before:
            counter.runs.put(before, following - step, "blocked", event.id)
            counter.pass_over(following - step)
        else:
            counter.runs.clear(following, before - step)
            counter.go_back(following, step)
        if not counter.used:
            self._give(counter.sequence, counter.period, counter.scope, following)

    def _close(self, event: Event, detail: Detail) -> None:
        self.closed[event.subject] = detail["until"]

    def _define(self, event: Event, changes: list[Detail]) -> None:
        for change in changes:
            if change["kind"] != "sequence":
                continue
            name = str(change["name"])
            if change["action"] == "removed":
                self.closed.pop(name, None)
                for place in self._firsts_of.pop(name, ()):
                    del self.firsts[place]
            for field, values in change["fields"].items():
                if field == "pattern" and values[0] is not None:
                    self._replace_pattern(event.id, name, str(values[0]))
                kind, _, key = field.partition(".")
                if kind == "counters" and key:
                    period, _, scope = key.partition("/")
                    self._give(name, period, scope, values[1])

    def _give(self, sequence: str, period: str, scope: str, first: int | str | None) -> None:
        """An unused counter gets its first value, or loses the one that it was given."""
        place = place_of(sequence, period, scope)
        self.firsts[place] = first
        self._firsts_of.setdefault(sequence, set()).add(place)

    def _replace_pattern(self, event_id: int, name: str, pattern: str) -> None:
        """A sequence gets another pattern: this is how far its counters came under the one that it had."""
        for id in self._counters_of.get(name, ()):
            counter = self.counters[id]
            self.former[id, event_id] = FormerPattern(event_id, counter.first, counter.last, pattern)


def place_of(sequence: str, period: str, scope: str) -> Place:
    """What names a counter, whatever the order of the attributes in its scope."""
    return sequence, period, frozenset(scope_values(scope).items())


def told(event: Event, detail: Detail) -> list[Held]:
    """What an event that wrote rows says that it gave out. Raises what a detail of another form raises."""
    if event.counter_id is not None:
        names = (event.subject, str(detail["period"]), str(detail["scope"]))
        numbers = (int(event.count or 0), int(event.first or 0), int(event.last or 0))
        return [Held(event.counter_id, *names, *numbers)]
    return [
        Held(int(id), str(name), str(period), str(scope), int(count), int(low), int(high))
        for id, name, period, scope, low, high, count in detail["counters"]
    ]


class Tally:
    """What rows give out of each counter; for rows whose event is gone or cannot be trusted.

    `rows` keeps the first rows of each counter, `taken` its values that may have been in gap runs, `highest`
    the highest event that they name.
    """

    def __init__(self) -> None:
        self.rows: dict[int, list[Row]] = {}
        self.taken: dict[int, list[tuple[int, int]]] = {}
        self.highest: dict[int, int] = {}
        self._values: dict[int, tuple[int, int, int]] = {}

    def add(self, rows: list[Row]) -> None:
        """Count some rows."""
        for row in rows:
            id, value = row[COUNTER], row[VALUE]
            count, low, high = self._values.get(id, (0, value, value))
            self._values[id] = (count + 1, min(low, value), max(high, value))
            self.highest[id] = max(self.highest.get(id, 0), row[EVENT])
            if count < KEPT:
                self.rows.setdefault(id, []).append(row)
            if row[REUSED]:
                self.taken.setdefault(id, []).append((id, value))

    def kept(self, counter_id: int | None = None) -> list[Row]:
        """The rows that were kept, of one counter or of all."""
        return [row for id, rows in self.rows.items() if counter_id in (None, id) for row in rows]

    def take_back(self, row: Row) -> None:
        """Count a row that was kept no longer."""
        id = row[COUNTER]
        count, low, high = self._values[id]
        self._values[id] = (count - 1, low, high)
        self.rows[id].remove(row)

    def held(self) -> list[Held]:
        """What was given out; the rows do not tell the names of their counters."""
        return [Held(id, "", "", "", *values) for id, values in self._values.items()]


def drawn_again(rows: Iterable[Row], anywhere: Callable[[int], bool] | None = None) -> list[tuple[int, int]]:
    """Counter and value of rows that may have been in a gap run: the reused ones, or of some counters all."""
    if anywhere is None:
        return [(row[COUNTER], row[VALUE]) for row in rows if row[REUSED]]
    return [(row[COUNTER], row[VALUE]) for row in rows if row[REUSED] or anywhere(row[COUNTER])]
