"""Document sequences of Sage Intacct, and their rollovers: where the counter of one fiscal year stands.

A body changes the fields that it names. The counter is read in `range.py`, what stands around it in
`parts.py`, the fiscal years in `years.py`.
"""

from seqctl.definitions.foreign.envelope import Envelope
from seqctl.definitions.foreign.intacct.parts import SYSTEM, TEXTS, Parts, parts_of, read_parts
from seqctl.definitions.foreign.intacct.range import LONGEST, Range, read_range
from seqctl.definitions.foreign.intacct.writer import COUNTED, GROUPS, payload
from seqctl.definitions.foreign.intacct.years import is_rollover, read_rollovers, read_years
from seqctl.definitions.foreign.reading import Reading
from seqctl.definitions.foreign.record import Record
from seqctl.model.sequence.changes import written
from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.counter_values import grid_value
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import document_type_name
from seqctl.model.value import ValueProblem

UPDATED = "sequence"
ENVELOPE = Envelope(("ia::result",), (), ("ia::meta",))
KEYS: dict[str, str] = {}
BOOKKEEPING = (
    "key",
    "href",
    "audit",
    "whenModified",
    "whenCreated",
    "createdBy",
    "modifiedBy",
    "createdByUser",
    "modifiedByUser",
    "documentSequence",
    "enabledDate",
    "id",
    "name",
)

OWN = tuple(key for key in BOOKKEEPING if key != "name")
"""What is the system's own wherever it stands, and comes back with no export."""


def read(reading: Reading, records: list[Record]) -> None:
    """Read every document sequence into the definitions, then the rollovers that stand by themselves."""
    by_key: dict[str, str] = {}
    for record in records:
        if is_rollover(record):
            continue
        name = record.name("id")
        if name is not None and record.claim("sequences", name):
            _Sequence(reading, record, name).read()
            if record.has("key"):
                by_key[str(record.given("key"))] = name
            record.finish(BOOKKEEPING)
    read_rollovers(reading, [record for record in records if is_rollover(record)], by_key, BOOKKEEPING)


class _Sequence:
    """One document sequence while it is read. `before` is what the book has of that name."""

    def __init__(self, reading: Reading, record: Record, name: str) -> None:
        self.reading = reading
        self.record = record
        self.name = name
        self.before: Sequence | None = reading.book.sequences.get(name)
        self.range: Range = read_range(record, self.before)
        self.fields: dict[str, object] = {"document_type": document_type_name(name)}
        if self.before is not None:
            self.fields = written(self.before)

    def read(self) -> None:
        record, fields, limits = self.record, self.fields, self.range
        record.stands_for("id", "name")
        if record.says("printTitle"):
            fields["title"] = record.text("printTitle") or None
        fields["kind"] = "alpha" if limits.alpha else None
        self._status()
        fields["start"], fields["end"] = limits.start, limits.end
        if self.before is None or record.says("fixedLength", limits.keys[1], "type"):
            fields["max_width"] = self._max_width()
        if record.says("entity"):
            self._entity()
        self._layout()
        if record.has("key"):
            self.reading.remember(SYSTEM, self.name, key=str(record.given("key")))
        told = {key: value for key, value in fields.items() if value is not None}
        self.reading.wanted.sequences[self.name] = told
        self._keep_words(told)

    def _keep_words(self, told: dict[str, object]) -> None:
        """Keep how the body spells what the definition holds. Where counters stand is known of a new one."""
        sequence, _ = check_sequence(self.name, told, self.reading.calendars())
        kept: dict[str, object] = {**self.reading.wanted.origins.get(self.name, {}).get(SYSTEM, {})}
        parts = None if sequence is None else parts_of(kept, sequence)
        if sequence is None or parts is None:
            return
        said = self.record.body(OWN, {"entity": frozenset(("key", "href"))})
        upcoming = {}
        for period, written_value in self.reading.wanted.counters.get(self.name, {}).items():
            try:
                upcoming[period] = grid_value(sequence, written_value)
            except ValueProblem:
                # Told when the plan is made.
                return
        groups = GROUPS
        if self.before is not None:
            groups = tuple(group for group in GROUPS if group not in COUNTED)
        computed = payload(sequence, parts, upcoming)
        self.reading.keep_words(SYSTEM, self.name, said, computed, groups)

    def _max_width(self) -> int | None:
        """The whole primary part has the fixed length: one digit more is the end of the range."""
        if self.range.width:
            return None if self.range.alpha else self.range.width
        return LONGEST if self.range.end is None else None

    def _status(self) -> None:
        status = self.record.text("status")
        if status not in (None, "active", "inactive"):
            self.record.error("status", f"{status!r} is neither active nor inactive")
        elif status is not None:
            self.fields["status"] = status

    def _entity(self) -> None:
        """A sequence of an entity serves that entity alone; at the top level there is none."""
        given = self.record.given("entity")
        if isinstance(given, str):
            entity = given
        else:
            table = self.record.table("entity")
            entity = (table.text("id") if table else None) or ""
            if table:
                if not entity and table.has("key"):
                    table.warning("id", "is missing, so that the sequence will serve every entity")
                table.finish(BOOKKEEPING)
        requires = self.fields.get("requires")
        others = (
            {key: kept for key, kept in requires.items() if key != "entity"}
            if isinstance(requires, dict)
            else {}
        )
        self.fields["requires"] = {**others, "entity": [entity]} if entity else others or None
        self.record.stands_for("entity", "requires")

    def _layout(self) -> None:
        """The pattern, and whether each fiscal year has a counter of its own."""
        record = self.record
        rollover = record.table("rollover")
        rows = record.rows("fiscalYears") + (rollover.rows("fiscalYears") if rollover else [])
        fiscal_keys = ("isEnabled", "fiscalYearAffixPosition", "separator")
        named = record.says(*TEXTS) or (rollover is not None and rollover.says(*fiscal_keys))
        fiscal = self.before is not None and self.before.reset == "fiscal-year"
        if self.before is None or named or record.says("fixedLength"):
            parts = read_parts(self.reading, record, rollover, self.before, named)
            fiscal = self._fiscal(rollover, parts, bool(rows))
            self.fields["pattern"] = parts.pattern(self.range.width, fiscal)
            parts.remember(self.reading, self.name)
        read_years(self.reading, record, self.name, self.range, fiscal, rows, BOOKKEEPING)
        if rollover is not None:
            rollover.finish(BOOKKEEPING)

    def _fiscal(self, rollover: Record | None, parts: Parts, rows: bool) -> bool:
        """Whether rollover is enabled; the fields that say so."""
        fields, before = self.fields, self.before
        enabled = before is not None and before.reset == "fiscal-year"
        if rollover is not None and rollover.says("isEnabled"):
            enabled = bool(rollover.flag("isEnabled"))
            if not enabled and before is not None and before.reset == "fiscal-year":
                fields.update(reset="never", calendar=None, unique="always")
        elif before is None and rollover is not None and (rows or parts.affix or parts.separator):
            rollover.error("isEnabled", "is missing", "say whether each fiscal year is counted anew")
        if not enabled:
            return False
        fields["reset"] = "fiscal-year"
        fields["calendar"] = self.reading.fiscal_calendar(self.record.file, self.record.path, before)
        self.record.stands_for("rollover", "calendar")
        if rollover is not None and (before is None or rollover.says("isEnabled", "fiscalYearAffixPosition")):
            if not parts.affix:
                rollover.warning(
                    "fiscalYearAffixPosition", "is missing; none is taken: numbers repeat every year"
                )
            fields["unique"] = None if parts.affix in ("prefix", "suffix") else "period"
        return True
