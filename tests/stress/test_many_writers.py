"""Many processes at once on one book: exactly the numbers from 1 on, each once."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from seqctl.__main__ import main
from seqctl.store.sqlite.file.create import open_store

ROOT = Path(__file__).parents[2]
SHARE = """
import sys
from seqctl.store.sqlite.file.create import open_store
from seqctl.actions import issue
from seqctl.model.number.request import Request
last, value = int(sys.argv[2]), 0
with open_store(sys.argv[1], timeout=120) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    while value < last:
        value = int(issue(store, Request("invoice")).texts[0])
        print(value, flush=True)
"""
"""A process that issues through the library, a transaction for each number, until a number is reached."""

LOOP = 'for i in $(seq "$1"); do "$2" -m seqctl --db "$3" next invoice || exit 9; done'


def at_rest(folder: Path) -> bool:
    """Whether a book lies there as people may copy it: neither a log nor lock files beside it."""
    return not [name for name in os.listdir(folder) if name.endswith(("-wal", "-shm", "-queue", "-turn"))]


def issue_in_parallel(book: Path, processes: int, calls: int) -> list[str]:
    """Run shell loops of the real program at once and return every number that they printed."""
    loops = [
        subprocess.Popen(
            ["bash", "-c", LOOP, "loop", str(calls), sys.executable, str(book)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
        )
        for _ in range(processes)
    ]
    printed = []
    for loop in loops:
        out, err = loop.communicate()
        assert (loop.returncode, err) == (0, "")
        printed += out.split()
    return printed


def test_processes_share_one_new_book_without_duplicate_or_gap(tmp_path: Path) -> None:
    book = tmp_path / "b.db"
    assert main(["--db", str(book), "sequence", "add", "invoice"]) == 0
    numbers = issue_in_parallel(book, 8, 200)
    assert sorted(map(int, numbers)) == list(range(1, 1601))
    assert at_rest(tmp_path)


def sharing(book: Path, processes: int, last: int) -> "list[subprocess.Popen[str]]":
    """Start processes that issue from one book until they reach a number, all of them at once."""
    assert main(["--db", str(book), "sequence", "add", "invoice"]) == 0
    command = [sys.executable, "-c", SHARE, str(book), str(last)]
    writers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        for _ in range(processes)
    ]
    for writer in writers:
        assert writer.stdout is not None and writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    return writers


def test_every_process_gets_its_share(tmp_path: Path) -> None:
    writers = sharing(tmp_path / "b.db", 8, 1200)
    issued = [list(map(int, writer.communicate()[0].split())) for writer in writers]
    assert sorted(value for values in issued for value in values) == list(range(1, 1208))
    shares = sorted(sum(value > 400 for value in values) for values in issued)
    assert shares[0] * 3 > shares[-1], shares
    assert at_rest(tmp_path)


def test_writers_that_are_killed_hold_nobody_up(tmp_path: Path) -> None:
    writers = sharing(tmp_path / "b.db", 8, 800)
    printed: list[int] = []
    for place, writer in enumerate(writers[:4]):
        assert writer.stdout is not None
        while not printed or printed[-1] < 100 * (place + 1):
            printed.append(int(writer.stdout.readline()))
        writer.kill()
    for writer in writers:
        printed += map(int, writer.communicate()[0].split())
    assert [writer.returncode for writer in writers] == [-9] * 4 + [0] * 4
    with open_store(str(tmp_path / "b.db")) as store, store.read():
        (held,) = store.connection.execute("SELECT json_group_array(value) FROM number").fetchone()
    assert json.loads(held) == list(range(1, len(json.loads(held)) + 1))
    assert len(printed) == len(set(printed)) >= 800
    assert set(printed) <= set(json.loads(held))
    assert at_rest(tmp_path)


def test_programs_that_make_a_book_at_once_get_one_book(tmp_path: Path) -> None:
    book = tmp_path / "b.db"
    command = [sys.executable, "-m", "seqctl", "--db", str(book), "sequence", "add"]
    adders = [
        subprocess.Popen([*command, f"s{i}", "--prefix", f"S{i}-"], cwd=ROOT, stdout=subprocess.PIPE)
        for i in range(6)
    ]
    assert [adder.wait() for adder in adders] == [0] * 6
    for adder in adders:
        assert adder.stdout is not None
        adder.stdout.close()
    listed = subprocess.run(
        [sys.executable, "-m", "seqctl", "--db", str(book), "sequence", "list"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(listed.stdout.splitlines()) == 7


@pytest.mark.long
def test_sixty_four_processes_fail_never(tmp_path: Path, tell: Callable[[str], None]) -> None:
    book = tmp_path / "b.db"
    assert main(["--db", str(book), "sequence", "add", "invoice"]) == 0
    numbers = issue_in_parallel(book, 64, 100)
    assert sorted(map(int, numbers)) == list(range(1, 6401))
    tell(f"64 processes at once, {len(numbers)} numbers, each once and none left out")
