"""The fiscal years of an Intacct document sequence, each with a counter of its own.

They stand within their sequence, or by themselves as rollover objects that name it.
"""

import re

from seqctl.definitions.foreign.intacct.parts import SYSTEM
from seqctl.definitions.foreign.intacct.range import Range, range_of
from seqctl.definitions.foreign.reading import Reading
from seqctl.definitions.foreign.record import Record
from seqctl.model.finding import nearest
from seqctl.model.sequence.changes import written
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import composed


def is_rollover(record: Record) -> bool:
    """Whether an object is the row of one fiscal year, and no document sequence."""
    return record.says("fiscalYear") or (record.says("documentSequence") and not record.says("type"))


def read_years(
    reading: Reading,
    record: Record,
    name: str,
    limits: Range,
    fiscal: bool,
    rows: list[Record],
    bookkeeping: tuple[str, ...],
) -> None:
    """Where the counters of a document sequence stand: one for each fiscal year, or the only one."""
    key = limits.keys[2]
    upcoming = limits.upcoming(record, "all")
    if fiscal:
        if upcoming not in (None, limits.first):
            message = "is not carried over, since each fiscal year has a next number of its own"
            record.warning(key, message)
    elif upcoming is not None and (upcoming != limits.first or name in reading.book.sequences):
        reading.wanted.counters.setdefault(name, {})["all"] = upcoming
    for row in rows:
        read_year(reading, row, name, limits, fiscal, bookkeeping)


def read_year(
    reading: Reading, row: Record, name: str, limits: Range, fiscal: bool, bookkeeping: tuple[str, ...]
) -> None:
    """Where the counter of one fiscal year stands; a year without a value begins at the start."""
    year = row.text("fiscalYear") or ""
    known = re.fullmatch(r"\d{4}", year, re.ASCII) is not None and year != "0000"
    if not row.has("fiscalYear"):
        row.error("fiscalYear", "is missing", "say which year it is: 2026")
    elif not known:
        row.error("fiscalYear", f"{year!r} is not a year of four digits", "write it as 2026")
    period = f"FY{year}"
    if row.given(limits.other_next_key) is not None:
        row.error(limits.other_next_key, f"stands in a sequence that counts in {limits.kind}")
    upcoming = limits.upcoming(row, period)
    row.finish(bookkeeping)
    if not fiscal:
        row.warning("fiscalYear", "is not carried over, since rollover is not enabled")
        return
    if upcoming is None or not known:
        return
    counters = reading.wanted.counters.setdefault(name, {})
    if counters.setdefault(period, upcoming) != upcoming:
        row.error("fiscalYear", f"{year} is a duplicate with another next number", "keep one of them")


def read_rollovers(
    reading: Reading, records: list[Record], by_key: dict[str, str], bookkeeping: tuple[str, ...]
) -> None:
    """Read rollover objects into the counters of the document sequences that they belong to.

    `by_key` gives the names of the document sequences beside them by the key of the system.
    """
    known = dict(by_key)
    for name, origin in reading.book.origins.items():
        if "key" in origin.get(SYSTEM, {}):
            known.setdefault(str(origin[SYSTEM]["key"]), name)
    for record in records:
        parent = _parent(reading, record, known)
        if parent is None:
            record.finish(bookkeeping)
            continue
        name = parent
        fields = reading.wanted.sequences.get(name)
        if fields is None:
            before = reading.book.sequences[name]
            fields = reading.wanted.sequences[name] = written(before)
            reading.files.places[("sequences", name)] = (record.file, record.path)
            limits = range_of(before)
        else:
            limits = _range(fields, reading.book.sequences.get(name))
        record.subject = ("sequences", name)
        read_year(reading, record, name, limits, fields.get("reset") == "fiscal-year", bookkeeping)


def _parent(reading: Reading, record: Record, known: dict[str, str]) -> str | None:
    """The document sequence that a rollover belongs to; None, with a finding, where it is not known."""
    parent = record.table("documentSequence")
    name = composed((parent.text("id") or parent.text("name") or "") if parent is not None else "")
    if parent is not None:
        name = name or known.get(str(parent.given("key")), "")
        parent.finish(("key", "href", "id", "name"))
    name = name or reading.update or ""
    if not name:
        hint = "import the document sequence beside it, or name it with --update NAME"
        record.error("documentSequence", "does not name a document sequence", hint)
        return None
    if name in reading.wanted.sequences or name in reading.book.sequences:
        return name
    names = [*reading.wanted.sequences, *reading.book.sequences]
    hint = nearest(name, names) or "import the document sequence beside it"
    record.error("documentSequence", f"there is no document sequence {name!r}", hint)
    return None


def _range(fields: dict[str, object], before: Sequence | None) -> Range:
    """The counter of a document sequence that is read beside the rollover."""
    found = re.search(r"\{number:(\d+)\}", str(fields.get("pattern", "")))
    width = int(found[1]) if found else None
    if found is None and before is not None:
        width = before.compiled.width or None
    return Range(fields.get("kind") == "alpha", width, fields.get("start"), fields.get("end"))
