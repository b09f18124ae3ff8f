"""Rendering: every token on fixed dates, the frame, and how far a counter may go."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.model.pattern.compile import DATE_TOKENS, compile_pattern
from seqctl.model.pattern.compiled import LARGEST_VALUE, date_token_text
from seqctl.model.pattern.widths import token_width
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar

APRIL = Calendar("april", 4, 1, "end")
OCTOBER_15 = Calendar("october", 10, 15, "start")

SHOWN = {
    date(2025, 12, 29): (
        APRIL,
        "YYYY=2025 YY=25 MM=12 DD=29 Q=4 H=2 DDD=363 GGGG=2026 WW=01 FY=2026 FY:YY=26 FYS=2025 FYS:YY=25 "
        "FYE=2026 FYE:YY=26 FM=09 FQ=3",
    ),
    date(2021, 1, 3): (
        APRIL,
        "YYYY=2021 YY=21 MM=01 DD=03 Q=1 H=1 DDD=003 GGGG=2020 WW=53 FY=2021 FY:YY=21 FYS=2020 FYS:YY=20 "
        "FYE=2021 FYE:YY=21 FM=10 FQ=4",
    ),
    date(2000, 2, 29): (
        OCTOBER_15,
        "YYYY=2000 YY=00 MM=02 DD=29 Q=1 H=1 DDD=060 GGGG=2000 WW=09 FY=1999 FY:YY=99 FYS=1999 FYS:YY=99 "
        "FYE=2000 FYE:YY=00 FM=05 FQ=2",
    ),
    date(2024, 12, 31): (
        OCTOBER_15,
        "YYYY=2024 YY=24 MM=12 DD=31 Q=4 H=2 DDD=366 GGGG=2025 WW=01 FY=2024 FY:YY=24 FYS=2024 FYS:YY=24 "
        "FYE=2025 FYE:YY=25 FM=03 FQ=1",
    ),
    date(987, 7, 1): (
        Calendar("year", 1, 1, "end"),
        "YYYY=0987 YY=87 MM=07 DD=01 Q=3 H=2 DDD=182 GGGG=0987 WW=26 FY=0987 FY:YY=87 FYS=0987 FYS:YY=87 "
        "FYE=0987 FYE:YY=87 FM=07 FQ=3",
    ),
}


@pytest.mark.parametrize(("day", "calendar", "shown"), [(day, *rest) for day, rest in SHOWN.items()])
def test_every_date_token_shows_the_document_date(day: date, calendar: Calendar, shown: str) -> None:
    expected = dict(pair.split("=") for pair in shown.split())
    assert set(expected) == set(DATE_TOKENS)
    assert {token: date_token_text(token, day, calendar) for token in DATE_TOKENS} == expected


@given(st.dates(date(1, 1, 2), date(9998, 12, 31)))
def test_a_date_token_always_has_its_width_in_digits(day: date) -> None:
    for calendar in (APRIL, OCTOBER_15):
        for token in DATE_TOKENS:
            text = date_token_text(token, day, calendar)
            assert text.isdigit() and len(text) == token_width(token), token


def test_the_frame_is_what_stands_before_and_after_the_number() -> None:
    pattern = compile_pattern("{{{entity}}}-{YYYY}{number:3}/{FYS}-{FYE:YY}/{entity}", False)
    before, after = pattern.frame(date(2026, 2, 1), APRIL, {"entity": "DE", "more": "x"})
    assert (before, after) == ("{DE}-2026", "/2025-26/DE")
    assert before + pattern.counter_text(7) + after == "{DE}-2026007/2025-26/DE"


def test_an_empty_attribute_leaves_nothing() -> None:
    pattern = compile_pattern("{entity}-{number}", False)
    assert pattern.frame(date(2026, 1, 1), None, {"entity": ""}) == ("-", "")


@pytest.mark.parametrize(
    ("number", "alpha", "value", "text"),
    [
        ("{number}", False, 0, "0"),
        ("{number:5}", False, 42, "00042"),
        ("{number:5}", False, 99999, "99999"),
        ("{number:5}", False, 100000, "100000"),
        ("{number:25}", False, LARGEST_VALUE, "000000" + str(LARGEST_VALUE)),
        ("{number}", True, 27, "aa"),
        ("{number:3}", True, 0, "aaa"),
        ("{number:3}", True, 26**3 - 1, "zzz"),
    ],
)
def test_the_counter_part_has_at_least_its_digits_and_exactly_its_letters(
    number: str, alpha: bool, value: int, text: str
) -> None:
    assert compile_pattern(number, alpha).counter_text(value) == text


@pytest.mark.parametrize(
    ("number", "alpha", "frame", "max_width", "max_length", "largest"),
    [
        ("{number}", False, 0, None, None, LARGEST_VALUE),
        ("{number:5}", False, 4, None, None, LARGEST_VALUE),
        ("{number:5}", False, 4, 5, None, 99999),
        ("{number:5}", False, 4, 6, None, 999999),
        ("{number:5}", False, 4, 4, None, -1),
        ("{number}", False, 4, None, 10, 999999),
        ("{number}", False, 4, 3, 10, 999),
        ("{number}", False, 4, 9, 10, 999999),
        ("{number}", False, 10, None, 10, -1),
        ("{number}", False, 254, None, None, 9),
        ("{number}", False, 255, None, None, -1),
        ("{number}", False, 300, None, None, -1),
        ("{number}", False, 0, 18, None, 10**18 - 1),
        ("{number}", False, 0, 19, None, LARGEST_VALUE),
        ("{number:25}", False, 0, 30, None, LARGEST_VALUE),
        ("{number}", True, 0, 1, None, 26),
        ("{number}", True, 4, None, 6, 26 + 26**2),
        ("{number}", True, 0, None, None, LARGEST_VALUE),
        ("{number:3}", True, 0, None, None, 26**3 - 1),
        ("{number:3}", True, 0, 5, None, 26**3 - 1),
        ("{number:3}", True, 0, 2, None, -1),
        ("{number:13}", True, 0, None, None, 26**13 - 1),
    ],
)
def test_the_largest_value_is_the_last_that_keeps_widths_and_lengths(
    number: str, alpha: bool, frame: int, max_width: int | None, max_length: int | None, largest: int
) -> None:
    pattern = compile_pattern(number, alpha)
    sequence = Sequence(compiled=pattern, max_width=max_width, max_length=max_length, end=None)
    assert sequence.last_value(frame) == largest
    if 0 <= largest < LARGEST_VALUE:
        room = min(max_width or 255, (max_length or 255) - frame)
        assert len(pattern.counter_text(largest)) <= room
