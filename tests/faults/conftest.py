"""Fixtures of the fault tests, and a line for each of them in the summary of the long form."""

from collections.abc import Callable
from pathlib import Path

import pytest

from . import outcomes, tracing


@pytest.fixture
def strace() -> None:
    """Skips where system calls cannot be traced."""
    reason = tracing.missing()
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a book of a few numbers, made once."""
    return outcomes.make_book(tmp_path_factory.mktemp("template") / "book")


@pytest.fixture(scope="session")
def queued(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same folder where writers met before, so that the next one stands in the queue."""
    folder = outcomes.fresh(template, tmp_path_factory.mktemp("queued") / "book")
    (folder / outcomes.QUEUE).touch(mode=0o600)
    return folder


@pytest.fixture(scope="session")
def next_calls(template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tracing.Call]:
    """The system calls of a `next` that nothing happens to."""
    return outcomes.recorded(template, tmp_path_factory.mktemp("calls") / "book")


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Say in the summary what was covered."""
    return lambda text: record_property("covered", text)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What each test covered, in figures; nothing where no fault test ran."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    lines = [
        f"{report.nodeid.rpartition('::')[2]}: {text} ({report.duration:.0f} s)"
        for report in reports
        if report.when == "call"
        for name, text in report.user_properties
        if name == "covered"
    ]
    if lines:
        terminalreporter.section("faults")
        for line in sorted(lines):
            terminalreporter.write_line(line)
