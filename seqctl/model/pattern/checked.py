"""The check digit of a pattern, `{check:luhn}`: what it covers, how it is made, what may stand before it."""

from seqctl.model.check_digit.algorithms import ALGORITHMS
from seqctl.model.check_digit.token import CheckToken, check_token
from seqctl.model.finding import nearest
from seqctl.model.pattern.coded import coded
from seqctl.model.pattern.compiled import ANY_CHECK, ATTRIBUTE, CHECK, HOLE, NUMBER, TEXT, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.pattern.read import Reading

Segments = tuple[tuple[str, str], ...]
Problem = tuple[str, str]
"""What is wrong, and what would be right."""


def check_of(pattern: Pattern) -> CheckToken | None:
    """The check digit of a pattern, if it has one."""
    return next((check_token(value) for kind, value in pattern.segments if kind in (CHECK, ANY_CHECK)), None)


def unread_character(pattern: Pattern, name: str, value: str) -> str | None:
    """The character of an attribute's value that the check digit cannot cover, or None."""
    token = check_of(pattern)
    if token is None or (ATTRIBUTE, name) not in _covered(pattern.segments):
        return None
    return token.unread(value)


def unread_words(pattern: Pattern, name: str, value: str) -> Problem | None:
    """Why a check digit cannot cover an attribute's value, and what would be right; None where it can."""
    character = unread_character(pattern, name, value)
    if character is None:
        return None
    check = next(value for kind, value in pattern.segments if kind == CHECK)
    return (
        f"{value!r} for {name!r} holds {character!r}, which {{check:{check}}} cannot read",
        f"write it without that, or let the check digit cover the counter alone: {{check:{check}:number}}",
    )


def _covered(segments: Segments) -> Segments:
    """What stands to the left of the check digit."""
    return segments[: next(at for at, (kind, _) in enumerate(segments) if kind in (CHECK, ANY_CHECK))]


def token_problem(name: str) -> Problem | None:
    """What is wrong with what stands behind `check:`."""
    algorithm, colon, covered = name.partition(":")
    if algorithm in ALGORITHMS and (not colon or covered == "number"):
        return None
    if algorithm in ALGORITHMS:
        hint = f"write {{check:{algorithm}}}, or {{check:{algorithm}:number}} for the counter alone"
        return f"{{check:{name}}} covers nothing that is known", hint
    hint = nearest(algorithm, list(ALGORITHMS)) or f"known ones: {', '.join(ALGORITHMS)}"
    return f"{{check:{name}}} names no way to make a check digit", hint


def check_problem(segments: Segments, alpha: bool) -> Problem | None:
    """Why a pattern cannot have its check digit: there are two, it stands before the counter, or something
    to its left, an attribute aside, is written with a character that it cannot read."""
    names = [value for kind, value in segments if kind == CHECK]
    if not names:
        return None
    if len(names) > 1:
        return f"the pattern has {len(names)} check digits", "write one {check:...}"
    covered = _covered(segments)
    if NUMBER not in [kind for kind, _ in covered]:
        return f"{{check:{names[0]}}} is to the left of {{number}}", "put it after {number}"
    token, name = check_token(names[0]), names[0]
    if alpha:
        return (
            f"{{check:{name}}} cannot read the small letters of the counter",
            "count in digits, or leave it out",
        )
    for kind, value in covered:
        character = token.unread(value) if kind == TEXT else None
        if character is not None:
            return (
                f"{{check:{name}}} cannot read {character!r} to its left: it reads {_reads(token)}",
                f"let it cover the counter alone: {{check:{name}:number}}",
            )
    return None


def _reads(token: CheckToken) -> str:
    return "digits" if token.algorithm.digits_only else "digits and capital letters"


def loosened(pattern: Pattern) -> Pattern:
    """The same pattern with any character that the algorithm gives in the place of its check digit."""
    segments = tuple([(ANY_CHECK if kind == CHECK else kind, value) for kind, value in pattern.segments])
    return coded(Pattern(segments, pattern.alpha, pattern.max_width, pattern.exact), pattern.codes)


def wrong_check(pattern: Pattern, text: str, found: "list[Reading]") -> str | None:
    """What is wrong with the check digit of a text, in words. `found` are its readings by `loosened`."""
    token = check_of(pattern)
    rights = {_right(pattern, text, reading) for reading in found} - {None}
    if token is None or not rights:
        return None
    digit = "check digit" if token.algorithm.width == 1 else "check digits"
    if len(rights) > 1:
        return f"has wrong {digit}" if token.algorithm.width > 1 else f"has a wrong {digit}"
    ((shown, right),) = (pair for pair in rights if pair is not None)
    return f"has the {digit} {shown}, where {right} would be right"


def _right(pattern: Pattern, text: str, reading: "Reading") -> tuple[str, str] | None:
    """The check digit that a text shows, and the one that would be right."""
    before = shown = ""
    for kind, value in pattern.segments:
        if kind == NUMBER:
            before, shown = shown, ""
        elif kind == CHECK:
            shown += HOLE * check_token(value).algorithm.width
        else:
            shown += value if kind == TEXT else {**reading.tokens, **reading.attributes}[value]
    right = pattern.text(before, reading.value, shown)
    start = len(before) + len(pattern.counter_text(reading.value)) + shown.index(HOLE)
    place = slice(start, start + shown.count(HOLE))
    return None if "?" in right[place] else (text[place], right[place])
