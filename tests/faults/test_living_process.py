"""A process that goes on after an error: what it remembers of the book must not outlive what was undone."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from .judging import examine
from .outcomes import BEFORE, BOOK, fresh
from .tracing import INJECTED, Call, calls, run, run_injected

pytestmark = pytest.mark.usefixtures("strace")

TIMES = 5
LIVING = f"""
import sys
from seqctl import open_store
from seqctl.actions import issue
from seqctl.errors import SeqctlError
from seqctl.model.number.request import Request

def told(error):
    print(error.code, error.message, file=sys.stderr)

try:
    with open_store({BOOK!r}, timeout=0.2) as store:
        for _ in range({TIMES}):
            try:
                print(issue(store, Request("invoice")).texts[0], flush=True)
            except SeqctlError as error:
                told(error)
except SeqctlError as error:
    told(error)
"""
COMMAND = [sys.executable, "-c", LIVING]
FAILING = ("pwrite64", "pread64", "fdatasync", "fsync", "fcntl", "openat", "ftruncate")


@pytest.fixture(scope="module")
def living_calls(template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Call]:
    """The calls of a process that issues some numbers, from the first on that names the book."""
    folder = tmp_path_factory.mktemp("calls") / "book"
    for _ in range(2):
        outcome = run(COMMAND, fresh(template, folder), ("-e", "trace=all"))
        assert (outcome.status, len(outcome.numbers)) == (0, TIMES), outcome.err
    found = [call for call in calls(outcome.trace) if call.name != "execve"]
    start = next(at for at, call in enumerate(found) if BOOK in call.line)
    # A module that cannot be loaded is Python's to tell; all that an issue needs is loaded before its commit.
    return [call for call in found[start:] if call.name in FAILING and ".py" not in call.line]


def judge(chosen: Iterable[tuple[Call, str]], template: Path, folder: Path) -> tuple[int, list[str]]:
    """Fail one call of each run; how many runs, and every promise that was broken."""
    injected, broken = 0, []
    for call, error in chosen:
        place = f"{error} at {call.name} {call.ordinal}"
        outcome = run_injected(
            COMMAND, fresh(template, folder), call.name, f"error={error}", str(call.ordinal)
        )
        assert INJECTED in outcome.trace, f"nothing was injected: {place}"
        injected += 1
        facts = examine(folder / BOOK)
        broken += [f"{place}: {text}" for text in facts.problems]
        if facts.numbers != [f"INV-{value:05}" for value in range(1, len(facts.numbers) + 1)]:
            broken.append(f"{place}: the ledger holds {facts.numbers}")
        if not set(outcome.numbers) <= set(facts.numbers[BEFORE:]) or len(set(outcome.numbers)) < len(
            outcome.numbers
        ):
            broken.append(f"{place}: printed {outcome.numbers}, the ledger holds {facts.numbers}")
        if "Traceback" in outcome.err:
            broken.append(f"{place}: {outcome.err[-300:]}")
        if len(outcome.numbers) < TIMES and not outcome.err:
            broken.append(f"{place}: printed {outcome.numbers} and said nothing")
    return injected, broken


def test_a_process_that_goes_on_after_an_error(
    living_calls: list[Call], template: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    writes = [call for call in living_calls if call.name in ("pwrite64", "fdatasync")]
    injected, broken = judge([(call, "EIO") for call in writes[::6]], template, tmp_path / "book")
    tell(f"{injected} faults, {len(broken)} broken promises")
    assert injected > 10
    assert not broken, "\n".join(broken)


@pytest.mark.long
@pytest.mark.parametrize("error", ["EIO", "ENOSPC", "ENOLCK", "EMFILE"])
def test_a_process_that_goes_on_after_any_error(
    error: str, living_calls: list[Call], template: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    injected, broken = judge([(call, error) for call in living_calls], template, tmp_path / "book")
    tell(f"{injected} faults, {len(broken)} broken promises")
    assert not broken, "\n".join(broken)
