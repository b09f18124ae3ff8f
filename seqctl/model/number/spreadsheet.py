"""What a spreadsheet makes of a document number that it reads from a CSV file or that somebody types.

The readings are those that Excel and LibreOffice share in one of their usual languages. Whoever opens the
file chooses the language, so a text counts as a date where one of them reads it as one.
"""

from __future__ import annotations

import re

from seqctl.model.cell import FORMULA_SIGNS
from seqctl.model.classes import NamedTuple

MOST_DIGITS = 15
"""A spreadsheet keeps so many digits of a number and turns the others into zeros."""

_MONTHS = """
jan january januar jänner janv janvier ene enero gen gennaio janeiro januari sty styczeń
feb february februar febr févr février fév febrero febbraio fev fevereiro februari lut luty
mar march märz mär mrz mars marzo março maart mrt marzec
apr april avr avril abr abril aprile kwi kwiecień
may mai mayo mag maggio maio mei maj
jun june juni juin junio giu giugno junho cze czerwiec
jul july juli juil juillet julio lug luglio julho lip lipiec
aug august août ago agosto augustus sie sierpień
sep sept september septembre septiembre set settembre setembro wrz wrzesień
oct october okt oktober octobre octubre ott ottobre out outubro paź październik
nov november novembre noviembre novembro lis listopad
dec december dez dezember déc décembre dic diciembre dicembre dezembro gru grudzień
"""
MONTH_NAMES = frozenset(_MONTHS.split())

MARKS = ("e", "a", "p", "am", "pm")
"""The other words that a number or a time of day may hold."""

WORD = re.compile(r"[^\W\d_]+")

_NUMERIC = re.compile(r"(\d+)([-/.])(\d+)(?:\2(\d+))?\.?")
_NAMED = re.compile(
    r"(?:(\d{1,4})[-/. ]{0,2})?([^\W\d_]+)\.?(?:[-/. ]{0,2}(\d{1,4}))?(?:[-/., ]{1,2}(\d{1,4}))?"
)
_TIME = re.compile(r"\d{1,4}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?(?: ?[ap]m?)?|\d{1,2} [ap]m?", re.IGNORECASE)
_EXPONENT = re.compile(r"\d+(?:[.,]\d*)?e[-+]?\d+", re.IGNORECASE)
_SEPARATED = re.compile(r"\d+(?:[., '\u00a0\u202f]\d+)+")
_MARKED = re.compile(r"[$€£¥] ?\d[\d.,]*|\d[\d.,]* ?[$€£¥%]|\d+-|\(\d[\d.,]*\)|\d+ \d+/\d+")


class Misreading(NamedTuple):
    """What a spreadsheet takes a text for: the code of the finding, and the consequence in words."""

    code: str
    words: str


def misreading(text: str) -> Misreading | None:
    """What a spreadsheet takes a number for in place of its text; None where it leaves it alone."""
    if text.startswith(FORMULA_SIGNS):
        return Misreading("spreadsheet_formula", f"takes {text} for a formula")
    if text.isascii() and text.isdigit():
        return _digits(text)
    if _is_date(text):
        return Misreading("spreadsheet_date", f"takes {text} for a date")
    if _TIME.fullmatch(text):
        return Misreading("spreadsheet_date", f"takes {text} for a time of day")
    if _EXPONENT.fullmatch(text):
        return Misreading("spreadsheet_number", f"takes {text} for a number with an exponent")
    if _SEPARATED.fullmatch(text) or _MARKED.fullmatch(text):
        return Misreading("spreadsheet_number", f"takes {text} for a number and writes it in its own way")
    return None


def may_be_misread(text: str) -> bool:
    """Whether a text with other digits could be misread: not one with a word that only a text can hold."""
    words = [word.casefold() for word in WORD.findall(text)]
    return text.startswith(FORMULA_SIGNS) or all(word in MONTH_NAMES or word in MARKS for word in words)


def _digits(text: str) -> Misreading | None:
    """Digits alone: the zeros before a number and the digits behind the fifteenth are lost."""
    if text.startswith("0") and len(text) > 1:
        return Misreading("leading_zeros", f"takes {text} for a number and loses the zeros at its front")
    if len(text) > MOST_DIGITS:
        words = f"takes {text} for a number and keeps only {MOST_DIGITS} digits of it"
        return Misreading("leading_zeros", words)
    return None


def _is_date(text: str) -> bool:
    """Whether a text is a date of two or three parts, in any order that some language writes."""
    found = _NUMERIC.fullmatch(text)
    if found is not None:
        first, separator, second, third = found.groups()
        if separator == "." and 3 in (len(first), len(second), len(third or "")):
            # Thousands, or a fraction.
            return False
        if third is None:
            pairs = ((first, second), (second, first))
            return any(_month(a) and (_day(b) or _year(b)) for a, b in pairs)
        orders = ((first, second, third), (third, second, first), (third, first, second))
        return any(_year(year) and _month(month) and _day(day) for year, month, day in orders)
    named = _NAMED.fullmatch(text)
    if named is None or named[2].casefold() not in MONTH_NAMES:
        return False
    parts = [part for part in (named[1], named[3], named[4]) if part]
    if len(parts) == 1:
        return _day(parts[0]) or _year(parts[0])
    return len(parts) == 2 and any(_day(a) and _year(b) for a, b in (parts, parts[::-1]))


def _month(digits: str) -> bool:
    return len(digits) <= 3 and 1 <= int(digits) <= 12


def _day(digits: str) -> bool:
    return len(digits) <= 3 and 1 <= int(digits) <= 31


def _year(digits: str) -> bool:
    return len(digits) == 2 or (len(digits) == 4 and int(digits) >= 1900)
