"""Attributes of a request compared with a pattern: present, printable, and readable again.

Only loaded by an issue whose pattern or sequence has attributes.
"""

from seqctl.days import date
from seqctl.errors import Refused
from seqctl.model.pattern.checked import check_of, unread_words
from seqctl.model.pattern.coded import TYPE
from seqctl.model.pattern.compiled import ATTRIBUTE, CHECK, DATE, NUMBER, TEXT, Pattern
from seqctl.model.pattern.read import Owned, owned_by_open, owned_characters, readings
from seqctl.model.text import composed, hidden_problem, text_problem


def usable_attributes(
    pattern: Pattern, attributes: dict[str, str], scope: dict[str, tuple[str, ...]]
) -> dict[str, str]:
    """The attributes that the pattern shows, in normal form C. Raises Refused where one is unusable.

    One that only decorates may be empty; one of the scope only where the values that it may have say so.
    """
    usable = {}
    for name in pattern.attributes:
        value = attributes.get(name.casefold())
        if value is None:
            raise Refused(
                "missing_attribute",
                f"the pattern needs the attribute {name!r}",
                f"give it with --attr {name}=VALUE"
                + (" (it may be empty)" if "" in scope.get(name, ("",)) else ""),
            )
        value = composed(value)
        problem = text_problem(value) or hidden_problem(value)
        if problem:
            raise Refused("ambiguous_attribute", f"the value of {name!r} {problem}", "write it without that")
        exact = width_words(pattern, name, value)
        if exact:
            raise Refused("attribute_width", *exact)
        unread = unread_words(pattern, name, value)
        if unread:
            raise Refused("character", *unread)
        neighbour = neighbour_problem(pattern, name, value, owned_by_open)
        if neighbour:
            raise Refused(
                "ambiguous_attribute",
                neighbour,
                "the number could not be read back; change the value",
            )
        usable[name] = value
    return usable


def neighbour_problem(pattern: Pattern, name: str, value: str, owned: Owned = owned_characters) -> str | None:
    """Why a value may not stand where the pattern shows it: its neighbour could own its first or last
    character. None where it may. `owned` tells what neighbours could own."""
    if not value or name in pattern.exact or pattern.is_code(name):
        return None
    segments = pattern.segments
    for index, (kind, shown) in enumerate(segments):
        if kind != ATTRIBUTE or shown != name:
            continue
        left = owned(pattern, segments[index - 1][0]) if index else ""
        right = owned(pattern, segments[index + 1][0]) if segments[index + 1 :] else ""
        if value[-1] in right:
            return f"{value!r} for {name!r} ends with {value[-1]!r}, which could belong to what follows"
        if value[0] in left:
            return f"{value!r} for {name!r} begins with {value[0]!r}, which could belong to what precedes it"
    return None


def width_words(pattern: Pattern, name: str, value: str) -> tuple[str, str] | None:
    """Why a value may not stand for an attribute of an exact width, and what would be right; None where it
    may."""
    width = pattern.exact.get(name)
    if width is None or len(value) == width:
        return None
    has = f"{len(value)} character{'' if len(value) == 1 else 's'}"
    return (
        f"{value!r} for {name!r} has {has}, and {{{name}:{width}}} shows exactly {width}",
        f"give it with {width} characters",
    )


def always_readable(pattern: Pattern) -> bool:
    """Whether every number of the pattern has one reading, whatever its attribute holds.

    So it is where the widths of all attributes are exact, or a code is the only one; and with one attribute,
    as long as its neighbours cannot own its ends and no literal text holds a character that the counter, a
    date token or a check digit could own.
    """
    attributes = [value for kind, value in pattern.segments if kind == ATTRIBUTE]
    free = len([value for value in attributes if value not in pattern.exact])
    if not free or (set(attributes) == {TYPE} and pattern.codes):
        return True
    if len(attributes) > 1:
        return False
    owned = "".join([owned_characters(pattern, kind) for kind in (NUMBER, DATE, CHECK)])
    return not any(
        character in owned for kind, text in pattern.segments if kind == TEXT for character in text
    )


def surely_readable(pattern: Pattern, attributes: dict[str, str]) -> bool:
    """Whether every number with these attributes has one reading, so that none need be tried."""
    return always_readable(pattern) and not any(
        neighbour_problem(pattern, name, value) for name, value in attributes.items()
    )


def reads_back(pattern: Pattern, text: str, attributes: dict[str, str]) -> bool:
    """Whether a text has one reading, and that with these attributes."""
    found = readings(pattern, text)
    return len(found) == 1 and found[0].attributes == attributes


def refuse_second_reading(pattern: Pattern, text: str, day: date, attributes: dict[str, str]) -> None:
    """Refuse a text that the pattern could have rendered from other attributes or another integer."""
    if reads_back(pattern, text, attributes):
        return
    raise Refused(
        "ambiguous_attribute",
        f"{text!r} could be read in two ways, with other attributes or another integer",
        f"the attribute values must not hold what separates them in the pattern (document date {day})",
    )


def check_rendered(pattern: Pattern, texts: list[str], day: date, attributes: dict[str, str]) -> None:
    """Refuse texts that could be read in two ways, or that are not in Unicode normal form C."""
    # Digits melt with no mark, so that one number speaks for all; letters are looked at one by one.
    for text in texts if pattern.alpha or check_of(pattern) is not None else texts[:1]:
        problem = text_problem(text)
        if problem:
            raise Refused("ambiguous_attribute", f"the number {text!r} {problem}")
    if surely_readable(pattern, attributes):
        return
    for text in texts:
        refuse_second_reading(pattern, text, day, attributes)
