"""Writing the rows of adopted numbers: no key, no policy, most of one counter, often a million."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter

from seqctl.errors import TextHeld
from seqctl.model.log.lead import FIELD_END, Lead
from seqctl.model.reports.staged import UNTOLD, Entered, Telling, TypedCounter
from seqctl.model.reports.state_words import ISSUED, RESERVED, VOID
from seqctl.store.sql.history import SourceDigest
from seqctl.store.sql.log import sha256
from seqctl.store.sqlite.bulk.batch import CACHE
from seqctl.store.sqlite.bulk.staging import StagedPage, StagedRow
from seqctl.store.sqlite.driver import Connection, IntegrityError

INSERT = (
    "INSERT INTO number (counter_id, uniqueness_id, event_id, state, document_type, serial, value, text,"
    " date, record)"
)
SOURCE = "INSERT INTO number_source (serial, event_id, reason, actor, at, note) VALUES (?, ?, ?, ?, ?, ?)"
DATE, RECORD = 4, 5
OWN = {
    (False, False): itemgetter(2, 3),
    (True, False): itemgetter(2, 3, DATE),
    (False, True): itemgetter(2, 3, RECORD),
    (True, True): itemgetter(2, 3, DATE, RECORD),
}
"""What is bound for each row: value and text, its date where dates differ, its record where there are any."""
Kind = tuple[int, str, str | None]
"""Place and state of a number, and its type where that is not the one of its place."""
ROWS_AT_ONCE = 400
REMEMBERED = 10_000
"""Dates of counters whose hashed beginnings are remembered at once."""


class NumberWriter:
    """Enters numbers into the ledger, from `serial` on. `counters` are those of the places.

    What is hashed of each row stands in docs/log.md.
    """

    def __init__(
        self, connection: Connection, counters: dict[int, TypedCounter], event_id: int, serial: int
    ) -> None:
        self.connection = connection
        self.counters = counters
        self.event_id = event_id
        self.serial = serial
        self._digest = sha256()
        self._sources = SourceDigest()
        self._leads: dict[tuple[Kind, str | None], Lead] = {}
        self._void: dict[int, int] = {}
        self._reserved = 0
        connection.execute(f"PRAGMA cache_size = -{CACHE}")

    def write(self, page: StagedPage) -> None:
        """Enter some numbers. Raises TextHeld where a text is held already."""
        try:
            for kind, numbers in _groups(page):
                place, state, _ = kind
                if page.told:
                    self._note_sources(numbers, page.told)
                if state == VOID:
                    self._void[place] = self._void.get(place, 0) + len(numbers)
                self._write(kind, numbers)
        except IntegrityError as error:
            if "number.text" not in str(error):
                raise
            raise TextHeld(str(error)) from error

    def entered(self) -> Entered:
        """What was entered so far."""
        return Entered(str(self._digest.hexdigest()), self._sources.hex(), self._void, self._reserved)

    def _write(self, kind: Kind, numbers: list[StagedRow]) -> None:
        """Enter numbers of one counter, state and type."""
        place, state, document_type = kind
        typed, serial = self.counters[place], self.serial
        counter, noted_type = typed.counter, typed.noted(document_type)
        shared = (counter.id, counter.domain_id, self.event_id, state, noted_type)
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
        self._hash(kind, numbers)

    def _hash(self, kind: Kind, numbers: list[StagedRow]) -> None:
        """Hash the rows of one counter, state and type, and count them."""
        serial = self.serial
        lines = []
        day: str | None = ""
        for _, _, value, text, date, record in numbers:
            if date is not day:
                day, lead = date, self._lead(kind, date)
                head, tail, end = lead.head, lead.tail, lead.end
            lines.append(f"{head}{record or ''}{FIELD_END}{tail}{serial}\x1f{value}\x1f{text}{end}")
            serial += 1
        self._digest.update("".join(lines).encode())
        self.serial = serial

    def _lead(self, kind: Kind, date: str | None) -> Lead:
        lead = self._leads.get((kind, date))
        if lead is None:
            if len(self._leads) == REMEMBERED:
                self._leads.clear()
            place, state, document_type = kind
            typed = self.counters[place]
            noted_type = typed.noted(document_type)
            lead = Lead(typed.counter, date, None, None, self.event_id, 0, 0, noted_type, state)
            self._leads[kind, date] = lead
        return lead

    def _note_sources(self, numbers: list[StagedRow], told: dict[int, Telling]) -> None:
        """Keep what the input says of numbers that are about to be written."""
        rows = []
        for serial, number in enumerate(numbers, self.serial):
            state, *source, _ = told.get(number[0], UNTOLD)
            self._reserved += state == RESERVED
            if any(source):
                rows.append((serial, self.event_id, *source))
                self._sources.add(serial, *source)
        self.connection.executemany(SOURCE, rows)


def _groups(page: StagedPage) -> Iterator[tuple[Kind, list[StagedRow]]]:
    """The numbers in their order, as long as they are of one counter, state and type."""
    told = page.told
    if not told:
        for place, group in groupby(page.rows, itemgetter(1)):
            yield (place, ISSUED, None), list(group)
        return

    def kind(number: StagedRow) -> Kind:
        state, *_, document_type = told.get(number[0], UNTOLD)
        return number[1], VOID if state == VOID else ISSUED, document_type

    for each, group in groupby(page.rows, kind):
        yield each, list(group)


@lru_cache(maxsize=8)
def _statement(rows: int, dated: bool, recorded: bool) -> str:
    """The statement that writes some rows of one counter; what they share is bound once.

    Bound are counter, domain, event, state, document type, first serial, the date that all share where they
    share one, and then what OWN says of each row.
    """
    date = "column4" if dated else "?"
    record = f"column{4 + dated}" if recorded else "NULL"
    row = ", ?" * (2 + dated + recorded)
    values = ", ".join(f"({place}{row})" for place in range(rows))
    shared = f"SELECT ?, ?, ?, ?, ?, ? + column1, column2, column3, {date}, {record}"
    return f"{INSERT} {shared} FROM (VALUES {values})"
