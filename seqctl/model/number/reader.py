"""Reading printed numbers back to the counters that they belong to, a million of them in about a second.

Most numbers differ from an earlier one in the counter alone, so what stands around the counter is judged once
and remembered.
"""

from seqctl.days import date
from seqctl.model.characters.character_set import character_set
from seqctl.model.classes import NamedTuple
from seqctl.model.pattern.checked import check_of, loosened, wrong_check
from seqctl.model.pattern.coded import TYPE
from seqctl.model.pattern.compiled import MAXIMUM_LENGTH
from seqctl.model.pattern.shown_dates import ShownDates
from seqctl.model.sequence.document_types import codes_of
from seqctl.model.sequence.scope import scope_text
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import composed, text_problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import Match

    from seqctl.model.pattern.expression import CheckedSplit

REMEMBERED = 100_000
"""Surroundings of counters that are remembered at once."""


class Placed(NamedTuple):
    """Where a number belongs: its value, and the period and scope of its counter."""

    value: int
    period: str
    scope: str


class WrongCheck(str):
    """Why a text does not fit, all of which does but its check digit: in words, with the right one."""

    __slots__ = ()


_placed = tuple.__new__


class NumberReader:
    """Reads the numbers of one sequence.

    `near` is today: a two-digit year is the year nearest to it. `period`, `scope` and `document_type` are
    what the user said: they fill in what a text does not show and are compared with what it does show.
    """

    def __init__(
        self,
        sequence: Sequence,
        near: date,
        period: str | None = None,
        scope: dict[str, str] | None = None,
        document_type: str | None = None,
    ) -> None:
        from seqctl.model.pattern.expression import Expression

        pattern = sequence.compiled
        self._sequence = sequence
        self._period = period
        self._document_type = document_type
        self._scope = {name: composed(value) for name, value in (scope or {}).items()}
        # The dates of a number do not tell its range: that is known.
        self._served = sequence.served
        reset = sequence.reset if self._served is None else "never"
        self._dates = ShownDates(pattern.date_tokens, reset, sequence.fiscal, near)
        self._expression = Expression(pattern)
        self._split = self._expression.split
        self._value = self._expression.value
        self._start, self._step = sequence.start, sequence.step
        self._surroundings: dict[tuple[str, str, date | None], tuple[int, str, str]] = {}
        self._loosened: Expression | None = None

    def read(self, text: str, day: date | None = None) -> Placed | str:
        """Where a number belongs, or in one line of words why it does not fit.

        `day` is its document date, where that is known: the number must show it, and it decides the period.
        Without it the date tokens of the text must decide, or the period that the user gave.
        """
        match = self._split(text)
        if match is not None:
            before, counter, after = match.groups()
            known = self._surroundings.get((before, after, day))
            if known is not None:
                limit, period, scope = known
                value = self._value(counter)
                if self._start <= value <= limit and not (value - self._start) % self._step:
                    # Placed(...) would go through a function of Python's own and take twice the time.
                    return _placed(Placed, (value, period, scope))
        try:
            return self._judge(text, day, match)
        except _Misfit as misfit:
            words: str = misfit.args[0]
            return words

    def _judge(self, text: str, day: date | None, match: "Match[str] | CheckedSplit | None") -> Placed:
        """Read a text without relying on an earlier one, and remember what stands around its counter."""
        if len(text) > MAXIMUM_LENGTH:
            raise _Misfit(f"is longer than {MAXIMUM_LENGTH} characters")
        problem = text_problem(text)
        if problem:
            raise _Misfit(problem)
        if self._sequence.characters is not None:
            outside = character_set(self._sequence.characters).outside(text)
            if outside is not None:
                raise _Misfit(f"holds {outside!r}, which is none of {self._sequence.characters}")
        found = self._expression.readings(text)
        if not found:
            self._judge_check(text)
            raise _Misfit(f"does not fit the pattern {self._sequence.pattern}")
        if len(found) > 1:
            raise _Misfit("can be read in two ways")
        reading = found[0]
        self._check_type(reading.attributes)
        shown = "".join([reading.tokens[token] for token in self._dates.tokens])
        period = self._period_shown(shown) if day is None else self._period_dated(shown, day)
        scope = self._scope_shown(reading.attributes)
        period = period if self._served is None else self._served.name
        limit = self._limit(reading.value, len(text))
        # A letter of the counter or a check digit may melt with a mark beside it: such texts are looked at
        # one by one.
        lettered = self._sequence.alpha or check_of(self._sequence.compiled) is not None
        if match is not None and (text.isascii() or not lettered):
            before, _, after = match.groups()
            self._remember((before, after, day), (limit, period, scope))
        return Placed(reading.value, period, scope)

    def _check_type(self, attributes: dict[str, str]) -> None:
        """Raise for a text that shows the code of another document type."""
        codes = codes_of(self._sequence)
        if self._document_type is None or not self._sequence.compiled.codes:
            return
        shown, right = attributes[TYPE], codes[self._document_type]
        if shown != right:
            other = next(name for name, code in codes.items() if code == shown)
            raise _Misfit(f"shows the code {shown!r} of {other}, not {right!r} of {self._document_type}")

    def _judge_check(self, text: str) -> None:
        """Raise for a text of which all but the check digit fits."""
        pattern = self._sequence.compiled
        if check_of(pattern) is None:
            return
        if self._loosened is None:
            from seqctl.model.pattern.expression import Expression

            self._loosened = Expression(loosened(pattern))
        words = wrong_check(pattern, text, self._loosened.readings(text))
        if words is not None:
            raise _Misfit(WrongCheck(words))

    def _period_dated(self, shown: str, day: date) -> str:
        """The period of the document date, which must be the date that is shown."""
        if shown != self._dates.on(day):
            raise _Misfit(f"shows another date than its document date {day}")
        if self._sequence.fiscal is not None and not self._sequence.fiscal.holds(day):
            fiscal = self._sequence.fiscal
            beyond = "is not listed" if fiscal.listed else "reaches beyond the years 1 to 9999"
            raise _Misfit(f"the fiscal year of its document date {day} {beyond}")
        period = self._dates.period_of(day)
        if self._period not in (None, period):
            raise _Misfit(f"its document date {day} lies in period {period}, not {self._period}")
        return period

    def _period_shown(self, shown: str) -> str:
        """The period that the date tokens decide, or that was given and that they do not deny."""
        given = self._period
        if given is not None and self._dates.may_be_in(shown, given):
            return given
        periods = self._dates.periods(shown)
        if not periods:
            raise _Misfit("shows a date that does not exist")
        if given is not None:
            seen = f"period {periods[0]}, not" if len(periods) == 1 else "a date outside period"
            raise _Misfit(f"shows {seen} {given}")
        if len(periods) > 1:
            raise _Misfit("the period cannot be read from the number: give a date or --period")
        return periods[0]

    def _scope_shown(self, attributes: dict[str, str]) -> str:
        """The scope that the attributes name, together with what was given and they do not show."""
        sequence = self._sequence
        if self._served is not None:
            attributes = {**attributes, **self._served.values}
        for name, value in attributes.items():
            if self._scope.get(name, value) != value:
                raise _Misfit(f"shows {name} {value!r}, not {self._scope[name]!r}")
            _check_allowed(name, value, sequence.requires.get(name))
        known = {**self._scope, **attributes}
        for name, allowed in sequence.scope.items():
            if name not in known:
                raise _Misfit(f"{name} cannot be read from the number: give --scope {name}=VALUE")
            _check_allowed(name, known[name], allowed)
        return scope_text(tuple(sequence.scope), known)

    def _limit(self, value: int, length: int) -> int:
        """The last value that a number of these surroundings may have. Raises where this value may not be."""
        shown = self._sequence.compiled.counter_text
        limit = self._sequence.last_value(length - len(shown(value)))
        if limit < self._start:
            raise _Misfit("has no room for a counter within the widths and lengths of the sequence")
        if value < self._start:
            raise _Misfit(f"has the value {shown(value)}, which lies before the start {shown(self._start)}")
        if value > limit:
            raise _Misfit(f"has the value {shown(value)}, which lies beyond the last one, {shown(limit)}")
        if (value - self._start) % self._step:
            grid = f"start {shown(self._start)}, step {self._step}"
            raise _Misfit(f"has the value {shown(value)}, which is not on the grid ({grid})")
        return limit

    def _remember(self, surroundings: tuple[str, str, date | None], known: tuple[int, str, str]) -> None:
        if len(self._surroundings) == REMEMBERED:
            self._surroundings.clear()
        self._surroundings[surroundings] = known


class _Misfit(Exception):
    """Why a text does not fit, on its way to the one who asked."""


def _check_allowed(name: str, value: str, allowed: tuple[str, ...] | None) -> None:
    """Raise where values of an attribute are listed and this is none of them."""
    if allowed and value not in allowed:
        raise _Misfit(f"{value!r} is not a value of {name}")
