"""How numbers that do not exist are shown."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.model.number.gap_text import GapText
from seqctl.model.pattern.compile import DATE_TOKENS
from seqctl.model.pattern.compiled import PERIODS, date_token_text, period_key
from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar
from tests.amount import amount

CALENDARS = {"april": Calendar("april", 4, 1, "start"), "last": Calendar("last", 10, 31, "end")}


def sequence(**fields: str | list[str]) -> Sequence:
    made, findings = check_sequence("s", {"calendar": "april", **fields}, CALENDARS)
    assert made is not None, [finding.message for finding in findings]
    return made


@pytest.mark.parametrize(
    ("fields", "period", "scope", "value", "text"),
    [
        ({"pattern": "{letter}{number}"}, "all", "", 536410, "{letter}536410"),
        ({"pattern": "INV-{YYYY}{MM}-{number:5}", "reset": "year"}, "2026", "", 2, "INV-2026{MM}-00002"),
        ({"pattern": "INV-{YYYY}-{number:5}"}, "all", "", 7, "INV-{YYYY}-00007"),
        ({"pattern": "{YY}{MM}{DD}/{number}", "reset": "month"}, "2026-02", "", 3, "2602{DD}/3"),
        ({"pattern": "{YY}{MM}{DD}/{number}", "reset": "day"}, "2026-02-01", "", 3, "260201/3"),
        ({"pattern": "{FY:YY}{MM}/{number}", "reset": "fiscal-year"}, "FY2025", "", 3, "25{MM}/3"),
        (
            {"pattern": "{FY} {YYYY} {FQ} {number}", "reset": "fiscal-quarter"},
            "FY2025-Q4",
            "",
            3,
            "2025 2026 4 3",
        ),
        ({"pattern": "{GGGG}{WW} {MM} {number}", "reset": "week"}, "2026-W01", "", 3, "202601 {MM} 3"),
        ({"pattern": "{a}.{b}-{number:3}", "scope": ["b"]}, "all", "b=x%2Fy", 3, "{a}.x/y-003"),
        ({"pattern": "{a}-{number:3}", "scope": ["a"]}, "all", "a=", 3, "-003"),
        ({"pattern": "{{{number}}}-{x}"}, "all", "", 3, "{3}-{x}"),
        ({"pattern": "{number}-{x}", "kind": "alpha"}, "all", "", 28, "ab-{x}"),
    ],
)
def test_what_the_counter_decides_is_filled_in(
    fields: Mapping[str, str | list[str]], period: str, scope: str, value: int, text: str
) -> None:
    assert GapText(sequence(**fields), period, scope).of(value) == text


@settings(max_examples=amount(150), deadline=None)
@given(
    st.lists(st.sampled_from(DATE_TOKENS), max_size=4),
    st.sampled_from(list(PERIODS)),
    st.sampled_from(sorted(CALENDARS)),
    st.dates(date(1990, 1, 1), date(2080, 1, 1)),
)
def test_filling_in_the_rest_gives_the_number_of_any_day(
    tokens: list[str], reset: str, calendar: str, day: date
) -> None:
    pattern = "".join("{" + token + "}-" for token in tokens) + "{entity}/{number:3}"
    made = sequence(pattern=pattern, reset=reset, calendar=calendar, unique="period")
    text = GapText(made, period_key(reset, day, made.fiscal), "").of(5)
    for token in tokens:
        text = text.replace("{" + token + "}", date_token_text(token, day, made.fiscal))
    before, after = made.compiled.frame(day, made.fiscal, {"entity": "DE"})
    assert text.replace("{entity}", "DE") == before + "005" + after
