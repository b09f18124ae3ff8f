"""Patterns as people write them: `INV-{YYYY}-{number:5}` checked and compiled when it is saved.

The check that its date tokens tell the periods apart lives in `periods.py` beside this file.
"""

from itertools import pairwise

from seqctl.model.check_digit.algorithms import ALGORITHMS
from seqctl.model.check_digit.token import check_token
from seqctl.model.finding import nearest
from seqctl.model.pattern.checked import check_problem, token_problem
from seqctl.model.pattern.compiled import (
    ATTRIBUTE,
    CHECK,
    DATE,
    FORMAT,
    LARGEST_VALUE,
    MAXIMUM_LENGTH,
    NUMBER,
    TEXT,
    Pattern,
)
from seqctl.model.pattern.exact_widths import first_line
from seqctl.model.pattern.letters import ALPHABET
from seqctl.model.pattern.widths import least_width
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

SPELLED = {
    **dict.fromkeys(("YEAR", "YYY", "Y", "CCYY"), "YYYY"),
    **dict.fromkeys(("MONTH", "M", "MON", "MMM"), "MM"),
    **dict.fromkeys(("DAY", "D"), "DD"),
    **dict.fromkeys(("QUARTER", "QQ", "QTR"), "Q"),
    **dict.fromkeys(("WEEK", "W", "KW"), "WW"),
    **dict.fromkeys(("NUMBER", "N", "NNNNN", "SEQ", "COUNTER", "#####"), "number:5"),
}
"""What other programs call tokens."""

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
    written = tuple(_segments(text))
    segments, exact = _exact_widths(written)
    numbers = sum(kind == NUMBER for kind, _ in segments)
    if numbers != 1:
        raise PatternError(
            f"the pattern has {numbers or 'no'} {{number}} token" + ("s" if numbers > 1 else ""),
            "write {number}, or {number:5} for at least five digits, exactly once",
        )
    _check_neighbours(segments, exact)
    problem = check_problem(segments, alpha)
    if problem:
        raise PatternError(*problem)
    pattern = Pattern(segments, alpha, max_width, exact)
    _check_lengths(pattern)
    _check_marks(segments, alpha)
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
        elif kind == CHECK:
            parts.append(f"{{check:{value}}}")
        else:
            width = pattern.exact.get(value) if kind == ATTRIBUTE else None
            parts.append("{" + value + (f":{width}" if width else "") + "}")
    return "".join(parts)


def encode(pattern: Pattern) -> str:
    """The stored form: the format's version and one segment a line (a pattern holds no line ends)."""
    return "\n".join((first_line(FORMAT, pattern.exact), *(kind + value for kind, value in pattern.segments)))


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
    if name.startswith("check:"):
        problem = token_problem(name.removeprefix("check:"))
        if problem:
            raise PatternError(*problem)
        return (CHECK, name.removeprefix("check:"))
    if is_attribute_name(name) or _is_exact_attribute(name):
        return (ATTRIBUTE, name)
    if name.upper() in DATE_TOKENS:
        raise PatternError(f"unknown token {{{name}}}", f"write {{{name.upper()}}}")
    raise PatternError(
        f"unknown token {{{name}}}",
        (f"write {{{SPELLED[name]}}}" if name in SPELLED else None)
        or (f"for a check digit write {{check:{name.lower()}}}" if name.lower() in ALGORITHMS else None)
        or nearest(name, [*DATE_TOKENS, "number"])
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


def _is_exact_attribute(name: str) -> bool:
    """Whether a token is an attribute with its number of characters, as in `{branch:3}`."""
    attribute, _, width = name.partition(":")
    if not is_attribute_name(attribute) or not (width.isascii() and width.isdigit()):
        return False
    if not 1 <= int(width[:4]) <= MAXIMUM_LENGTH:
        raise PatternError(f"{{{name}}} has no usable width", "write a width of 1 to 255, as in {branch:3}")
    return True


def _exact_widths(written: tuple[Segment, ...]) -> tuple[tuple[Segment, ...], dict[str, int]]:
    """The segments with attributes by their names, and the widths of those that have one."""
    exact: dict[str, int] = {}
    free = {value for kind, value in written if kind == ATTRIBUTE and ":" not in value}
    segments = []
    for kind, value in written:
        if kind == ATTRIBUTE:
            value, _, width = value.partition(":")
            if (width and exact.setdefault(value, int(width)) != int(width)) or (width and value in free):
                raise PatternError(
                    f"the attribute {value!r} is in the pattern with two widths",
                    f"write {{{value}:{int(width)}}} wherever it stands",
                )
        segments.append((kind, value))
    return tuple(segments), exact


def date_slips(pattern: Pattern) -> list[str]:
    """The attributes named like a token that is probably meant: `{yyyy}` like a date, or `{check}`."""
    return [name for name in pattern.attributes if name.upper() in DATE_TOKENS or name == "check"]


def slip_words(name: str) -> tuple[str, str]:
    """What is wrong with such an attribute, and what would be right."""
    if name == "check":
        return (
            "{check} is an attribute that each request must give, not a check digit",
            "for a check digit write {check:luhn}; else choose another name",
        )
    return (
        f"{{{name}}} is an attribute that each request must give, not a date",
        f"for the date write {{{name.upper()}}}; else choose another name",
    )


def _check_neighbours(segments: tuple[Segment, ...], exact: dict[str, int]) -> None:
    """Two attributes side by side could not be told apart again, unless the width of one is exact."""
    for (kind, value), (next_kind, next_value) in pairwise(segments):
        if kind == ATTRIBUTE == next_kind and value not in exact and next_value not in exact:
            raise PatternError(
                f"nothing stands between {{{value}}} and {{{next_value}}}",
                f"put text between them, as in {{{value}}}-{{{next_value}}}, or give a width: {{{value}:3}}",
            )


def _check_marks(segments: tuple[Segment, ...], alpha: bool) -> None:
    """A mark after the counter or a check digit would melt with some of its letters: the text would not be in
    form C."""
    for (kind, value), (next_kind, follows) in pairwise(segments):
        if next_kind != TEXT or kind not in (NUMBER, CHECK):
            continue
        letters = ALPHABET * alpha if kind == NUMBER else check_token(value).algorithm.gives
        mark, token = follows[0], "{number}" if kind == NUMBER else f"{{check:{value}}}"
        if any(composed(letter + mark) != letter + mark for letter in letters):
            raise PatternError(
                f"the character U+{ord(mark):04X} after {token} would combine with the letter before it, and"
                " the number would not be in Unicode normal form C",
                f"put other text after {token}",
            )


def _check_lengths(pattern: Pattern) -> None:
    fixed = least_width(pattern.segments, pattern.exact)
    if fixed + max(pattern.width, 1) > MAXIMUM_LENGTH:
        raise PatternError(f"its numbers would be longer than {MAXIMUM_LENGTH} characters")
    if pattern.alpha and pattern.width and 26**pattern.width - 1 > LARGEST_VALUE:
        raise PatternError(
            f"{pattern.width} letters count further than the book can store",
            "13 letters are the most",
        )
