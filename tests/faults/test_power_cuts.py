"""Power cuts: every disk image that the recorded calls allow holds a whole book and every printed number."""

from collections.abc import Callable
from pathlib import Path

import pytest

from . import tracing
from .exploring import explore, explore_planted
from .scenarios import BACKUP, COPY, MOVING, NEXT, SCENARIOS, UPGRADING, UPGRADING_HELD, Scenario

pytestmark = pytest.mark.usefixtures("strace")


def named(scenario: Scenario) -> object:
    return pytest.param(scenario, id=scenario.name.replace(" ", "-"))


def skip_unknown(scenario: Scenario, folder: Path) -> None:
    if scenario.needs and tracing.run(tracing.program(scenario.needs, "--help"), folder).status:
        pytest.skip(f"this seqctl has no command {scenario.needs}")


@pytest.mark.parametrize("scenario", [named(item) for item in SCENARIOS if item.short])
def test_no_power_cut_loses_a_printed_number(
    scenario: Scenario, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    skip_unknown(scenario, tmp_path)
    report = explore(scenario, tmp_path, torn=False, every=scenario.every)
    tell(str(report))
    assert report.images > 50
    assert not report.broken, report.broken[:5]


@pytest.mark.long
@pytest.mark.parametrize("scenario", [named(item) for item in SCENARIOS])
def test_no_power_cut_at_all_loses_a_printed_number(
    scenario: Scenario, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    skip_unknown(scenario, tmp_path)
    report = explore(scenario, tmp_path, torn=True)
    tell(str(report))
    assert report.images > 50
    assert not report.broken, report.broken[:5]


@pytest.mark.parametrize(
    ("scenario", "plant"),
    [
        (NEXT, "synchronous=OFF"),
        (NEXT, "synchronous=NORMAL"),
        (NEXT, "prints first"),
        (COPY, "synchronous=FULL"),
        pytest.param(BACKUP, "no fsync", marks=pytest.mark.long),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name.replace(" ", "-"),
)
def test_a_planted_fault_is_caught(
    scenario: Scenario, plant: str, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    report = explore_planted(scenario, tmp_path, plant)
    tell(f"control: {report}")
    # Where the high-water mark lies beside the book, it may notice the loss before the judge does.
    assert any("is lost" in line or "older than the numbers" in line for line in report.broken)


@pytest.mark.parametrize(
    ("scenario", "plant", "words"),
    [
        (UPGRADING, "synchronous=OFF", "malformed"),
        (UPGRADING_HELD, "synchronous=NORMAL", "told of and is lost"),
        (UPGRADING, "two transactions", "is not the old one and one event"),
        pytest.param(MOVING, "synchronous=OFF", "it cannot be used", marks=pytest.mark.long),
    ],
    ids=["synchronous=OFF", "synchronous=NORMAL", "two-transactions", "move-synchronous=OFF"],
)
def test_a_fault_planted_in_an_upgrade_or_a_move_is_caught(
    scenario: Scenario, plant: str, words: str, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    report = explore_planted(scenario, tmp_path, plant)
    tell(f"control: {report}")
    assert any(words in line for line in report.broken)
