"""The command that measures works: its cheap rows at their smallest sizes. No figure is judged."""

import subprocess
import sys

from tests.benchmarks.__main__ import ROWS
from tests.benchmarks.table import HEAD, row, skipped
from tests.conftest import REPOSITORY

CHEAP = ("one", "many.batch", "many.assign", "many.adopt", "many.printed", "gaps", "growth.file", "import")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", *words],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_cheap_rows_are_printed() -> None:
    done = run("--quick", "--only", *CHEAP)
    assert (done.returncode, done.stderr) == (0, "")
    _, _, table = done.stdout.partition(HEAD + "\n")
    lines = table.splitlines()
    assert len(lines) >= sum(any(word in name for word in CHEAP) for name in ROWS)
    assert {(line[:2], line[-2:], line.count("|")) for line in lines} == {("| ", " |", 6)}


def test_every_row_has_a_name_and_says_what_it_measures() -> None:
    listed = run("--list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(ROWS)
    assert all(len(line.split()) > 3 for line in listed)


def test_a_name_that_is_none_is_refused() -> None:
    done = run("--only", "nonsense")
    assert (done.returncode, done.stdout) == (2, "")


def test_a_line_shows_medians_and_ratios_pair_by_pair() -> None:
    line = row("work", [1.0, 2.0, 12000.0], [2.0, 2.0, 3000.0], "s", "at most 2", "other")
    assert line == "| work | 2 s | other 2 s | 1.00 (0.50 - 4.00) | at most 2 |"
    assert skipped("work", "other", "no network").count("|") == 6
