"""What stands behind `check:` in a pattern: an algorithm, and what its check digit covers."""

from functools import lru_cache

from seqctl.model.check_digit.algorithms import ALGORITHMS, SKIPPED, Algorithm, bare
from seqctl.model.classes import frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


@frozen
class CheckToken:
    """What stands behind `check:`: an algorithm, and whether it covers the counter part alone."""

    algorithm: Algorithm
    of_number: bool

    def right(self, left: str, counter: str) -> str | None:
        """The check digit of what was rendered to its left; None where the algorithm cannot read that.

        Blanks and `- / . _` stand there for the eye alone.
        """
        covered = counter if self.of_number else bare(left)
        if any(character not in self.algorithm.reads for character in covered):
            return None
        return self.algorithm.of(covered)

    def unread(self, text: str) -> str | None:
        """The first character of a text that the algorithm cannot read."""
        if self.of_number:
            return None
        return next((c for c in text if c not in self.algorithm.reads and c not in SKIPPED), None)


@lru_cache(maxsize=64)
def check_token(name: str) -> CheckToken:
    """The token of a CHECK segment, as it is written behind `check:`."""
    algorithm, _, covered = name.partition(":")
    return CheckToken(ALGORITHMS[algorithm], covered == "number")


def check_width(name: str) -> int:
    """How many characters a check digit has, by the name of its token behind `check:`."""
    return check_token(name).algorithm.width


def checked_texts(name: str, before: str, counters: "Iterable[str]", after: str, hole: str) -> list[str]:
    """The numbers of some counter parts in a frame that has a hole for each character of the check digit.

    A frame with a character that the algorithm cannot read, which no issue gets to, shows question marks.
    """
    token = check_token(name)
    between, rest = after.split(hole * token.algorithm.width)
    texts = []
    for counter in counters:
        left = before + counter + between
        texts.append(left + (token.right(left, counter) or "?" * token.algorithm.width) + rest)
    return texts
