"""Many processes at once on one book: exactly the numbers from 1 on, each once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from seqctl.__main__ import main

ROOT = Path(__file__).parents[2]
LOOP = 'for i in $(seq "$1"); do "$2" -m seqctl --db "$3" next invoice || exit 9; done'


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
    assert not (tmp_path / "b.db-wal").exists(), "a book at rest is one file"


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
def test_sixty_four_processes_fail_never(tmp_path: Path) -> None:
    book = tmp_path / "b.db"
    assert main(["--db", str(book), "sequence", "add", "invoice"]) == 0
    numbers = issue_in_parallel(book, 64, 100)
    assert sorted(map(int, numbers)) == list(range(1, 6401))
