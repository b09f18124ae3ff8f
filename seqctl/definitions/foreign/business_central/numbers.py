"""Numbers of Business Central: texts of up to 20 characters, whose last run of digits counts."""

from __future__ import annotations

import re

from seqctl.model.classes import NamedTuple

LONGEST = 20
"""Most characters of a number: it is a Code[20] everywhere."""
LONGEST_COUNTER = 18

COUNTED = re.compile(r"(.*?)([0-9]+)([^0-9]*)")


class CodeNumber(NamedTuple):
    """A number in its parts: what stands around the digits that count, these, and what they are."""

    prefix: str
    digits: str
    suffix: str

    @property
    def value(self) -> int:
        """What the counter is."""
        return int(self.digits)

    def __str__(self) -> str:
        return self.prefix + self.digits + self.suffix

    def is_like(self, other: CodeNumber) -> bool:
        """Whether the same stands around the digits of both."""
        return (self.prefix, self.suffix) == (other.prefix, other.suffix)


def code_number(text: str) -> CodeNumber | None:
    """The parts of a number; None where no digits count, or more than a counter holds."""
    found = COUNTED.fullmatch(text.strip())
    if found is None or len(found[2]) > LONGEST_COUNTER:
        return None
    return CodeNumber(*found.groups())
