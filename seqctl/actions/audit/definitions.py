"""The definitions against the log: every field must be what the events left in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain

from seqctl.json_text import from_json
from seqctl.model.catalogue.kinds import KINDS, table_of
from seqctl.model.finding import UNREADABLE, Finding
from seqctl.model.log.replay.compare_definitions import (
    definition_findings,
    gone_findings,
    odd_finding,
    space_findings,
)
from seqctl.model.log.replay.definitions import BOOK, DefinitionState
from seqctl.model.log.replay.rows import EVENT, POLICY
from seqctl.model.range.serving import in_range
from seqctl.model.sequence.sequence import Sequence as NumberSequence
from seqctl.model.time.instant import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.model.reports.stored import StoredDefinition
    from seqctl.store.port import Transaction

FIRST_STRICT_SCHEMA = 2
"""From this schema on a book is made at the instant of its first event, to the microsecond."""

SOON = 60
"""Within how many seconds an older program made the first event of a book."""


class DefinitionCheck:
    """Holds the definitions of one book against what its events left.

    `used` says of sequences, by name, whether numbers of theirs were issued or only adopted, as
    `sequence.used` says it.
    """

    def __init__(self, transaction: Transaction) -> None:
        self.stored = transaction.stored_definitions
        self.sequences = list(self.stored.sequences())
        self.ranges = list(self.stored.ranges())
        self.used: dict[str, int] = {}
        self.spaces = transaction.events.spaces()
        self._chose: set[tuple[object, int]] = set()
        self._renamed: list[tuple[int, str, str]] = []
        for event in transaction.events.after(None, ("policy rename",)):
            with suppress(*UNREADABLE):
                (change,) = from_json(event.detail)["changes"]
                old, new = map(str, change["fields"]["name"])
                self._renamed.append((event.id, old, new))
        self._renamed_by = [event_id for event_id, _, _ in self._renamed]

    def narrowed(self, sequence: NumberSequence, period: str) -> NumberSequence:
        """A sequence as the range of a period makes it, where it has ranges and this one can be read."""
        if sequence.reset == "range":
            with suppress(*UNREADABLE):
                (served,) = [each.value for each in self.ranges if each.name == period]
                return in_range(sequence, served)
        return sequence

    def note_chosen(self, rows: Iterable[Sequence[Any]]) -> None:
        """Note the policies of rows of the ledger, which have the names of their time."""
        if self._renamed:
            self._chose.update((row[POLICY], bisect_right(self._renamed_by, row[EVENT])) for row in rows)
        else:
            self._chose.update([(row[POLICY], 0) for row in rows])

    def _chosen(self) -> set[object]:
        """The policies that chose for a number, by their present names."""
        chosen = set()
        for name, at in self._chose:
            for _, old, new in self._renamed[at:]:
                name = new if name == old else name
            chosen.add(name)
        return chosen

    def findings(self, logged: DefinitionState, broken: bool) -> Iterator[Finding]:
        """What is not as the events made it. A `broken` log does not tell that something was never used."""
        yield from self._book(logged)
        chose = self._chosen()
        standing = []
        parts = (
            *(self.stored.calendars(), self.sequences, self.ranges),
            *(self.stored.sets(), self.stored.policies()),
        )
        for definition in chain(*parts):
            standing.append((definition.kind, definition.name))
            yield from self._fields(definition, logged)
            yield from self._use(definition, chose, broken)
        yield from gone_findings(standing, logged)
        yield from space_findings(self.spaces, logged)

    def _book(self, logged: DefinitionState) -> Iterator[Finding]:
        """The book's own settings. A log without a first event has told of no book."""
        made = logged.definitions.get(BOOK)
        if made is None:
            return
        book, created_at = self.stored.book()
        yield from self._fields(book, logged)
        made_at = logged.made_at
        if made_at is not None and not _made(created_at, made_at, logged.schema):
            message = f"is {created_at!r}, and event {made.event_id} made the book at {made_at!r}"
            yield Finding("definition_changed", "error", ("book", "created_at"), message)

    def _fields(self, definition: StoredDefinition, logged: DefinitionState) -> Iterator[Finding]:
        kind, name = definition.kind, definition.name
        if kind == "sequence" and definition.value is None:
            # Told where its counters cannot be verified.
            return
        try:
            fields = _shown(definition)
        except UNREADABLE:
            message = "its fields cannot be read, so they are not verified"
            yield Finding("unreadable_definition", "error", (table_of(kind), name), message)
            return
        differences = list(definition_findings(kind, name, fields, logged))
        # What was changed is compiled and written otherwise too, which says nothing more.
        yield from differences or [odd_finding(kind, name, *column) for column in definition.odd]

    def _use(self, definition: StoredDefinition, chose: set[object], broken: bool) -> Iterator[Finding]:
        """Whether a definition was used, which is what forbids to change and to remove it."""
        kind, name = definition.kind, definition.name
        if kind not in ("sequence", "policy"):
            return
        wanted = self.used.get(name, 0) if kind == "sequence" else int(name in chose)
        if definition.used != wanted and not (broken and definition.used):
            yield odd_finding(kind, name, "used", definition.used, wanted)


def _shown(definition: StoredDefinition) -> dict[str, object]:
    """The fields of a definition as events write them. Raises what a value of another form raises."""
    if definition.kind == "book":
        return dict(definition.value)
    fields = KINDS[definition.kind].logged(definition.value)
    if definition.kind == "sequence":
        fields["origin"] = definition.origin
    if definition.kind == "range":
        fields["annulled"], fields["ended"] = definition.value.annulled, definition.value.ended or None
    if definition.kind == "set":
        fields["assignments"] = sorted(definition.value.owners)
    return fields


def _made(created_at: str, at: str, schema: int) -> bool:
    """Whether a book that says that it was made at one instant may have its first event at another one."""
    if created_at == at or schema >= FIRST_STRICT_SCHEMA:
        return created_at == at
    try:
        return later(at, -SOON) <= created_at <= later(at, SOON)
    except UNREADABLE:
        return False
