"""Dates as tables show them: read by a format, or where nobody could take them for another day.

A date that could be two days is never guessed: 02.01.2025 is January in Berlin and February in New York.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from seqctl.days import date, timedelta
from seqctl.errors import UsageError
from seqctl.model.finding import nearest

TOKENS = {"YYYY": r"(?P<year>[0-9]{4})", "YY": r"(?P<short>[0-9]{2})", "MM": "(?P<month>[0-9]{1,2})"}
TOKENS["DD"] = "(?P<day>[0-9]{1,2})"
"""The tokens of a date format and what each of them reads; a month or a day may lack its zero."""

TIME = r"(?P<time>[T ]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
"""What may follow a date: an instant is recognised by its time."""

ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?")
YEAR_FIRST = re.compile(
    rf"(?P<year>[0-9]{{4}})(?:(?P<mark>[./-])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})"
    rf"|(?P<month_2>[0-9]{{2}})(?P<day_2>[0-9]{{2}})){TIME}"
)
YEAR_LAST = re.compile(rf"([0-9]{{1,2}})([./ -])([0-9]{{1,2}})\2([0-9]{{4}}){TIME}")
YEAR_SHORT = re.compile(rf"[0-9]{{1,2}}([./ -])[0-9]{{1,2}}\1[0-9]{{2}}{TIME}")
COUNTED = re.compile(r"([2-7][0-9]{4})([.,][0-9]+)?")
"""A day of the years 1954 to 2119 as spreadsheets count them; the time of day stands behind a point."""
FIRST_COUNTED = date(1899, 12, 30)
SERIAL = "serial"
"""The date format of a column that shows days as spreadsheets count them."""
READ_COUNTED = f"--date-format {SERIAL}"
CENTURY = 2000

DateReader = Callable[[str], str]
"""From a cell to an ISO date or instant; raises ValueError with the date and what is wrong with it."""


class SeenFormats:
    """Reads certain dates, and notes how those are written that are one day alone."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._marks: set[str] = set()

    def __call__(self, text: str) -> str:
        """The same as `certain_date`."""
        given = text.strip()
        found = YEAR_LAST.fullmatch(given)
        if found is None and COUNTED.fullmatch(given):
            self._marks.add(SERIAL)
        if found is not None:
            self._marks.add(found[2])
            days = [written for written, day in _readings(found).items() if day is not None]
            if len(days) == 1 and found[1] != found[3]:
                self._seen.update(days)
        return certain_date(text)

    def only(self) -> str | None:
        """The format in which all are written, those in doubt too; None where there is none or several."""
        return next(iter(self._seen)) if len(self._seen) == len(self._marks) == 1 else None


def date_reader(written: str | None) -> DateReader:
    """The reader of a date format as people write it, `DD.MM.YYYY`; without one only what is certain is read.

    Raises UsageError for a format that does not tell year, month and day once each.
    """
    if written is None:
        return certain_date
    return counted_date if written == SERIAL else _by_format(written)


def counted_date(text: str) -> str:
    """A day as spreadsheets count them, in ISO form. Raises ValueError for anything else but an ISO date."""
    given = text.strip()
    if not given or ISO.fullmatch(given):
        return text
    found = COUNTED.fullmatch(given)
    if found is None:
        raise ValueError(f"{given!r}, which is not a day as spreadsheets count them, such as 46022")
    return _counted(found)


def certain_date(text: str) -> str:
    """A date that is the same day for everybody, in ISO form; what is no date at all stays as it is.

    Raises ValueError where it could be two days, naming both.
    """
    given = text.strip()
    if ISO.fullmatch(given):
        return text
    found = YEAR_LAST.fullmatch(given)
    if found is not None:
        return _the_one(given, _readings(found)) + _time(found["time"])
    found = YEAR_FIRST.fullmatch(given)
    if found is not None:
        month, day_of_month = found["month"] or found["month_2"], found["day"] or found["day_2"]
        day = _day(int(found["year"]), int(month), int(day_of_month))
        return text if day is None else day + _time(found["time"])
    counted = COUNTED.fullmatch(given)
    if counted is not None:
        raise ValueError(
            f"{given!r}, which is {_counted(counted)} as spreadsheets count days: {READ_COUNTED}"
        )
    if YEAR_SHORT.fullmatch(given):
        raise ValueError(
            f"{given!r}, whose year has two digits: say how to read it, as in --date-format DD.MM.YY"
        )
    return text


def _counted(found: re.Match[str]) -> str:
    return (FIRST_COUNTED + timedelta(int(found[1]))).isoformat()


def _readings(found: re.Match[str]) -> dict[str, str | None]:
    """What a date with its year last may be, by the format in which it is that; None where it is no day."""
    first, mark, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
    return {
        f"DD{mark}MM{mark}YYYY": _day(year, second, first),
        f"MM{mark}DD{mark}YYYY": _day(year, first, second),
    }


def _the_one(given: str, readings: dict[str, str | None]) -> str:
    days = {day: written for written, day in readings.items() if day is not None}
    if len(days) == 1:
        return next(iter(days))
    if not days:
        return given
    either = " or ".join(f"{day} (--date-format {_quoted(written)})" for day, written in days.items())
    raise ValueError(f"{given!r}, which could be {either}")


def _quoted(written: str) -> str:
    return f"'{written}'" if " " in written else written


def _by_format(written: str) -> DateReader:
    pattern = re.compile(_expression(written))

    def read(text: str) -> str:
        given = text.strip()
        if not given:
            return text
        found = pattern.fullmatch(given)
        if found is None:
            if ISO.fullmatch(given):
                return text
            raise ValueError(f"{given!r}, which is not written as {written}")
        parts = found.groupdict()
        year = int(parts["year"]) if parts.get("year") else CENTURY + int(parts["short"])
        day = _day(year, int(parts["month"]), int(parts["day"]))
        if day is None:
            raise ValueError(f"{given!r}, which is not a day written as {written}")
        return day + _time(parts["time"])

    return read


def _expression(written: str) -> str:
    """The regular expression of a date format. Raises UsageError."""
    words = f"{written!r} is not a date format"
    hint = f"write it with DD, MM and YYYY or YY, as in DD.MM.YYYY; {SERIAL} is for counted days"
    parts = re.split("(YYYY|YY|MM|DD)", written.replace("{", "").replace("}", ""))
    used = [part for part in parts if part in TOKENS]
    if sorted(part[0] for part in used) != ["D", "M", "Y"]:
        near = nearest(written, ["DD.MM.YYYY", "MM/DD/YYYY", "YYYY-MM-DD"])
        raise UsageError(words, near or hint)
    between = "".join(part for part in parts if part not in TOKENS)
    if any(character.isalnum() for character in between):
        raise UsageError(f"{words}: {between.strip()!r} is no part of one", hint)
    tight = not all(parts[at] for at in range(2, len(parts) - 2, 2))
    expression = "".join(TOKENS.get(part, re.escape(part)) for part in parts)
    # Where nothing parts the tokens, only their full width does.
    return (expression.replace("{1,2}", "{2}") if tight else expression) + TIME


def _day(year: int, month: int, day: int) -> str | None:
    """The day in ISO form, or None where there is none."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _time(text: str | None) -> str:
    """The time behind a date as ISO writes it."""
    if not text:
        return ""
    clock = text.strip("T ")
    return "T" + (clock if clock[2:3] == ":" else "0" + clock)
