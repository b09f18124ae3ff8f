"""A disk, or a file, that may not grow: real short writes, real errors, and a number or a word for each."""

import os
import resource
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from .outcomes import BOOK, NEXT, fresh, wrong
from .tracing import Outcome, program, run

SECTOR = 512
PAGE = 4096
IN_A_SMALL_DISK = """
set -eu
mount -t tmpfs -o size="$1" seqctl-test "$2/disk"
cp "$2/book.db" "$2/book.db-mark" "$2/disk"
cd "$2/disk"
shift 2
set +e
"$@"
status=$?
cp -a . ../kept
exit "$status"
"""
"""Runs a command in a file system of a given size that only this process sees, and keeps what is left."""


def limited(most: int) -> Callable[[], None]:
    """Forbid a child to let any file grow beyond so many bytes: a write at the limit is cut short."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def with_limits(limits: Iterable[int], template: Path, folder: Path) -> tuple[int, int, list[str]]:
    """Run `next` under each limit: how many runs, how many of them succeeded, and every broken promise."""
    runs, successes, broken = 0, 0, []
    for most in limits:
        outcome = run(program(*NEXT), fresh(template, folder), preexec_fn=limited(most))
        runs += 1
        successes += outcome.status == 0
        broken += [f"files of at most {most} bytes: {text}" for text in wrong(outcome, folder)]
    return runs, successes, broken


def judge_limits(limits: Iterable[int], template: Path, folder: Path, tell: Callable[[str], None]) -> None:
    runs, successes, broken = with_limits(limits, template, folder)
    tell(f"{runs} limits, {successes} let the number through, {len(broken)} broken promises")
    assert not broken, "\n".join(broken)
    assert 0 < successes < runs, "the limits must lie on both sides"


def test_files_that_may_not_grow(template: Path, tmp_path: Path, tell: Callable[[str], None]) -> None:
    judge_limits([0, *range(17, 40 * SECTOR, 5 * SECTOR), 10**6], template, tmp_path / "book", tell)


@pytest.mark.long
def test_files_that_may_not_grow_at_any_sector(
    template: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    size = (template / BOOK).stat().st_size
    log = range(0, 12 * PAGE, SECTOR // 2)
    judge_limits([*log, *range(12 * PAGE, size, PAGE), 10**6], template, tmp_path / "book", tell)


def on_a_small_disk(size: int, template: Path, folder: Path) -> Outcome:
    """Run `next` on a file system of so many bytes; the folder then holds what was left there."""
    fresh(template, folder)
    (folder / "disk").mkdir()
    isolated = ["unshare", *([] if is_root() else ["--map-root-user"]), "--mount", "--propagation", "private"]
    script = ["sh", "-c", IN_A_SMALL_DISK, "sh", str(size), str(folder)]
    outcome = run([*isolated, *script, *program(*NEXT)], folder)
    if not (folder / "kept").is_dir():
        pytest.skip(f"no file system can be mounted here without rights: {outcome.err.strip()}")
    for path in (folder / "kept").iterdir():
        shutil.copy(path, folder / path.name)
    return outcome


def is_root() -> bool:
    return os.geteuid() == 0


def size_of(template: Path) -> int:
    """What a small disk needs for the book and the mark beside it, each in whole pages."""
    return sum(-(-file.stat().st_size // PAGE) * PAGE for file in template.iterdir() if file.is_file())


def judge_disks(sizes: Iterable[int], template: Path, folder: Path, tell: Callable[[str], None]) -> None:
    if sys.platform != "linux" or shutil.which("unshare") is None:
        pytest.skip("unshare is not installed: no small file system can be mounted")
    broken, statuses = [], []
    for size in sizes:
        outcome = on_a_small_disk(size, template, folder)
        statuses.append(outcome.status)
        broken += [f"a disk of {size} bytes: {text}" for text in wrong(outcome, folder)]
        if outcome.status == 7 and "disk" not in outcome.err:
            broken.append(f"a disk of {size} bytes: {outcome.err}")
    tell(f"{len(statuses)} sizes, {statuses.count(0)} let the number through, {len(broken)} broken promises")
    assert not broken, "\n".join(broken)
    assert {0, 7} <= set(statuses), "the sizes must lie on both sides"


def test_a_full_disk(template: Path, tmp_path: Path, tell: Callable[[str], None]) -> None:
    size = size_of(template)
    judge_disks([size + free * PAGE for free in (0, 2, 9, 12, 40)], template, tmp_path / "book", tell)


@pytest.mark.long
def test_a_disk_with_any_space_left(template: Path, tmp_path: Path, tell: Callable[[str], None]) -> None:
    size = size_of(template)
    judge_disks([size + free * PAGE for free in range(24)], template, tmp_path / "book", tell)
