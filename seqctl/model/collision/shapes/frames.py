"""Frames: a shape at one length of its counter, so that every character has its place.

A frame has a *skeleton*, its characters with every digit as `0` and every small letter as `a`: only texts
of one skeleton can be equal. It has a *template*, its characters with a symbol for each place that varies.
And it reads its texts as integers, the digits in base 10 and the letters in base 26.
"""

from seqctl.model.check_digit.algorithms import LETTERS
from seqctl.model.check_digit.token import check_token
from seqctl.model.collision.shapes.choices import Segments
from seqctl.model.collision.shapes.runs import Run
from seqctl.model.collision.shapes.shapes import Member, Shape
from seqctl.model.pattern.compiled import CHECK, TEXT
from seqctl.model.pattern.letters import ALPHABET
from seqctl.model.pattern.widths import token_width

DIGITS = "0123456789"

# Symbols of a template: control characters, which no pattern holds.
ANY = "\0"
SYMBOLS = {
    "\x01": DIGITS,
    "\x02": ALPHABET,
    "\x03": DIGITS[1:],
    "\x04": "01",
    "\x05": "0123",
    "\x06": "012345",
    "\x07": "1234",
    "\x08": "12",
}
DIGIT, LETTER, LEADING = "\x01", "\x02", "\x03"
CHECK_SYMBOLS = {
    DIGITS: DIGIT,
    DIGITS + "X": "\x0b",
    DIGITS + LETTERS: "\x0c",
    DIGITS + LETTERS + "*": "\x0e",
}
"""The symbol of a check digit, by the characters that its algorithm gives."""
SYMBOLS |= {symbol: given for given, symbol in CHECK_SYMBOLS.items()}
DATE_SYMBOLS = {
    "MM": "\x04\x01",
    "FM": "\x04\x01",
    "DD": "\x05\x01",
    "DDD": "\x05\x01\x01",
    "WW": "\x06\x01",
    "Q": "\x07",
    "FQ": "\x07",
    "H": "\x08",
}


def symbols_of(segments: Segments, years: tuple[int, int] | None = None) -> str:
    """The template of literals and date tokens; with `years`, what all document dates share is literal."""
    return "".join([value if kind == TEXT else _symbols(kind, value, years) for kind, value in segments])


def _symbols(kind: str, value: str, years: tuple[int, int] | None) -> str:
    if kind == CHECK:
        algorithm = check_token(value).algorithm
        return CHECK_SYMBOLS[algorithm.gives] * algorithm.width
    return _date_symbols(value, years)


def _date_symbols(token: str, years: tuple[int, int] | None) -> str:
    symbols = DATE_SYMBOLS.get(token)
    if symbols or years is None:
        return symbols or DIGIT * token_width(token)
    # ISO years may begin in the calendar year before and end in the one after, listed fiscal years further
    # away by one.
    margin = 0 if token in ("YYYY", "YY") else 1 if token == "GGGG" else 2
    low, high = f"{years[0] - margin:04}", f"{years[1] + margin:04}"
    known = next((n for n in range(4) if low[n] != high[n]), 4)
    return (low[:known] + DIGIT * (4 - known))[4 - token_width(token) :]


def counter_symbols(shape: Shape, length: int) -> str:
    """The template of a counter part of this length."""
    if shape.alpha:
        return LETTER * length
    return LEADING + DIGIT * (length - 1) if length > max(shape.width, 1) else DIGIT * length


class _Side:
    """What stands before or after the counter: its integer, and what each date character adds to it."""

    __slots__ = ("places", "radix", "skeleton", "template", "value", "weights")

    def __init__(self, segments: Segments) -> None:
        self.template = symbols_of(segments)
        self.skeleton = ""
        self.value = 0
        self.radix = 1
        self.places: list[int] = []
        self.weights: list[int] = []
        for place in range(len(self.template) - 1, -1, -1):
            character = self.template[place]
            kind = character
            if character in SYMBOLS:
                self.places.insert(0, place)
                self.weights.insert(0, self.radix)
                kind = "0"
            elif character in DIGITS:
                self.value += int(character) * self.radix
                kind = "0"
            elif character in ALPHABET:
                self.value += ALPHABET.index(character) * self.radix
                kind = "a"
            self.skeleton = kind + self.skeleton
            self.radix *= 10 if kind == "0" else 26 if kind == "a" else 1


class Layout:
    """A shape without free attributes as it lies around its counter."""

    __slots__ = ("after", "before", "known", "shape")

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.before = _Side(shape.before)
        self.after = _Side(shape.after)
        years = shape.years() if shape.tokens else None
        self.known = symbols_of(shape.before, years), symbols_of(shape.after, years)

    def frame(self, length: int) -> "Frame":
        """The frame with a counter part of this length."""
        return Frame(self, length)


class Frame:
    """A shape at one length of its counter part."""

    __slots__ = ("layout", "length", "members", "skeleton", "template")

    def __init__(self, layout: Layout, length: int) -> None:
        shape = layout.shape
        self.layout = layout
        self.length = length
        # The members whose counter part can have this length.
        self.members = [m for m in shape.members if m.shortest <= length <= m.longest]
        kind = "a" if shape.alpha else "0"
        self.skeleton = layout.before.skeleton + kind * length + layout.after.skeleton
        self.template = ""

    def fill_template(self) -> str:
        """The template, made when it is first asked for."""
        if not self.template:
            before, after = self.layout.known
            self.template = before + counter_symbols(self.layout.shape, self.length) + after
        return self.template

    def date_places(self) -> list[int]:
        """Where in the text each date character stands."""
        after = len(self.layout.before.template) + self.length
        return [*self.layout.before.places, *(after + p for p in self.layout.after.places)]

    def run(self, member: Member, shown: str) -> Run | None:
        """The texts of a member as integers, for one text of its date characters."""
        shape, before, after = self.layout.shape, self.layout.before, self.layout.after
        lowest, highest, zero = shape.block(self.length)
        values = member.values_between(lowest, highest)
        if values is None:
            return None
        left, right = before.value, after.value
        if shown:
            cut = len(before.weights)
            left += sum(map(_times, shown[:cut], before.weights))
            right += sum(map(_times, shown[cut:], after.weights))
        base = 26 if shape.alpha else 10
        origin = (left * base**self.length - zero) * after.radix + right
        return Run(member, shown, values, origin, after.radix)


def counter_run(shape: Shape, length: int, member: Member) -> Run | None:
    """The values of a member alone, to compare it within its own shape on any common date."""
    lowest, highest, _ = shape.block(length)
    values = member.values_between(lowest, highest)
    return Run(member, None, values, 0, 1) if values else None


def _times(digit: str, weight: int) -> int:
    return int(digit) * weight
