"""An error at every call of an import that makes the book: all of it is there, or nothing, and it is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from .judging import examine
from .outcomes import BOOK, NOT_DELIVERED, fresh
from .scenarios import DEFINITIONS, FILE
from .tracing import INJECTED, Call, Outcome, calls, program, run, run_injected

pytestmark = [pytest.mark.usefixtures("strace"), pytest.mark.long]

IMPORT = ("--db", BOOK, "--timeout", "1", "import", FILE)
PARTS = 4
OF_THE_STORE = (
    *("pread64", "pwrite64", "write", "fsync", "fdatasync", "ftruncate", "fcntl", "flock", "unlink"),
    *("rename", "mkdir", "chmod", "fchmod"),
)
"""Calls that are made for the book; of all others only those that name it: the rest loads modules."""


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with definitions and no book."""
    folder = tmp_path_factory.mktemp("nothing") / "book"
    folder.mkdir()
    (folder / FILE).write_text(DEFINITIONS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def import_calls(nothing: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Call]:
    """The calls of an import that may fail."""
    folder = tmp_path_factory.mktemp("calls") / "book"
    for _ in range(2):
        outcome = run(program(*IMPORT), fresh(nothing, folder), ("-e", "trace=all"))
        assert outcome.status == 0, outcome.err
    found = [call for call in calls(outcome.trace) if call.name != "execve"]
    # What comes before the first call that names the book is Python's own start.
    start = next(at for at, call in enumerate(found) if BOOK in call.line)
    return [call for call in found[start:] if call.name in OF_THE_STORE or BOOK in call.line]


def wrong(outcome: Outcome, folder: Path) -> list[str]:
    """Every promise that an import with a fault in it broke; it is repeated to see that this works."""
    facts = examine(folder / BOOK)
    found = list(facts.problems)
    if outcome.status == 0 and (facts.sequences != ["invoice"] or "created" not in outcome.out):
        found.append(f"success, and the book has {facts.sequences}: {outcome.out!r}")
    if outcome.status != 0 and "seqctl: error: " not in outcome.err:
        found.append(f"status {outcome.status} without a word of seqctl: {outcome.err[-300:]!r}")
    if "Traceback" in outcome.err:
        found.append(f"a traceback: {outcome.err[-300:]!r}")
    if outcome.status not in (0, NOT_DELIVERED) and facts.sequences:
        found.append(f"status {outcome.status} says that nothing happened, and {facts.sequences} is there")
    again = run(program(*IMPORT), folder)
    if again.status != 0 or examine(folder / BOOK).sequences != ["invoice"]:
        found.append(f"it cannot be repeated: {again}")
    return found


@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
@pytest.mark.parametrize("part", range(PARTS))
def test_an_error_at_any_call_of_an_import_is_told(
    part: int,
    error: str,
    import_calls: list[Call],
    nothing: Path,
    tmp_path: Path,
    tell: Callable[[str], None],
) -> None:
    broken = []
    for call in import_calls[part::PARTS]:
        outcome = run_injected(
            program(*IMPORT),
            fresh(nothing, tmp_path / "book"),
            call.name,
            f"error={error}",
            str(call.ordinal),
        )
        assert INJECTED in outcome.trace, f"nothing was injected at {call}"
        found = wrong(outcome, tmp_path / "book")
        broken += [f"{error} at {call.name} {call.ordinal}, {call.line[:120]}: {text}" for text in found]
    tell(f"{len(import_calls[part::PARTS])} faults, {len(broken)} broken promises")
    assert not broken, "\n".join(broken)
