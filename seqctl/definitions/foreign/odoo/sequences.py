"""Sequences of Odoo (`ir.sequence`) and their date ranges (`ir.sequence.date_range`).

They come as its list view exports them (CSV or Excel, by names of fields or by labels, a date range a row
below its sequence), or as `read` and `search_read` give them. What the two implementations say of the next
number differs: `standard` keeps it in the database alone, and `number_next_actual` tells it.
"""

from __future__ import annotations

from collections import Counter

from seqctl.days import date
from seqctl.definitions.foreign.captions import Captions
from seqctl.definitions.foreign.envelope import Envelope
from seqctl.definitions.foreign.odoo.affixes import OF_RANGES, Affix
from seqctl.definitions.foreign.reading import Reading
from seqctl.definitions.foreign.record import Record
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.classes import mutable
from seqctl.model.sequence.changes import written
from seqctl.model.sequence.scope import escape
from seqctl.model.text import composed, document_type_name

UPDATED = "sequence"
ENVELOPE = Envelope(("result", "records"), ("jsonrpc", "id", "length"))

SUB = ("date_range_ids/", "Subsequences/")
KEYS = Captions(
    {
        "name": (),
        "code": ("Sequence Code",),
        "implementation": (),
        "active": (),
        "prefix": (),
        "suffix": (),
        "number_next": ("Next Number",),
        "number_next_actual": ("Actual Next Number",),
        "number_increment": ("Step",),
        "padding": ("Sequence Size",),
        "company_id": ("company", "company_id/name", "Company/Company Name"),
        "use_date_range": ("Use subsequences per date_range",),
        "date_range_ids": ("Subsequences",),
        "sequence_id": ("sequence", "Main Sequence", "sequence_id/code", "sequence_id/name"),
        "date_from": ("From",),
        "date_to": ("To",),
        "sub_from": (f"{SUB[0]}date_from", f"{SUB[1]}From"),
        "sub_to": (f"{SUB[0]}date_to", f"{SUB[1]}To"),
        "sub_next": (f"{SUB[0]}number_next", f"{SUB[1]}Next Number"),
        "sub_next_actual": (f"{SUB[0]}number_next_actual", f"{SUB[1]}Actual Next Number"),
        "id": (".id", "External ID"),
        "company_key": ("company_id/id", "company_id/.id"),
        "sub_key": (f"{SUB[0]}id", f"{SUB[0]}.id", f"{SUB[1]}External ID"),
        "sequence_key": ("sequence_id/id", "sequence_id/.id"),
        **dict.fromkeys(("display_name", "create_uid", "create_date", "write_uid", "write_date"), ()),
        "last_update": ("__last_update",),
    }
)
OWN = ("date_from", "date_to", "number_next", "number_next_actual")
BESIDE = ("sub_from", "sub_to", "sub_next", "sub_next_actual")
"""Keys of a date range in an object of its own, and in a row of its sequence."""

MODES = {"standard": "standard", "no_gap": "gapless", "no gap": "gapless"}


@mutable
class _Found:
    """A sequence of the files, with the objects that tell its date ranges and the keys that these have."""

    record: Record
    ranges: list[tuple[Record, tuple[str, ...]]]


def read(reading: Reading, records: list[Record]) -> None:
    """Read every sequence, and the date ranges within it, below it or in a list of their own."""
    found: list[_Found] = []
    alone: list[Record] = []
    for record in records:
        if (
            record.has("name")
            or record.has("code")
            or not (record.has("date_from") or record.has("sub_from"))
        ):
            found.append(_Found(record, [(row, OWN) for row in _nested(record)]))
        elif record.has("date_from"):
            alone.append(record)
        if record.has("sub_from") and found:
            found[-1].ranges.append((record, BESIDE))
    _join(found, alone)
    codes = Counter(_text(item.record, "code") for item in found)
    companies = {_text(item.record, "company_id") for item in found} - {None}
    for item in found:
        code = _text(item.record, "code")
        shared = code is not None and codes[code] > 1
        _Sequence(reading, item, shared, len(companies) > 1).read()
    for record in records:
        record.finish(KEYS.values())


def _nested(record: Record) -> list[Record]:
    """The date ranges in a sequence; a list of their ids alone tells nothing."""
    given = record.given("date_range_ids")
    if isinstance(given, list) and any(isinstance(item, dict) for item in given):
        return record.rows("date_range_ids")
    return []


def _join(found: list[_Found], alone: list[Record]) -> None:
    """Give date ranges that stand by themselves to their sequences: by id, by name or by code."""
    for record in alone:
        told = record.given("sequence_id")
        keys = set(map(str, told if isinstance(told, list) else [told]))
        keys |= {str(record.given("sequence_key"))} - {"None"}
        for item in found:
            names = {str(item.record.given(key)) for key in ("id", "name", "code")} - {"None", "False"}
            if keys & names:
                item.ranges.append((record, OWN))
                break
        else:
            record.error(
                "sequence", f"{told!r} is none of the sequences", "import them beside their date ranges"
            )


def _text(record: Record, key: str) -> str | None:
    """A text; where there is none, its interface says false."""
    value = record.given(key)
    if value is False:
        return None
    if isinstance(value, list) and len(value) == 2:
        return str(value[1])
    return record.text(key) or None


