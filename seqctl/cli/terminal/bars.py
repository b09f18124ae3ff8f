"""Small pictures out of characters: how full something is, and how a count went from day to day."""

from collections.abc import Sequence

EIGHTHS = "▁▂▃▄▅▆▇█"
FULL, EMPTY = "█", "░"
NOTHING = "·"


def filled_bar(share: float, width: int = 8) -> str:
    """How full something is, as a bar and in per cent; full only where nothing is left."""
    share = min(max(share, 0.0), 1.0)
    cells = width if share == 1 else min(int(share * width + 0.5), width - 1)
    per_cent = 100 if share == 1 else min(int(share * 100), 99)
    return f"{FULL * cells}{EMPTY * (width - cells)} {per_cent:>3} %"


def sparkline(counts: Sequence[int], cells: int) -> str:
    """Counts from the first to the last, several of them in a cell; a dot where there was nothing."""
    each = -(-len(counts) // cells)
    sums = [sum(counts[at : at + each]) for at in range(0, len(counts), each)]
    most = max(sums, default=0)
    return "".join(NOTHING if not item else EIGHTHS[(item * 8 - 1) // most] for item in sums)
