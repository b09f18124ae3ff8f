"""Calendars: where a fiscal year starts, how it is named, and which fiscal month a day lies in.

On the path of every issue with a fiscal token, so it imports nothing.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.days import date

DAYS_IN_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Calendar:
    """A fiscal calendar: it starts on `month`/`day`, and `named_by` says which year names it.

    `named_by = "start"` calls April 2025 to March 2026 FY2025, `named_by = "end"` calls it FY2026. A
    fiscal year that starts on 1 January lies in one calendar year and has that name either way.
    """

    listed = False
    """Whether its fiscal years are listed (`listed_calendar.py`)."""

    __slots__ = ("day", "id", "month", "name", "named_by")

    def __init__(self, name: str, month: int, day: int, named_by: str, id: int | None = None) -> None:
        self.name = name
        self.month = month
        self.day = day
        self.named_by = named_by
        self.id = id

    @property
    def start(self) -> str:
        """The first day of the fiscal year as `MM-DD`."""
        return f"{self.month:02}-{self.day:02}"

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from every other calendar, whatever it is called."""
        return self.month, self.day, self.named_by

    def days_left(self, today: "date") -> "int | None":
        """The days from one until the last that lies in a fiscal year; None where there is no last one."""
        return None

    def start_year(self, day: "date") -> int:
        """The calendar year in which the fiscal year of `day` starts."""
        return day.year - ((day.month, day.day) < (self.month, self.day))

    def end_year(self, day: "date") -> int:
        """The calendar year in which the fiscal year of `day` ends."""
        starts_in_january = self.month == 1 and self.day == 1
        return self.start_year(day) + (not starts_in_january)

    def fiscal_year(self, day: "date") -> int:
        """The year that names the fiscal year of `day`."""
        return self.start_year(day) if self.named_by == "start" else self.end_year(day)

    def holds(self, day: "date") -> bool:
        """Whether the fiscal year of `day` lies within the years 1 to 9999, which four digits can show."""
        return self.start_year(day) >= 1 and self.end_year(day) <= 9999

    def fiscal_month(self, day: "date") -> int:
        """1 to 12. A fiscal month begins on the start day, or on the last of a shorter month."""
        length = DAYS_IN_MONTH[day.month - 1]
        if day.month == 2 and day.year % 4 == 0 and (day.year % 100 or day.year % 400 == 0):
            length = 29
        begun = day.day >= min(self.day, length)
        return (day.month - self.month - (not begun)) % 12 + 1

    def fiscal_quarter(self, day: "date") -> int:
        """1 to 4: three fiscal months each."""
        return (self.fiscal_month(day) + 2) // 3