class _Sequence:
    """One sequence while it is read."""

    def __init__(self, reading: Reading, found: _Found, shared: bool, several: bool) -> None:
        """`several` says that the files are of several companies, `shared` that these share its code."""
        self.reading = reading
        self.record = found.record
        self.ranges = found.ranges
        self.company = _text(found.record, "company_id")
        self._shared = shared
        self._several = several
        self.affixes: list[Affix] = []

    def read(self) -> None:
        """Put the sequence and its ranges into what is wanted."""
        record, wanted = self.record, self.reading.wanted
        code, title = _text(record, "code"), _text(record, "name")
        name = code or title
        if name is None:
            name = record.name("name")
        if name is None:
            return
        if self._shared and self.company is not None:
            name = f"{name} ({self.company})"
        self.name = composed(name)
        if not record.claim("sequences", self.name):
            return
        self.before = self.reading.book.sequences.get(self.name)
        fields = written(self.before) if self.before is not None else {}
        dated = record.flag("use_date_range")
        self.dated = bool(self.ranges) if dated is None else dated
        self.step = record.whole("number_increment", 1) or 1
        self.mode = self._mode()
        fields.update(
            title=title if code else None,
            document_type=document_type_name(code or name),
            pattern=self._pattern(),
            step=self.step,
            mode=self.mode,
            reset="range" if self.dated else "never",
            status="inactive" if record.flag("active") is False else "active",
        )
        if self._several and self.company is not None:
            fields["requires"] = {"company": self.company}
        if self.dated:
            self._read_ranges()
        else:
            self._read_counter(fields)
        if not record.errors:
            wanted.sequences[self.name] = {key: value for key, value in fields.items() if value is not None}

    def _mode(self) -> str:
        given = (_text(self.record, "implementation") or "standard").strip().lower()
        if given not in MODES:
            self.record.error("implementation", f"{given!r} is neither standard nor no_gap")
        return MODES.get(given, "standard")

    def _pattern(self) -> str:
        padding = self.record.whole("padding", 0, 255) or 0
        number = f"{{number:{padding}}}" if padding > 1 else "{number}"
        self.affixes = []
        for key in ("prefix", "suffix"):
            affix = Affix(_text(self.record, key) or "", self.dated)
            if affix.problem is not None:
                self.record.error(key, *affix.problem)
            self.affixes.append(affix)
        prefix, suffix = (affix.pattern for affix in self.affixes)
        self.record.stands_for("prefix", "pattern")
        return prefix + number + suffix

    def _upcoming(self, record: Record, plain: str, actual: str) -> int | None:
        """The next number that a sequence or date range gives; None, with a finding, where it is not told."""
        stated, told = record.whole(plain), record.whole(actual)
        if told is not None or self.mode == "gapless":
            return stated if told is None else told
        if stated is not None:
            message = (
                "is where counting began; the sequence is of the kind that keeps its next number elsewhere"
            )
            record.error(plain, message, "export number_next_actual (Actual Next Number) as well")
        return None

    def _read_counter(self, fields: dict[str, object]) -> None:
        """Where a sequence without date ranges stands."""
        if self.ranges:
            self.record.warning("use_date_range", "is off, so that its date ranges are not carried over")
        upcoming = self._upcoming(self.record, "number_next", "number_next_actual")
        if upcoming is None:
            return
        start = _begin(upcoming, self.step)
        if self.before is None:
            fields["start"] = start
        if self.before is not None or upcoming != start:
            self.record.stands_for("number_next_actual", "counters", "all")
            self.reading.wanted.counters[self.name] = {"all": upcoming}

    def _read_ranges(self) -> None:
        if not self.ranges:
            hint = "export its date_range_ids as well"
            self.record.error("use_date_range", "the sequence counts by date ranges, and has none here", hint)
            return
        message = "Odoo makes the next date range by itself, and seqctl does not"
        hint = "add it with: seqctl range add ID SEQUENCE --first 1 --from DATE --until DATE"
        self.record.warning("use_date_range", message, hint)
        for record, keys in self.ranges:
            self._read_range(record, keys)

    def _read_range(self, record: Record, keys: tuple[str, ...]) -> None:
        begins, ends, plain, actual = keys
        since, until = record.day(begins), record.day(ends)
        for key in (begins, ends):
            if not record.has(key):
                record.error(key, "is missing", "a date range has a first and a last day")
        if since is None or until is None:
            return
        id = composed(f"{self.name}-{since}")
        upcoming = self._upcoming(record, plain, actual)
        if not self.reading.files.claim(("ranges", id), record.file, record.path):
            return
        record.stands_for(begins, "valid_from")
        before = self.reading.book.ranges.get(id)
        first = before.first if before is not None else _begin(upcoming or 1, self.step)
        begun = date.fromisoformat(since)
        self.reading.wanted.ranges[id] = {
            **(KINDS["range"].values(before) if before is not None else {}),
            "sequence": self.name,
            "first": first,
            "valid_from": since,
            "valid_until": until,
            "values": {name: OF_RANGES[name](begun) for affix in self.affixes for name in affix.supplied},
        }
        if upcoming is not None and upcoming != first:
            counters = self.reading.wanted.counters.setdefault(self.name, {})
            counters[escape(id)] = upcoming


def _begin(upcoming: int, step: int) -> int:
    """Where counting began, as low as it can be: the next number is whole steps behind it."""
    return (upcoming - 1) % step + 1 if upcoming > 0 else upcoming
