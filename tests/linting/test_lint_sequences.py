"""Findings on single sequences and their counters."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from seqctl.actions.linting.counters import has_end, lint_counters
from seqctl.actions.linting.sequences import lint_sequence
from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import CounterKey
from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.sequence import Sequence

TODAY = date(2026, 11, 21)


def sequence(**fields: object) -> Sequence:
    made, findings = check_sequence("s", fields, {})
    assert made is not None, findings
    return made


def codes(**fields: object) -> list[str]:
    return [finding.code for finding in lint_sequence(sequence(**fields), TODAY)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"pattern": "A{number:3}", "end": 999}, []),
        ({"pattern": "A{number:3}", "end": 1000}, ["width_overflows"]),
        ({"pattern": "A{number:3}"}, []),
        ({"pattern": "A{number}", "end": 1000}, []),
        ({"pattern": "A{number:3}", "max_width": 3}, []),
        ({"pattern": "A{number:3}", "max_width": 4}, ["width_overflows"]),
        ({"pattern": "A{number:3}", "max_width": 4, "end": 999}, []),
        ({"pattern": "A{number:3}", "start": 1000, "end": 9999}, []),
        ({"pattern": "A{number:3}", "kind": "alpha"}, []),
        ({"pattern": "A{number:8}", "max_length": 20}, []),
    ],
)
def test_a_range_beyond_the_width(fields: Mapping[str, str | int], expected: list[str]) -> None:
    assert codes(**fields) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"pattern": "{number}"}, []),
        ({"pattern": "{number:5}"}, ["leading_zeros"]),
        ({"pattern": "{number:5}", "start": 10000}, []),
        ({"pattern": "{number}", "start": 0}, []),
        ({"pattern": "0{number}"}, ["leading_zeros"]),
        ({"pattern": "N{number:5}"}, []),
        ({"pattern": "{number:5}N"}, []),
        ({"pattern": "{YYYY}{number:5}", "reset": "year"}, []),
        ({"pattern": "{MM}{YYYY}{number:5}", "reset": "month"}, ["leading_zeros"]),
        ({"pattern": "{YYYY}{number:11}"}, []),
        ({"pattern": "{YYYY}{number:12}"}, ["leading_zeros"]),
        ({"pattern": "{number}", "end": 10**15 - 1}, []),
        ({"pattern": "{number}", "end": 10**15}, ["leading_zeros"]),
        ({"pattern": "{number:5}{entity}"}, []),
        ({"pattern": "{number:5}", "kind": "alpha"}, []),
        ({"pattern": "{YYYY}-{number:2}", "reset": "year"}, ["spreadsheet_date"]),
        ({"pattern": "{YYYY}-{number:5}", "reset": "year"}, []),
        ({"pattern": "{number:3}/{YY}", "reset": "year"}, ["spreadsheet_date"]),
        ({"pattern": "{number}/{YY}", "start": 40, "reset": "year"}, []),
        ({"pattern": "MAR-{number}"}, ["spreadsheet_date"]),
        ({"pattern": "MAR-{number:5}"}, []),
        ({"pattern": "1E{number}"}, ["spreadsheet_number"]),
        ({"pattern": "1{number}5", "kind": "alpha"}, ["spreadsheet_number"]),
        ({"pattern": "1{number}5", "kind": "alpha", "end": "d"}, []),
        ({"pattern": "+{number}"}, ["spreadsheet_formula"]),
        ({"pattern": "={entity}{number}"}, ["spreadsheet_formula"]),
        ({"pattern": "{entity}-{number}"}, []),
        ({"pattern": "{m}-{number}", "scope": {"m": ["INV", "JUN"]}}, ["spreadsheet_date"]),
        ({"pattern": "{m}-{number}", "scope": ["m"]}, []),
        ({"pattern": "{number}E5", "start": 5, "end": 99}, ["spreadsheet_number"]),
        ({"pattern": "{number:2}.{YY}", "reset": "year"}, ["spreadsheet_date"]),
        (
            {"pattern": "{number}.{YY}", "start": 11, "reset": "year"},
            ["spreadsheet_date", "spreadsheet_number"],
        ),
    ],
)
def test_numbers_that_a_spreadsheet_misreads(fields: dict[str, Any], expected: list[str]) -> None:
    assert sorted(codes(**fields)) == expected


def near(
    last: int, period: str = "all", reusable: int = 0, today: date = TODAY, **fields: Any
) -> list[tuple[str, str]]:
    made = sequence(**fields)
    counters = {CounterKey(period, ""): Counter(1, 1, made.start, last, reusable=reusable)}
    found = list(lint_counters(made, counters, today)) if has_end(made) else []
    return [(finding.severity, finding.message) for finding in found]


def test_fewer_than_a_tenth_left_is_near() -> None:
    assert near(90, end=100) == []
    assert near(91, end=100) == [("warning", "has 9 numbers left")]
    assert near(99, end=100) == [("warning", "has 1 number left")]
    assert near(100, end=100) == [("error", "has no number left")]
    assert near(9_900_000) == []


def test_warn_at_says_what_near_is() -> None:
    assert near(95, end=100, warn_at="4 left") == []
    assert near(96, end=100, warn_at="4 left") == [("warning", "has 4 numbers left (warn_at is 4 left)")]
    assert near(50, end=100, warn_at="50%") == [("warning", "has 50 numbers left (warn_at is 50%)")]
    assert near(100, end=100, warn_at="50%") == [("error", "has no number left")]


def test_widths_lengths_and_letters_end_a_range_too() -> None:
    assert near(95, max_width=2) == [("warning", "has 4 numbers left")]
    assert near(95, pattern="AB{number}", max_length=4) == [("warning", "has 4 numbers left")]
    assert near(24, kind="alpha", pattern="{number:1}") == [("warning", "has 1 number left")]


def test_steps_are_counted_and_freed_numbers_are_left() -> None:
    assert near(91, end=100, step=10) == [("error", "has no number left")]
    assert near(100, end=100, reusable=3) == [("warning", "has 3 numbers left")]


def test_past_periods_unused_counters_and_retired_sequences_are_left_alone() -> None:
    yearly: dict[str, Any] = {"pattern": "{YYYY}-{number}", "reset": "year", "end": 10}
    assert near(10, "2025", **yearly) == []
    assert near(10, "2026", **yearly) == [("error", "has no number left in period 2026")]
    assert near(10, "2027", **yearly) == [("error", "has no number left in period 2027")]
    assert near(0, end=1) == []
    assert near(10, end=10, status="inactive") == []
    assert near(10, end=10, effective_until="2026-11-20") == []
    assert near(10, end=10, effective_until="2026-11-21") != []
