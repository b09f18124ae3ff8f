"""Finding the one field of one row that was changed: with the right value put back, the hash comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from seqctl.model.classes import NamedTuple
from seqctl.model.log.event import Event
from seqctl.model.log.events.numbers import Numbered
from seqctl.model.log.replay.places import Places
from seqctl.model.log.replay.rows import COUNTER, TEXT, VALUE, Row, hashed
from seqctl.model.log.replay.suspects import value_at
from seqctl.model.number.held_number import ROW
from seqctl.model.number.issue import Issued
from seqctl.model.pattern.read import readings

MOST_ROWS = 200
MOST_VALUES = 50
"""How many rows an event may have to be searched, and how many values are tried for one column."""

OPTIONAL = ("date", "record", "key", "policy", "set_name", "expires_at", "document_type")
CHOICES: dict[str, tuple[object, ...]] = {
    "state": ("issued", "reserved", "void"),
    "key_space": (0, 1),
    "reused": (0, 1),
    **dict.fromkeys(OPTIONAL, ("",)),
}


class Mended(NamedTuple):
    """A row that was changed, the column, and what the event wrote there."""

    row: Row
    column: str
    wrote: object


def mend(event: Event, said: Issued | Numbered, rows: list[Row], places: Places) -> Mended | None:
    """The one field that was changed in the rows of an event; None where it is another change than that."""
    lines = [hashed([row]) for row in rows]
    before, wanted = sha256(), said.rows
    for at, row in enumerate(rows):
        after = b"".join(lines[at + 1 :])
        for column, value in _trials(event, said, rows, at, places):
            tried = before.copy()
            tried.update(hashed([_with(row, column, value)]) + after)
            if tried.hexdigest() == wanted:
                return Mended(row, column, value)
        before.update(lines[at])
    return None


def _trials(
    event: Event, said: Issued | Numbered, rows: list[Row], at: int, places: Places
) -> Iterator[tuple[str, object]]:
    """Columns and values that the event may have written: those of its other rows, and what it says."""
    row = rows[at]
    told = _told(event, said, row, places)
    for place, column in enumerate(ROW[:-1]):
        values = dict.fromkeys([*told.get(column, ()), *CHOICES.get(column, ())])
        for other in rows:
            if len(values) > MOST_VALUES:
                break
            values[other[place]] = None
        if column == "text":
            values |= dict.fromkeys(_texts(row, rows, places))
        yield from ((column, value) for value in values if value != row[place])


def _told(event: Event, said: Issued | Numbered, row: Row, places: Places) -> dict[str, Iterable[object]]:
    key, record = str(row[ROW.index("key")]), row[ROW.index("record")]
    if isinstance(said, Issued):
        date, document, wrote = said.date, said.record, said.key
    else:
        date, document, wrote = None, None, f"{said.type}:{record}"
    place = places.places.get(row[COUNTER])
    values: list[object] = [value_at(event, said, row[ROW.index("serial")], places.step(row[COUNTER]))]
    if place is not None:
        values += [reading.value for reading in readings(place.sequence.compiled, str(row[TEXT]))]
    return {
        "counter_id": [event.counter_id],
        "uniqueness_id": [place.counter.uniqueness_id] if place is not None else [],
        "event_id": [event.id],
        "date": [date, event.at[:10]],
        "record": [document, key.partition(":")[2]],
        "key": [wrote],
        "value": values,
        "document_type": place.sequence.document_types[1:] if place is not None else [],
    }


def _texts(row: Row, rows: list[Row], places: Places) -> Iterator[str]:
    """Texts that the value of a row may have: by the present pattern, and like those of the other rows."""
    place = places.places.get(row[COUNTER])
    if place is None:
        return
    yield places.text(row[COUNTER], row[VALUE])
    text_of = place.sequence.compiled.counter_text
    for other in rows[:MOST_VALUES]:
        try:
            before, found, after = str(other[TEXT]).rpartition(text_of(other[VALUE]))
            own = text_of(row[VALUE])
        except ValueError:
            # A value that letters of that width cannot show.
            continue
        if found:
            yield before + own + after


def _with(row: Row, column: str, value: object) -> Row:
    place = ROW.index(column)
    return (*row[:place], value, *row[place + 1 :])
