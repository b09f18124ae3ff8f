"""What the fields of one sequence must have in common: ranges, calendars, periods, scopes, attributes."""

from collections.abc import Collection

from seqctl.days import date
from seqctl.model.characters.fit import check_characters
from seqctl.model.finding import FindingList, nearest
from seqctl.model.pattern.attributes import neighbour_problem, reads_back, width_words
from seqctl.model.pattern.checked import unread_words
from seqctl.model.pattern.compile import FISCAL_TOKENS
from seqctl.model.pattern.compiled import date_token_text
from seqctl.model.pattern.periods import undistinguished_days
from seqctl.model.pattern.read import owned_by_open
from seqctl.model.reference.fit import check_reference
from seqctl.model.sequence.frame import shortest_frame
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.sequence.warning import of_days, of_numbers
from seqctl.model.time.listed_calendar import ListedCalendar


def check_fit(
    sequence: Sequence, calendars: Collection[str], findings: FindingList, invalid: set[str]
) -> None:
    """Note everything in which the fields of a sequence, each valid by itself, do not fit together.

    What depends on one of the `invalid` fields is left out: it would only repeat what is wrong already.
    """
    if sequence.reset == "range":
        _check_counting_in_ranges(sequence, findings)
    if not invalid & {"pattern", "kind", "characters"}:
        check_characters(sequence, findings)
    if not invalid & {"pattern", "kind", "start", "reference", "reference_base"}:
        check_reference(sequence, findings)
    ranged = {"kind", "start", "end", "step", "max_width", "max_length", "effective_until"}
    if not invalid & ranged:
        _check_range(sequence, findings)
        if "warn_at" not in invalid:
            _check_warning(sequence, findings)
    periodic = {"reset", "calendar", "unique"}
    shown = "pattern" not in invalid
    if not invalid & periodic and _calendar_fits(sequence, calendars, findings) and shown:
        _check_periods(sequence, findings)
    if shown:
        _check_scope(sequence, findings)
    if (
        sequence.effective_from
        and sequence.effective_until
        and sequence.effective_until < sequence.effective_from
    ):
        findings.error(
            "effective_until",
            f"{sequence.effective_until} lies before effective_from {sequence.effective_from}",
        )


def _check_counting_in_ranges(sequence: Sequence, findings: FindingList) -> None:
    """What a sequence that counts in ranges leaves to them, or cannot have beside them."""
    for field, odd, hint in (
        ("start", sequence.start != 1, "each range has its own first number"),
        ("end", sequence.end is not None, "each range has its own last number"),
        ("kind", sequence.alpha, "ranges are of whole numbers"),
        ("unique", sequence.unique == "period", "a text of one range may not come again in another"),
    ):
        if odd:
            findings.error(field, 'cannot be combined with reset = "range"', hint)


def _check_range(sequence: Sequence, findings: FindingList) -> None:
    pattern = sequence.compiled
    if sequence.end is not None and sequence.end < sequence.start:
        findings.error("end", "lies below start", "the range goes from start to end, both included")
    elif sequence.last_value(shortest_frame(sequence)) < sequence.start:
        field = "max_length" if sequence.max_length else "max_width" if sequence.max_width else "start"
        findings.error(
            field,
            f"has no room for the first number, whose counter part is "
            f"{pattern.counter_text(sequence.start)!r}",
        )


def _check_warning(sequence: Sequence, findings: FindingList) -> None:
    if sequence.warn_at is None or sequence.reset == "range":
        # Each range has an end of its own.
        return
    ends = sequence.end is not None or sequence.max_width is not None
    if of_numbers(sequence.warn_at) and not ends and not (sequence.alpha and sequence.compiled.width):
        findings.error("warn_at", "needs a range that ends", "give end = VALUE or max_width = VALUE as well")
    if of_days(sequence.warn_at) and not sequence.effective_until:
        findings.error("warn_at", "counts days to a last day", "give effective_until = DATE as well")


