"""From two runs that share an integer to the clash that is reported: dates, values and the text."""

from seqctl.days import date
from seqctl.model.collision.found import NEEDS_ATTRIBUTE, PROVED, Rendering, Search
from seqctl.model.collision.reading import Reader
from seqctl.model.collision.shapes.choices import allowed_values
from seqctl.model.collision.shapes.days import Days
from seqctl.model.collision.shapes.runs import Run
from seqctl.model.collision.shapes.shapes import Member
from seqctl.model.collision.shapes.words import characters_of
from seqctl.model.pattern.checked import check_of

SAMPLE_VALUES = ("X", "")
"""Attribute values to try for an example; no counter or date token could own the `X`."""

FIGURES = ("7", "")
"""The same to the left of a check digit that reads digits alone."""


class Reporter:
    """Words the clashes that the comparison of runs finds."""

    def __init__(self, search: Search, days: Days) -> None:
        self.search = search
        self.days = days
        self.reader = Reader(days)

    def compatible(self, run: Run, other: Run) -> bool:
        """Whether an equal text of the two counts, by their dates and periods."""
        return self._days(run, other) is not None

    def report(self, run: Run, other: Run, integer: int) -> None:
        """Record that both runs have this integer."""
        if not self.search.is_open(run.owner, other.owner):
            return
        days = self._days(run, other)
        assert days is not None, "only compatible runs are reported"
        first = _rendering(run, integer, days[0])
        second = _rendering(other, integer, days[1])
        if run.member.free_attributes():
            self._report_free(run.member, other.member, first)
            return
        text = rendered(run.member, first)
        self.search.record((run.owner, other.owner), text, PROVED, (first, second))

    def _days(self, run: Run, other: Run) -> tuple[int, int] | None:
        return self.days.common_days(run.member.dates, run.shown, other.member.dates, other.shown)

    def _report_free(self, member: Member, other: Member, first: Rendering) -> None:
        """Two members of one shape: any value of the free attributes will do for both."""
        owners = member.owner, other.owner
        samples = samples_for(member, other)
        for sample in samples:
            chosen = first.attributes + sample_values(member, other, sample)
            text = rendered(member, Rendering(first.value, first.day, chosen))
            renderings = self.reader.both(member, other, text)
            if renderings:
                self.search.record(owners, text, NEEDS_ATTRIBUTE, renderings)
                return
        if any(samples):
            self.search.record(owners, None, NEEDS_ATTRIBUTE)


def samples_for(member: Member, other: Member) -> tuple[str, ...]:
    """Attribute values to try with a member: a figure where its check digit reads nothing else, and only what
    both allow. An empty one alone where no character may stand in an attribute of both."""
    token = check_of(member.sequence.compiled)
    figures = token is not None and not token.of_number and token.algorithm.digits_only
    samples = FIGURES if figures else SAMPLE_VALUES
    allowed = [text for one in (member, other) if (text := characters_of(one.sequence)) is not None]
    if all(samples[0] in text for text in allowed):
        return samples
    shared = [character for character in allowed[0] if character in allowed[-1]]
    return tuple(dict.fromkeys(("".join(shared[:1]), "")))


def sample_values(member: Member, other: Member, sample: str) -> tuple[tuple[str, str], ...]:
    """Values for the free attributes of a member: the sample, or a listed value that both allow."""
    chosen = []
    for name in member.free_attributes():
        listed = allowed_values(member.sequence, name)
        allowed = allowed_values(other.sequence, name) or listed
        common = [value for value in listed or allowed if value in allowed]
        width = member.sequence.compiled.exact.get(name)
        chosen.append((name, common[0] if common else sample if width is None else (sample or "X") * width))
    return tuple(chosen)


def _rendering(run: Run, integer: int, day: int) -> Rendering:
    attributes = tuple(run.member.attributes.items())
    return Rendering(run.value_at(integer), date.fromordinal(day), attributes)


def rendered(member: Member, rendering: Rendering) -> str:
    """The text that a member renders."""
    sequence = member.sequence
    before, after = sequence.compiled.frame(rendering.day, sequence.fiscal, dict(rendering.attributes))
    return sequence.compiled.text(before, rendering.value, after)
