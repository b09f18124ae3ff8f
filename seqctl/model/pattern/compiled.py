"""The compiled pattern: what is stored beside a sequence and rendered for every number.

A pattern is checked and compiled once, when it is saved (`seqctl.model.pattern.compile`); from then on
each issue decodes the stored text and renders, so this file is on the path of every issue. The keys of
periods are patterns of date tokens too, and stand here with them.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from seqctl.days import date
    from seqctl.model.time.calendar import Calendar

FORMAT = "1"
"""The version of the stored form. A stored text of another version is compiled anew."""

TEXT, DATE, NUMBER, ATTRIBUTE, CHECK = "T", "D", "N", "A", "C"

ANY_CHECK = "?"
"""Stands for CHECK where a check digit need not be right, to say which would be. Never stored."""

HOLE = "\0"
"""Stands in a frame for each character of a check digit, which only the number as a whole decides."""

MAXIMUM_LENGTH = 255
"""Most characters of a rendered number."""

LARGEST_VALUE = 9223372036854775807
"""The largest integer that the book can store (63 bits)."""


class Pattern:
    """Segments of a pattern in order: (TEXT, literal), (DATE, token), (NUMBER, width), (ATTRIBUTE, name),
    (CHECK, algorithm).

    `alpha` says that the counter is written in letters; `width` is the least number of digits, or the
    exact number of letters, and 0 where none was given. `max_width` is the sequence's. `attributes` are the
    names of the attributes that the pattern shows, in order, each once; `exact` has those whose number of
    characters is exact. `codes` are what `{type}` may show, where the types of the sequence have codes.
    """

    codes: "tuple[str, ...]" = ()

    __slots__ = ("alpha", "attributes", "exact", "max_width", "segments", "width")

    def __init__(
        self,
        segments: "tuple[tuple[str, str], ...]",
        alpha: bool,
        max_width: "int | None" = None,
        exact: "dict[str, int] | None" = None,
    ) -> None:
        self.segments = segments
        self.alpha = alpha
        self.max_width = max_width
        self.exact = exact or {}
        (width,) = [value for kind, value in segments if kind == NUMBER]
        self.width = int(width)
        self.attributes = tuple(dict.fromkeys([value for kind, value in segments if kind == ATTRIBUTE]))

    @property
    def date_tokens(self) -> "tuple[str, ...]":
        """The date tokens that the pattern shows, in order."""
        return tuple(value for kind, value in self.segments if kind == DATE)

    def is_code(self, name: str) -> bool:
        """Whether an attribute of the segments is the token `{type}`, which shows one of `codes`."""
        return False

    def counter_text(self, value: int) -> str:
        """The counter part of `value`: digits padded to the width, or letters."""
        if self.alpha:
            from seqctl.model.pattern.letters import to_letters

            return to_letters(value, self.width)
        return str(value).zfill(self.width)

    def text(self, before: str, value: int, after: str) -> str:
        """The number of a value between what stands before and after its counter part."""
        return self.texts(before, (value,), after)[0]

    def texts(self, before: str, values: "Iterable[int]", after: str) -> "list[str]":
        """The numbers of some values in one frame: the one place where the text of a number is made."""
        if HOLE in after:
            from seqctl.model.check_digit.token import checked_texts

            name = next(value for kind, value in self.segments if kind == CHECK)
            return checked_texts(name, before, map(self.counter_text, values), after, HOLE)
        if self.alpha:
            return [before + self.counter_text(value) + after for value in values]
        width = self.width
        return [before + str(value).zfill(width) + after for value in values]

    def frame(
        self, day: "date", calendar: "Calendar | None", attributes: "dict[str, str]"
    ) -> "tuple[str, str]":
        """What stands before and after the counter part, for one document date and record; a HOLE stands for
        each character of a check digit. Every attribute of the pattern must be in `attributes`.
        """
        before = ""
        text = ""
        for kind, value in self.segments:
            if kind == TEXT:
                text += value
            elif kind == DATE:
                text += date_token_text(value, day, calendar)
            elif kind == NUMBER:
                before, text = text, ""
            elif kind == ATTRIBUTE:
                text += attributes[value]
            else:
                from seqctl.model.check_digit.token import check_width

                text += HOLE * check_width(value)
        return before, text


PERIODS = {
    "never": ((TEXT, "all"),),
    "year": ((DATE, "YYYY"),),
    "half-year": ((DATE, "YYYY"), (TEXT, "-H"), (DATE, "H")),
    "quarter": ((DATE, "YYYY"), (TEXT, "-Q"), (DATE, "Q")),
    "month": ((DATE, "YYYY"), (TEXT, "-"), (DATE, "MM")),
    "week": ((DATE, "GGGG"), (TEXT, "-W"), (DATE, "WW")),
    "day": ((DATE, "YYYY"), (TEXT, "-"), (DATE, "MM"), (TEXT, "-"), (DATE, "DD")),
    "fiscal-year": ((TEXT, "FY"), (DATE, "FY")),
    "fiscal-quarter": ((TEXT, "FY"), (DATE, "FY"), (TEXT, "-Q"), (DATE, "FQ")),
    "fiscal-month": ((TEXT, "FY"), (DATE, "FY"), (TEXT, "-M"), (DATE, "FM")),
}
"""Each way of counting anew, and the pattern of the keys of its periods, as every list and file shows them.

