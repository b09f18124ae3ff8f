"""Keys of many parts: Python's parser needs time and memory for the square of their number."""

import re

MOST_PARTS = 100
"""Definitions have keys of four parts at most."""

# A part that is not followed by a dot is given up at once: a word is begun at its first letter alone.
_PART = r"""(?:(?<![\w-])[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_CHAIN = re.compile(rf"{_PART}[ \t]*\.(?:[ \t]*{_PART}[ \t]*\.)*")


def long_key(text: str) -> int | None:
    """The line of the first key with more parts than a definition can have, or None.

    Keys are not told from the texts that look like them: a hundred words with a dot behind each.
    """
    if text.count(".") < MOST_PARTS:
        return None
    for chain in _CHAIN.finditer(text):
        if chain[0].count(".") >= MOST_PARTS:
            return text.count("\n", 0, chain.start()) + 1
    return None
