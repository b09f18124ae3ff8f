"""Progress of long work: a bar on the stderr of a terminal, nothing anywhere else."""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    Watch = Callable[[str, int, int], None]
    """Told of each step: what is done to the things, how many of them, and of how many."""

WORTH_A_BAR = 500


def watching(things: str, total: int) -> "AbstractContextManager[Watch]":
    """What is told of the progress while many things are worked at."""
    return watching_steps(things, total) if total >= WORTH_A_BAR else _Unwatched()


def watching_steps(things: str, total: int) -> "AbstractContextManager[Watch]":
    """The same of a few steps, each of which may take long."""
    if not (sys.stderr and sys.stderr.isatty()):
        return _Unwatched()
    from seqctl.cli.terminal.progress_bar import progress_bar

    return progress_bar(things, total)


class _Unwatched:
    """Nobody looks."""

    def __enter__(self) -> "Watch":
        return lambda work, done, total: None

    def __exit__(self, *error: object) -> None:
        pass
