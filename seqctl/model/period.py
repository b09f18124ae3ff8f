"""Periods: the stretch of document dates in which one counter runs, named by its key.

Keys are what every list and file shows: `all`, `2026`, `2026-H1`, `2026-Q2`, `2026-05`, `2026-W01`,
`2026-05-04`, `FY2025`, `FY2025-Q1`, `FY2025-M01`. On the path of every issue: nothing but days is
imported.
"""

from seqctl.days import date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.time.calendar import Calendar

RESETS = (
    "never",
    "year",
    "half-year",
    "quarter",
    "month",
    "week",
    "day",
    "fiscal-year",
    "fiscal-quarter",
    "fiscal-month",
)


def period_key(reset: str, day: date, calendar: "Calendar | None") -> str:
    """The key of the period that `day` lies in.

    Weeks are ISO 8601 weeks and carry the ISO year. A fiscal reset needs `calendar`.
    """
    if reset == "never":
        return "all"
    if reset == "year":
        return f"{day.year:04}"
    if reset == "month":
        return f"{day.year:04}-{day.month:02}"
    if reset == "day":
        return day.isoformat()
    if reset == "quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    if reset == "half-year":
        return f"{day.year:04}-H{(day.month + 5) // 6}"
    if reset == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    assert calendar is not None, "a fiscal reset is saved only together with a calendar"
    fiscal_year = f"FY{calendar.fiscal_year(day):04}"
    if reset == "fiscal-quarter":
        return f"{fiscal_year}-Q{calendar.fiscal_quarter(day)}"
    if reset == "fiscal-month":
        return f"{fiscal_year}-M{calendar.fiscal_month(day):02}"
    return fiscal_year


def document_day(given: str, zone: str) -> date:
    """The document date of a request: a day as it is, an instant as the day that it is in the zone."""
    try:
        if len(given) == 10:
            return date.fromisoformat(given)
    except ValueError:
        pass
    from seqctl.model.time.instant import instant_day

    return instant_day(given, zone)
