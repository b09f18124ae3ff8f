"""Counters and gap runs as they stand, compared with what the events make them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from seqctl.model.finding import Finding
from seqctl.model.log.replay.dates import LatestDates
from seqctl.model.log.replay.places import Places
from seqctl.model.log.replay.rows import DATE, Row
from seqctl.model.log.replay.state import BookState, ReplayedCounter, place_of
from seqctl.model.number.counter_name import TextDomain
from seqctl.model.number.gap_run import CounterPlace, GapRun
from seqctl.model.number.gap_runs import Run
from seqctl.model.number.printed import CounterPattern, FormerPattern
from seqctl.model.sequence.changes import counter_shown

COUNTED = ("first", "last", "accounted", "reusable", "reserved")


class CounterCheck:
    """The stored counters against those of the events. The dates of `touched` ones are not to be trusted."""

    def __init__(
        self,
        state: BookState,
        places: Places,
        dates: LatestDates,
        uniqueness: dict[int, TextDomain],
        spaces: dict[str, str],
        touched: set[int],
    ) -> None:
        self.state = state
        self.places = places
        self.dates = dates
        self.uniqueness = uniqueness
        self.spaces = spaces
        self.touched = touched

    def findings(
        self, settled: Callable[[int], bool], row_at: Callable[[int, int], Row | None]
    ) -> Iterator[Finding]:
        """Counters that are not as the events make them, unless they are settled otherwise.

        `row_at` gives the row of a counter's value.
        """
        for id, place in self.places.places.items():
            counted = _count_differences(place, self.state.counters.get(id), self.state)
            differences = self._name_differences(id, place)
            differences += counted if counted and not settled(id) else []
            if id not in self.touched:
                differences += self._date_differences(id, place, row_at)
            if differences:
                words = f"the counter of {place.words()} is not as the events left it"
                message = f"{words}: {'; '.join(differences)}"
                yield Finding("counter_changed", "error", self.places.subject(id), message)
        yield from self._gone()

    def _gone(self) -> Iterator[Finding]:
        """Counters that events used or gave a first value, and that are not there."""
        standing = {
            place_of(place.sequence.name, place.period, place.scope) for place in self.places.places.values()
        }
        for id, replayed in self.state.counters.items():
            standing.add(place_of(replayed.sequence, replayed.period, replayed.scope))
            if id not in self.places.places and id not in self.places.unreadable and replayed.used:
                words = f"the counter of sequence {replayed.sequence!r} in {replayed.period} is gone"
                message = f"{words}; event {replayed.event_id} counted with it"
                yield Finding("counter_deleted", "error", ("counters", str(id)), message)
        for place, first in self.state.firsts.items():
            if first is not None and place not in standing and not self.places.unreadable:
                words = f"the counter of sequence {place[0]!r} in {place[1]} is gone"
                message = f"{words}; events gave it {first} to begin with"
                yield Finding("counter_deleted", "error", ("counters", *place[:2]), message)

    def _name_differences(self, id: int, place: CounterPlace) -> list[str]:
        """What a counter counts: its sequence, period, scope and the domain in which its texts are unique."""
        differences = []
        replayed = self.state.counters.get(id)
        if replayed is not None and replayed.sequence:
            standing = (place.sequence.name, place.period, place.scope)
            for name, value in zip(("sequence", "period", "scope"), standing, strict=True):
                if value != getattr(replayed, name):
                    said = getattr(replayed, name)
                    differences.append(f"{name} is {value!r}, and event {replayed.event_id} says {said!r}")
        period = place.period if place.sequence.unique == "period" else ""
        domain = self.uniqueness.get(place.counter.domain_id or 0)
        document_type = place.sequence.document_type
        if domain != (self.spaces.get(document_type, document_type), period):
            differences.append(f"uniqueness_id is {place.counter.uniqueness_id}, which is another domain")
        return differences

    def _date_differences(
        self, id: int, place: CounterPlace, row_at: Callable[[int, int], Row | None]
    ) -> list[str]:
        """The latest date is never below that of a number; where it names a number, it is the latest."""
        latest, date, value = self.dates.of(id), place.counter.latest_date or "", place.counter.latest_value
        wanted = latest.standing or "none"
        if place.counter.latest_date == "":
            return ["latest_date is an empty text, which this program does not write"]
        if date < latest.counting or date > (latest.ever if value is None else latest.standing):
            return [f"latest_date is {date or 'none'}, and the latest date of a number is {wanted}"]
        if value is not None:
            row = row_at(id, value)
            if row is None or row[DATE] != date:
                return [f"latest_value is {value}, and no number of that value is dated {date}"]
        return []


def run_findings(
    counter_id: int, stored: list[GapRun], replayed: ReplayedCounter | None, places: Places
) -> Iterator[Finding]:
    """Gap runs of one counter that are not as the events make them."""
    step = places.step(counter_id)
    wanted = _joined(list(replayed.runs) if replayed is not None else [], step)
    standing = _joined([Run(run.first, run.last, run.state, run.event_id or 0) for run in stored], step)
    missing = [run for run in wanted if run not in set(standing)]
    strange = [run for run in standing if run not in set(wanted)]
    for lost, found in _paired(missing, strange):
        code, message = _run_words(counter_id, lost, found, places)
        subject = (*places.subject(counter_id), places.run(counter_id, *(lost or found)[0][:2]))
        yield Finding(code, "error", subject, message)


def closed_findings(state: BookState, closed: dict[str, str | None]) -> Iterator[Finding]:
    """Sequences that are closed through another day than the events closed them."""
    for name, until in closed.items():
        wanted = state.closed.get(name)
        if until != wanted:
            message = (
                f"sequence {name!r} is {_closed(until)}, but its events say that it is {_closed(wanted)}"
            )
            yield Finding("closing_changed", "error", ("sequences", name), message)


def former_findings(
    state: BookState, patterns: Iterable[CounterPattern], places: Places
) -> Iterator[Finding]:
    """What is kept of patterns that sequences had, where it is not as the events replaced them."""
    stored = {(item.counter_id, item.former.event_id): item.former for item in patterns}
    wanted = {key: former for key, former in state.former.items() if key[0] in places.places}
    for key in sorted(key for key in {*wanted, *stored} if wanted.get(key) != stored.get(key)):
        kept, right = stored.get(key), wanted.get(key)
        said = "nothing is kept of it" if kept is None else f"it is kept as {_former_words(kept)}"
        happened = (
            "no event replaced one" if right is None else f"event {key[1]} replaced {_former_words(right)}"
        )
        message = f"a former pattern of {places.words(key[0])} was changed: {said}, but {happened}"
        yield Finding("former_pattern_changed", "error", places.subject(key[0]), message)


def _former_words(former: FormerPattern) -> str:
    return f"{former.pattern!r} from {former.first} to {former.last}"


def _closed(day: str | None) -> str:
    return "not closed" if day is None else f"closed through {day}"


def next_id_findings(next_id: int, known: int) -> Iterator[Finding]:
    """The next counter would get an id that a counter has or had, and be taken for that one."""
    if next_id <= known:
        message = f"the next counter would be counter {next_id}, and there was a counter {known}"
        yield Finding("counter_changed", "error", ("counters", "next id"), message)


def _count_differences(place: CounterPlace, replayed: ReplayedCounter | None, state: BookState) -> list[str]:
    counter = place.counter
    if replayed is None or not replayed.used:
        counts = (counter.accounted, counter.reusable, counter.reserved)
        if counter.used or any(counts):
            return ["it counts, and no event used it"]
        return _first_difference(place, state)
    counted = ("first", "last") if replayed.unsure else COUNTED
    return [
        f"{name} is {getattr(counter, name)}, and should be {getattr(replayed, name)}"
        for name in counted
        if getattr(counter, name) != getattr(replayed, name)
        and not (name == "last" and replayed.vague and counter.last > replayed.last)
    ]


def _first_difference(place: CounterPlace, state: BookState) -> list[str]:
    """What an unused counter begins with: what an import or set-next gave it."""
    wanted = state.firsts.get(place_of(place.sequence.name, place.period, place.scope))
    value = place.counter.last + place.sequence.step
    if wanted is None:
        return ["no event made it"]
    given: int | str | None = wanted
    if isinstance(wanted, str) and wanted != counter_shown(place.sequence, value):
        # It may have been written in another width.
        given = state.value_of(place.counter.id or 0, place.sequence.name, wanted)
    if given in (value, counter_shown(place.sequence, value)) and value == place.counter.first:
        return []
    return [f"first is {place.counter.first}, and the events gave it {wanted}"]


def _joined(runs: list[Run], step: int) -> list[Run]:
    """Runs of one state and event that follow each other, as one."""
    joined: list[Run] = []
    for first, last, state, event_id in sorted(runs):
        if joined and joined[-1][1] + step == first and joined[-1][2:] == (state, event_id):
            joined[-1] = joined[-1]._replace(last=last)
        else:
            joined.append(Run(first, last, state, event_id))
    return joined


def _paired(missing: list[Run], strange: list[Run]) -> Iterator[tuple[list[Run], list[Run]]]:
    """Missing and strange runs, those that overlap together."""
    both = sorted(
        [(run[0], run[1], 0, run) for run in missing] + [(run[0], run[1], 1, run) for run in strange]
    )
    group: tuple[list[Run], list[Run]] = ([], [])
    end: int | None = None
    for first, last, side, run in both:
        if end is not None and first > end:
            yield group
            group, end = ([], []), None
        group[side].append(run)
        end = last if end is None else max(end, last)
    if end is not None:
        yield group


def _run_words(counter_id: int, lost: list[Run], found: list[Run], places: Places) -> tuple[str, str]:
    def words(run: Run) -> str:
        return f"{places.run(counter_id, *run[:2])} ({run[2]}, event {run[3]})"

    counter = places.words(counter_id)
    if not found:
        return "gap_deleted", f"gap runs of {counter} are gone: {', '.join(map(words, lost))}"
    if not lost:
        return "gap_inserted", f"no event made these gap runs of {counter}: {', '.join(map(words, found))}"
    changed = f"{', '.join(map(words, found))} where the events left {', '.join(map(words, lost))}"
    return "gap_changed", f"gap runs of {counter} were changed: {changed}"
