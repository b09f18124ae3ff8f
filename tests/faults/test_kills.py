"""Killed at every single system call: the book is whole, and what was printed is in it."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from .outcomes import BOOK, NEXT, fresh, recorded, wrong
from .tracing import Call, calls, program, run_injected

pytestmark = pytest.mark.usefixtures("strace")

KILLED = -9
PARTS = 8


def at_the_book(baseline: list[Call]) -> int:
    """The place of the first call that names the book."""
    return next(at for at, call in enumerate(baseline) if BOOK in call.line)


def killed_at(
    chosen: Iterable[Call], template: Path, folder: Path, plant: str | None = None
) -> tuple[int, list[str]]:
    """Kill a run at each of these calls; how many really were, and every promise that was broken."""
    kills, broken = 0, []
    for call in chosen:
        command = program(*NEXT, plant=plant)
        outcome = run_injected(command, fresh(template, folder), call.name, "signal=KILL", str(call.ordinal))
        if outcome.status == KILLED:
            kills += 1
            found = [text for text in wrong(outcome, folder) if "it died of signal" not in text]
            broken += [f"killed at {call.name} {call.ordinal}: {text}" for text in found]
        else:
            # The number of calls differs by a few from run to run, so that the last one may not come.
            assert sum(1 for _ in calls(outcome.trace)) < call.ordinal, f"nothing was killed at {call}"
    return kills, broken


def test_a_kill_at_a_sample_of_calls_breaks_nothing(
    next_calls: list[Call], template: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    start = at_the_book(next_calls)
    kills, broken = killed_at([*next_calls[:start:400], *next_calls[start::5]], template, tmp_path / "book")
    tell(f"{kills} kills, {len(broken)} broken promises")
    assert kills > 25
    assert not broken


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_a_kill_at_any_call_breaks_nothing(
    part: int, next_calls: list[Call], template: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    kills, broken = killed_at(next_calls[part::PARTS], template, tmp_path / "book")
    tell(f"{kills} kills of {len(next_calls)} in all parts, {len(broken)} broken promises")
    assert kills > len(next_calls) // PARTS - 10
    assert not broken


@pytest.mark.long
def test_a_kill_of_a_writer_who_queues_breaks_nothing(
    queued: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    found = recorded(queued, tmp_path / "calls")
    kills, broken = killed_at(found[at_the_book(found) :], queued, tmp_path / "book")
    tell(f"{kills} kills, {len(broken)} broken promises")
    assert not broken


def test_a_number_printed_before_its_commit_is_caught(
    template: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    planted = recorded(template, tmp_path / "baseline", "prints first")
    printed = next(at for at, call in enumerate(planted) if call.name == "write" and "(1, " in call.line)
    kills, broken = killed_at(planted[printed + 1 :: 12], template, tmp_path / "book", "prints first")
    tell(f"control: {kills} kills, {len(broken)} broken promises")
    assert any("was printed and is not in the ledger" in text for text in broken)


def test_a_commit_in_parts_is_caught(template: Path, tmp_path: Path, tell: Callable[[str], None]) -> None:
    planted = recorded(template, tmp_path / "baseline", "no journal")
    writes = [call for call in planted if call.name == "pwrite64"][::2]
    kills, broken = killed_at(writes, template, tmp_path / "book", "no journal")
    tell(f"control: {kills} kills, {len(broken)} broken promises")
    assert broken
