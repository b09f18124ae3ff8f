"""Patterns as people write them: `INV-{YYYY}-{number:5}` checked and compiled when it is saved.

The check that its date tokens tell the periods apart lives in `periods.py` beside this file.
"""

from itertools import pairwise

from seqctl.model.finding import nearest
from seqctl.model.pattern.compiled import (
    ATTRIBUTE,
    DATE,
    FORMAT,
    LARGEST_VALUE,
    MAXIMUM_LENGTH,
    NUMBER,
    TEXT,
    Pattern,
    token_width,
)
from seqctl.model.pattern.letters import ALPHABET
from seqctl.model.text import composed, text_problem

CALENDAR_TOKENS = ("YYYY", "YY", "MM", "DD", "Q", "H", "DDD", "GGGG", "WW")
FISCAL_YEAR_TOKENS = ("FY", "FYS", "FYE")
FISCAL_TOKENS = (
    *FISCAL_YEAR_TOKENS,
    *(f"{token}:YY" for token in FISCAL_YEAR_TOKENS),
    "FM",
    "FQ",
)
DATE_TOKENS = (*CALENDAR_TOKENS, *FISCAL_TOKENS)

Segment = tuple[str, str]


class PatternError(ValueError):
    """A pattern that cannot be compiled; `hint` says what would be right."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


def compile_pattern(text: str, alpha: bool, max_width: int | None = None) -> Pattern:
    """Check and compile a pattern; `max_width` is the sequence's.

    Raises PatternError with what is wrong and what would be right.
    """
    segments = tuple(_segments(text))
    numbers = sum(kind == NUMBER for kind, _ in segments)
    if numbers != 1:
        raise PatternError(
            f"the pattern has {numbers or 'no'} {{number}} token" + ("s" if numbers > 1 else ""),
            "write {number}, or {number:5} for at least five digits, exactly once",
        )
    _check_neighbours(segments)
    pattern = Pattern(segments, alpha, max_width)
    _check_lengths(pattern)
    if alpha:
        _check_marks(segments)
    return pattern


def pattern_from_parts(prefix: str, suffix: str, width: int) -> str:
    """The pattern that the shorthand `prefix`, `suffix`, `width` stands for."""
    number = f"{{number:{width}}}" if width else "{number}"
    return quote_braces(prefix) + number + quote_braces(suffix)


def quote_braces(text: str) -> str:
    """Literal text as a pattern writes it: each brace doubled."""
    return text.replace("{", "{{").replace("}", "}}")


def pattern_text(pattern: Pattern) -> str:
    """The pattern in its written form, the inverse of `compile_pattern`."""
    parts = []
    for kind, value in pattern.segments:
        if kind == TEXT:
            parts.append(quote_braces(value))
        elif kind == NUMBER:
            parts.append(f"{{number:{value}}}" if value != "0" else "{number}")
        else:
            parts.append("{" + value + "}")
    return "".join(parts)


def encode(pattern: Pattern) -> str:
    """The stored form: the format's version and one segment a line (a pattern holds no line ends)."""
    return "\n".join((FORMAT, *(kind + value for kind, value in pattern.segments)))


def _segments(text: str) -> list[Segment]:
    """Split a pattern into literals and tokens."""
    problem = text_problem(text)
    if problem:
        raise PatternError(f"the pattern {problem}", "a number is one line of printable text")
    segments: list[Segment] = []
    literal = ""
    position = 0
    while position < len(text):
        character = text[position]
        if text[position : position + 2] in ("{{", "}}"):
            literal += character
            position += 2
        elif character == "{":
            if literal:
                segments.append((TEXT, literal))
                literal = ""
            end = text.find("}", position)
            if end < 0:
                raise PatternError(f"the brace at character {position + 1} is never closed")
            segments.append(_token(text[position + 1 : end]))
            position = end + 1
        elif character == "}":
            raise PatternError(
                f"the closing brace at character {position + 1} has no opening one",
                "a brace as text is written twice: {{ or }}",
            )
        else:
            literal += character
            position += 1
    if literal:
        segments.append((TEXT, literal))
    return segments


def _token(name: str) -> Segment:
    if name == "number":
        return (NUMBER, "0")
    if name.startswith("number:"):
        width = name.removeprefix("number:")
        if not (width.isascii() and width.isdigit()) or not 1 <= int(width[:4]) <= MAXIMUM_LENGTH:
            raise PatternError(
                f"{{{name}}} has no usable width", "write a width of 1 to 255, as in {number:5}"
            )
        return (NUMBER, str(int(width)))
    if name in DATE_TOKENS:
        return (DATE, name)
    if is_attribute_name(name):
        return (ATTRIBUTE, name)
    if name.upper() in DATE_TOKENS:
        raise PatternError(f"unknown token {{{name}}}", f"write {{{name.upper()}}}")
    raise PatternError(
        f"unknown token {{{name}}}",
        nearest(name, [*DATE_TOKENS, "number"])
        or "date tokens are upper case, attributes lower case: " + " ".join(CALENDAR_TOKENS),
    )


def is_attribute_name(name: str) -> bool:
    """Whether a text can name an attribute in a pattern: lower-case letters, digits, underscores."""
    return (
        name.isascii()
        and name[:1].isalpha()
        and name == name.lower()
        and name.replace("_", "a").isalnum()
        and name != "number"
    )


def date_slips(pattern: Pattern) -> list[str]:
    """The attributes named like a date token in small letters, `{yyyy}`, where a date is probably meant."""
    return [name for name in pattern.attributes if name.upper() in DATE_TOKENS]


def slip_words(name: str) -> tuple[str, str]:
    """What is wrong with such an attribute, and what would be right."""
    return (
        f"{{{name}}} is an attribute that each request must give, not a date",
        f"for the date write {{{name.upper()}}}; else choose another name",
    )


def _check_neighbours(segments: tuple[Segment, ...]) -> None:
    """Two attributes side by side could not be told apart again."""
    for (kind, value), (next_kind, next_value) in pairwise(segments):
        if kind == ATTRIBUTE == next_kind:
            raise PatternError(
                f"nothing stands between {{{value}}} and {{{next_value}}}",
                f"put text between them, as in {{{value}}}-{{{next_value}}}",
            )


def _check_marks(segments: tuple[Segment, ...]) -> None:
    """A mark after the counter would melt with some of its letters: the text would not be in form C."""
    number = next(place for place, (kind, _) in enumerate(segments) if kind == NUMBER)
    follows = segments[number + 1 : number + 2]
    if not follows or follows[0][0] != TEXT:
        return
    mark = follows[0][1][0]
    if any(composed(letter + mark) != letter + mark for letter in ALPHABET):
        raise PatternError(
            f"the character U+{ord(mark):04X} after {{number}} would melt with the letter before it, and the"
            " number would not be in Unicode normal form C",
            "put other text after {number}",
        )


def _check_lengths(pattern: Pattern) -> None:
    fixed = sum(
        len(value) if kind == TEXT else token_width(value) if kind == DATE else 0
        for kind, value in pattern.segments
    )
    if fixed + max(pattern.width, 1) > MAXIMUM_LENGTH:
        raise PatternError(f"its numbers would be longer than {MAXIMUM_LENGTH} characters")
    if pattern.alpha and pattern.width and 26**pattern.width - 1 > LARGEST_VALUE:
        raise PatternError(
            f"{pattern.width} letters count further than the book can store",
            "13 letters are the most",
        )
