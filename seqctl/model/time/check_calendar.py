"""Checking a calendar when it is saved: a day on which every fiscal year starts, or a list of first days."""

import re
from collections.abc import Mapping

from seqctl.days import date, datetime
from seqctl.model.finding import FindingList, nearest
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.listed_calendar import ListedCalendar, Parts
from seqctl.model.value import ValueProblem, choice, name_value, short_shown

NAMINGS = ("start", "end")
FIELDS = ("start", "named_by", "years", "until", "months", "quarters")
LISTED = ("years", "until", "months", "quarters")
DAY_HINT = (
    'write it as "04-01"; years that begin on another day each are listed in a file:'
    " years = { 2026 = 2026-01-31, 2027 = 2027-01-30 }, until = 2028-01-28"
)
LONGEST = 731
"""Most days of a fiscal year."""
MOST = {"months": 13, "quarters": 4}
"""How many parts a fiscal year may have."""


def check_calendar(name: object, fields: Mapping[str, object]) -> tuple[Calendar | None, FindingList]:
    """Make a Calendar of its fields; None where a finding is an error."""
    findings = FindingList("calendars", str(name))
    for key in fields:
        if key not in FIELDS:
            findings.error(key, "unknown key", nearest(key, FIELDS))
    try:
        named = name_value(name)
    except ValueProblem as problem:
        findings.error((), str(problem), problem.hint)
        named = ""
    given = {key: value for key, value in fields.items() if value is not None and value != {}}
    if any(key in given for key in LISTED):
        return _listed(named, given, findings), findings
    month, day = _start(given.get("start"), findings)
    naming = "start"
    try:
        naming = choice(given.get("named_by", "start"), NAMINGS)
    except ValueProblem as problem:
        findings.error("named_by", str(problem), problem.hint)
    return (None if findings else Calendar(named, month, day, naming)), findings


def _start(value: object, findings: FindingList) -> tuple[int, int]:
    if value is None:
        findings.error("start", "is missing", 'write the first day of the year, as in "04-01"')
        return 1, 1
    try:
        if not isinstance(value, str) or not re.fullmatch(r"\d\d-\d\d", value, re.ASCII):
            raise ValueError
        first = date.fromisoformat(f"2000-{value}")
    except ValueError:
        findings.error("start", f"{value!r} is not a month and a day", DAY_HINT)
        return 1, 1
    if (first.month, first.day) == (2, 29):
        findings.error("start", "29 February does not exist in every year", 'write "03-01"')
    return first.month, first.day


def _listed(name: str, given: Mapping[str, object], findings: FindingList) -> ListedCalendar | None:
    """A calendar of listed years; None where a finding is an error."""
    for key in ("start", "named_by"):
        if key in given:
            findings.error(
                key, "cannot be combined with a list of years", "leave it out: the years have names"
            )
    years = _years(given.get("years"), findings)
    if findings:
        return None
    until = _day(given.get("until"), "until", findings)
    last = max(years.values(), default="")
    if until is not None and until < last:
        hint = f"give the last day of the year that begins {last} as well"
        findings.error("until", f"{until} lies before the first day of the last year, {last}", hint)
    elif until is None and not findings:
        findings.error("until", "is missing", f"write the last day of the year that begins {last}")
    if findings or until is None:
        return None
    _check_lengths(years, until, findings)
    ends = dict(zip(years, [*list(years.values())[1:], None], strict=True))
    months, quarters = (_parts(part, given.get(part), years, ends, until, findings) for part in MOST)
    return None if findings else ListedCalendar(name, years, until, months, quarters)


def _check_lengths(years: dict[str, str], until: str, findings: FindingList) -> None:
    """A fiscal year has at most LONGEST days."""
    firsts = [*map(date.fromisoformat, years.values())]
    for name, first, behind in zip(years, firsts, [*firsts[1:], date.fromisoformat(until)], strict=True):
        if (behind - first).days > LONGEST:
            findings.error(("years", name), f"has more than {LONGEST} days", "name the years between as well")


def _years(value: object, findings: FindingList) -> dict[str, str]:
    """The first day of each year, by names that ascend as the days do."""
    if not isinstance(value, dict) or not value:
        findings.error("years", "is no table of first days", "write { 2027 = 2027-01-31, 2028 = 2028-01-30 }")
        return {}
    years: dict[str, str] = {}
    before: tuple[str, str] | None = None
    for written in sorted(value, key=str):
        name = str(written)
        if not re.fullmatch(r"(?!0000)\d{4}", name, re.ASCII):
            findings.error(("years", name), f"{name!r} is not a year", "write four digits: 2028")
            return {}
        day = _day(value[written], ("years", name), findings)
        if day is None:
            return {}
        if before is not None and day <= before[1]:
            findings.error(("years", name), f"begins {day}, not after {before[0]}, which begins {before[1]}")
        if abs(int(day[:4]) - int(name)) > 1:
            message = f"begins {day}, which is more than a year away from its name"
            findings.error(("years", name), message, "name it by the year in which it starts or ends")
        years[name], before = day, (name, day)
    return years


def _parts(
    part: str,
    value: object,
    years: dict[str, str],
    ends: dict[str, str | None],
    until: str,
    findings: FindingList,
) -> Parts:
    """The first days of the months or quarters of years, checked one by one."""
    parts: Parts = {}
    if value is not None and not isinstance(value, dict):
        findings.error(
            part, "is no table of lists of first days", "write { 2028 = [2028-01-30, 2028-02-27] }"
        )
        return parts
    for written, listed in sorted((value or {}).items(), key=lambda item: str(item[0])):
        name, field = str(written), (part, str(written))
        if name not in years:
            findings.error(field, f"{name!r} is none of the years", f"years are {', '.join(years)}")
            continue
        if not isinstance(listed, list | tuple) or not 1 <= len(listed) <= MOST[part]:
            findings.error(field, f"is no list of 1 to {MOST[part]} first days")
            continue
        days = [day for item in listed if (day := _day(item, field, findings)) is not None]
        if len(days) < len(listed):
            continue
        if days[0] != years[name]:
            findings.error(field, f"begins {days[0]}, and the year {name} begins {years[name]}")
        elif sorted(set(days)) != days:
            findings.error(field, "has days that do not ascend")
        elif days[-1] > until or (ends[name] is not None and days[-1] >= str(ends[name])):
            findings.error(field, f"has {days[-1]}, which lies behind the year {name}")
        parts[name] = tuple(days)
    return parts


def _day(value: object, field: str | tuple[str, ...], findings: FindingList) -> str | None:
    """A day as ISO text; None where it is none, which becomes a finding, or where nothing is given."""
    if value is None:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    findings.error(field, f"{short_shown(value)} is not a date", "write it as 2028-01-30")
    return None
