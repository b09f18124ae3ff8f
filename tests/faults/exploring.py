"""Power cuts after each system call of a recorded run: every image, each judged once."""

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import tracing
from .images.disk import Choice, Disk, lay_out
from .images.recording import Recorder
from .images.steps import Print, Step
from .judging import Facts, examine
from .scenarios import DEFINITIONS, FILE, Scenario
from .whole_books.moving import COPIED

HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM event").fetchone()
print("open", flush=True)
sys.stdin.read()
"""
"""A program that has a book open until its input ends."""


@dataclass
class Report:
    """How much was explored, and every image that breaks a promise."""

    cuts: int = 0
    choices: int = 0
    images: int = 0
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.cuts} cuts, {self.choices} choices, {self.images} different images,"
            f" {len(self.broken)} broken promises"
        )


def explore(scenario: Scenario, folder: Path, *, torn: bool, every: int = 1) -> Report:
    """Record a scenario in an empty folder and judge the images of its cuts.

    `torn` cuts every unsynced write at its sectors, not just the last one. `every` takes one cut of so many,
    and those after a print.
    """
    explorer = Explorer(scenario, folder, torn)
    for broken in explorer.cuts(every):
        explorer.report.broken += broken
    return explorer.report


def explore_planted(scenario: Scenario, folder: Path, plant: str) -> Report:
    """The same with a planted fault, until the first promise is broken."""
    explorer = Explorer(scenario, folder, False, plant)
    explorer.report.broken = next((broken for broken in explorer.cuts(3) if broken), [])
    return explorer.report


class Explorer:
    """A recorded scenario, and what was found out about its images: each is judged once."""

    def __init__(self, scenario: Scenario, folder: Path, torn: bool, plant: str | None = None) -> None:
        self.scenario, self.torn = scenario, torn
        self.report = Report()
        self.disk, self.steps = _recorded(scenario, folder, plant)
        self.judged: dict[object, Facts] = {}

    def cuts(self, every: int) -> Iterator[list[str]]:
        """What the images of each cut break."""
        printed = ""
        with _images() as place:
            yield self._cut("nothing", printed, place)
            for at, step in enumerate(self.steps, 1):
                self.disk.take(step)
                if isinstance(step, Print):
                    printed += step.text
                if at % every == 0 or isinstance(step, Print):
                    yield self._cut(repr(step)[:80], printed, place)

    def _cut(self, told: str, printed: str, place: Path) -> list[str]:
        self.report.cuts += 1
        broken = []
        for choice in self.disk.choices(self.torn):
            self.report.choices += 1
            facts = self._facts(choice, place)
            found = facts.problems or self.scenario.promise(facts, printed)
            if found:
                broken.append(f"after {told}, of the steps {self.disk.pending} kept {choice}: {found}")
        return broken

    def _facts(self, choice: Choice, place: Path) -> Facts:
        image = self.disk.fingerprint(choice)
        if image not in self.judged:
            self.report.images += 1
            folder = Path(tempfile.mkdtemp(dir=place))
            lay_out(self.disk.image(choice), folder)
            facts = self.judged[image] = self.scenario.judge(self.scenario.database(folder))
            facts.copy = examine(folder / COPIED) if (folder / COPIED).exists() else None
            shutil.rmtree(folder)
        return self.judged[image]


def _recorded(scenario: Scenario, folder: Path, plant: str | None) -> tuple[Disk, list[Step]]:
    """The disk before the scenario, and what the scenario did; the recording is held against the files."""
    book = scenario.database(folder)
    (folder / FILE).write_text(DEFINITIONS, encoding="utf-8")
    if scenario.make is not None:
        scenario.make(book)
    with ExitStack() as stack:
        for words in scenario.preparation[:1]:
            _run(book, words, folder)
        if scenario.held:
            stack.enter_context(_held(book))
        for words in scenario.preparation[1:]:
            _run(book, words, folder)
        if scenario.statement is not None:
            with closing(sqlite3.connect(book)) as connection:
                connection.execute(scenario.statement).fetchall()
        recorder, steps = Recorder(folder), []
        for words in scenario.commands:
            command = tracing.program("--db", str(book), *words, plant=plant)
            outcome, taken = recorder.record(command)
            assert outcome.status == 0 and bool(outcome.err) == bool(scenario.told), outcome.err
            assert outcome.err.startswith(scenario.told), outcome.err
            assert "".join(step.text for step in taken if isinstance(step, Print)) == outcome.out
            steps += taken
        _hold_against(folder, recorder, steps)
        # Whoever closes a book that nobody else has open writes its log back and takes it away.
        assert not scenario.held or Path(f"{book}-wal").exists()
    return Disk(recorder.before), steps


@contextmanager
def _held(book: Path) -> Iterator[None]:
    """Another process has the book open; this one reads its files for the recorder, which drops locks."""
    command = [sys.executable, "-c", HOLDER, str(book)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdin is not None and holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        yield
        holder.stdin.close()


def _run(book: Path, words: tuple[str, ...], folder: Path) -> None:
    done = tracing.run(tracing.program("--db", str(book), *words), folder)
    assert done.status == 0, done.err


def _hold_against(folder: Path, recorder: Recorder, steps: list[Step]) -> None:
    """With nothing lost the image must be what is really there: no call was overlooked."""
    disk = Disk(dict(recorder.before))
    for step in steps:
        disk.take(step)
    whole = disk.image(tuple((place, None) for place in disk.pending))
    real = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }
    assert {path: data for path, data in whole.items() if not path.endswith("/")} == real


@contextmanager
def _images() -> Iterator[Path]:
    """A place for images: in memory where there is one, since their own durability matters to nobody."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
        yield Path(place)
