"""What is gathered while the payloads of all files are read: definitions, their places, findings."""

from typing import Any, Protocol

from seqctl.definitions.foreign.said import Group, Payload, in_order, kept_on, otherwise
from seqctl.definitions.tables.dates import DateReader, certain_date
from seqctl.definitions.toml.lines import KeyPath
from seqctl.definitions.toml.reader import DefinitionFiles, Place
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.finding import Finding
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.check_calendar import check_calendar

CALENDAR_YEAR = "calendar-year"


class PayloadFile(Place, Protocol):
    """A file of another system, JSON or a table, whose objects are read key by key.

    `aliases` says which key a field of a definition was read from, for what is found wrong with it later.
    """

    aliases: dict[KeyPath, KeyPath]

    @property
    def name(self) -> str:
        """How messages name it."""

    def line(self, path: KeyPath) -> int:
        """The line or row of the longest known part of a path."""

    def parse(self) -> tuple[object, list[Finding]]:
        """The data, or findings that say why there are none."""


class Reading:
    """What all files want together while they are read, and what the book holds already.

    `calendar` is the one that was named for them, `update` the definition that a body without a name changes,
    `read_date` makes ISO dates of how the files write them.
    """

    def __init__(
        self,
        files: DefinitionFiles,
        book: Catalogue,
        calendar: str | None,
        update: str | None,
        read_date: DateReader = certain_date,
    ) -> None:
        self.files = files
        self.wanted = files.wanted
        self.book = book
        self.update = update
        self.read_date = read_date
        self._calendar = calendar

    def origin(self, system: str, name: str) -> dict[str, object]:
        """What a system said of a sequence of the book beside its fields, when it was imported last."""
        return dict(self.book.origins.get(name, {}).get(system, {}))

    def remember(self, system: str, name: str, **keys: object) -> None:
        """Keep what a system says of a sequence for later updates; None takes a key away."""
        so_far = self.wanted.origins.get(name, {}).get(system)
        kept = {**(self.origin(system, name) if so_far is None else so_far), **keys}
        told = in_order({key: value for key, value in kept.items() if value is not None})
        self.wanted.origins[name] = {system: told}

    def calendars(self) -> dict[str, Calendar]:
        """The calendars that there will be."""
        wanted = {name: check_calendar(name, fields)[0] for name, fields in self.wanted.calendars.items()}
        return {**self.book.calendars, **{name: found for name, found in wanted.items() if found}}

    def keep_words(
        self,
        system: str,
        name: str,
        said: Payload,
        computed: Payload,
        groups: tuple[Group, ...],
    ) -> None:
        """Keep what a body said otherwise than it would be written from the definition, for an export."""
        kept: Any = self.origin(system, name).get("said", [])
        fresh = otherwise(said, computed, groups)
        self.remember(system, name, said=kept_on(kept, said, fresh, groups) or None)

    def at(
        self, file: PayloadFile, path: KeyPath, severity: str, message: str, hint: str | None = None
    ) -> None:
        """Note a problem outside any definition: its subject is the place in the file itself."""
        subject = (file.at(path),)
        self.files.findings.append(Finding("invalid_definition", severity, subject, message, hint))

    def fiscal_calendar(self, file: PayloadFile, path: KeyPath, before: Sequence | None = None) -> str:
        """The calendar for what stands at a path: the one that was named, else that of the sequence `before`.

        Without either it is one of calendar years, defined with a warning where it is first needed.
        """
        if self._calendar is not None:
            return self._calendar
        if before is not None and before.calendar is not None:
            return before.calendar
        subject = ("calendars", CALENDAR_YEAR)
        if CALENDAR_YEAR not in self.wanted.calendars:
            self.wanted.calendars[CALENDAR_YEAR] = {"start": "01-01", "named_by": "start"}
            self.files.claim(subject, file, path)
            message = "no calendar was named, so that fiscal years are taken to be calendar years"
            hint = "name an existing calendar: --calendar NAME"
            self.files.findings.append(Finding("invalid_definition", "warning", subject, message, hint))
        return CALENDAR_YEAR
