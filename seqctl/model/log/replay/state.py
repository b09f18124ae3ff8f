"""The state of a book as its events make it: the log read from its beginning, one event after another.

Events apply themselves (`model/log/events/`); here is what they change.
"""

from __future__ import annotations

from seqctl.model.log.replay.definitions import DefinitionState
from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_runs import GapRuns
from seqctl.model.number.printed import FormerPattern
from seqctl.model.sequence.scope import scope_values, unescape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from seqctl.model.log.event import Event
    from seqctl.model.number.held_number import Held

SELF_ISSUED, ADOPTED = 1, 2
"""Of `use`, as `sequence.used` says it: numbers were issued or reserved, or they were only adopted."""

Place = tuple[str, str, frozenset[tuple[str, str]]]


if TYPE_CHECKING:
    ValueOf = Callable[[int, str, str], int | None]
    """Gives the value of a counter, by its id and its sequence, that a text means."""


class ReplayedCounter(Counter):
    """A counter that is moved by events alone, with its gap runs.

    `sequence`, `period` and `scope` are its names as the first event that concerns it gives them.
    `use` is 0 where nothing was ever held. `unsure` is an event whose rows do not tell what became of the
    counter's freed numbers; `vague` says that its last value is not known, only that it is not below `last`.
    """

    __slots__ = ("event_id", "period", "runs", "scope", "sequence", "step", "unsure", "use", "vague")

    def __init__(self, sequence: str, period: str, scope: str, step: int, event_id: int) -> None:
        super().__init__(None, None, 0, -step)
        self.sequence = sequence
        self.period = period
        self.scope = scope
        self.step = step
        self.event_id = event_id
        self.runs = GapRuns(self, step)
        self.use = 0
        self.unsure: int | None = None
        self.vague = False

    def give_out(self, item: Held, action: str) -> None:
        """Documents hold what an event gave out."""
        self.hold(item.count, item.low, item.high)
        if action == "adopt":
            self.adopt()
        else:
            self.use = SELF_ISSUED
        if action == "reserve":
            self.reserve(item.count)

    def adopt(self) -> None:
        """Something of it is known from elsewhere; numbers that it gave out itself count for more."""
        self.use = self.use or ADOPTED


class BookState:
    """The state that the events make, one applied after the other.

    `closed` holds up to which day each sequence was closed; `former` how far counters came under patterns
    that their sequence has no more, by counter and event; `firsts` the first value that an unused counter was
    given, by sequence, period and scope: an integer, the text of an import, or None where it went again.
    `step_of` gives the step of a counter, `value_of` the value that a text means in a counter of a sequence.
    """

    def __init__(self, step_of: Callable[[int], int], value_of: ValueOf) -> None:
        self.step_of = step_of
        self.value_of = value_of
        self.definitions = DefinitionState()
        self.counters: dict[int, ReplayedCounter] = {}
        self.closed: dict[str, str | None] = {}
        self.former: dict[tuple[int, int], FormerPattern] = {}
        self.firsts: dict[Place, int | str | None] = {}
        self._counters_of: dict[str, list[int]] = {}
        self._firsts_of: dict[str, set[Place]] = {}

    def counter(self, event: Event, period: str, scope: str) -> ReplayedCounter:
        """The counter that an event concerns."""
        assert event.counter_id is not None
        return self.counter_named(event.counter_id, (event.subject, str(period), str(scope)), event.id)

    def counter_named(self, id: int, names: tuple[str, str, str], event_id: int) -> ReplayedCounter:
        """The counter of an id, whose sequence, period and scope an event names."""
        counter = self.counters.get(id)
        if counter is None:
            counter = self.counters[id] = ReplayedCounter(*names, self.step_of(id), event_id)
            self._counters_of.setdefault(counter.sequence, []).append(id)
        return counter

    def write(self, event_id: int, action: str, held: Iterable[Held]) -> None:
        """Counters hold what an event gave out; an unused one begins with it, or as it was given."""
        for item in held:
            counter = self.counter_named(item.counter_id, (item.sequence, item.period, item.scope), event_id)
            if not counter.used:
                given = self._given(item.counter_id, counter)
                counter.begin(item.low if given is None else given, counter.step)
            counter.give_out(item, action)

    def draw_again(self, taken: Iterable[tuple[int, int]]) -> None:
        """Values of counters that are given out, and may have been in gap runs, are there no more."""
        for counter_id, value in taken:
            counter = self.counters.get(counter_id)
            if counter is not None and counter.runs:
                counter.runs.clear(value, value)

    def has_runs(self, counter_id: int) -> bool:
        """Whether a counter has gap runs, so that values drawn from it may lie in one."""
        counter = self.counters.get(counter_id)
        return counter is not None and bool(counter.runs)

    def give(self, sequence: str, period: str, scope: str, first: int | str | None) -> None:
        """An unused counter gets its first value, or loses the one that it was given."""
        place = place_of(sequence, period, scope)
        self.firsts[place] = first
        self._firsts_of.setdefault(sequence, set()).add(place)

    def define(self, event_id: int, change: dict[str, Any]) -> None:
        """A definition changes, and with a sequence its first values, pattern and closing."""
        self.definitions.change(event_id, change)
        if change["kind"] != "sequence":
            return
        name = str(change["name"])
        if change["action"] == "renamed":
            self._rename(*map(str, change["fields"]["name"]))
            return
        if change["action"] == "removed":
            self.closed.pop(name, None)
            for place in self._firsts_of.pop(name, ()):
                del self.firsts[place]
        for field, values in change["fields"].items():
            if field == "pattern" and values[0] is not None:
                self._replace_pattern(event_id, name, str(values[0]))
            kind, _, key = field.partition(".")
            if kind == "counters" and key:
                period, _, scope = key.partition("/")
                self.give(name, unescape(period), scope, values[1])

    def _rename(self, old: str, new: str) -> None:
        """A sequence has another name, and what is known of it with it."""
        if old in self.closed:
            self.closed[new] = self.closed.pop(old)
        for id in self._counters_of.get(old, ()):
            self.counters[id].sequence = new
        self._counters_of[new] = self._counters_of.pop(old, [])
        for place in self._firsts_of.pop(old, ()):
            self.firsts[new, place[1], place[2]] = self.firsts.pop(place)
            self._firsts_of.setdefault(new, set()).add((new, place[1], place[2]))

    def _given(self, id: int, counter: ReplayedCounter) -> int | None:
        """The next value that an unused counter was given."""
        given = self.firsts.get(place_of(counter.sequence, counter.period, counter.scope))
        if not isinstance(given, str):
            return given
        value = self.value_of(id, counter.sequence, given)
        counter.vague = value is None
        return value

    def _replace_pattern(self, event_id: int, name: str, pattern: str) -> None:
        """A sequence gets another pattern: this is how far its counters came under the one that it had."""
        for id in self._counters_of.get(name, ()):
            counter = self.counters[id]
            self.former[id, event_id] = FormerPattern(event_id, counter.first, counter.last, pattern)


def place_of(sequence: str, period: str, scope: str) -> Place:
    """What names a counter, whatever the order of the attributes in its scope."""
    return sequence, period, frozenset(scope_values(scope).items())
