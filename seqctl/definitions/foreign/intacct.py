"""Document sequences of Sage Intacct.

The counter itself is read in `intacct_range.py`. A number is
`{FY}{separator}{prefix}{separator}{number}{separator}{suffix}`, the fiscal year in front, at the end or not
shown. A separator stands between the number and its prefix or suffix, so that it is left out where there is
no prefix or suffix; that of the fiscal year comes and goes with the fiscal year.
"""

import re

from seqctl.definitions.foreign.envelope import Envelope
from seqctl.definitions.foreign.intacct_range import LONGEST, read_range
from seqctl.definitions.foreign.reading import Reading
from seqctl.definitions.foreign.record import Record
from seqctl.model.pattern.compile import quote_braces
from seqctl.model.text import document_type_name

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
    "documentSequence",
    "enabledDate",
    "id",
    "name",
)


def read(reading: Reading, records: list[Record]) -> None:
    """Read every document sequence into the definitions."""
    for record in records:
        name = record.name("id")
        if name is not None and record.claim("sequences", name):
            _Sequence(reading, record, name).read()
            record.finish(BOOKKEEPING)


class _Sequence:
    """One document sequence while it is read."""

    def __init__(self, reading: Reading, record: Record, name: str) -> None:
        self.reading = reading
        self.record = record
        self.name = name
        self.fields: dict[str, object] = {"document_type": document_type_name(name)}
        self.counters: dict[str, object] = {}
        self.range = read_range(record)

    def read(self) -> None:
        record, fields, limits = self.record, self.fields, self.range
        record.stands_for("id", "name")
        fields["title"] = record.text("printTitle") or None
        fields["kind"] = "alpha" if limits.alpha else None
        fields["status"] = self._status()
        fields["start"], fields["end"] = limits.start, limits.end
        if limits.width and not limits.alpha:
            # The whole primary part has that length: one digit more is the end of the range.
            fields["max_width"] = limits.width
        elif not limits.width and limits.end is None:
            fields["max_width"] = LONGEST
        self._entity()
        self._rollover()
        wanted = self.reading.wanted
        wanted.sequences[self.name] = {key: value for key, value in fields.items() if value is not None}
        if self.counters:
            wanted.counters[self.name] = self.counters

    def _status(self) -> str | None:
        status = self.record.text("status")
        if status not in (None, "active", "inactive"):
            self.record.error("status", f"{status!r} is neither active nor inactive")
            return None
        return status

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
        if entity:
            self.fields["requires"] = {"entity": [entity]}
            self.record.stands_for("entity", "requires")

    def _rollover(self) -> None:
        """The fiscal years, each with a counter of its own, or the one counter of a sequence without them."""
        record, fields = self.record, self.fields
        rollover = record.table("rollover")
        enabled = rollover.flag("isEnabled") if rollover else None
        affix = rollover.text("fiscalYearAffixPosition") if rollover else None
        separator = (rollover.text("separator") if rollover else None) or ""
        rows = record.rows("fiscalYears") + (rollover.rows("fiscalYears") if rollover else [])
        upcoming = self.range.value(record, self.range.next_key, "counters", "all")
        if rollover is not None:
            rollover.finish(BOOKKEEPING)
        if not enabled:
            fields["pattern"] = self._pattern("", "")
            for row in rows:
                row.warning("fiscalYear", "is not carried over, since rollover is not enabled")
            if upcoming not in (None, self.range.first):
                self.counters["all"] = self.range.counter(upcoming)
            return
        assert rollover is not None
        fields["reset"] = "fiscal-year"
        fields["calendar"] = self.reading.fiscal_calendar(record.file, record.path)
        record.stands_for("rollover", "calendar")
        if upcoming not in (None, self.range.first):
            message = "is not carried over, since each fiscal year has a next number of its own"
            record.warning(self.range.next_key, message)
        if not affix:
            rollover.warning(
                "fiscalYearAffixPosition", "is missing; none is taken: numbers repeat every year"
            )
        elif affix not in ("none", "prefix", "suffix"):
            rollover.error("fiscalYearAffixPosition", f"{affix!r} is none of none, prefix and suffix")
        if not affix or affix == "none":
            fields["unique"] = "period"
        year = quote_braces(separator)
        fields["pattern"] = self._pattern(
            "{FY}" + year if affix == "prefix" else "", year + "{FY}" if affix == "suffix" else ""
        )
        for row in rows:
            self._fiscal_year(row)

    def _pattern(self, before: str, after: str) -> str:
        record = self.record
        prefix, suffix = record.text("fixedPrefix") or "", record.text("fixedSuffix") or ""
        separators = record.text("prefixSeparator") or "", record.text("suffixSeparator") or ""
        front = quote_braces(prefix + separators[0]) if prefix else ""
        back = quote_braces(separators[1] + suffix) if suffix else ""
        number = f"{{number:{self.range.width}}}" if self.range.width else "{number}"
        return before + front + number + back + after

    def _fiscal_year(self, row: Record) -> None:
        """Where the counter of one fiscal year stands; a year without a value begins at the start."""
        year = row.text("fiscalYear") or ""
        if not re.fullmatch(r"\d{4}", year, re.ASCII) or year == "0000":
            row.error("fiscalYear", f"{year!r} is no year of four digits", "write it as 2026")
        if row.given(self.range.other_next_key) is not None:
            row.error(self.range.other_next_key, f"stands in a sequence that counts in {self.range.kind}")
        period = f"FY{year}"
        upcoming = self.range.value(row, self.range.next_key, "counters", period)
        row.finish(BOOKKEEPING)
        if upcoming is None:
            return
        value = self.range.counter(upcoming)
        if self.counters.setdefault(period, value) != value:
            row.error("fiscalYear", f"{year} stands twice with different next numbers", "keep one of them")
