"""Reading a rendered number back: its integer, its attributes, and the date that it shows.

A reading is accepted only if rendering it gives the same text again. Several readings mean that the text
is ambiguous, which an issue refuses before such a number can exist.
"""

from collections.abc import Iterator

from seqctl.model.letters import ALPHABET, from_letters
from seqctl.model.pattern.compiled import ATTRIBUTE, DATE, LARGEST_VALUE, NUMBER, TEXT, Pattern, token_width

DIGITS = "0123456789"
LONGEST_COUNT = 19


class Reading:
    """One way to read a text by a pattern: the counter's value, date tokens and attributes as shown."""

    __slots__ = ("attributes", "tokens", "value")

    def __init__(self, value: int, tokens: dict[str, str], attributes: dict[str, str]) -> None:
        self.value = value
        self.tokens = tokens
        self.attributes = attributes


def readings(pattern: Pattern, text: str, most: int = 2) -> list[Reading]:
    """The ways to read `text`, at most `most` of them; none where the pattern cannot have rendered it.

    Date tokens are only read as digits here; whether a day shows them is `day_shown`'s question.
    """
    found: list[Reading] = []
    for shown in _Reader(pattern, text).read():
        number = shown.pop(NUMBER)
        value = from_letters(number, pattern.width) if pattern.alpha else int(number)
        if value > LARGEST_VALUE:
            continue
        tokens = {key[1:]: part for key, part in shown.items() if key[0] == DATE}
        attributes = {key[1:]: part for key, part in shown.items() if key[0] == ATTRIBUTE}
        found.append(Reading(value, tokens, attributes))
        if len(found) == most:
            break
    return found


def owned_characters(pattern: Pattern, kind: str) -> str:
    """The characters that a number or date token beside an attribute could own."""
    if kind == DATE:
        return DIGITS
    if kind == NUMBER:
        return ALPHABET if pattern.alpha else DIGITS
    return ""


class _Reader:
    """Walks the segments from left to right and tries each end of each part."""

    def __init__(self, pattern: Pattern, text: str) -> None:
        self.pattern = pattern
        self.text = text
        self.segments = pattern.segments
        names = [kind + value for kind, value in self.segments if kind in (DATE, ATTRIBUTE)]
        # Places from which nothing can be read. Only usable where no part must repeat an earlier one.
        self.dead: set[tuple[int, int]] | None = set() if len(names) == len(set(names)) else None

    def read(self) -> Iterator[dict[str, str]]:
        yield from self._walk(0, 0, {})

    def _walk(self, index: int, position: int, shown: dict[str, str]) -> Iterator[dict[str, str]]:
        if index == len(self.segments):
            if position == len(self.text):
                yield dict(shown)
            return
        if self.dead is not None and (index, position) in self.dead:
            return
        kind, value = self.segments[index]
        key = NUMBER if kind == NUMBER else kind + value
        before = shown.get(key)
        fruitless = True
        for end in self._ends(index, position):
            part = self.text[position:end]
            if before is not None and part != before:
                continue
            if kind != TEXT:
                shown[key] = part
            for reading in self._walk(index + 1, end, shown):
                fruitless = False
                yield reading
            if kind != TEXT and before is None:
                del shown[key]
        if fruitless and self.dead is not None:
            self.dead.add((index, position))

    def _ends(self, index: int, position: int) -> Iterator[int]:
        kind, value = self.segments[index]
        if kind == TEXT:
            if self.text.startswith(value, position):
                yield position + len(value)
        elif kind == DATE:
            end = position + token_width(value)
            part = self.text[position:end]
            if len(part) == end - position and all(character in DIGITS for character in part):
                yield end
        elif kind == NUMBER:
            yield from self._number_ends(position)
        else:
            yield from self._attribute_ends(index, position)

    def _number_ends(self, position: int) -> Iterator[int]:
        owned = owned_characters(self.pattern, NUMBER)
        width = self.pattern.width
        exact = self.pattern.alpha and width
        longest = width if exact else max(width, LONGEST_COUNT)
        for end in range(position + 1, min(position + longest, len(self.text)) + 1):
            if self.text[end - 1] not in owned:
                return
            length = end - position
            padded = length > max(width, 1) and self.text[position] == "0"
            if length >= width and not padded:
                yield end

    def _attribute_ends(self, index: int, position: int) -> Iterator[int]:
        left = owned_characters(self.pattern, self.segments[index - 1][0]) if index else ""
        follows = self.segments[index + 1][0] if index + 1 < len(self.segments) else ""
        right = owned_characters(self.pattern, follows)
        for end in range(position, len(self.text) + 1):
            if end > position and (self.text[position] in left or self.text[end - 1] in right):
                if self.text[position] in left:
                    return
                continue
            yield end
