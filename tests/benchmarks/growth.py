"""What grows with the numbers that were issued: the cost of the next one, which must not, and the file."""

import shutil
from functools import partial
from pathlib import Path

from seqctl.actions import issue
from seqctl.model.number.request import Request
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_store
from tests.benchmarks import gaps
from tests.benchmarks.raw import connect, rate, raw_batch, raw_issue, raw_tables
from tests.benchmarks.setting import YEARLY, Setting, new_book, seqctl_command
from tests.benchmarks.starting import counted_in_turn, has_valgrind
from tests.benchmarks.table import row, skipped

AT_NONE = "at none issued"


def flat(setting: Setting) -> str:
    """`next` at ten million issued numbers against none: instructions, and the library's clock."""
    issued = setting.size(10_000_000, 2_000)
    full, empty = setting.place("full"), setting.place("empty")
    gaps.build(full / "b.db", issued)
    new_book(empty, {"pattern": "INV-{number:8}"}).close()
    lines = [_instructions(setting, full, empty, issued), _clock(setting, full, empty, issued)]
    shutil.rmtree(full)
    return "\n".join(lines)


def file_size(setting: Setting) -> str:
    """Bytes of the file for each issued number, events included: in batches of a thousand, and one by one."""
    return "\n".join(
        (
            _size(setting, "batches of 1,000", 1000, setting.size(200_000, 2_000), "at most 150"),
            _size(setting, "one by one", 1, setting.size(10_000, 100), ""),
        )
    )


def _instructions(setting: Setting, full: Path, empty: Path, issued: int) -> str:
    work = f"`next` at {issued:,} issued, instructions"
    if not has_valgrind():
        return skipped(work, AT_NONE, "valgrind is not installed", "at most 1.15")
    commands = [[*seqctl_command(place / "b.db"), "next", "invoice"] for place in (full, empty)]
    ours, theirs = counted_in_turn(commands[0], commands[1], setting.rounds(3))
    return row(work, ours, theirs, "M", "at most 1.15", AT_NONE)


def _clock(setting: Setting, full: Path, empty: Path, issued: int) -> str:
    """Microseconds of one number, so that the ratio is of costs."""
    count = setting.size(400, 20)
    taken: list[list[float]] = [[], []]
    with open_store(str(full / "b.db")) as at_full, open_store(str(empty / "b.db")) as at_empty:
        for _ in range(setting.rounds(9)):
            for place, store in enumerate((at_full, at_empty)):
                found = rate(count, partial(_one_by_one, store, count))
                taken[place].append(1e6 / found)
    work = f"one number at {issued:,} issued, library"
    return row(work, taken[0], taken[1], "us", "at most 1.15", AT_NONE)


def _one_by_one(store: SqliteStore, count: int) -> None:
    for _ in range(count):
        issue(store, Request("invoice"))


def _size(setting: Setting, name: str, at_once: int, count: int, bound: str) -> str:
    place = setting.place(name)
    new_book(place, YEARLY).close()
    raw_tables(place).close()
    before = _sizes(place)
    store, raw = open_store(str(place / "b.db")), connect(place)
    for connection in (store.connection, raw):
        connection.execute("PRAGMA synchronous = OFF")  # the file is the same, and sooner there
    for base in range(0, count, at_once):
        issue(store, Request("invoice", at_once))
        if at_once > 1:
            raw_batch(raw, base, at_once)
        else:
            raw_issue(raw)
    store.close()
    raw.close()
    ours, theirs = ((after - empty) / count for after, empty in zip(_sizes(place), before, strict=True))
    reference = "raw, unique text" if at_once > 1 else "raw, unique text and audit row"
    return row(f"file size per number, {name}", [ours], [theirs], "bytes", bound, reference)


def _sizes(place: Path) -> tuple[int, int]:
    return (place / "b.db").stat().st_size, (place / "raw.db").stat().st_size
