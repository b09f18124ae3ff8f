"""The ways to read a call that is no plain `next`: completion, a plain call, the full command line.

Each leaves to the next one what it does not know, before anything was done.
"""

import os
import sys

from seqctl.cli.grammar.plain import run_plain
from seqctl.cli.session import Declined

INTERRUPTED = 130
COMPLETING = "_SEQCTL_COMPLETE"
"""The variable by which a shell asks what may follow."""


def run(arguments: list[str]) -> int:
    """Run a call and return its exit status. Raises seqctl's own errors, OSError and KeyboardInterrupt."""
    for word in arguments:
        # Bytes that are not UTF-8 arrive as lone surrogates, which can be neither stored nor printed.
        if not word.isascii() and any("\ud800" <= character <= "\udfff" for character in word):
            from seqctl.cli.errors import not_utf8

            raise not_utf8(word)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    status = None
    try:
        if COMPLETING in os.environ:
            from seqctl.cli.grammar.completion import complete

            status = complete(os.environ)
        else:
            status = run_plain(arguments)
        if status is None:
            from seqctl.cli.grammar.typer_application import run

            status = run(arguments)
    except Declined:
        return INTERRUPTED
    return status
