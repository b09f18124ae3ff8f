"""Fixtures of the fault tests."""

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
