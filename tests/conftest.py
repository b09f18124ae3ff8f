"""What tests of the command line share: a fresh place, and two ways to run seqctl in it.

`run` calls `seqctl.__main__.main` in this process, with both outputs captured at the level of file
descriptors (numbers are written with `os.write`). `program` starts the real program, for what only a process
has: pipes, closed outputs, terminals, its own environment.
"""

import fcntl
import io
import os
import pty
import random
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from seqctl.__main__ import main
from seqctl.process import Clock
from tests.book import Book, Changes, Environment, Program, Result, Rows, Run, ServerBook, Shell, Sql, Tell
from tests.postgres_server import MISSING, QUICK, Server, programs, running

REPOSITORY = Path(__file__).resolve().parents[1]
UNWANTED = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PY_COLORS", "SEQCTL_ACTOR", "XDG_CONFIG_HOME")


# What hypothesis tries is the same on every run, and new with `--hypothesis-profile random` and in long runs;
# an example that was found there is kept with `@example`.
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.register_profile("random", derandomize=False, database=None, deadline=None, print_blob=True)
settings.load_profile("same")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An environment of its own for one test: home, data and time zone; no database is named."""
    for name in (*UNWANTED, "SEQCTL_DB"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("TZ", "UTC")
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def run(place: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run seqctl in this process: `run(*args, input=None, env=None)`."""

    def call(*args: object, input: str | bytes | None = None, env: Changes | None = None) -> Result:
        capfd.readouterr()
        with monkeypatch.context() as patch:
            # The program sets the time zone of its process; here that must not outlive the call.
            patch.setenv("TZ", os.environ["TZ"])
            for name, value in (env or {}).items():
                patch.delenv(name, raising=False) if value is None else patch.setenv(name, value)
            if input is not None:
                data = input if isinstance(input, bytes) else input.encode()
                patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
            try:
                status = main([str(item) for item in args])
            except SystemExit as left:
                status = left.code if isinstance(left.code, int) else 1
        out, err = capfd.readouterr()
        return Result(status, out, err)

    return call


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """Today's date in UTC, on which every clock of this process now stays: midnight comes in no test."""
    day = datetime.now(UTC).date()
    monkeypatch.setattr(Clock, "now", lambda self: f"{day}T23:59:59.999999Z")
    return day


def pytest_addoption(parser: pytest.Parser) -> None:
    """On which engine the books of command-line tests lie; what is about a file is then skipped."""
    parser.addoption("--engine", choices=("sqlite", "postgres"), default="sqlite", help="where books lie")


FILES_ALONE = {"attempt", "old", "rows_of", "sound_database", "sql", "tamper"}
"""Fixtures that are a book in a file, or change one."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what is about a book in a file where books lie on a server, before one is made there."""
    if config.getoption("--engine") != "postgres":
        return
    for item in items:
        if item.get_closest_marker("file") or FILES_ALONE.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.skip(reason="it is about a book in a file"))


def on_a_server(request: pytest.FixtureRequest) -> bool:
    """Whether the books of this run lie on a server."""
    return bool(request.config.getoption("--engine") == "postgres")


