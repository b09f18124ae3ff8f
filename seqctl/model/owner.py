"""Owners of sequence sets, `KIND:ID`: how they are written, and which kinds are a slip for another one.

On the path of an issue that names owners.
"""

from seqctl.model.text import invisible

KINDS = ("account", "company", "customer", "subscription", "order_line", "invoice")
"""Kinds that every book knows; `[book] owner_kinds` and assignments add others."""

LONGEST = 255
"""Most characters of an owner."""

SHORT = 5
"""Words of fewer letters are near where they differ in one letter, all others in two."""


class OwnerSettings:
    """Kinds of owners, as arrays in JSON: those that are known, those whose owners must have a set, and those
    of which one was ever assigned."""

    __slots__ = ("assigned_kinds", "known_owners", "owner_kinds")

    def __init__(self, owner_kinds: str, known_owners: str, assigned_kinds: str) -> None:
        self.owner_kinds = owner_kinds
        self.known_owners = known_owners
        self.assigned_kinds = assigned_kinds


def split_owner(text: str) -> tuple[str, str]:
    """The kind and id of `KIND:ID`. Raises ValueError where it is not written so."""
    kind, colon, id = text.partition(":")
    if not colon or not kind.strip() or not id.strip():
        raise ValueError(f"{text!r} is not KIND:ID, as in account:ACME")
    if not text.isprintable() or len(text) > LONGEST:
        raise ValueError(f"{text!r} is not one line of at most {LONGEST} printable characters")
    for part in (kind, id):
        if blank_at_an_end(part):
            raise ValueError(f"{text!r} has a blank or an invisible character at an end of {part!r}")
    return kind, id


def blank_at_an_end(text: str) -> bool:
    """Whether a text begins or ends with a character that nobody sees."""
    if text.isascii():
        return text != text.strip() or not text.isprintable()
    return any(_unseen(character) for character in (text[0], text[-1]))


def near_kind(kind: str, known: list[str]) -> str | None:
    """The known kind that another one is probably a slip for: the nearest that is near at all.

    Near are at most two letters added, left out, changed or swapped with their neighbour, one where either
    has fewer than five letters. Capital letters are no difference.
    """
    word = kind.casefold()
    found = []
    for other in known:
        most = 1 if min(len(kind), len(other)) < SHORT else 2
        apart = distance(word, other.casefold())
        if apart <= most:
            found.append((apart, other))
    return min(found)[1] if found else None


def distance(one: str, other: str) -> int:
    """How many letters have to be added, left out, changed or swapped with their neighbour.

    The Damerau-Levenshtein distance: https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance. Row r and
    column c of the table stand for the first r - 1 and c - 1 letters; row and column 0 lie out of reach.
    """
    far = len(one) + len(other)
    table: list[list[int]] = [[far] * (len(other) + 2), [far, *range(len(other) + 1)]]
    seen: dict[str, int] = {}
    for row, letter in enumerate(one, 1):
        here, matched = [far, row], 0
        for column, against in enumerate(other, 1):
            before = seen.get(against, 0)
            swapped = table[before][matched] + (row - before - 1) + 1 + (column - matched - 1)
            changed = table[row][column] + (letter != against)
            here.append(min(changed, here[-1] + 1, table[row][column + 1] + 1, swapped))
            if letter == against:
                matched = column
        seen[letter] = row
        table.append(here)
    return table[-1][-1]


def _unseen(character: str) -> bool:
    return character.isspace() or not character.isprintable() or invisible(character)
