"""Writing the rows of adopted numbers: no key, no policy, most of one counter, often a million."""

from collections.abc import Callable, Iterable, Iterator

from seqctl.model.log.lead import Lead
from seqctl.model.reports.staged import UNTOLD, Entered, TypedCounter
from seqctl.model.reports.state_words import ISSUED, RESERVED, VOID
from seqctl.store.aside.put_aside import PutAside
from seqctl.store.postgres.bulk.rows import REMEMBERED, column, copied, copy_rows, line
from seqctl.store.postgres.bulk.staging import StagedPage
from seqctl.store.sql.history import SourceDigest
from seqctl.store.sql.log import sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection

COLUMNS = "counter_id, uniqueness_id, event_id, state, document_type, date, record, serial, value, text"
COPY_SOURCES = "COPY number_source (serial, event_id, reason, actor, at, note) FROM STDIN"
Kind = tuple[int, str, str | None, str | None]
"""Place, state and date of a number, and its type where that is not the one of its place."""


class NumberWriter:
    """Enters numbers into the ledger, from `serial` on. `counters` are those of the places.

    What is hashed of each row stands in docs/log.md.
    """

    def __init__(
        self, connection: "ServerConnection", counters: dict[int, TypedCounter], event_id: int, serial: int
    ) -> None:
        self.connection = connection
        self.counters = counters
        self.event_id = event_id
        self.serial = serial
        self._digest = sha256()
        self._sources = SourceDigest()
        self._leads: dict[Kind, tuple[Lead, str]] = {}
        self._void: dict[int, int] = {}
        self._reserved = 0

    def write(self, pages: Iterable[StagedPage], told: Callable[[int], None]) -> Entered:
        """Enter numbers and say what was entered. Raises TextHeld where a text is held already."""
        first = self.serial
        with PutAside() as sources:

            def texts() -> Iterator[str]:
                for page in pages:
                    if page.told:
                        sources.add(self._noted(page))
                    yield self._copied(page)
                    told(self.serial - first)

            copy_rows(self.connection, COLUMNS, texts())
            # COPY has the session for itself: where the numbers come from follows.
            self.connection.copy_in(COPY_SOURCES, sources.items())
        return Entered(str(self._digest.hexdigest()), self._sources.hex(), self._void, self._reserved)

    def _copied(self, page: StagedPage) -> str:
        """Rows as COPY takes them; hashes and counts them."""
        serial, rows, hashed, told = self.serial, [], [], page.told
        present: Kind | None = None
        *_, texts, _, records = zip(*page.rows, strict=True)
        copies = zip(column(records), column(texts), strict=True)
        for (number, place, value, text, date, record), (noted, shown) in zip(page.rows, copies, strict=True):
            state, *_, document_type = told.get(number, UNTOLD) if told else UNTOLD
            state = VOID if state == VOID else ISSUED
            if present != (place, state, date, document_type):
                present = (place, state, date, document_type)
                lead, beginning = self._lead(present)
                head, tail, end = lead.head, lead.tail, lead.end
            if state == VOID:
                self._void[place] = self._void.get(place, 0) + 1
            rows.append(f"{beginning}{noted}\t{serial}\t{value}\t{shown}\n")
            hashed.append(f"{head}{record or ''}\x1f{tail}{serial}\x1f{value}\x1f{text}{end}")
            serial += 1
        self._digest.update("".join(hashed).encode())
        self.serial = serial
        return "".join(rows)

    def _noted(self, page: StagedPage) -> str:
        """What the input says of numbers that are about to be written, as COPY takes it."""
        rows = []
        for serial, number in enumerate(page.rows, self.serial):
            state, *source, _ = page.told.get(number[0], UNTOLD)
            self._reserved += state == RESERVED
            if any(source):
                rows.append(line((serial, self.event_id, *source)))
                self._sources.add(serial, *source)
        return "".join(rows)

    def _lead(self, kind: Kind) -> tuple[Lead, str]:
        """What rows of a place, state and date share, as it is hashed and as COPY takes it."""
        found = self._leads.get(kind)
        if found is None:
            if len(self._leads) == REMEMBERED:
                self._leads.clear()
            place, state, date, document_type = kind
            typed = self.counters[place]
            counter, noted_type = typed.counter, typed.noted(document_type)
            lead = Lead(counter, date, None, None, self.event_id, 0, 0, noted_type, state)
            shared = (counter.id, counter.domain_id, self.event_id, state, noted_type, date)
            found = self._leads[kind] = (lead, "".join(f"{copied(value)}\t" for value in shared))
        return found
