"""How much work something is, counted in instructions of Python: the same on every run and every machine."""

import sqlite3
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(work: Callable[[], object]) -> int:
    """The instructions that Python executes for a piece of work, in all functions that it calls."""
    taken = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal taken
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        taken += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return taken


def database_steps(connection: sqlite3.Connection, work: Callable[[], object]) -> int:
    """The instructions that SQLite's machine executes for a piece of work on a connection."""
    taken = 0

    def told() -> int:
        nonlocal taken
        taken += 1
        return 0

    connection.set_progress_handler(told, 1)
    try:
        work()
    finally:
        connection.set_progress_handler(None, 0)
    return taken


def grows_evenly(work: Callable[[int], Callable[[], object]], size: int, times: int = 4) -> bool:
    """Whether a piece of work of `times` the size takes about that much more, and not its square."""
    # The first time imports what is imported late, and Python 3.12 does not tell all instructions of it.
    steps(work(size))
    return evenly(steps(work(size)), steps(work(size * times)), times)


def evenly(small: int, large: int, times: int) -> bool:
    """Whether `times` the work took about so many times the steps."""
    return large < small * times * 1.15
