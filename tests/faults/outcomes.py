"""What a run of `next` may do when something fails: deliver, or say so; never neither, never both."""

import shutil
from pathlib import Path

from seqctl.actions.issuing.issue import issue
from seqctl.model.number.request import Request
from seqctl.process import Clock
from seqctl.store.sqlite.engine import open_book

from .judging import examine
from .tracing import Call, Outcome, calls, program, run

BOOK = "book.db"
QUEUE = "book.db-queue"
BEFORE = 3
"""Numbers that every book held before the fault."""
EXPECTED = f"INV-{BEFORE + 1:05}"
NEXT = ("--db", BOOK, "--timeout", "1", "next", "invoice")
NOT_DELIVERED = 74


def make_book(folder: Path) -> Path:
    """A folder with a book that holds a few numbers, at rest."""
    folder.mkdir()
    for words in (
        ("sequence", "add", "invoice", "--pattern", "INV-{number:5}"),
        ("next", "invoice", "-n", str(BEFORE)),
    ):
        done = run(program("--db", BOOK, *words), folder)
        assert (done.status, done.err) == (0, ""), done
    return folder


def fresh(template: Path, folder: Path) -> Path:
    """A copy of that folder, in the place of an earlier copy."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    return folder


def recorded(template: Path, folder: Path, plant: str | None = None) -> list[Call]:
    """The system calls of a `next` that nothing happens to. The first run warms Python's caches."""
    for _ in range(2):
        outcome = run(program(*NEXT, plant=plant), fresh(template, folder), ("-e", "trace=all"))
        assert outcome.status == 0, outcome.err
    # strace itself makes the first call, which starts the program.
    return [call for call in calls(outcome.trace) if call.name != "execve"]


def wrong(outcome: Outcome, folder: Path, *, early: bool = False) -> list[str]:
    """Every promise that a run with a fault in it broke; the book is used once more to see that it works.

    With `early` the fault hit Python itself before seqctl had named its book: then the words are Python's,
    or those of the system that could not load it.
    """
    return _said(outcome, early) + _kept(outcome, folder / BOOK)


def _said(outcome: Outcome, early: bool) -> list[str]:
    """What is wrong with the exit status and the two outputs."""
    found = []
    if outcome.status == 0 and outcome.numbers != [EXPECTED]:
        found.append(f"success, and the output is {outcome.out!r}")
    if outcome.status == 0 and outcome.err and not early:
        found.append(f"success, and an error is told: {outcome.err!r}")
    if outcome.status < 0 and not early:
        found.append(f"it died of signal {-outcome.status}")
    if outcome.status > 0 and not outcome.err.strip():
        found.append(f"status {outcome.status} without a word")
    if outcome.status > 0 and not early and "seqctl: error: " not in outcome.err:
        found.append(f"status {outcome.status} in words that are not seqctl's: {outcome.err[-300:]!r}")
    if "Traceback" in outcome.err and not early:
        found.append(f"a traceback: {outcome.err[-300:]!r}")
    return found


def _kept(outcome: Outcome, book: Path) -> list[str]:
    """What is wrong with the book: against itself, against what was printed, and against what was said."""
    facts = examine(book)
    found = list(facts.problems)
    ledger = [f"INV-{value:05}" for value in range(1, len(facts.numbers) + 1)]
    if facts.numbers != ledger or not BEFORE <= len(ledger) <= BEFORE + 1:
        found.append(f"the ledger holds {facts.numbers}")
    found += [
        f"{text} was printed and is not in the ledger" for text in outcome.numbers if text not in ledger
    ]
    if len(ledger) > BEFORE and outcome.status > 0 and outcome.status != NOT_DELIVERED:
        found.append(f"status {outcome.status} says that nothing happened, and {EXPECTED} is in the ledger")
    if len(ledger) > BEFORE and outcome.status == NOT_DELIVERED and not _named(outcome):
        found.append(f"{EXPECTED} was issued, and the error does not say so: {outcome.err!r}")
    if not found:
        with open_book(str(book), "the judge", Clock(), 5) as store:
            following = issue(store, Request("invoice")).texts
        found += [] if following == [f"INV-{len(ledger) + 1:05}"] else [f"the next number is {following}"]
        found += examine(book).problems
    return found


def _named(outcome: Outcome) -> bool:
    """Whether an error tells of numbers that were issued, or may have been."""
    return EXPECTED in outcome.err or "outcome is unknown" in outcome.err or "committed" in outcome.err
