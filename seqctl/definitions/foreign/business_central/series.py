"""Number series of Business Central (tables 308 `No. Series` and 309 `No. Series Line`).

A series is a sequence that counts in ranges, a line a range: from its starting date until the day before the
next one begins. What stands around the digits of its numbers is supplied by the range, since each line may
have other words: `SI25-0001`, `SI26-0001`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from seqctl.days import date, timedelta
from seqctl.definitions.foreign.business_central.lines import NO_DATE, Line, range_id, read_line
from seqctl.definitions.foreign.business_central.numbers import LONGEST
from seqctl.definitions.foreign.captions import Captions
from seqctl.definitions.foreign.envelope import Envelope
from seqctl.definitions.foreign.reading import Reading
from seqctl.definitions.foreign.record import Record
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.range.range import Range
from seqctl.model.sequence.changes import written
from seqctl.model.sequence.scope import escape
from seqctl.model.text import composed

UPDATED = "sequence"
ENVELOPE = Envelope(("value",), ("@odata.context", "@odata.count", "@odata.editLink"), ("@odata.nextLink",))
KEYS = Captions(
    {
        "code": (),
        "description": (),
        "defaultNos": (),
        "manualNos": (),
        "dateOrder": (),
        "noSeriesLines": (),
        "seriesCode": (),
        "lineNo": ("lineNumber",),
        "startingDate": (),
        "startingNo": ("startingNumber",),
        "endingNo": ("endingNumber",),
        "warningNo": ("warningNumber",),
        "incrementByNo": ("incrementByNumber",),
        "lastNoUsed": ("lastNumberUsed",),
        "lastDateUsed": (),
        "open": (),
        "implementation": (),
        "allowGapsInNos": ("allowGaps", "allowGapsCtrl"),
        "etag": ("@odata.etag",),
        **dict.fromkeys(("sequenceName", "startingSequenceNo", "id", "systemId"), ()),
        **dict.fromkeys(("systemCreatedAt", "systemCreatedBy", "systemModifiedAt", "systemModifiedBy"), ()),
        **dict.fromkeys(("systemRowVersion", "lastModifiedDateTime", "auxiliaryIndex1", "timestamp"), ()),
    }
)
"""The captions of its fields, however a page or an interface spells them; the last ones are its own."""


def read(reading: Reading, records: list[Record]) -> None:
    """Read every series and line; those of one series belong together, in whatever files they stand."""
    series: dict[str, _Series] = {}
    for record in records:
        is_line = record.has("startingNo") or record.has("seriesCode")
        name = record.name("seriesCode" if is_line and record.has("seriesCode") else "code")
        if name is None:
            continue
        found = series.setdefault(name, _Series(reading, name))
        if record.says("code"):
            found.take_head(record)
        nested = record.rows("noSeriesLines")
        for line in [record] if is_line else nested:
            found.take_line(line)
        for line in nested:
            line.finish(KEYS.values())
        record.finish(KEYS.values())
    for found in series.values():
        found.put()


class _Series:
    """One series: what its head says, and its lines."""

    def __init__(self, reading: Reading, name: str) -> None:
        self.reading = reading
        self.name = name
        self.before = reading.book.sequences.get(name)
        self.fields: dict[str, object] = {}
        self.lines: list[Line] = []
        self.head: Record | None = None
        self.broken = False

    def take_head(self, record: Record) -> None:
        """Read what a row of the series itself says."""
        if record.claim("sequences", self.name):
            self.head = record
        title = record.text("description")
        if record.says("description"):
            record.stands_for("description", "title")
            self.fields["title"] = (title or "").strip() or None
        manual, ordered = record.flag("manualNos"), record.flag("dateOrder")
        if manual is not None:
            self.fields["manual"] = manual
        if ordered is not None:
            self.fields["date_order"] = "refuse" if ordered else "off"
        if record.flag("defaultNos") is False:
            record.warning(
                "defaultNos", "its numbers are entered by hand there; here `next` gives them as well"
            )

    def take_line(self, record: Record) -> None:
        """Read a line of the series."""
        id = composed(range_id(record, self.name))
        if not record.claim("ranges", id):
            return
        line = read_line(record, id)
        other = self.reading.book.ranges.get(id)
        if other is not None and other.sequence != self.name:
            record.error("lineNo", f"there is already a range {id!r} of sequence {other.sequence!r}")
        self.broken |= record.errors > 0 or line is None
        dated = record.day("lastDateUsed")
        if self.fields.get("date_order") == "refuse" and dated not in (None, NO_DATE):
            message = f"{dated} does not come along: the next number may carry an earlier date"
            record.warning("lastDateUsed", message)
        if line is not None:
            self.lines.append(line)

    def put(self) -> None:
        """Make the sequence and its ranges of what was read."""
        if not self.lines:
            self._put_head()
            return
        self.lines.sort(key=lambda line: line.order)
        first = self.lines[0].record
        self.reading.files.places.setdefault(("sequences", self.name), (first.file, first.path))
        if self.before is not None and self.before.reset != "range":
            first.error("seriesCode", f"sequence {self.name!r} already exists, and counts in no ranges")
            return
        if not (self._same("incrementByNo", "step") & self._same("startingNo", "width")) or self.broken:
            return
        known = self._known_ranges()
        self._put_sequence(known)
        ends = dict(_ends([line.starting for line in self.lines] + [item.valid_from for item in known]))
        for line in self.lines:
            self._put_range(line, ends[line.starting])
        for item in known:
            self._end_earlier(item, ends[item.valid_from])

    def _put_head(self) -> None:
        """A series without lines: it changes a sequence that is there, or lacks them."""
        if self.head is None or self.broken:
            return
        if self.before is not None:
            self.reading.wanted.sequences[self.name] = {**written(self.before), **self.fields}
        else:
            self.head.error("code", "the series has no lines", "import its lines (No. Series Line) beside it")

    def _same(self, key: str, what: str) -> bool:
        """Whether all lines have one step, or one width of digits: a sequence has one."""
        told = [len(line.first.digits) if what == "width" else line.step for line in self.lines]
        for line, value in zip(self.lines, told, strict=True):
            if value != told[0]:
                noun = "digits" if what == "width" else "steps"
                words = f"{value} {noun}, and the line before it {told[0]}"
                message = f"the line has {words}" if what == "width" else f"the line goes by {words}"
                line.record.error(key, message, "import it as a series of its own, under another code")
                return False
        return True

    def _known_ranges(self) -> list[Range]:
        """The ranges that the book has of the series, and the files do not."""
        ids = {line.id for line in self.lines}
        ranges: Iterable[Range] = self.reading.book.ranges.values()
        return [item for item in ranges if item.sequence == self.name and item.name not in ids]

    def _put_sequence(self, known: list[Range]) -> None:
        texts = self.before.compiled.attributes if self.before is not None else ()
        self._supplied = {
            part: part in texts or any(getattr(line.first, part) for line in self.lines)
            for part in ("prefix", "suffix")
        }
        width = len(self.lines[0].first.digits)
        number = f"{{number:{width}}}" if width > 1 else "{number}"
        pattern = (
            ("{prefix}" if self._supplied["prefix"] else "")
            + number
            + ("{suffix}" if self._supplied["suffix"] else "")
        )
        modes = [line.mode for line in self.lines if line.mode is not None and line.is_open]
        mode = {"mode": modes[-1]} if modes else {}
        if len(set(modes)) > 1:
            self.lines[-1].record.warning(
                "implementation", f"open lines differ in it, and a sequence has one: it is {modes[-1]}"
            )
        before = written(self.before) if self.before is not None else {"max_length": LONGEST}
        self.reading.wanted.sequences[self.name] = {
            **before,
            "reset": "range",
            "pattern": pattern,
            "step": self.lines[0].step,
            **mode,
            **self.fields,
        }

    def _put_range(self, line: Line, until: str | None) -> None:
        before = self.reading.book.ranges.get(line.id)
        fields = KINDS["range"].values(before) if before is not None else {}
        values = {part: getattr(line.first, part) for part, shown in self._supplied.items() if shown}
        self.reading.wanted.ranges[line.id] = {
            **fields,
            "sequence": self.name,
            "first": line.first.value,
            "last": line.last.value if line.last is not None else None,
            "valid_from": line.starting,
            "valid_until": until,
            "values": values,
            "warn_at": line.warn_at,
        }
        if line.upcoming is not None:
            line.record.stands_for("lastNoUsed", "counters", escape(line.id))
            counters = self.reading.wanted.counters.setdefault(self.name, {})
            counters[escape(line.id)] = line.upcoming

    def _end_earlier(self, item: Range, until: str | None) -> None:
        """A range of the book ends where a line of the files takes over from it."""
        if until is None or (item.valid_until is not None and item.valid_until <= until):
            return
        place = (self.lines[0].record.file, self.lines[0].record.path)
        self.reading.files.places.setdefault(("ranges", item.name), place)
        self.reading.wanted.ranges[item.name] = {**KINDS["range"].values(item), "valid_until": until}


def _ends(starts: list[str | None]) -> Iterable[tuple[str | None, str | None]]:
    """The last day of lines by their starting date: the day before the next ones begin, if any do."""
    days = [day for day, _ in groupby(sorted(starts, key=lambda day: day or ""))]
    for day, following in zip(days, [*days[1:], None], strict=True):
        yield day, None if following is None else _day_before(following)


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
