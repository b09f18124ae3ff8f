"""The algorithms of check digits that a number can carry, by the names that patterns give them.

Each reads a text of its own alphabet and gives one or two characters. Those with a table are from the papers
of their authors (Verhoeff 1969, Damm 2004); the hybrid and pure systems are those of ISO/IEC 7064; the
recursive one is that of the Swiss payment slips.
"""

from seqctl.model.classes import frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

SKIPPED = " -/._"
"""What stands in a number for the eye alone: no algorithm reads it."""

_RECURSIVE = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)

_VERHOEFF_PERMUTED = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


@frozen
class Algorithm:
    """One way to compute check characters: `reads` and `gives` are sets of characters, `width` how many."""

    name: str
    reads: str
    gives: str
    width: int
    of: "Callable[[str], str]"

    @property
    def digits_only(self) -> bool:
        """Whether it reads nothing but digits."""
        return self.reads == DIGITS


def bare(text: str) -> str:
    """A text without what stands in it for the eye alone."""
    return "".join(character for character in text if character not in SKIPPED)


def luhn(digits: str) -> str:
    """Every second digit doubled, from the right; the sum is filled up to the next ten (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 if place % 2 else 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def weighted_731(digits: str) -> str:
    """Weights 7, 3, 1 from the right; the sum is filled up to the next ten."""
    return str(-sum(int(digit) * (7, 3, 1)[place % 3] for place, digit in enumerate(reversed(digits))) % 10)


def recursive(digits: str) -> str:
    """Modulo 10, recursive: each digit leads on to a row of the table."""
    carry = 0
    for digit in digits:
        carry = _RECURSIVE[(carry + int(digit)) % 10]
    return str(-carry % 10)


def verhoeff(digits: str) -> str:
    """Digits permuted by their place and multiplied in the dihedral group of ten elements."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = _dihedral(check, _permuted(int(digit), place + 1))
    return str(check if check > 4 else -check % 5)


def _permuted(value: int, times: int) -> int:
    for _ in range(times % 8):
        value = _VERHOEFF_PERMUTED[value]
    return value


def _dihedral(first: int, second: int) -> int:
    """The product in the group of five rotations (0 to 4) and five reflections (5 to 9) of a pentagon."""
    turned = first - second if first > 4 else first + second
    return turned % 5 + (5 if (first > 4) != (second > 4) else 0)


def damm(digits: str) -> str:
    """One walk through a totally anti-symmetric quasigroup."""
    row = 0
    for digit in digits:
        row = _DAMM[row][int(digit)]
    return str(row)


def _pure(alphabet: str) -> "Callable[[str], str]":
    """A pure system of ISO/IEC 7064 with radix 2 over an alphabet whose length is its modulus."""

    def check(text: str) -> str:
        value = 0
        for character in text:
            value = (value + alphabet.index(character)) * 2 % len(alphabet)
        return alphabet[(1 - value) % len(alphabet)]

    return check


def _hybrid(alphabet: str) -> "Callable[[str], str]":
    """A hybrid system of ISO/IEC 7064: modulo the alphabet's length and one more, in turn."""
    modulus = len(alphabet)

    def check(text: str) -> str:
        value = modulus
        for character in text:
            value = ((value + alphabet.index(character)) % modulus or modulus) * 2 % (modulus + 1)
        return alphabet[(1 - value) % modulus]

    return check


def mod97(text: str) -> str:
    """ISO/IEC 7064, mod 97-10: letters count as 10 to 35, and the whole leaves 1."""
    number = int("".join(str(int(character, 36)) for character in text) + "00")
    return f"{98 - number % 97:02}"


ALGORITHMS = {
    algorithm.name: algorithm
    for algorithm in (
        Algorithm("luhn", DIGITS, DIGITS, 1, luhn),
        Algorithm("mod10-731", DIGITS, DIGITS, 1, weighted_731),
        Algorithm("mod10-rec", DIGITS, DIGITS, 1, recursive),
        Algorithm("verhoeff", DIGITS, DIGITS, 1, verhoeff),
        Algorithm("damm", DIGITS, DIGITS, 1, damm),
        Algorithm("mod11-10", DIGITS, DIGITS, 1, _hybrid(DIGITS)),
        Algorithm("mod11-2", DIGITS, DIGITS + "X", 1, _pure(DIGITS + "X")),
        Algorithm("mod37-2", DIGITS + LETTERS, DIGITS + LETTERS + "*", 1, _pure(DIGITS + LETTERS + "*")),
        Algorithm("mod37-36", DIGITS + LETTERS, DIGITS + LETTERS, 1, _hybrid(DIGITS + LETTERS)),
        Algorithm("mod97", DIGITS + LETTERS, DIGITS, 2, mod97),
    )
}
"""The algorithms that a pattern may name."""
