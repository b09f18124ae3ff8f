"""A line of a number series: from a starting date on, and from a first to a last number."""

from __future__ import annotations

from seqctl.definitions.foreign.business_central.numbers import CodeNumber, code_number
from seqctl.definitions.foreign.captions import plain_key
from seqctl.definitions.foreign.record import Record
from seqctl.model.classes import mutable
from seqctl.model.sequence.changes import EXHAUSTED
from seqctl.model.text import shell_word

NO_DATE = "0001-01-01"
"""How its interfaces give a date that is blank."""

MODES = {"normal": "gapless", "0": "gapless", "sequence": "standard", "1": "standard"}
"""What the implementations of numbering mean."""


@mutable
class Line:
    """One line, read. `first` and `last` are its numbers, `starting` its starting date.

    `upcoming` is its next value as a definition file writes it, where any was used.
    """

    record: Record
    id: str
    first: CodeNumber
    last: CodeNumber | None
    starting: str | None
    step: int
    mode: str | None
    warning: CodeNumber | None
    upcoming: object = None
    is_open: bool = True

    @property
    def order(self) -> tuple[str, int]:
        """Lines go by their starting date, then by their numbers."""
        return self.starting or "", self.first.value

    @property
    def warn_at(self) -> str | None:
        """How many are left where the warning begins."""
        if self.warning is None or self.last is None:
            return None
        return f"{(self.last.value - self.warning.value) // self.step} left"


def range_id(record: Record, series: str) -> str:
    """What the range of a line is called: after its series and its own number, else its first number."""
    return f"{series}-{record.text('lineNo') or record.text('startingNo') or ''}"


def read_line(record: Record, id: str) -> Line | None:
    """Read one line, which bears its id already. Problems are findings; None where it has no first number."""
    first = _number(record, "startingNo", None)
    if first is None:
        if not record.has("startingNo"):
            record.error("startingNo", "is missing", "a line without a first number numbers nothing")
        return None
    for key, field in (("startingNo", "first"), ("endingNo", "last"), ("startingDate", "valid_from")):
        record.stands_for(key, field)
    record.stands_for("warningNo", "warn_at")
    last, warning = (_number(record, key, first) for key in ("endingNo", "warningNo"))
    starting = record.day("startingDate")
    step = record.whole("incrementByNo", 1) or 1
    line = Line(
        record, id, first, last, starting if starting != NO_DATE else None, step, _mode(record), warning
    )
    if last is not None and len(last.digits) != len(first.digits) and last.digits.startswith("0"):
        record.error("endingNo", f"{last} has more digits than {first}", "write both alike")
    if warning is not None and last is None:
        record.warning("warningNo", "is not carried over, since there is no last number to count to")
    elif warning is not None and last is not None and not first.value <= warning.value <= last.value:
        record.error("warningNo", f"{warning} does not lie between {first} and {last}")
        line.warning = None
    line.upcoming = _upcoming(record, line)
    is_open = record.flag("open")
    if is_open is False and line.upcoming != EXHAUSTED:
        line.is_open = False
        record.warning(
            "open",
            "the line is closed although it has numbers left",
            f"block them: seqctl range annul {shell_word(id)} --reason TEXT",
        )
    return line


def _mode(record: Record) -> str | None:
    """Whether the line keeps its numbers without gaps; None where nothing is said of it."""
    given, gaps = record.text("implementation"), record.flag("allowGapsInNos")
    if not given or not given.strip():
        return None if gaps is None else "standard" if gaps else "gapless"
    mode = MODES.get(plain_key(given))
    if mode is None:
        record.error("implementation", f"{given!r} is neither Normal nor Sequence")
    return mode


def _number(record: Record, key: str, like: CodeNumber | None) -> CodeNumber | None:
    """The number under a key, which has the same around its digits as the first one of the line."""
    text = record.text(key)
    if text is None or not text.strip():
        return None
    number = code_number(text)
    if number is None:
        record.error(key, f"{text!r} has no digits that count, of at most 18")
    elif like is not None and not number.is_like(like):
        record.error(key, f"{number} is written otherwise than the first number {like}")
        return None
    return number


def _upcoming(record: Record, line: Line) -> object:
    """Where the counter of a line stands; None where nothing of it was used."""
    used, dated = _number(record, "lastNoUsed", line.first), record.day("lastDateUsed")
    if used is None:
        if line.mode == "standard" and dated not in (None, NO_DATE) and not record.has("lastNoUsed"):
            record.error(
                "lastNoUsed",
                f"is not told, although numbers were used until {dated}: a sequence of the database has it",
                "export the page No. Series Lines, which shows it",
            )
        return None
    if used.value < line.first.value or (line.last is not None and used.value > line.last.value):
        until = line.last or "..."
        record.error("lastNoUsed", f"{used} does not lie between {line.first} and {until}")
        return None
    upcoming = used.value + line.step
    return EXHAUSTED if line.last is not None and upcoming > line.last.value else upcoming
