"""Writing the rows of adopted numbers: no key, no policy, most of one counter, often a million."""

from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter

from seqctl.errors import TextHeld
from seqctl.model.log.lead import FIELD_END, Lead
from seqctl.model.number.counter import Counter
from seqctl.store.sql.log import sha256
from seqctl.store.sqlite.bulk.batch import CACHE
from seqctl.store.sqlite.bulk.staging import StagedRow
from seqctl.store.sqlite.driver import Connection, IntegrityError

INSERT = "INSERT INTO number (counter_id, uniqueness_id, event_id, serial, value, text, date, record, state)"
DATE, RECORD = 4, 5
OWN = {
    (False, False): itemgetter(2, 3),
    (True, False): itemgetter(2, 3, DATE),
    (False, True): itemgetter(2, 3, RECORD),
    (True, True): itemgetter(2, 3, DATE, RECORD),
}
"""What is bound for each row: value and text, its date where dates differ, its record where there are any."""
ROWS_AT_ONCE = 400
REMEMBERED = 10_000
"""Dates of counters whose hashed beginnings are remembered at once."""


class NumberWriter:
    """Enters numbers into the ledger, from `serial` on. `counters` are those of the places.

    What is hashed of each row stands in docs/log.md.
    """

    def __init__(
        self, connection: Connection, counters: dict[int, Counter], event_id: int, serial: int
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
        except IntegrityError as error:
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
        shared = (counter.id, counter.domain_id, self.event_id)
        for start in range(0, len(numbers), ROWS_AT_ONCE):
            some = numbers[start : start + ROWS_AT_ONCE]
            date = some[0][DATE]
            own = (
                any(row[DATE] != date for row in some),
                any(row[RECORD] is not None for row in some),
            )
            values = [*shared, serial + start, *(() if own[0] else (date,))]
            values += chain.from_iterable(map(OWN[own], some))
            self.connection.execute(_statement(len(some), *own), values)
        self._hash(place, numbers)

    def _hash(self, place: int, numbers: list[StagedRow]) -> None:
        """Hash the rows of one counter, and count them."""
        serial = self.serial
        lines = []
        day: str | None = ""
        for _, _, value, text, date, record in numbers:
            if date is not day:
                day, lead = date, self._lead(place, date)
                head, tail, end = lead.head, lead.tail, lead.end
            lines.append(f"{head}{record or ''}{FIELD_END}{tail}{serial}\x1f{value}\x1f{text}{end}")
            serial += 1
        self._digest.update("".join(lines).encode())
        self.serial = serial

    def _lead(self, place: int, date: str | None) -> Lead:
        lead = self._leads.get((place, date))
        if lead is None:
            if len(self._leads) == REMEMBERED:
                self._leads.clear()
            counter = self.counters[place]
            lead = self._leads[place, date] = Lead(counter, date, None, None, self.event_id, 0, 0)
        return lead


@lru_cache(maxsize=8)
def _statement(rows: int, dated: bool, recorded: bool) -> str:
    """The statement that writes some rows of one counter; what they share is bound once.

    Bound are counter, domain, event, first serial, the date that all share where they share one, and then
    what OWN says of each row.
    """
    date = "column4" if dated else "?"
    record = f"column{4 + dated}" if recorded else "NULL"
    row = ", ?" * (2 + dated + recorded)
    values = ", ".join(f"({place}{row})" for place in range(rows))
    shared = f"SELECT ?, ?, ?, ? + column1, column2, column3, {date}, {record}, 'issued'"
    return f"{INSERT} {shared} FROM (VALUES {values})"
