"""What the events make of definitions: the log read from its beginning gives the book's catalogue."""

from __future__ import annotations

from seqctl.model.catalogue.former_names import FormerNames
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.catalogue.spaces import Spaces, joined_types
from seqctl.model.classes import NamedTuple
from seqctl.model.log.event import Event
from seqctl.model.pattern.compile import compile_pattern
from seqctl.model.sequence.changes import default_start
from seqctl.model.sequence.sequence import Sequence

BOOK = ("book", "book")
"""The kind and the name of the book itself, whose settings are kept like the fields of a definition."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Detail = dict[str, Any]

Key = tuple[str, str]


class Logged(NamedTuple):
    """The value that events left in a field, as a definition file writes it, and the last of these events."""

    value: object
    event_id: int


class LoggedDefinition:
    """One definition as the events left it. `event_id` made it; `fields` holds what events said of it."""

    __slots__ = ("event_id", "fields", "kind")

    def __init__(self, kind: str, event_id: int) -> None:
        self.kind = kind
        self.event_id = event_id
        self.fields: dict[str, Logged] = {}

    def field(self, name: str) -> Logged:
        """What the events left in a field: the default where none of them named it."""
        default = KINDS[self.kind].defaults.get(name) if self.kind in KINDS else None
        return self.fields.get(name) or Logged(default, self.event_id)


class DefinitionState:
    """The definitions that the events make, by kind and name.

    `removed` keeps the event that removed what is gone. `made_at` is the instant at which the book was made,
    with the schema of that time; its identity is in the first event, or in the upgrade that gave it one.
    """

    def __init__(self) -> None:
        self.definitions: dict[Key, LoggedDefinition] = {}
        self.removed: dict[Key, int] = {}
        self._former = FormerNames()
        self.made_at: str | None = None
        self.schema = 0

    def begin(self, event: Event, timezone: str, schema: int) -> None:
        """An event makes the book, with a schema and a time zone."""
        book = self.definitions[BOOK] = LoggedDefinition("book", event.id)
        book.fields["timezone"] = Logged(timezone, event.id)
        self.made_at, self.schema = event.at, schema

    def identify(self, event_id: int, identity: str) -> None:
        """The book gets its identity. A log without a first event has told of no book."""
        if BOOK in self.definitions:
            self.definitions[BOOK].fields["identity"] = Logged(identity, event_id)

    def note_origin(self, event_id: int, name: str, origin: object) -> None:
        """What another system says of a sequence beside its fields."""
        self.definitions["sequence", name].fields["origin"] = Logged(origin, event_id)

    def annul(
        self, event_id: int, name: str, annulled: int | None, last: int | None, ended: bool | None
    ) -> None:
        """A range is annulled by an event, or opened again; `ended` ones get a last number, or lose it."""
        fields = self.definitions["range", name].fields
        fields["annulled"] = Logged(annulled, event_id)
        if ended:
            fields["ended"] = Logged(True if annulled else None, event_id)
            fields["last"] = Logged(last, event_id)

    def change(self, event_id: int, change: Detail) -> None:
        """A definition is created, changed or removed. Raises what a change of another form raises."""
        kind, name = str(change["kind"]), str(change["name"])
        if change["action"] == "removed":
            self.definitions.pop((kind, name), None)
            self.removed[kind, name] = event_id
            self._former.forget(kind, name)
            self._note_former(event_id)
            return
        if change["action"] == "renamed":
            self._rename(event_id, kind, *map(str, change["fields"]["name"]))
            return
        definition = self.definitions.get((kind, name))
        if definition is None or change["action"] == "created":
            self._former.take(kind, name)
            self._note_former(event_id)
            definition = self.definitions[kind, name] = LoggedDefinition(kind, event_id)
        for field, values in change["fields"].items():
            # First values of counters and what other systems said are no fields of a sequence.
            if kind != "sequence" or "." not in field:
                # Owners are no list: in which order a set names them means nothing.
                value = sorted(values[1]) if (kind, field) == ("set", "assignments") else values[1]
                definition.fields[field] = Logged(value, event_id)
                if (kind, field) == ("set", "assignments"):
                    self._note_kinds(value, event_id)
        if change["action"] == "created" and kind == "sequence" and "start" not in definition.fields:
            definition.fields["start"] = Logged(_first_letters(definition), event_id)

    def spaces(self) -> Spaces:
        """The spaces of texts that the definitions make, as far as their fields are readable."""
        named = [
            logged.field("document_type").value
            for (kind, _), logged in self.definitions.items()
            if kind == "sequence"
        ]
        shared = sorted(tuple(types) for types in named if isinstance(types, list) and len(types) > 1)
        book = self.definitions.get(BOOK)
        together = None if book is None else book.field("unique_together").value
        return joined_types([*(together if isinstance(together, list) else []), *shared])

    def _rename(self, event_id: int, kind: str, old: str, new: str) -> None:
        """A definition gets a new name, and with it the fields of others that name it."""
        self.definitions[kind, new] = self.definitions.pop((kind, old))
        for (of, _), definition in self.definitions.items():
            for field, logged in definition.fields.items():
                if logged.value == old and _refers(of, field) == kind:
                    definition.fields[field] = Logged(new, event_id)
        self._former.rename(kind, old, new)
        self._note_former(event_id)

    def _note_former(self, event_id: int) -> None:
        """The book knows the former names of definitions."""
        book, texts = self.definitions.get(BOOK), self._former.texts()
        if book is not None and texts != (book.field("former_names").value or []):
            book.fields["former_names"] = Logged(texts, event_id)

    def _note_kinds(self, owners: list[str], event_id: int) -> None:
        """A kind of owners that was ever assigned to a set stays known."""
        book = self.definitions.get(BOOK)
        if book is not None:
            known = book.field("assigned_kinds").value or []
            kinds = {*known, *(owner.partition(":")[0] for owner in owners)}  # type: ignore[misc]
            if len(kinds) > len(known):  # type: ignore[arg-type]
                book.fields["assigned_kinds"] = Logged(sorted(kinds), event_id)


def _refers(kind: str, field: str) -> str | None:
    """The kind of definitions that a field of a kind names."""
    if kind == "set" and field.startswith("members."):
        return "sequence"
    referring = {("policy", "sequence"): "sequence", ("range", "sequence"): "sequence"}
    return {**referring, ("sequence", "calendar"): "calendar"}.get((kind, field))


def _first_letters(definition: LoggedDefinition) -> object:
    """The start of a new sequence that did not name it: letters have as many as their pattern says."""
    alpha = definition.field("kind").value == "alpha"
    if not alpha:
        return 1
    compiled = compile_pattern(str(definition.field("pattern").value), alpha)
    return default_start(Sequence(kind="alpha", compiled=compiled))
