"""Waiting for what another process does, for as long as it takes: never for a time that should be enough."""

import array
import fcntl
import termios
import time
from collections.abc import Callable
from typing import IO, Any

LONGEST = 60
"""Seconds after which what should have come never will."""


def until(come: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + LONGEST
    while not come():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.002)


def read_by_the_other_side(pipe: IO[Any]) -> bool:
    """Whether all that was written into a pipe was read out of it."""
    left = array.array("i", [0])
    fcntl.ioctl(pipe, termios.FIONREAD, left)
    return left[0] == 0
