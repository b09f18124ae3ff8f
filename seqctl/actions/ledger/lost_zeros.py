"""Numbers that lost their leading zeros in a spreadsheet, given back by the width of the pattern."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.model.pattern.coded import coded
from seqctl.model.pattern.compiled import DATE, NUMBER, Pattern

MOST_ZEROS = 8
"""How many zeros before a whole number are tried beside those of the counter: those of dates, for instance.
"""

LONG_YEARS = [(DATE, year) for year in ("YYYY", "FY", "FYS", "FYE", "GGGG")]
"""Years of four digits, which no spreadsheet shortens: 20250004 is never a number of the year 202."""

LOST = "only leading zeros are missing"
PAD = "read such numbers by the width of the pattern: --pad"
WHOLE = "write it as it is printed, with its zeros"


class LostZeros:
    """What numbers of a pattern may have been, if they lost zeros: `45` or `45.0` was 00000045.

    `decimal_comma` says that the spreadsheet writes `45,0` for that, and `1.234` for 00001234.
    """

    def __init__(self, pattern: Pattern, decimal_comma: bool = False) -> None:
        self._marks = (".", ",") if decimal_comma else ("", ".")
        from seqctl.model.pattern.expression import Expression

        segments = tuple((kind, "0" if kind == NUMBER else value) for kind, value in pattern.segments)
        self._width = pattern.width
        self._year_first = pattern.segments[0] in LONG_YEARS
        loose = coded(Pattern(segments, alpha=False), pattern.codes)
        self._split = None if pattern.alpha else Expression(loose).split

    def candidates(self, text: str) -> Iterator[str]:
        """Texts that differ from this one by zeros alone, the likely ones first; few fit the pattern."""
        given = text.strip()
        thousands, decimal = self._marks
        whole, point, rest = given.partition(decimal)
        if thousands:
            first, *groups = whole.split(thousands)
            if len(first) <= 3 and all(len(group) == 3 for group in groups):
                whole = first + "".join(groups)
        if (point or thousands) and whole.isdigit() and not rest.strip("0"):
            # What a spreadsheet makes of a cell that it took for a number.
            given = whole
            yield given
        if self._split is None or not given.isascii():
            return
        found = self._split(given)
        if found is not None:
            before, counter, after = found.groups()
            yield before + counter.zfill(self._width) + after
        if given[:1].isdigit() and not self._year_first:
            yield from ("0" * zeros + given for zeros in range(1, self._width + MOST_ZEROS))
