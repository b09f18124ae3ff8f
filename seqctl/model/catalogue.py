"""The catalogue: all definitions of a book, or of a set of files, with their names."""

from dataclasses import dataclass, field

from seqctl.model.calendar import Calendar
from seqctl.model.policy import Policy
from seqctl.model.sequence import Sequence
from seqctl.model.sequence_set import SequenceSet

TABLES = {
    "calendar": "calendars",
    "sequence": "sequences",
    "set": "sets",
    "policy": "policies",
    "book": "book",
}
"""The table of a definition file that holds each kind."""


@dataclass(slots=True)
class Catalogue:
    """Checked definitions by name."""

    timezone: str | None = None
    calendars: dict[str, Calendar] = field(default_factory=dict)
    sequences: dict[str, Sequence] = field(default_factory=dict)
    sets: dict[str, SequenceSet] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)


@dataclass(slots=True)
class Wanted:
    """Definitions as they were written, still unchecked, and what shall go.

    `counters` gives unused counters their next value: sequence name -> `PERIOD` or `PERIOD/SCOPE` -> value.
    `prefixes` are texts before the number that belong to one document type for ever, as Zuora has it.
    `removed` holds (kind, name). `strict` refuses a reference to an inactive sequence, of which a file is
    only warned. `prune` removes unused definitions that are not named here.
    """

    timezone: str | None = None
    calendars: dict[str, dict[str, object]] = field(default_factory=dict)
    sequences: dict[str, dict[str, object]] = field(default_factory=dict)
    sets: dict[str, SequenceSet] = field(default_factory=dict)
    policies: dict[str, dict[str, object]] = field(default_factory=dict)
    counters: dict[str, dict[str, object]] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    removed: list[tuple[str, str]] = field(default_factory=list)
    strict: bool = False
    prune: bool = False
    allow_collisions: bool = False


@dataclass(slots=True)
class Change:
    """What a plan does to one definition: `created`, `changed`, `unchanged`, `removed` or `kept`.

    `fields` are the differences as `{field: [old, new]}`.
    """

    kind: str
    name: str
    action: str
    fields: dict[str, list[object]]

    def object(self) -> dict[str, object]:
        """The change as lists and JSON show it."""
        return {
            "kind": self.kind,
            "name": self.name,
            "action": self.action,
            "fields": self.fields,
        }
