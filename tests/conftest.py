"""What tests of the command line share: a fresh place, and two ways to run seqctl in it.

`run` calls `seqctl.__main__.main` in this process, with both outputs captured at the level of file
descriptors (numbers are written with `os.write`). `program` starts the real program, for what only a process
has: pipes, closed outputs, terminals, its own environment.
"""

import csv
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from seqctl.__main__ import main
from seqctl.clock import Clock

REPOSITORY = Path(__file__).resolve().parents[1]
UNWANTED = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PY_COLORS", "SEQCTL_ACTOR", "XDG_CONFIG_HOME")


# What hypothesis tries is the same on every run, and new with `--hypothesis-profile random` and in long runs;
# an example that was found there is kept with `@example`.
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.register_profile("random", derandomize=False, database=None, deadline=None, print_blob=True)
settings.load_profile("same")


@dataclass(frozen=True)
class Result:
    """What one call did: exit status, standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def lines(self):
        return self.out.splitlines()

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def rows(self):
        """The rows of a list in TSV as tables column -> text."""
        header, *rows = self.out.splitlines()
        return [dict(zip(header.split("\t"), row.split("\t"), strict=True)) for row in rows]

    @property
    def csv(self):
        return list(csv.DictReader(io.StringIO(self.out)))

    @property
    def error(self):
        """The one object that stands on stderr under --json."""
        parsed = json.loads(self.err)
        assert list(parsed) == ["error"], self.err
        return parsed["error"]


class Book:
    """A runner bound to one database; every call starts from the same environment."""

    def __init__(self, path, run):
        self.path = path
        self.run = run

    def __call__(self, *args, **options):
        return self.run(*args, **options)

    def ok(self, *args, **options):
        """The result of a call that must succeed in silence."""
        result = self.run(*args, **options)
        assert (result.status, result.err) == (0, ""), result
        return result

    def next(self, *args, **options):
        """The numbers that `next` prints, in silence."""
        return self.ok("next", *args, **options).lines

    def warned(self, *args, **options):
        """The result of a call that must succeed and say something on stderr."""
        result = self.run(*args, **options)
        assert result.status == 0, result
        assert result.err.startswith("seqctl: warning: "), result
        return result

    def fails(self, status, code, *args, **options):
        """The error of a call that must fail, asked twice: in words, then as one JSON object."""
        spoken = self.run(*args, **options)
        assert spoken.status == status, spoken
        assert spoken.out == "", spoken
        assert "Traceback" not in spoken.err
        told = self.run("--json", *args, **options)
        assert (told.status, told.out) == (status, ""), told
        error = told.error
        assert error["code"] == code, error
        lines = [*error.get("problems", ()), f"seqctl: error: {error['message']}"]
        lines += [f"hint: {error['hint']}"] if "hint" in error else []
        assert spoken.err == "".join(f"{_visible(line)}\n" for line in lines)
        return error

    def numbers(self, *args):
        """The ledger as a list of objects."""
        return self.ok("numbers", "--json", *args).json

    def texts(self, *args):
        return [number["number"] for number in self.numbers(*args)]

    def file(self, text, name="definitions.toml"):
        """A definition file beside the database."""
        path = Path(self.path).parent / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    def made(self, *args, **options):
        """The result of a call that must succeed, whether or not it warns of sequences that overlap."""
        result = self.run(*args, **options)
        assert result.status == 0, result
        told = [line for line in result.err.splitlines() if "and nothing chooses" not in line]
        assert told == [], result
        return result

    def load(self, text, *args):
        """Import a definition text, in silence but for sequences that overlap."""
        return self.made("import", self.file(text), *args)


def copy_book(source, target):
    """Copy a book at rest with the mark beside it, as who moves a book does."""
    for ending in ("", "-mark"):
        if os.path.exists(f"{source}{ending}"):
            shutil.copy(f"{source}{ending}", f"{target}{ending}")


@pytest.fixture
def place(tmp_path, monkeypatch):
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
def run(place, capfd, monkeypatch):
    """Run seqctl in this process: `run(*args, input=None, env=None)`."""

    def call(*args, input=None, env=None):
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
def today(monkeypatch):
    """Today's date in UTC, on which every clock of this process now stays: midnight comes in no test."""
    day = datetime.now(UTC).date()
    monkeypatch.setattr(Clock, "now", lambda self: f"{day}T23:59:59.999999Z")
    return day


@pytest.fixture
def nowhere(place, run, monkeypatch):
    """A book whose database, named by SEQCTL_DB, does not exist yet."""
    path = place / "books" / "book.db"
    monkeypatch.setenv("SEQCTL_DB", str(path))
    path.parent.mkdir(mode=0o700)
    return Book(path, run)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """An empty database in UTC, made once: a book at rest is one file and can be copied."""
    path = tmp_path_factory.mktemp("empty") / "book.db"
    assert main(["--db", str(path), "-o", "tsv", "init", "--timezone", "UTC"]) == 0
    return path


@pytest.fixture
def book(nowhere, empty_database):
    """A book with a fresh, empty database in UTC."""
    shutil.copy(empty_database, nowhere.path)
    return nowhere


@pytest.fixture
def invoices(book):
    """A book with one sequence `invoice`: INV-00001, INV-00002 ..."""
    book.ok("sequence", "add", "invoice", "--pattern", "INV-{number:5}")
    return book


@pytest.fixture
def environment(place):
    """The environment of a child process, with seqctl importable."""

    def make(**changes):
        merged = {**os.environ, "PYTHONPATH": str(REPOSITORY), **changes}
        return {name: value for name, value in merged.items() if value is not None}

    return make


@pytest.fixture
def program(environment):
    """Run the real program: `program(*args, env=None, **options of subprocess.run)`."""

    def call(*args, env=None, **options):
        command = [sys.executable, "-m", "seqctl", *map(str, args)]
        given = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        if "input" in given:
            del given["stdin"]
        done = subprocess.run(command, env=environment(**(env or {})), timeout=30, **given)
        return Result(done.returncode, _text(done.stdout), _text(done.stderr))

    return call


@pytest.fixture
def shell(environment):
    """Run a shell line in which `seqctl` is the real program."""

    def call(line, env=None):
        body = f'seqctl() {{ "{sys.executable}" -m seqctl "$@"; }}\n{line}'
        done = subprocess.run(
            ["bash", "-c", body], env=environment(**(env or {})), capture_output=True, timeout=30
        )
        return Result(done.returncode, _text(done.stdout), _text(done.stderr))

    return call


@pytest.fixture
def tell(record_property):
    """Say in the summary what was covered, in figures: `tell(text)`."""
    return lambda text: record_property("covered", text)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """Make every run alike. Long ones try new examples; their seed is drawn here, so that it can be told."""
    # A shell starts what runs in the background deaf to interruptions, and so would be all that tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    chosen = config.option
    if chosen.markexpr == "long" and chosen.hypothesis_profile is None:
        chosen.hypothesis_profile = "random"
    if chosen.hypothesis_profile == "random" and chosen.hypothesis_seed is None:
        chosen.hypothesis_seed = str(random.SystemRandom().randrange(2**32))


def pytest_report_header(config):
    """How to get the examples of a random run again."""
    if config.option.hypothesis_seed is None:
        return None
    return f"again with: --hypothesis-profile random --hypothesis-seed {config.option.hypothesis_seed}"


def pytest_terminal_summary(terminalreporter):
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


def _visible(text):
    """A line as a terminal may see it: what cannot be printed is escaped."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


def _text(data):
    return "" if data is None else data.decode("utf-8")