def _calendar_fits(sequence: Sequence, calendars: Collection[str], findings: FindingList) -> bool:
    fiscal = [token for token in sequence.compiled.date_tokens if token in FISCAL_TOKENS]
    if sequence.calendar is not None and sequence.fiscal is None:
        findings.error(
            "calendar",
            f"there is no calendar {sequence.calendar!r}",
            nearest(sequence.calendar, list(calendars)) or "define it under [calendars.NAME]",
        )
        return False
    if sequence.calendar is None and (fiscal or sequence.reset.startswith("fiscal-")):
        field = "pattern" if fiscal else "reset"
        what = f"the token {{{fiscal[0]}}}" if fiscal else f"the reset {sequence.reset}"
        findings.error(field, f"{what} needs a calendar", 'name one: calendar = "NAME"')
        return False
    return not isinstance(sequence.fiscal, ListedCalendar) or _lists_parts(
        sequence, sequence.fiscal, findings
    )


def _lists_parts(sequence: Sequence, calendar: ListedCalendar, findings: FindingList) -> bool:
    """Whether a calendar of listed years says of each year where its months and quarters begin, where a
    sequence asks for them."""
    for part, token, reset in (("months", "FM", "fiscal-month"), ("quarters", "FQ", "fiscal-quarter")):
        asks = "pattern" if token in sequence.compiled.date_tokens else "reset"
        if asks == "pattern" or sequence.reset == reset:
            lacking = calendar.lacks(part)
            if lacking is not None:
                findings.error(
                    asks,
                    f"asks for fiscal {part}, which calendar {calendar.name!r} does not list for {lacking}",
                    f"list their first days: {part} = {{ {lacking} = [...] }}",
                )
                return False
    return True


def _check_periods(sequence: Sequence, findings: FindingList) -> None:
    if sequence.unique == "period" or sequence.reset == "range":
        # Ranges are told apart one by one, as sequences are.
        return
    tokens = sequence.compiled.date_tokens
    days = undistinguished_days(tokens, sequence.reset, sequence.fiscal)
    if days is None:
        return
    shown = "".join(date_token_text(token, days[0], sequence.fiscal) for token in tokens)
    alike = f"both show {shown!r}" if tokens else "show the same text"
    findings.error(
        "pattern",
        f"cannot tell the periods of reset {sequence.reset!r} apart: {days[0]} and {days[1]} {alike}",
        f'add a token, as in {_token_example(sequence.reset)}, or say unique = "period"',
    )


def _token_example(reset: str) -> str:
    return {
        "year": "{YYYY}",
        "half-year": "{YYYY}-{H}",
        "quarter": "{YYYY}-{Q}",
        "month": "{YYYY}{MM}",
        "week": "{GGGG}{WW}",
        "day": "{YYYY}{MM}{DD}",
        "fiscal-year": "{FY}",
        "fiscal-quarter": "{FY}-{FQ}",
        "fiscal-month": "{FY}{FM}",
    }[reset]


def _check_scope(sequence: Sequence, findings: FindingList) -> None:
    shown = sequence.compiled.attributes
    for name in sequence.scope:
        if name not in shown:
            findings.error(
                "scope",
                f"{name!r} has counters of its own but is not in the pattern",
                f"numbers of two values would be alike; add {{{name}}} to the pattern",
            )
    for field in ("scope", "requires"):
        allowed: dict[str, tuple[str, ...]] = getattr(sequence, field)
        for name, values in allowed.items():
            for value in values:
                unusable = width_words(sequence.compiled, name, value) or unread_words(
                    sequence.compiled, name, value
                )
                if unusable:
                    findings.error(field, *unusable)
                    continue
                problem = neighbour_problem(sequence.compiled, name, value)
                if problem and not _reads_back_beside(sequence, name, value):
                    findings.error(field, problem, "such a number could not be read back")


SAMPLE_DAY = date(2026, 11, 21)


def _reads_back_beside(sequence: Sequence, name: str, value: str) -> bool:
    """Whether a value may stand beside neighbours that could own its ends, since their width is exact.

    Tried with one number of each length; an issue reads each number that it gives out.
    """
    pattern = sequence.compiled
    if neighbour_problem(pattern, name, value, owned_by_open):
        return False
    attributes = {**{other: "X" * pattern.exact.get(other, 1) for other in pattern.attributes}, name: value}
    before, after = pattern.frame(SAMPLE_DAY, sequence.fiscal, attributes)
    last = sequence.last_value(len(before) + len(after))
    longer = [10**digits for digits in range(19) if sequence.start < 10**digits <= last]
    texts = pattern.texts(before, (sequence.start, *longer), after)
    return all(reads_back(pattern, text, attributes) for text in texts)
