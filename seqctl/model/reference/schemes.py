"""The schemes of payment references: how each is made from a base, how it is printed, which texts satisfy it.

A base is the digits of a number (for `rf` its letters too). What is kept has no blanks and no signs; what is
printed is grouped as the banks of that country print it.
"""

from seqctl.model.check_digit.algorithms import DIGITS, LETTERS, luhn, mod97, recursive, weighted_731
from seqctl.model.classes import frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

IGNORED = " +/"
"""What a printed reference may hold beside what is kept."""


@frozen
class Scheme:
    """One scheme: the characters that its base may have, how many, and what is made of it.

    `made` gives the reference of a base of `least` to `most` characters; `base_of` its inverse, for a text of
    which it is not known that it is a reference; `printed` groups one.
    """

    name: str
    reads: str
    least: int
    most: int
    made: "Callable[[str], str]"
    base_of: "Callable[[str], str]"
    printed: "Callable[[str], str]"
    fits: "Callable[[int], bool]" = lambda length: True

    @property
    def letters(self) -> bool:
        """Whether a base may hold letters."""
        return LETTERS in self.reads

    def reads_check(self, name: str) -> bool:
        """Whether all of a check digit is read, by the name of its token behind `check:`."""
        from seqctl.model.check_digit.token import check_token

        return all(character in self.reads for character in check_token(name).algorithm.gives)

    def takes(self, length: int) -> bool:
        """Whether a base of so many characters has a reference."""
        filled = max(length, self.least)
        return length > 0 and filled <= self.most and self.fits(filled)

    def reference(self, base: str) -> str | None:
        """The reference of a base, filled with zeros to the least length; None where none can be made."""
        filled = base.zfill(self.least)
        if not self.takes(len(base)):
            return None
        if any(character not in self.reads for character in filled):
            return None
        return self.made(filled)

    def satisfied_by(self, text: str) -> bool:
        """Whether a text is a reference of this scheme; blanks, `+` and `/` do not count."""
        kept = "".join(character for character in text if character not in IGNORED).upper()
        base = self.base_of(kept)
        # Filled up it would be longer: what is shorter than the least is no reference.
        return len(base) >= self.least and self.reference(base) == kept


def schemes_of(text: str) -> list[str]:
    """The names of the schemes that a text satisfies, in the order of the table."""
    return [scheme.name for scheme in SCHEMES.values() if scheme.satisfied_by(text)]


def _behind(check: "Callable[[str], str]") -> "Callable[[str], str]":
    return lambda base: base + check(base)


def _without_last(text: str) -> str:
    return text[:-1]


def _plain(reference: str) -> str:
    return reference


def _in_fours(reference: str) -> str:
    return " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))


def _in_fives_from_the_right(reference: str) -> str:
    first = len(reference) % 5
    groups = [reference[at : at + 5] for at in range(first, len(reference), 5)]
    return " ".join([reference[:first], *groups] if first else groups)


def _rf(base: str) -> str:
    """ISO 11649: two check digits of ISO/IEC 7064, mod 97-10, over the base and `RF`."""
    return f"RF{mod97(base + 'RF')}{base}"


def _ogm(base: str) -> str:
    """The Belgian structured communication: ten digits modulo 97, where 0 is written 97."""
    return f"{base}{int(base) % 97 or 97:02}"


def _shown_ogm(reference: str) -> str:
    ends = "+" * 3
    return f"{ends}{reference[:3]}/{reference[3:7]}/{reference[7:]}{ends}"


def _with_length(base: str) -> str:
    """Bankgirot: the units digit of the whole length, then a Luhn digit over everything."""
    counted = f"{base}{(len(base) + 2) % 10}"
    return counted + luhn(counted)


def _kid11(digits: str) -> str:
    """Weights 2 to 7 from the right, modulo 11; ten is written `-` (the Norwegian KID)."""
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(digits)))
    return "0123456789-"[-total % 11]


def _nl(base: str) -> str:
    """The Dutch betalingskenmerk: 7 digits as they are, 8 to 12 behind check and length digit, 15 behind a
    check digit."""
    if len(base) == 7:
        return base
    counted = base if len(base) == 15 else f"{len(base) % 10}{base}"
    return _nl_check(counted) + counted


_NL_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)


def _nl_check(digits: str) -> str:
    total = sum(int(digit) * _NL_WEIGHTS[place % 10] for place, digit in enumerate(reversed(digits)))
    left = total % 11
    return str(left if left < 2 else 11 - left)


def _nl_base(text: str) -> str:
    if len(text) == 7:
        return text
    return text[1:] if len(text) == 16 else text[2:]


SCHEMES = {
    scheme.name: scheme
    for scheme in (
        Scheme("rf", DIGITS + LETTERS, 1, 21, _rf, lambda text: text[4:], _in_fours),
        Scheme(
            "qrr",
            DIGITS,
            26,
            26,
            _behind(recursive),
            _without_last,
            lambda reference: f"{reference[:2]} {_in_fives_from_the_right(reference[2:])}",
        ),
        Scheme("ogm", DIGITS, 10, 10, _ogm, lambda text: text[:-2], _shown_ogm),
        Scheme("viite", DIGITS, 3, 19, _behind(weighted_731), _without_last, _in_fives_from_the_right),
        Scheme("ee", DIGITS, 1, 19, _behind(weighted_731), _without_last, _plain),
        Scheme("ocr", DIGITS, 1, 24, _behind(luhn), _without_last, _plain),
        Scheme("ocr-length", DIGITS, 1, 23, _with_length, lambda text: text[:-2], _plain),
        Scheme("kid10", DIGITS, 1, 24, _behind(luhn), _without_last, _plain),
        Scheme("kid11", DIGITS, 1, 24, _behind(_kid11), _without_last, _plain),
        Scheme("nl", DIGITS, 7, 15, _nl, _nl_base, _in_fours, lambda length: length <= 12 or length == 15),
    )
}
"""The schemes, by name. RF: ISO 11649. The others: the rules that the banks of each country publish."""
