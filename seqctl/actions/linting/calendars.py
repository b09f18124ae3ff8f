"""Findings on calendars that list their years: one whose last year ends soon, and one that is over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from seqctl.days import date
from seqctl.model.finding import Finding
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.sequence.warning import CALENDAR_ENDS
from seqctl.model.text import shell_word


def lint_calendars(sequences: Iterable[Sequence], today: Callable[[Sequence], date]) -> Iterator[Finding]:
    """The calendars by which active sequences count, each once, whose last day is near or past for them.

    `today` tells the day in the zone of a sequence.
    """
    told: set[str] = set()
    for sequence in sequences:
        name = sequence.calendar
        left = None if sequence.fiscal is None else sequence.fiscal.days_left(today(sequence))
        if name is None or name in told or left is None or left > CALENDAR_ENDS:
            continue
        last = date.fromordinal(today(sequence).toordinal() + left)
        if sequence.status == "active" and (sequence.effective_until or "9") > last.isoformat():
            told.add(name)
            yield _finding(name, last, left)


def _finding(name: str, last: date, left: int) -> Finding:
    begins = date.fromordinal(last.toordinal() + 1)
    hint = f"add the next year: seqctl calendar edit {shell_word(name)} --year NAME={begins} --until DATE"
    subject, field = ("calendars", name), ("until",)
    refused = "documents dated later are refused (no_fiscal_year)"
    if left < 0:
        message = f"its last year ended on {last}: {refused}"
        return Finding("calendar_over", "warning", subject, message, hint, field)
    when = f"in {left} day{'' if left == 1 else 's'}, on" if left else "today,"
    message = f"its last year ends {when} {last}: {refused}"
    return Finding("calendar_ends", "warning", subject, message, hint, field)
