"""How lists show a number that does not exist: what its counter decides, else the tokens themselves."""

from functools import lru_cache

from seqctl.days import date
from seqctl.model.pattern.compiled import CHECK, HOLE, NUMBER, TEXT, date_token_text
from seqctl.model.sequence.scope import scope_values
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.period_bounds import period_bounds


class GapText:
    """The texts of missing numbers of one counter, by the current pattern.

    Scope attributes are filled in, and date tokens that every day of the period shows alike. Others stay as
    the pattern writes them: `{letter}536410`, `INV-2026{MM}-00002`. So does a check digit over such a one.
    """

    def __init__(self, sequence: Sequence, period: str, scope: str) -> None:
        pattern = sequence.compiled
        shown = scope_values(scope)
        shown |= _shown_throughout(pattern.date_tokens, sequence.reset, period, sequence.fiscal)
        self._before = text = ""
        known = True
        for kind, value in pattern.segments:
            if kind == TEXT:
                text += value
            elif kind == NUMBER:
                self._before, text = text, ""
            elif kind == CHECK:
                from seqctl.model.check_digit.token import check_width

                covered = known or value.endswith(":number")
                text += HOLE * check_width(value) if covered else "{check:" + value + "}"
            else:
                known = known and value in shown
                text += shown.get(value, "{" + value + "}")
        self._after = text
        self._pattern = pattern

    def of(self, value: int) -> str:
        """The text of the missing number of this value."""
        return self._pattern.text(self._before, value, self._after)


@lru_cache(maxsize=1024)
def _shown_throughout(
    tokens: tuple[str, ...], reset: str, period: str, calendar: Calendar | None
) -> dict[str, str]:
    """The date tokens that show the same on every day of a period, with what they show."""
    first, last = period_bounds(reset, period, calendar)
    if first is None or last is None or first > last:
        return {}
    days = [date.fromordinal(ordinal) for ordinal in range(first.toordinal(), last.toordinal() + 1)]
    shown = {}
    for token in tokens:
        text = date_token_text(token, first, calendar)
        if all(date_token_text(token, day, calendar) == text for day in days):
            shown[token] = text
    return shown