A period is the stretch of document dates in which one counter runs.
"""

RANGES = "range"
"""The way of counting in which a period is a range with a first and a last number of its own."""

RESETS = (*PERIODS, RANGES)


def period_key(reset: str, day: "date", calendar: "Calendar | None") -> str:
    """The key of the period that `day` lies in: `2026-Q2`, `FY2025-M01`. A fiscal reset needs `calendar`."""
    key = ""
    for kind, value in PERIODS[reset]:
        key += value if kind == TEXT else date_token_text(value, day, calendar)
    return key


def date_token_text(token: str, day: "date", calendar: "Calendar | None") -> str:
    """What a date token shows for a document date. `FYS:YY` is `FYS` with its last two digits."""
    if token == "YYYY":
        return f"{day.year:04}"
    if token == "MM":
        return f"{day.month:02}"
    if token == "DD":
        return f"{day.day:02}"
    if token == "YY":
        return f"{day.year % 100:02}"
    if token == "Q":
        return str((day.month + 2) // 3)
    if token == "H":
        return str((day.month + 5) // 6)
    if token == "DDD":
        return f"{day.toordinal() - day.replace(month=1, day=1).toordinal() + 1:03}"
    if token == "GGGG":
        return f"{day.isocalendar()[0]:04}"
    if token == "WW":
        return f"{day.isocalendar()[1]:02}"
    assert calendar is not None, "a fiscal token is saved only together with a calendar"
    return _fiscal_token_text(token, day, calendar)


def _fiscal_token_text(token: str, day: "date", calendar: "Calendar") -> str:
    if token == "FM":
        return f"{calendar.fiscal_month(day):02}"
    if token == "FQ":
        return str(calendar.fiscal_quarter(day))
    name, _, short = token.partition(":")
    if name == "FYS":
        year = calendar.start_year(day)
    elif name == "FYE":
        year = calendar.end_year(day)
    else:
        year = calendar.fiscal_year(day)
    return f"{year % 100:02}" if short else f"{year:04}"


def decode(stored: str, alpha: bool, max_width: "int | None") -> "Pattern | None":
    """Read what `compile.encode` wrote; None where another version wrote it."""
    version, *lines = stored.split("\n")
    exact = None
    if version != FORMAT:
        from seqctl.model.pattern.exact_widths import exact_widths

        exact = exact_widths(FORMAT, version)
        if exact is None:
            return None
    return Pattern(tuple([(line[0], line[1:]) for line in lines]), alpha, max_width, exact)
