"""A reader that takes only a part: real short writes to standard output, and what is said of the rest."""

import fcntl
import os
import subprocess
from pathlib import Path

import pytest

from .judging import examine
from .outcomes import BEFORE, BOOK, NOT_DELIVERED, fresh
from .tracing import environment, program

SMALLEST_PIPE = 4096
MANY = 2000


@pytest.mark.parametrize("extra", [(), ("--key", "k"), ("--json",)], ids=["plain", "key", "json"])
def test_a_pipe_that_takes_a_part_and_then_no_more(
    extra: tuple[str, ...], template: Path, tmp_path: Path
) -> None:
    folder = fresh(template, tmp_path / "book")
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, SMALLEST_PIPE)
    os.set_blocking(writer, False)
    command = program("--db", BOOK, "next", "invoice", "-n", str(MANY), *extra)
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment(folder),
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
    )
    os.close(writer)
    taken = os.read(reader, 10 * SMALLEST_PIPE).decode()
    os.close(reader)
    facts = examine(folder / BOOK)
    assert facts.problems == []
    assert len(facts.numbers) == BEFORE + MANY
    assert done.returncode == NOT_DELIVERED
    assert 0 < len(taken) <= SMALLEST_PIPE
    assert facts.numbers[BEFORE] in taken
    for text in (facts.numbers[BEFORE], facts.numbers[-1]):
        assert text in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_in_the_middle(template: Path, tmp_path: Path) -> None:
    folder = fresh(template, tmp_path / "book")
    command = program("--db", BOOK, "next", "invoice", "-n", str(10 * MANY))
    child = subprocess.Popen(
        command,
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None and child.stderr is not None
    first = child.stdout.readline()
    child.stdout.close()
    said = child.stderr.read()
    child.stderr.close()
    assert child.wait(60) == NOT_DELIVERED
    facts = examine(folder / BOOK)
    assert (facts.problems, len(facts.numbers)) == ([], BEFORE + 10 * MANY)
    assert first.strip() == facts.numbers[BEFORE]
    assert facts.numbers[-1] in said
