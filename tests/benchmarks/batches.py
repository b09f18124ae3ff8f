"""Many numbers in one transaction: a batch, a file of records, a million numbers with their output."""

import gc
import shutil
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

from seqctl.actions import assign, issue
from seqctl.definitions.records.records import read_records
from seqctl.model.number.request import Request
from seqctl.model.reports.assignment import Batch
from seqctl.store.sqlite.engine import SqliteStore
from tests.benchmarks.raw import rate, raw_batch, raw_tables
from tests.benchmarks.setting import YEARLY, Setting, new_book, seqctl_command
from tests.benchmarks.starting import milliseconds
from tests.benchmarks.table import row, skipped

RAW_NAME = "raw insert, unique text"
PRINT = "import sys\nfor value in range(int(sys.argv[1])): print(f'INV-2026-{value:08}')"
INSERT = """
import sys
from pathlib import Path
from tests.benchmarks.raw import connect, raw_batch
connection = connect(Path(sys.argv[2]))
raw_batch(connection, 0, int(sys.argv[1]))
connection.close()
"""


def batch(setting: Setting) -> str:
    """Numbers a second in one transaction of a hundred thousand."""
    count = setting.size(100_000, 500)
    ours: list[float] = []
    theirs: list[float] = []
    with new_book(setting.folder, YEARLY) as store, closing(raw_tables(setting.folder)) as raw:
        for turn in range(setting.rounds(5)):
            ours.append(rate(count, lambda: issue(store, Request("invoice", count))))
            theirs.append(rate(count, partial(raw_batch, raw, turn * count, count)))
    return row(f"`next -n {count}`, library", ours, theirs, "/s", "at least 0.3", RAW_NAME)


def assign_one_date(setting: Setting) -> str:
    """Records of a CSV file a second, read and numbered in one transaction, all of one date."""
    return _assigned(setting, "of one date", "2026-11-21")


def assign_dates(setting: Setting) -> str:
    """The same with another date in every row, which can share less."""
    return _assigned(setting, "dates mixed", None)


def printed(setting: Setting) -> str:
    """`next -n 1000000` as a process with its output, beside `seq`, a print loop and the SQL insert."""
    count = setting.size(1_000_000, 500)
    work = f"`next -n {count}` with output"
    ours: list[float] = []
    theirs: dict[str, list[float]] = {"insert": [], "print": [], "seq": []}
    for turn in range(setting.rounds(5)):
        place = setting.place(str(turn))
        new_book(place, YEARLY).close()
        raw_tables(place).close()
        ours.append(_seconds([*seqctl_command(place / "b.db"), "next", "invoice", "-n", str(count)]))
        insert = [sys.executable, "-c", INSERT, str(count), str(place)]
        theirs["insert"].append(_seconds(insert))
        theirs["print"].append(_seconds([sys.executable, "-c", PRINT, str(count)]))
        if shutil.which("seq"):
            theirs["seq"].append(_seconds(["seq", "-f", "INV-2026-%08.0f", str(count)]))
        shutil.rmtree(place)
    lines = [
        row(work, ours, theirs["insert"], "s", "at most 4", RAW_NAME),
        row(work, ours, theirs["print"], "s", "", "a print loop"),
    ]
    if theirs["seq"]:
        lines.append(row(work, ours, theirs["seq"], "s", "", "`seq -f`"))
    else:
        lines.append(skipped(work, "`seq -f`", "seq is not installed"))
    return "\n".join(lines)


def _seconds(command: list[str]) -> float:
    return milliseconds(command) / 1000


def _assigned(setting: Setting, dates: str, day: str | None) -> str:
    count = setting.size(100_000, 500)
    raw = raw_tables(setting.folder)
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(setting.rounds(5)):
        place = setting.place(str(turn))
        store, path = new_book(place, YEARLY), write_records(place, count, day)
        ours.append(rate(count, partial(_assign, store, path, count)))
        theirs.append(rate(count, partial(raw_batch, raw, turn * count, count)))
        store.close()
    raw.close()
    return row(f"`assign` of {count:,} records, {dates}", ours, theirs, "/s", "at least 0.3", RAW_NAME)


def write_records(place: Path, count: int, day: str | None) -> Path:
    """A CSV file of records, all of one date or, without one, of dates all over a year."""
    path = place / "records.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("id,date,customer,amount\n")
        for value in range(count):
            shown = day or f"2026-{value % 12 + 1:02}-{value % 28 + 1:02}"
            file.write(f"R{value:06},{shown},C{value % 977},{value}.50\n")
    return path


def _assign(store: SqliteStore, path: Path, count: int) -> None:
    gc.disable()  # as the command does while it works
    file = read_records(str(path), "id", ("date",))
    assert assign(store, Batch("invoice", path.name, file.records, "date")).issued == count
    gc.enable()
