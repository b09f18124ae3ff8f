"""Prefixes and suffixes of Odoo, in which `%(year)s` stands for the year of the document.

`%(range_year)s` is the year in which a date range begins, and so supplied by the range; `%(current_year)s` is
that of the moment of printing, which says nothing of the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from seqctl.days import date
from seqctl.model.pattern.compile import quote_braces

DATES = {"year": "{YYYY}", "y": "{YY}", "month": "{MM}", "day": "{DD}", "doy": "{DDD}"}
"""Tokens of the document's date."""

OF_RANGES: dict[str, Callable[[date], str]] = {
    "range_year": lambda day: day.strftime("%Y"),
    "range_y": lambda day: day.strftime("%y"),
    "range_month": lambda day: day.strftime("%m"),
    "range_day": lambda day: day.strftime("%d"),
    "range_doy": lambda day: day.strftime("%j"),
    "range_woy": lambda day: day.strftime("%W"),
    "range_weekday": lambda day: day.strftime("%w"),
}
"""What a date range supplies, from the day on which it begins."""

PIECE = re.compile(r"%\((\w+)\)s|%%|%|[^%]+")


class Affix:
    """One prefix or suffix, read.

    `pattern` is what it is in a pattern, `supplied` names what ranges supply, and `problem` says why it is
    none.
    """

    def __init__(self, text: str, has_ranges: bool) -> None:
        self.problem: tuple[str, str | None] | None = None
        self.supplied: list[str] = []
        self.pattern = "".join(self._pieces(text, has_ranges))

    def _pieces(self, text: str, has_ranges: bool) -> Iterator[str]:
        for piece in PIECE.finditer(text):
            word, name = piece[0], piece[1]
            if name in DATES:
                yield DATES[name]
            elif name in OF_RANGES and has_ranges:
                self.supplied.append(name)
                yield f"{{{name}}}"
            elif name is not None:
                self.problem = self.problem or _unknown(name)
            elif word == "%":
                self.problem = self.problem or (
                    "holds a % that begins no %(year)s",
                    "write %% for a percent sign",
                )
            else:
                yield quote_braces(word.replace("%%", "%"))


def _unknown(name: str) -> tuple[str, str | None]:
    if name.startswith(("current_", "range_")):
        message = f"%({name})s is the time of printing, not that of the document"
        return message, f"write %({name.partition('_')[2]})s, which is that of the document"
    known = ", ".join(f"%({item})s" for item in DATES)
    return f"%({name})s has no token in a pattern", f"there are {known}"
