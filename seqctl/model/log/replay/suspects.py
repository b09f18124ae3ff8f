"""Which rows of an event are not as it wrote them: the hash says that some are not, the rest tells which.

An event keeps one hash over its rows. A row is suspected where it differs from what the event itself says, or
from what all its other rows have in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, islice

from seqctl.model.classes import NamedTuple
from seqctl.model.log.event import Event
from seqctl.model.log.events.numbers import Numbered
from seqctl.model.log.replay.rows import CHANGE, EVENT, SERIAL, TEXT, VALUE, Row
from seqctl.model.number.held_number import ROW
from seqctl.model.number.issue import Issued

SAMPLE = 1000
"""How many rows decide what the rows of an event have in common."""

COMMON = ("uniqueness_id", "date", "policy", "set_name", "expires_at", "counter_id")
"""Columns that all rows of one request share, whatever they are."""


class Suspect(NamedTuple):
    """A row that is not as it was written; None where it is gone. `place` is its serial, `words` say why."""

    row: Row | None
    place: int
    words: str


def suspects(event: Event, said: Issued | Numbered, rows: Iterator[Row], step: int) -> Iterator[Suspect]:
    """The rows of an event that cannot be its own, and the places of those that are gone.

    `rows` are those that should be as it wrote them, by serial.
    """
    sample = list(islice(rows, SAMPLE))
    known = _known(event, said)
    shared = _shared(sample) if event.counter_id is not None else {}
    first, count = event.serial or 0, event.count or 0
    expected = first
    for row in chain(sample, rows):
        for place in range(expected, row[SERIAL]):
            yield Suspect(None, place, "was deleted")
        expected = row[SERIAL] + 1
        difference = _difference(event, said, row, step, known, shared)
        if difference is not None:
            yield Suspect(row, row[SERIAL], difference)
    for place in range(expected, first + count):
        yield Suspect(None, place, "was deleted")


def misread(rows: Iterator[Row], reads: Callable[[Row], bool]) -> Iterator[Suspect]:
    """The rows whose text is not that of their value by the present pattern, where most are."""
    sample = list(islice(rows, SAMPLE))
    if 2 * sum(reads(row) for row in sample) <= len(sample):
        return
    for row in chain(sample, rows):
        if not reads(row):
            yield Suspect(row, row[SERIAL], f"was changed: its text is not that of its value {row[VALUE]}")


def value_at(event: Event, said: Issued | Numbered, serial: int, step: int) -> int | None:
    """The value that an event gave to the row of a serial; None where the event alone does not tell."""
    if event.counter_id is None or said.runs_before or event.serial is None:
        return None
    return (event.first or 0) + (serial - event.serial) * step


def _known(event: Event, said: Issued | Numbered) -> dict[str, object]:
    """What an event says of each of its rows."""
    known: dict[str, object] = {
        "event_id": event.id,
        "change_id": "",
    }
    if event.action != "adopt":
        # Adopted numbers may be void.
        known["state"] = "reserved" if event.action == "reserve" else "issued"
    if isinstance(said, Issued):
        known |= {"key": said.key or "", "record": said.record or "", "key_space": 0}
        known["counter_id"] = event.counter_id
        if len(str(said.date)) == 10:
            known["date"] = said.date
    if not said.runs_before and event.action != "adopt":
        known["reused"] = 0
    return known


def _shared(sample: list[Row]) -> dict[str, object]:
    """What most rows have in common, of at least three."""
    shared: dict[str, object] = {}
    for name in COMMON if len(sample) > 2 else ():
        place = ROW.index(name)
        value, times = Counter(row[place] for row in sample).most_common(1)[0]
        if 2 * times > len(sample):
            shared[name] = value
    return shared


def _difference(
    event: Event,
    said: Issued | Numbered,
    row: Row,
    step: int,
    known: dict[str, object],
    shared: dict[str, object],
) -> str | None:
    """The first column of a row that cannot be as the event wrote it, in words."""
    for name, value in known.items():
        if row[ROW.index(name)] != value:
            if name == "change_id":
                return f"was changed: it names event {row[CHANGE]}, which did not concern it"
            return (
                f"was changed: its {name} is {row[ROW.index(name)]!r}, and event {event.id} wrote {value!r}"
            )
    for name, value in shared.items():
        if row[ROW.index(name)] != value:
            others = f"that of the others of event {event.id} is {value!r}"
            return f"was changed: its {name} is {row[ROW.index(name)]!r}, and {others}"
    value = value_at(event, said, row[SERIAL], step)
    if value is not None and row[VALUE] != value:
        return f"was changed: its value is {row[VALUE]}, and event {event.id} wrote {value}"
    record = row[ROW.index("record")]
    if (
        isinstance(said, Numbered)
        and event.action == "assign"
        and row[ROW.index("key")] != f"{said.type}:{record}"
    ):
        return "was changed: its record is not that of its key"
    return None


def range_words(event: Event, rows: list[Row]) -> str:
    """The numbers of an event as a message names them when none can be singled out."""
    texts = [str(row[TEXT]) for row in rows if row[EVENT] == event.id] or ["none"]
    named = texts[0] if len(texts) == 1 else f"{texts[0]} ... {texts[-1]}"
    return f"the {event.count} numbers of event {event.id}: {named}"
