"""How much random and large tests try: a fifth of it while somebody works, all of it where the suite runs.

The suite runs with `-n`, as the README's command and CI do it, and long forms with `-m long`. A bare `pytest
tests/model` is for whoever just changed a line there, and takes seconds.
"""

import os
import sys

WHOLE = "PYTEST_XDIST_WORKER" in os.environ or "long" in sys.argv
SHARE, LEAST = 5, 10


def amount(whole: int) -> int:
    """How many examples or rows a test takes, of so many in the whole suite."""
    return whole if WHOLE else max(whole // SHARE, min(whole, LEAST))
