"""Handing issued numbers over to standard output, without ever losing one silently.

Written with `os.write`: `print` to a closed standard output exits 0 and the number is lost.
"""

import os

from seqctl.errors import NotDelivered
from seqctl.process import STDOUT

MOST_NAMED = 10


def deliver(texts: list[str], again: str, shown: str | None = None) -> None:
    """Print numbers one a line, or as `shown`.

    Raises NotDelivered, which names them; `again` says how to get them.
    """
    try:
        write_all((shown or "\n".join(texts) + "\n").encode())
    except OSError as error:
        raise not_delivered(texts, str(error.strerror), again) from error
    except KeyboardInterrupt:
        raise not_delivered(texts, "interrupted", again) from None


def write_all(data: bytes) -> None:
    """Write all bytes to standard output, whatever a single write takes. Raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(STDOUT, rest) :]


def not_delivered(texts: list[str], reason: str, again: str) -> NotDelivered:
    """The error of numbers that are issued and could not be printed."""
    named = ", ".join(texts[:MOST_NAMED])
    if len(texts) > MOST_NAMED:
        named += f" ... {texts[-1]} ({len(texts)} numbers)"
    printed = "not printed" if len(texts) == 1 else "not all of them printed"
    return NotDelivered(f"issued, but {printed} ({reason}): {named}", again)


def interrupted(again: str) -> NotDelivered:
    """The error of an interruption between the commit and the output."""
    return NotDelivered(f"interrupted after the numbers were committed; {again}", "see: seqctl numbers")


def way_back(key: str | None) -> str:
    """How to get the numbers of an issue again."""
    if key is not None:
        return "they are committed; repeat the very same command, --key included, to print them again"
    return "they are committed; see one with: seqctl show NUMBER (--key makes a request repeatable)"
