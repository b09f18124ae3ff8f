"""Adopting a history, against raw sqlite3 inserting as many rows with a unique text."""

import gc
import sqlite3
import subprocess
import sys
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from seqctl import open_store
from seqctl.actions import add_sequence, adopt
from seqctl.definitions.tables.table import Form, TableFile
from seqctl.model.reports.adoption import Adoption
from tests.benchmarks.raw import TABLES, rate

NUMBERS = 1_000_000
ROUNDS = 3
DAYS = 364


def adopting(folder: Path) -> str:
    """Numbers a second of a plain list."""
    return _adopted(folder, f"`adopt` of {NUMBERS:,} numbers, plain list", dated=False)


def adopting_dates(folder: Path) -> str:
    """Numbers a second of a CSV file with their dates."""
    return _adopted(folder, f"`adopt` of {NUMBERS:,} numbers with dates, CSV", dated=True)


def adopting_memory(folder: Path) -> str:
    """The greatest memory of a process that adopts a million numbers, against a tenth of them."""
    from tests.benchmarks.__main__ import row

    ours: list[float] = []
    theirs: list[float] = []
    for numbers, found in ((NUMBERS, ours), (NUMBERS // 10, theirs)):
        place = folder / str(numbers)
        place.mkdir()
        path = write_numbers(place, numbers, dated=True)
        words = [sys.executable, "-m", "tests.benchmarks.adopting", str(place), str(path), str(numbers)]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
        found.append(float(done.stdout))
    return row("`adopt`, greatest memory", ours, theirs, "MiB", "", f"of {NUMBERS // 10:,} numbers")


def write_numbers(folder: Path, numbers: int, dated: bool) -> Path:
    """A file of so many numbers of one year, in order."""
    path = folder / ("numbers.csv" if dated else "numbers.txt")
    new_year = date(2026, 1, 1)
    with path.open("w", encoding="utf-8") as file:
        if dated:
            file.write("number,date\n")
        for value in range(1, numbers + 1):
            day = f",{new_year + timedelta(value * DAYS // numbers)}" if dated else ""
            file.write(f"INV-2026-{value:07}{day}\n")
    return path


def adopt_file(folder: Path, path: Path, numbers: int) -> None:
    """Adopt a file of numbers into a new book."""
    columns = {"number": "number", "date": "date"} if path.suffix == ".csv" else {}
    with open_store(str(folder / "b.db"), create=True, actor="benchmark") as store:
        add_sequence(store, "invoice", {"pattern": "INV-{YYYY}-{number:7}", "reset": "year"})
        gc.disable()  # as the command does while it works
        file = TableFile(str(path), ("number", "date", "record"), Form(columns))
        outcome = adopt(store, Adoption("invoice", file, path.name, file.faults))
        gc.enable()
        assert [counter.adopted for counter in outcome.counters] == [numbers]


def _adopted(folder: Path, work: str, dated: bool) -> str:
    from tests.benchmarks.__main__ import row

    path = write_numbers(folder, NUMBERS, dated)
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(ROUNDS):
        place = folder / str(turn)
        place.mkdir()
        ours.append(rate(NUMBERS, partial(adopt_file, place, path, NUMBERS)))
        theirs.append(rate(NUMBERS, partial(_insert, place)))
    return row(work, ours, theirs, "/s", "at least 0.3", "raw insert, unique text")


def _insert(folder: Path) -> None:
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.executescript(TABLES)
    connection.execute("BEGIN IMMEDIATE")
    rows = ((value, f"INV-2026-{value:07}") for value in range(NUMBERS))
    connection.executemany("INSERT INTO number (value, text) VALUES (?, ?)", rows)
    connection.execute("COMMIT")
    connection.close()


def _greatest_memory() -> float:
    """The greatest memory of this process in MiB, as Linux tells it; rusage counts the parent's too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    adopt_file(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    print(_greatest_memory())
