"""`python -m tests.benchmarks`: every measurement beside its reference, interleaved, medians and ratios.

Words choose among them: `python -m tests.benchmarks many_writers library.flat`.
"""

import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from tests.benchmarks import library, many_writers, starting

HEAD = "| work | seqctl | reference | ratio | must be |\n| --- | --- | --- | --- | --- |"


def row(work: str, ours: list[float], reference: list[float], unit: str, bound: str, name: str) -> str:
    """One line of the table: medians, and the median of the ratios taken pair by pair."""
    ratios = [a / b for a, b in zip(ours, reference, strict=True)]
    ratio = f"{median(ratios):.2f} ({min(ratios):.2f} - {max(ratios):.2f})"
    figures = f"{median(ours):,.4g} {unit} | {name} {median(reference):,.4g} {unit}"
    return f"| {work} | {figures} | {ratio} | {bound} |"


def main() -> int:
    """Print the table."""
    system = f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    print(f"{date.today()}, {system}, SQLite {sqlite3.sqlite_version}\n\n{HEAD}", flush=True)
    measurements: list[Callable[[Path], str]] = [
        starting.instructions,
        starting.with_policies,
        starting.against_import,
        starting.against_bare_script,
        library.one_by_one,
        library.in_a_batch,
        library.assigning,
        library.assigning_dates,
        library.flat_cost,
        many_writers.eight,
        many_writers.sixty_four,
    ]
    for measure in measurements:
        name = f"{measure.__module__}.{measure.__name__}"
        if sys.argv[1:] and not any(word in name for word in sys.argv[1:]):
            continue
        with tempfile.TemporaryDirectory() as folder:
            print(measure(Path(folder)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
