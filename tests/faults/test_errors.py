"""An error at every system call: a durable number, or an exit status with words; never silence."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from .outcomes import BOOK, EXPECTED, NEXT, fresh, recorded, wrong
from .tracing import INJECTED, Call, program, run_injected

pytestmark = pytest.mark.usefixtures("strace")

ERRORS = ("EIO", "ENOSPC", "EACCES", "EMFILE", "ENOLCK", "EPIPE", "ENOMEM", "EINTR")
FAILING = (
    *("open", "openat", "read", "pread64", "write", "pwrite64", "fsync", "fdatasync", "rename"),
    *("ftruncate", "fcntl", "flock", "unlink", "close", "fstat", "newfstatat", "stat", "lstat"),
    *("statx", "mkdir", "mmap", "lseek", "ioctl", "getdents64", "access", "readlink", "getrandom"),
    *("geteuid", "fchown"),
)
SHORT = ("read", "pread64", "write", "pwrite64")
"""Calls that may also do less than they were asked to: here nothing at all, which injures no data."""

LASTING = {
    "EIO": ("pread64", "pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "close"),
    "ENOSPC": ("pwrite64", "fdatasync", "fsync", "ftruncate"),
    "EACCES": ("unlink", "ftruncate"),
    "ENOLCK": ("fcntl", "flock"),
}
"""What a broken disk or a system without locks goes on to say; at most so many places, since SQLite asks
for locks for ten seconds. Where no file can be opened any more, Python cannot even load an error's words."""
MOST_PLACES = 8

LOADING = ("importlib._bootstrap", "ImportError", "ModuleNotFoundError")
"""What Python's own words about a module that it cannot load hold."""

Fault = tuple[Call, str, str]
"""A call, what happens to it, and "+" where that happens to all later calls of its name as well."""


def run_with(
    faults: Iterable[Fault],
    template: Path,
    folder: Path,
    *,
    plant: str | None = None,
    early: int = 0,
    modules: bool = False,
) -> tuple[int, list[str]]:
    """Run `next` with each of these faults; how many were injected, and every promise that was broken.

    Calls before position `early` are those of Python's own start. A module that cannot be loaded later on is
    Python's to tell, too, where `modules` says that some are.
    """
    injected, broken = 0, []
    for call, fault, lasting in faults:
        when = f"{call.ordinal}{lasting}"
        command = program(*NEXT, plant=plant)
        outcome = run_injected(command, fresh(template, folder), call.name, fault, when)
        assert INJECTED in outcome.trace, f"nothing was injected: {fault} at {call}"
        injected += 1
        unloaded = modules and any(word in outcome.err for word in LOADING)
        for text in wrong(outcome, folder, early=call.position < early or unloaded):
            broken.append(f"{fault} at {call.name} {when}: {text}")
    return injected, broken


def at_the_book(baseline: list[Call]) -> list[Call]:
    """The calls that may fail, from the first one on that names the book."""
    start = next(at for at, call in enumerate(baseline) if BOOK in call.line)
    return [call for call in baseline[start:] if call.name in FAILING]


def every_kind(baseline: list[Call]) -> list[Fault]:
    """A sample: at each call of the book one error, each in its turn, and all of them where it is printed.

    The calls from the last sync of the log on are all in it: there the number is in the book, and neither
    closing files nor giving locks back may say otherwise.
    """
    book = at_the_book(baseline)
    turns = [(call, f"error={ERRORS[at % len(ERRORS)]}", "") for at, call in enumerate(book)]
    syncs = [(call, "error=EIO", "") for call in book if call.name in ("fdatasync", "fsync")]
    prints = [(call, f"error={error}", "") for call in book if call.name == "write" for error in ERRORS[:3]]
    printed = next(call.position for call in book if call.name == "write" and EXPECTED in call.line)
    committed = max(call.position for call, _, _ in syncs if call.position < printed)
    issued = [(call, fault, lasting) for call, fault, lasting in turns if call.position > committed]
    return turns[::6] + syncs + prints + issued


def test_an_error_at_a_sample_of_calls_is_told(
    next_calls: list[Call], template: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    injected, broken = run_with(every_kind(next_calls), template, tmp_path / "book")
    tell(f"{injected} faults, {len(broken)} broken promises")
    assert injected > 20
    assert not broken, "\n".join(broken)


@pytest.mark.long
@pytest.mark.parametrize("error", ERRORS)
def test_an_error_at_any_call_of_the_book_is_told(
    error: str, next_calls: list[Call], template: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    faults = [(call, f"error={error}", "") for call in at_the_book(next_calls)]
    injected, broken = run_with(faults, template, tmp_path / "book")
    tell(f"{injected} faults, {len(broken)} broken promises")
    assert not broken, "\n".join(broken)


@pytest.mark.long
@pytest.mark.parametrize("error", LASTING)
def test_an_error_that_lasts_is_told(
    error: str, next_calls: list[Call], template: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    faults = []
    for name in LASTING[error]:
        calls = [call for call in at_the_book(next_calls) if call.name == name]
        faults += [(call, f"error={error}", "+") for call in calls[:: len(calls) // MOST_PLACES + 1]]
    injected, broken = run_with(faults, template, tmp_path / "book")
    tell(f"{injected} faults, {len(broken)} broken promises")
    assert not broken, "\n".join(broken)


@pytest.mark.long
@pytest.mark.parametrize("error", ["EIO", "EACCES", "EMFILE", "ENOLCK"])
def test_an_error_of_a_writer_who_queues_is_told(
    error: str, queued: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    found = at_the_book(recorded(queued, tmp_path / "calls"))
    injected, broken = run_with(
        [(call, f"error={error}", "") for call in found], queued, tmp_path / "book", modules=True
    )
    tell(f"{injected} faults, {len(broken)} broken promises")
    assert not broken, "\n".join(broken)


@pytest.mark.long
def test_a_call_that_does_nothing_at_all_is_told(
    next_calls: list[Call], template: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    faults = [(call, "retval=0", "") for call in at_the_book(next_calls) if call.name in SHORT]
    injected, broken = run_with(faults, template, tmp_path / "book")
    tell(f"{injected} faults, {len(broken)} broken promises")
    assert not broken, "\n".join(broken)


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_an_error_while_python_starts_loses_nothing(
    part: int, next_calls: list[Call], template: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    early = at_the_book(next_calls)[0].position
    starting = [call for call in next_calls if call.position < early and call.name in FAILING]
    faults = [(call, f"error={ERRORS[at % len(ERRORS)]}", "") for at, call in enumerate(starting)]
    injected, broken = run_with(faults[part::4], template, tmp_path / "book", early=early)
    tell(f"{injected} faults of {len(faults)} in all parts, {len(broken)} broken promises")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    ("plant", "name", "sign"),
    [
        ("silent output", "write", "success, and the output is"),
        ("silent commit", "pwrite64", "is not in the ledger"),
    ],
)
def test_a_planted_silence_is_caught(
    plant: str, name: str, sign: str, template: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    calls = [call for call in at_the_book(recorded(template, tmp_path / "calls", plant)) if call.name == name]
    injected, broken = run_with(
        [(call, "error=EIO", "+") for call in calls[:9]], template, tmp_path / "book", plant=plant
    )
    tell(f"control: {injected} faults, {len(broken)} broken promises")
    assert any(sign in text for text in broken), broken
