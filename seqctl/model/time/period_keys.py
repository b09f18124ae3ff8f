"""Reading period keys that people and files write."""

from seqctl.days import date

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
    "fiscal-month": (r"FY\d{4}-M(0[1-9]|1[0-2])", "FY2025-M01"),
    "range": (r".{1,64}", "the id of a range"),
}


def period_problem(reset: str, key: str) -> str | None:
    """What is wrong with a period key for a reset, or None."""
    import re

    shape, example = SHAPES[reset]
    if not re.fullmatch(shape, key, re.ASCII) or not _exists(reset, key):
        return f"{key!r} is not a period of reset {reset!r}; write it as {example}"
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
