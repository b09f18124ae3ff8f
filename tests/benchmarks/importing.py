"""Importing ten thousand sequences: how long it takes, and how long another writer waits meanwhile."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from seqctl import open_store
from seqctl.actions import issue
from seqctl.model.number.request import Request
from tests.benchmarks.setting import YEARLY, Setting, new_book, seqctl_command
from tests.benchmarks.starting import environment, milliseconds
from tests.benchmarks.table import row, shown

PARSE = "import sys, tomllib\nwith open(sys.argv[1], 'rb') as file: tomllib.load(file)"
PAUSE = 0.005
"""Seconds between two numbers of the other writer, which is no load of its own then."""


def importing(setting: Setting) -> str:
    """`import` of ten thousand sequences, against parsing the file alone; then beside a writer."""
    count = setting.size(10_000, 100)
    path = write_definitions(setting.folder, count)
    ours, theirs = [], []
    for turn in range(setting.rounds(3)):
        place = setting.place(str(turn))
        new_book(place, YEARLY).close()
        ours.append(milliseconds([*seqctl_command(place / "b.db"), "import", str(path)]) / 1000)
        theirs.append(milliseconds([sys.executable, "-c", PARSE, str(path)]) / 1000)
    work = f"`import` of {count:,} sequences"
    lines = [row(work, ours, theirs, "s", "seconds", "tomllib parses them")]
    waits = _waits(setting.place("beside"), path)
    figures = f"{shown(max(waits))} ms | its median wait {shown(median(waits))} ms"
    lines.append(f"| the longest wait of another writer meanwhile | {figures} | | the final write alone |")
    return "\n".join(lines)


def write_definitions(folder: Path, count: int) -> Path:
    """A file of sequences of ten document types, as a company with many branches has them."""
    path = folder / "definitions.toml"
    with path.open("w", encoding="utf-8") as file:
        for place in range(count):
            file.write(
                f'[sequences.branch_{place:05}]\ndocument_type = "type_{place % 10}"\n'
                f'pattern = "B{place:05}-{{YYYY}}-{{number:6}}"\nreset = "year"\n'
                f'requires = {{ branch = "{place:05}" }}\n\n'
            )
    return path


def _waits(place: Path, path: Path) -> list[float]:
    """Milliseconds of each number that was issued while the file was imported into the same book."""
    new_book(place, YEARLY).close()
    command = [*seqctl_command(place / "b.db"), "import", str(path)]
    waits = []
    with open_store(str(place / "b.db"), actor="benchmark") as store:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment())
        while process.poll() is None:
            before = time.perf_counter()
            issue(store, Request("invoice"))
            waits.append((time.perf_counter() - before) * 1000)
            time.sleep(PAUSE)
    assert process.returncode == 0
    return waits
