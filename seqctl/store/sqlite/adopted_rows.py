"""Writing the rows of adopted numbers: no key, no policy, most of one counter, often a million."""

import sqlite3
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from seqctl.errors import TextHeld
from seqctl.model.counter import Counter
from seqctl.store.sqlite.batch import CACHE
from seqctl.store.sqlite.bulk import Lead
from seqctl.store.sqlite.ledger import FIELD_END
from seqctl.store.sqlite.log import sha256
from seqctl.store.sqlite.staging import StagedRow

INSERT = (
    "INSERT INTO number (counter_id, uniqueness_id, event_id, serial, value, text, date, record, state)"
    " VALUES "
)
SHARED, OWN = 3, 5
"""How many columns all rows of one counter share, and how many are a row's own."""
ROWS_AT_ONCE = 50
REMEMBERED = 10_000
"""Dates of counters whose hashed beginnings are remembered at once."""


class NumberWriter:
    """Enters numbers into the ledger, from `serial` on. `counters` are those of the places.

    What is hashed of each row stands in docs/log.md.
    """

    def __init__(
        self, connection: sqlite3.Connection, counters: dict[int, Counter], event_id: int, serial: int
    ) -> None:
        self.connection = connection
        self.counters = counters
        self.event_id = event_id
        self.serial = serial
        self._digest = sha256()
        self._leads: dict[tuple[int, str | None], Lead] = {}
        connection.execute(f"PRAGMA cache_size = -{CACHE}")

    def write(self, numbers: list[StagedRow]) -> None:
        """Enter some numbers. Raises TextHeld where a text is held already."""
        try:
            for place, group in groupby(numbers, itemgetter(1)):
                self._write(place, list(group))
        except sqlite3.IntegrityError as error:
            if "number.text" not in str(error):
                raise
            raise TextHeld(str(error)) from error

    @property
    def digest(self) -> str:
        """The SHA-256 over the rows that were entered, in hexadecimal."""
        return str(self._digest.hexdigest())

    def _write(self, place: int, numbers: list[StagedRow]) -> None:
        """Enter numbers of one counter."""
        counter, serial = self.counters[place], self.serial
        shared = (counter.id, counter.uniqueness_id, self.event_id)
        lines = []
        day: str | None = ""
        for start in range(0, len(numbers), ROWS_AT_ONCE):
            some = numbers[start : start + ROWS_AT_ONCE]
            values: list[object] = [*shared]
            for _, _, value, text, date, record in some:
                if date is not day:
                    day, lead = date, self._lead(place, date)
                values += (serial, value, text, date, record)
                own = f"{lead.tail}{serial}\x1f{value}\x1f{text}{lead.end}"
                lines.append(f"{lead.head}{record or ''}{FIELD_END}{own}")
                serial += 1
            self.connection.execute(_statement(len(some)), values)
        self._digest.update("".join(lines).encode())
        self.serial = serial

    def _lead(self, place: int, date: str | None) -> Lead:
        lead = self._leads.get((place, date))
        if lead is None:
            if len(self._leads) == REMEMBERED:
                self._leads.clear()
            counter = self.counters[place]
            ids = (counter.id, counter.uniqueness_id)
            lead = self._leads[place, date] = Lead(ids, date, (None, None), self.event_id, 0, 0)
        return lead


@lru_cache(maxsize=4)
def _statement(rows: int) -> str:
    """The statement that writes some rows of one counter; what they share is bound once."""
    shared = ", ".join(f"?{at}" for at in range(1, SHARED + 1))
    parts = []
    for place in range(rows):
        own = ", ".join(f"?{SHARED + place * OWN + at}" for at in range(1, OWN + 1))
        parts.append(f"({shared}, {own}, 'issued')")
    return INSERT + ", ".join(parts)
