"""What somebody meant whose number is off by case, blanks, leading zeros or its check digit, as far as a
pattern tells it.
"""

from collections.abc import Iterator
from itertools import product

from seqctl.model.check_digit.token import check_width
from seqctl.model.pattern.compiled import (
    ATTRIBUTE,
    CHECK,
    DATE,
    HOLE,
    LARGEST_VALUE,
    MAXIMUM_LENGTH,
    NUMBER,
    TEXT,
    Pattern,
)
from seqctl.model.pattern.letters import from_letters
from seqctl.model.pattern.widths import token_width

MOST_ATTRIBUTES = 2
"""With more of them a text has more splits than an expression should try."""


def near_texts(pattern: Pattern, text: str, known: dict[str, list[str]]) -> Iterator[str]:
    """The texts that a pattern prints and that differ from one by case, blanks, leading zeros and the check
    digit alone.

    `known` are values of attributes: where one differs from what was written by case or blanks, it is meant.
    """
    import re

    bare = _without_blanks(text)
    if len(bare) > MAXIMUM_LENGTH or len(pattern.attributes) > MOST_ATTRIBUTES:
        return
    match = re.fullmatch("".join(_parts(pattern)), bare, re.IGNORECASE | re.DOTALL)
    if match is None:
        return
    shown = match.groupdict()
    number = shown[NUMBER]
    try:
        value = from_letters(number.lower(), pattern.width) if pattern.alpha else int(number)
    except ValueError:
        return
    if value <= LARGEST_VALUE:
        for before, after in _frames(pattern, shown, known):
            yield pattern.text(before, value, after)


def _parts(pattern: Pattern) -> Iterator[str]:
    """The expression of each segment, without the blanks in it; what comes again comes again alike."""
    from re import escape

    named: set[str] = set()
    for kind, value in pattern.segments:
        name = kind if kind == NUMBER else _group(kind, value)
        if kind == TEXT:
            yield escape(_without_blanks(value))
        elif name in named:
            yield f"(?P={name})"
        elif kind == DATE:
            yield f"(?P<{name}>[0-9]{{{token_width(value)}}})"
        elif kind == NUMBER:
            yield f"(?P<{name}>[a-z]+)" if pattern.alpha else f"0*(?P<{name}>[0-9]{{1,19}})"
        elif kind == CHECK:
            yield f".{{{check_width(value)}}}"
        else:
            yield f"(?P<{name}>.*?)"
        named.add(name)


def _frames(
    pattern: Pattern, shown: dict[str, str], known: dict[str, list[str]]
) -> Iterator[tuple[str, str]]:
    """What stood around the counter, with the known values of attributes in place of what was written."""
    befores, texts = [""], [""]
    for kind, value in pattern.segments:
        if kind == NUMBER:
            befores, texts = texts, [""]
            continue
        choices = [value if kind == TEXT else HOLE * check_width(value) if kind == CHECK else ""]
        if kind in (DATE, ATTRIBUTE):
            written = shown[_group(kind, value)]
            folded = written.casefold()
            like = [item for item in known.get(value, ()) if _without_blanks(item).casefold() == folded]
            choices = like or [written]
        texts = [text + choice for text in texts for choice in choices]
    yield from product(befores, texts)


def _without_blanks(text: str) -> str:
    return "".join(text.split())


def _group(kind: str, value: str) -> str:
    """The name of a group, which holds no colon."""
    return kind + value.replace(":", "_")
