"""What spreadsheets make of document numbers: dates, exponents, formulas and other numbers."""

import pytest

from seqctl.model.number.spreadsheet import may_be_misread, misreading

DATES = """
2026-01 2026-1 2026/12 2026.05 001/26 1/26 12/26 1-2026 31/12 12/31 05.12 12.5 1.5.2026 2026-05-04 4/5/26
MAR-1 MAR1 mar-2026 SEPT2 DEC1 1-MAR 1MAR 4.Mai.2026 1-Okt-26 MÄRZ-3 MRT-9 ENE-12 août-7 Paź1 MAI/26
1:30 10:05:30 1 pm 12 A
"""
NUMBERS = "1E1 1e10 2026E001 1.5E3 1E+4 2026.001 1,000 45.50 31.31 1'000 $5 5€ 7% 12- (5) 1 234"
FORMULAS = "=1 +1 -1 @1 =SUM-1 -2026-1 +49-1"
TEXTS = """
INV-1 R26-01 2026-13 2026-00001 32/32 MARS-X1 1F1 E1 1E 2026-0 0-0 00/00 1800-01 N00001 A+1 5=5 1/2/3/4
MAY-DAY-1 1E1X 26-001-X DECO1 2026-1-2-3 99:99X 1-32-99 INV=1 0/26X 100-2026 RE+MAR-1 MAR-
"""


def code(text: str) -> str | None:
    """What a spreadsheet makes of a text, if anything."""
    found = misreading(text)
    return found and found.code


@pytest.mark.parametrize("text", [*DATES.split("\n")[1].split(), *DATES.split("\n")[2].split()])
def test_dates(text: str) -> None:
    assert code(text) == "spreadsheet_date"
    assert may_be_misread(text)


@pytest.mark.parametrize("text", ["1:30", "10:05:30", "1 pm", "12 A"])
def test_times(text: str) -> None:
    found = misreading(text)
    assert found is not None and "time" in found.words


@pytest.mark.parametrize("text", [*NUMBERS.split()[:-2], "1 234", "1 1/2"])
def test_other_numbers(text: str) -> None:
    assert code(text) == "spreadsheet_number"
    assert may_be_misread(text)


@pytest.mark.parametrize("text", FORMULAS.split())
def test_formulas(text: str) -> None:
    assert code(text) == "spreadsheet_formula"
    assert may_be_misread(text)


@pytest.mark.parametrize("text", ["00000001", "01", "1234567890123456"])
def test_digits_that_are_lost(text: str) -> None:
    assert code(text) == "leading_zeros"


@pytest.mark.parametrize("text", [*TEXTS.split(), "1", "0", "123456789012345", "2026"])
def test_what_is_left_alone(text: str) -> None:
    assert misreading(text) is None