@pytest.fixture
def nowhere(place: Path, run: Run, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Book:
    """A book whose database, named by SEQCTL_DB, does not exist yet."""
    path = place / "books" / "book.db"
    path.parent.mkdir(mode=0o700)
    if on_a_server(request):
        monkeypatch.setenv("SEQCTL_DB", request.getfixturevalue("postgres_server").place_of_one_test())
        return ServerBook(path, run)
    monkeypatch.setenv("SEQCTL_DB", str(path))
    return Book(path, run)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database in UTC, made once: a book at rest is one file and can be copied."""
    path = tmp_path_factory.mktemp("empty") / "book.db"
    assert main(["--db", str(path), "-o", "tsv", "init", "--timezone", "UTC"]) == 0
    return path


@pytest.fixture
def book(nowhere: Book, empty_database: Path, request: pytest.FixtureRequest) -> Book:
    """A book with a fresh, empty database in UTC."""
    if on_a_server(request):
        assert nowhere.run("init", "--timezone", "UTC").status == 0
    else:
        shutil.copy(empty_database, nowhere.path)
    return nowhere


@pytest.fixture
def invoices(book: Book) -> Book:
    """A book with one sequence `invoice`: INV-00001, INV-00002 ..."""
    book.ok("sequence", "add", "invoice", "--pattern", "INV-{number:5}")
    return book


@pytest.fixture
def sql(nowhere: Book) -> Sql:
    """Run one statement on the database as a stranger would, and give back its rows."""

    def run(statement: str, *values: object) -> Rows:
        if os.environ["SEQCTL_DB"].startswith("postgresql"):
            pytest.skip("it changes a book in a file")
        with closing(sqlite3.connect(nowhere.path)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    return run


@pytest.fixture
def environment(place: Path) -> Environment:
    """The environment of a child process, with seqctl importable."""

    def make(**changes: str | None) -> dict[str, str]:
        merged = {**os.environ, "PYTHONPATH": str(REPOSITORY), **changes}
        return {name: value for name, value in merged.items() if value is not None}

    return make


@pytest.fixture
def program(environment: Environment) -> Program:
    """Run the real program: `program(*args, env=None, **options of subprocess.run)`."""

    def call(*args: object, env: Changes | None = None, **options: Any) -> Result:
        command = [sys.executable, "-m", "seqctl", *map(str, args)]
        given = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        if "input" in given:
            del given["stdin"]
        done = subprocess.run(command, env=environment(**(env or {})), timeout=30, **given)
        return Result(done.returncode, _text(done.stdout), _text(done.stderr))

    return call


@pytest.fixture
def shell(environment: Environment) -> Shell:
    """Run a shell line in which `seqctl` is the real program."""

    def call(line: str, env: Changes | None = None) -> Result:
        body = f'seqctl() {{ "{sys.executable}" -m seqctl "$@"; }}\n{line}'
        done = subprocess.run(
            ["bash", "-c", body], env=environment(**(env or {})), capture_output=True, timeout=30
        )
        return Result(done.returncode, _text(done.stdout), _text(done.stderr))

    return call


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Say in the summary what was covered, in figures: `tell(text)`."""
    return lambda text: record_property("covered", text)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Make every run alike. Long ones try new examples; their seed is drawn here, so that it can be told."""
    # A shell starts what runs in the background deaf to interruptions, and so would be all that tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    chosen = config.option
    if chosen.markexpr == "long" and chosen.hypothesis_profile is None:
        chosen.hypothesis_profile = "random"
    if chosen.hypothesis_profile == "random" and chosen.hypothesis_seed is None:
        chosen.hypothesis_seed = str(random.SystemRandom().randrange(2**32))


def pytest_report_header(config: pytest.Config) -> str | None:
    """How to get the examples of a random run again."""
    if config.option.hypothesis_seed is None:
        return None
    return f"again with: --hypothesis-profile random --hypothesis-seed {config.option.hypothesis_seed}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What each test covered that says so."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    lines = [
        f"{report.nodeid.rpartition('::')[2]}: {text} ({report.duration:.0f} s)"
        for report in reports
        if report.when == "call"
        for name, text in report.user_properties
        if name == "covered"
    ]
    if lines:
        terminalreporter.section("covered")
        for line in sorted(lines):
            terminalreporter.write_line(line)


def _text(data: bytes | None) -> str:
    return "" if data is None else data.decode("utf-8")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server for the whole run, or a loud word that there is none."""
    bin = programs()
    if bin is None:
        pytest.skip(MISSING)
    with running(bin, **QUICK) as server:
        yield server


@pytest.fixture
def terminal(environment: Environment) -> Callable[..., tuple[int, str]]:
    """Run the program with a terminal for its outputs; returns (exit status, what the terminal got)."""

    def call(*args: str, columns: int = 80, answer: str | None = None, **env: str) -> tuple[int, str]:
        controller, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        process = subprocess.Popen(
            [sys.executable, "-m", "seqctl", *args],
            stdin=side,
            stdout=side,
            stderr=side,
            env=environment(**{"TERM": "xterm-256color", **env}),
        )
        os.close(side)
        if answer is not None:
            os.write(controller, answer.encode())
        seen = b""
        while True:
            try:
                data = os.read(controller, 65536)
            except OSError:
                break
            if not data:
                break
            seen += data
        os.close(controller)
        return process.wait(timeout=20), seen.decode().replace("\r\n", "\n")

    return call
