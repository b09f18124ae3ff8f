"""Counting in letters: a, b ... z, aa, ab without a width; aaa, aab ... zzz with one.

Without a width the count is bijective base 26 (a is 1, z is 26, aa is 27). With a width the letters
are the digits of base 26 whose zero is `a` (aaa is 0), since padding a bijective count with `a` would
print 1 and 27 alike.
"""

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def to_letters(value: int, width: int) -> str:
    """The letters of `value`; a `width` above 0 is exact.

    Raises ValueError where the value has no letters: below 1 without a width, below 0 or beyond the
    width with one.
    """
    letters = ""
    rest = value
    if width:
        for _ in range(width):
            rest, digit = divmod(rest, 26)
            letters = ALPHABET[digit] + letters
        if rest:
            raise ValueError(f"{value} does not fit in {width} letters")
        return letters
    while rest > 0:
        rest, digit = divmod(rest - 1, 26)
        letters = ALPHABET[digit] + letters
    if not letters:
        raise ValueError("letters without a width start at a, which is 1")
    return letters


def from_letters(letters: str, width: int) -> int:
    """The value of `letters`, the inverse of `to_letters`. Raises ValueError for any other text."""
    if not letters or any(letter not in ALPHABET for letter in letters):
        raise ValueError(f"{letters!r} is not made of the letters a to z")
    if width and len(letters) != width:
        raise ValueError(f"{letters!r} has {len(letters)} letters where the width is {width}")
    value = 0
    for letter in letters:
        value = value * 26 + ALPHABET.index(letter) + (0 if width else 1)
    return value
