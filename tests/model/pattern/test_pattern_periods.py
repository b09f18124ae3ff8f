"""Which patterns tell the periods of a reset apart."""

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from seqctl.model.pattern.compile import CALENDAR_TOKENS
from seqctl.model.pattern.compiled import PERIODS, date_token_text, period_key
from seqctl.model.pattern.periods import undistinguished_days
from seqctl.model.time.calendar import Calendar
from tests.amount import amount

APRIL = Calendar("april", 4, 1, "start")
MIDDLE = Calendar("middle", 4, 15, "end")
LAST = Calendar("last", 1, 31, "start")

ACCEPTED = {
    "never": ["", "MM", "WW"],
    "year": ["YYYY", "YY", "YY Q"],
    "half-year": ["YYYY H", "YY H", "YY Q", "YY MM", "YYYY DDD"],
    "quarter": ["YYYY Q", "YY Q", "YY MM", "YYYY DDD"],
    "month": ["YYYY MM", "YY MM", "YY DDD"],
    "week": ["GGGG WW", "YYYY MM DD", "YYYY DDD", "YY MM DD", "YY DDD"],
    "day": ["YYYY MM DD", "YY MM DD", "YY DDD", "YYYY DDD"],
    "fiscal-year": ["FY", "FYS", "FYE:YY", "FYS:YY FYE:YY", "YY MM DD"],
    "fiscal-quarter": ["FY FQ", "FYS:YY FYE:YY FQ", "FYS FM"],
    "fiscal-month": ["FY FM", "FYS:YY FYE:YY FM", "YYYY MM DD"],
}
REFUSED = {
    "year": ["", "MM", "GGGG", "GGGG WW", "MM DD", "DDD", "FY"],
    "half-year": ["", "YYYY", "H", "YYYY DD", "GGGG H"],
    "quarter": ["YYYY", "YYYY H", "Q", "MM", "YYYY WW"],
    "month": ["YYYY", "MM", "YYYY Q", "YYYY DD", "YYYY WW", "GGGG MM"],
    "week": ["YYYY WW", "YY WW", "WW", "GGGG", "YYYY MM", "GGGG MM"],
    "day": ["YYYY MM", "YYYY DD", "MM DD", "DDD", "GGGG WW", "GGGG MM DD"],
    "fiscal-year": ["", "YYYY", "YY", "FM", "FQ", "MM DD"],
    "fiscal-quarter": ["FY", "FQ", "YYYY FQ", "YYYY Q"],
    "fiscal-month": ["FY", "FM", "FY FQ", "FY Q"],
}


def cases(table: dict[str, list[str]]) -> list[tuple[str, tuple[str, ...]]]:
    return [(reset, tuple(tokens.split())) for reset, listed in table.items() for tokens in listed]


@pytest.mark.parametrize(("reset", "tokens"), cases(ACCEPTED))
def test_tokens_that_show_the_period_are_enough(reset: str, tokens: tuple[str, ...]) -> None:
    assert undistinguished_days(tokens, reset, MIDDLE if reset.startswith("fiscal") else None) is None


def test_fiscal_months_that_begin_on_the_31st_are_told_apart_by_their_number() -> None:
    assert undistinguished_days(("FYS:YY", "FM"), "fiscal-month", LAST) is None
    assert undistinguished_days(("YYYY", "MM"), "fiscal-month", LAST) is not None


@pytest.mark.parametrize(("reset", "tokens"), cases(REFUSED))
def test_tokens_that_show_less_than_the_period_are_refused_with_two_days(
    reset: str, tokens: tuple[str, ...]
) -> None:
    alike = undistinguished_days(tokens, reset, MIDDLE)
    assert alike is not None
    one, other = alike
    assert period_key(reset, one, MIDDLE) != period_key(reset, other, MIDDLE)
    for token in tokens:
        assert date_token_text(token, one, MIDDLE) == date_token_text(token, other, MIDDLE)


def test_the_calendar_year_and_fiscal_month_suffice_where_fiscal_months_begin_with_calendar_months() -> None:
    for reset in ("fiscal-year", "fiscal-month"):
        assert undistinguished_days(("YYYY", "FM"), reset, APRIL) is None
        assert undistinguished_days(("YYYY", "FM"), reset, MIDDLE) is not None


def test_a_calendar_from_new_year_makes_the_calendar_year_enough() -> None:
    assert undistinguished_days(("YYYY",), "fiscal-year", Calendar("year", 1, 1, "start")) is None
    assert undistinguished_days(("YYYY", "MM"), "fiscal-month", Calendar("year", 1, 1, "end")) is None


@cache
def days_of_the_century() -> list[dict[str, str]]:
    """Every day from 2000 to 2099 with what the tokens show and the period of each reset."""
    rows = []
    for offset in range((date(2100, 1, 1) - date(2000, 1, 1)).days):
        day = date(2000, 1, 1) + timedelta(offset)
        values = day.strftime("%Y %y %m %d %j %G %V").split()
        shown = dict(zip(("YYYY", "YY", "MM", "DD", "DDD", "GGGG", "WW"), values, strict=True))
        shown["Q"], shown["H"] = str((day.month - 1) // 3), str((day.month - 1) // 6)
        rows.append(shown)
    return rows


PARTS = {
    "year": ["YYYY"],
    "half-year": ["YYYY", "H"],
    "quarter": ["YYYY", "Q"],
    "month": ["YYYY", "MM"],
    "week": ["GGGG", "WW"],
    "day": ["YYYY", "DDD"],
}


@settings(max_examples=amount(20), deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.sets(st.sampled_from(CALENDAR_TOKENS), max_size=4), st.sampled_from(list(PARTS)))
def test_it_agrees_with_a_search_through_a_century(tokens: set[str], reset: str) -> None:
    seen: dict[str, str] = {}
    for shown in days_of_the_century():
        period = "".join([shown[part] for part in PARTS[reset]])
        if seen.setdefault("".join([shown[token] for token in sorted(tokens)]), period) != period:
            expected = False
            break
    else:
        expected = True
    assert (undistinguished_days(tuple(tokens), reset, None) is None) == expected


def test_the_order_and_repetition_of_tokens_do_not_matter() -> None:
    for reset in list(PERIODS)[1:7]:
        one = undistinguished_days(("MM", "YYYY", "MM"), reset, None)
        assert one == undistinguished_days(("YYYY", "MM"), reset, None)
