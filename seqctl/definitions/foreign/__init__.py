"""Reading what other numbering systems take and give: their JSON as definitions of seqctl.

Each system has a module of its own, which knows its keys and its rules. What they share is beside them: the
files and their lines, the lists that systems wrap their objects in, and reading one object key by key. A body
changes the fields that it names, so that what it wants is read from what the book holds.
"""

from collections.abc import Callable, Sequence

from seqctl.definitions.foreign.business_central import series as business_central
from seqctl.definitions.foreign.captions import Captions
from seqctl.definitions.foreign.envelope import objects
from seqctl.definitions.foreign.intacct import sequences as intacct
from seqctl.definitions.foreign.odoo import sequences as odoo
from seqctl.definitions.foreign.payload_table import PayloadTable
from seqctl.definitions.foreign.reading import PayloadFile, Reading
from seqctl.definitions.foreign.record import Record
from seqctl.definitions.foreign.salesforce import policies as salesforce
from seqctl.definitions.foreign.zuora import sets as zuora
from seqctl.definitions.json.file import JsonFile
from seqctl.definitions.tables.dates import date_reader
from seqctl.definitions.toml.reader import DefinitionFiles, for_the_log
from seqctl.definitions.toml.sources import Source
from seqctl.errors import NotFound, UsageError
from seqctl.model.catalogue.catalogue import Catalogue, Wanted
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.finding import Finding, nearest
from seqctl.model.text import composed

__all__ = ["SYSTEMS", "ForeignFiles", "read_foreign"]

READERS = {
    "salesforce": salesforce,
    "intacct": intacct,
    "zuora": zuora,
    "business-central": business_central,
    "odoo": odoo,
}
SYSTEMS = tuple(READERS)
"""The systems whose payloads can be read."""
TABLES = {name: reader.KEYS for name, reader in READERS.items() if isinstance(reader.KEYS, Captions)}
"""The systems that export tables too, with the headings of these."""


class ForeignFiles(DefinitionFiles):
    """Payloads of another system, which want different things of different books.

    `wanted`, `findings` and `places` are those of the last book that they were held `against`.
    """

    def __init__(
        self,
        system: str,
        sources: list[Source],
        calendar: str | None = None,
        update: str | None = None,
        tables: Sequence[PayloadTable] = (),
        date_format: str | None = None,
    ) -> None:
        """`sources` are JSON, `tables` what systems export as tables, with dates in `date_format`."""
        reader = READERS.get(system)
        if reader is None:
            known = ", ".join(SYSTEMS)
            raise UsageError(
                f"no system {system!r} is known", nearest(system, SYSTEMS) or f"write one of {known}"
            )
        names = [source.name for source in sources] + [table.name for table in tables]
        super().__init__(names=for_the_log(names))
        self._reader = reader
        self._read_date = date_reader(date_format)
        self._calendar = calendar
        self._update = composed(update) if update is not None else None
        self._files: list[tuple[PayloadFile, object]] = []
        self._broken: list[Finding] = []
        for source in sources:
            if source.problem is not None:
                self._broken.append(source.problem)
            else:
                self._parse(JsonFile(source))
        for table in tables:
            self._parse(table)

    def _parse(self, file: PayloadFile) -> None:
        """Take the data of a file, or what keeps it from being read."""
        data, findings = file.parse()
        self._broken.extend(findings)
        if not findings:
            self._files.append((file, data))

    @property
    def size(self) -> int:
        """About how many definitions there are, to tell the progress by."""
        return sum(len(data) if isinstance(data, list) else 1 for _, data in self._files)

    def against(self, read_book: Callable[[], Catalogue]) -> Wanted:
        """What the payloads want of a book: the fields that they name are theirs, all others stay.

        Raises NotFound where the definition that shall be updated is not in the book.
        """
        book = read_book()
        self.wanted, self.places = Wanted(findings=list(self._broken)), {}
        reader = self._reader
        known = list(KINDS[reader.UPDATED].of(book))
        if self._update is not None and self._update not in known:
            hint = nearest(self._update, known)
            raise NotFound(f"there is no {reader.UPDATED} {self._update!r}", hint)
        reading = Reading(self, book, self._calendar, self._update, self._read_date)
        records = [
            Record(reading, file, path, fields, reader.KEYS)
            for file, data in self._files
            for path, fields in objects(reading, file, data, reader.ENVELOPE)
        ]
        reader.read(reading, records)
        return self.wanted


def read_foreign(
    system: str,
    sources: list[Source],
    calendar: str | None = None,
    update: str | None = None,
    book: Catalogue | None = None,
) -> ForeignFiles:
    """Read payloads of another system, and compare them with a book (none: an empty one).

    `calendar` names an existing calendar for the fiscal years of the payloads; without it they are taken to
    be calendar years, with a warning. `update` names what a body without a name changes. Problems are
    findings, all of them at once. Raises UsageError for a system that is not known, NotFound for an unknown
    `update`.
    """
    files = ForeignFiles(system, sources, calendar, update)
    files.against(lambda: book or Catalogue())
    return files
