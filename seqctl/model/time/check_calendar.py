"""Checking a calendar when it is saved."""

import re
from collections.abc import Mapping

from seqctl.days import date
from seqctl.model.finding import FindingList, nearest
from seqctl.model.time.calendar import Calendar
from seqctl.model.value import ValueProblem, choice, name_value

NAMINGS = ("start", "end")


def check_calendar(name: object, fields: Mapping[str, object]) -> tuple[Calendar | None, FindingList]:
    """Make a Calendar of `start` (month and day) and `named_by`; None where a finding is an error."""
    findings = FindingList("calendars", str(name))
    for key in fields:
        if key not in ("start", "named_by"):
            findings.error(key, "unknown key", nearest(key, ("start", "named_by")))
    try:
        named = name_value(name)
    except ValueProblem as problem:
        findings.error((), str(problem), problem.hint)
        named = ""
    month, day = _start(fields.get("start"), findings)
    naming = "start"
    try:
        naming = choice(fields.get("named_by", "start"), NAMINGS)
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
        findings.error("start", f"{value!r} is not a month and a day", 'write it as "04-01"')
        return 1, 1
    if (first.month, first.day) == (2, 29):
        findings.error("start", "29 February does not exist in every year", 'write "03-01"')
    return first.month, first.day
