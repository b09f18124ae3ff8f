"""Reading period keys that people and files write."""

from seqctl.days import date
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.period_bounds import period_bounds

SHAPES = {
    "never": (r"all", "all"),
    "year": (r"\d{4}", "2026"),
    "half-year": (r"\d{4}-H[12]", "2026-H1"),
    "quarter": (r"\d{4}-Q[1-4]", "2026-Q2"),
    "month": (r"\d{4}-(0[1-9]|1[0-2])", "2026-05"),
    "week": (r"\d{4}-W(0[1-9]|[1-4]\d|5[0-3])", "2026-W01"),
    "day": (r"\d{4}-\d\d-\d\d", "2026-05-04"),
    "fiscal-year": (r"FY\d{4}", "FY2025"),
    "fiscal-quarter": (r"FY\d{4}-Q[1-4]", "FY2025-Q1"),
    "fiscal-month": (r"FY\d{4}-M(0[1-9]|1[0-3])", "FY2025-M01"),
    "range": (r".{1,64}", "the id of a range"),
}


def period_problem(reset: str, key: str, calendar: Calendar | None = None) -> str | None:
    """What is wrong with a period key for a reset and the calendar of its sequence, or None."""
    import re

    shape, example = SHAPES[reset]
    if not re.fullmatch(shape, key, re.ASCII) or not _exists(reset, key):
        return f"{key!r} is not a period of reset {reset!r}; write it as {example}"
    return None if calendar is None else _calendar_problem(reset, key, calendar)


def _calendar_problem(reset: str, key: str, calendar: Calendar) -> str | None:
    """Why a calendar has no such fiscal period, or None."""
    if not reset.startswith("fiscal-"):
        return None
    if not calendar.listed:
        return f"{key!r} is no period: a fiscal year has 12 months" if key.endswith("-M13") else None
    first, last = period_bounds(reset, key, calendar)
    if first is not None and last is not None and first > last:
        return f"{key!r} is no period of calendar {calendar.name!r}"
    return None


def _exists(reset: str, key: str) -> bool:
    if reset == "range":
        return True
    if key.removeprefix("FY").startswith("0000"):
        # The years of dates begin at 1.
        return False
    try:
        if reset == "day":
            date.fromisoformat(key)
        if reset == "week":
            date.fromisocalendar(int(key[:4]), int(key[6:]), 1)
    except ValueError:
        return False
    return True
