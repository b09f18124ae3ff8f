"""Sets of characters as people write them: `[A-Z0-9/-]`, as in a regular expression."""

from seqctl.errors import Refused
from seqctl.model.classes import frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.sequence.sequence import Sequence

WRITTEN = "write the characters that are allowed between brackets, as in [A-Z0-9/-]"


@frozen
class CharacterSet:
    """Some characters, as ranges of code points, both ends included."""

    ranges: tuple[tuple[int, int], ...]

    def holds(self, character: str) -> bool:
        """Whether a character is one of them."""
        return any(first <= ord(character) <= last for first, last in self.ranges)

    def outside(self, text: str) -> str | None:
        """The first character of a text that is none of them."""
        return next((character for character in text if not self.holds(character)), None)

    def listed(self, most: int) -> str | None:
        """All of them as one text, ascending; None where there are more than `most`."""
        if sum([last - first + 1 for first, last in self.ranges]) > most:
            return None
        points = {point for first, last in self.ranges for point in range(first, last + 1)}
        return "".join(map(chr, sorted(points)))


def check_attributes(sequence: "Sequence", attributes: dict[str, str]) -> None:
    """Refuse a value that brings a character into a number which its sequence does not allow."""
    allowed = character_set(str(sequence.characters))
    for name, value in attributes.items():
        outside = allowed.outside(value) if name in sequence.compiled.attributes else None
        if outside is not None:
            raise Refused(
                "character",
                f"{value!r} for {name!r} contains {outside!r}, and numbers of sequence {sequence.name!r}"
                f" contain only {sequence.characters}",
                "write it without that character",
            )


def character_set(text: str) -> CharacterSet:
    """The set that a text names. Raises ValueProblem.

    A hyphen at either end is one itself, and so is any sign behind a backslash; what a pattern of numbers
    cannot mean (other classes than `\\d`, what is not allowed) is refused.
    """
    from seqctl.model.value import ValueProblem, short_shown

    if len(text) < 3 or text[0] != "[" or text[-1] != "]":
        raise ValueProblem(f"{short_shown(text)} is not a set of characters", WRITTEN)
    items = _items(text[1:-1])
    if items is None:
        raise ValueProblem(f"{short_shown(text)} is not a set of characters", WRITTEN)
    ranges: list[tuple[int, int]] = []
    at = 0
    while at < len(items):
        if at + 2 < len(items) and items[at + 1] == "-":
            first, last = ord(items[at][-1]), ord(items[at + 2][-1])
            if first > last or "\\d" in (items[at], items[at + 2]):
                shown = items[at] + "-" + items[at + 2]
                raise ValueProblem(f"{shown!r} is not a range of characters", "write the lower one first")
            ranges.append((first, last))
            at += 3
        elif items[at] == "\\d":
            ranges.append((ord("0"), ord("9")))
            at += 1
        else:
            ranges.append((ord(items[at][-1]), ord(items[at][-1])))
            at += 1
    return CharacterSet(tuple(ranges))


def _items(inner: str) -> list[str] | None:
    """The characters of a set one by one, a backslash before those that have one; None where it is none."""
    if inner[0] == "^":
        return None
    items, at = [], 0
    while at < len(inner):
        one = inner[at : at + 2] if inner[at] == "\\" else inner[at]
        if one == "\\" or one in "[]" or (len(one) == 2 and one[1].isalnum() and one != "\\d"):
            return None
        items.append(one)
        at += len(one)
    return items
