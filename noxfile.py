"""The checks on every Python from 3.11 on that this machine has: `nox`, or `nox -l` and `nox -s NAME`.

The oldest one runs the commands of the README as they stand there, which include the whole suite, and lint,
format and types. The newest one runs the whole suite, those between a quick part of it, both with each
warning as an error. The oldest and the newest run a short form without asserts too.
"""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import nox

HERE = Path(__file__).parent
NAMES = [f"3.{minor}" for minor in range(11, 30)]
ROOMS = ("conformance", "counters", "express", "gaps", "numbers", "policies", "store")
SHORT = [f"tests/{name}" for name in ROOMS]
"""Half a minute: issuing, reading and freeing, in both lanes, and most of the SQL."""
QUICK = [*SHORT, "tests/test_import_laws.py", "tests/definitions", "tests/pythons"]
"""A minute: that, the laws of the house, the definition format and the interpreter's own."""
ON_A_SERVER = [
    f"tests/{name}"
    for name in (
        *("adopting", "assigning", "counters", "gaps", "issuing", "linting", "numbers", "patterns"),
        *("policies", "ranges", "reporting", "reports", "shared"),
    )
]
"""Tests of commands that run once more with their books on a PostgreSQL server."""
UNTRACED = [
    *("tests/benchmarks", "tests/faults", "tests/stress"),
    *("tests/express/test_what_is_loaded.py", "tests/rights/test_first_byte.py"),
]
"""What counts what a process loads, calls and executes, of which a tracer would be a part."""
NO_ASSERTS = ["-W", "ignore:assertions not in test modules:pytest.PytestConfigWarning"]
"""pytest says that asserts outside of tests are left out, which is what is tried; those of tests are not."""
ASKED = """
import sys
if sys.version_info < (3, 11) or sys.version_info[3] != "final":
    sys.exit(127)
import sqlite3, venv, ensurepip
sys.stdout.write("%d %d %d %s" % (sys.version_info[:3] + (sys._base_executable,)))
"""
NOT_MEANT = 127
"""Also how a shim of pyenv answers for a version that is not chosen."""

Version = tuple[int, int, int]


def candidates() -> list[Path]:
    """Where a Python may be: the system's own, those on PATH, those of pyenv."""
    folders = [Path(name) for name in os.environ.get("PATH", "").split(os.pathsep) if name]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    names = ["python3", "python", *(f"python{name}" for name in NAMES)]
    places = [Path("/usr/bin/python3"), *(folder / name for folder in folders for name in names)]
    return [place for place in [*places, *sorted(pyenv.glob("*/bin/python"))] if os.access(place, os.X_OK)]


def interpreters() -> dict[Version, Path]:
    """One Python of each version from 3.11 on, oldest first; what is left out is told."""
    found: dict[Version, Path] = {}
    for place in dict.fromkeys(candidates()):
        asked = subprocess.run([place, "-c", ASKED], capture_output=True, text=True, check=False)
        if asked.returncode == NOT_MEANT:
            continue
        if asked.returncode != 0:
            reason = (asked.stderr.strip().splitlines() or ["it says nothing"])[-1]
            print(f"python: {place} is left out: {reason}")
            continue
        *numbers, executable = asked.stdout.split(maxsplit=3)
        version = (int(numbers[0]), int(numbers[1]), int(numbers[2]))
        found.setdefault(version, Path(executable.strip()))
    return dict(sorted(found.items()))


def told(version: Version) -> str:
    """A version as people write it."""
    return ".".join(map(str, version))


def announce(found: dict[Version, Path]) -> None:
    """A line for each Python that is tried, and one for each supported one that is not here."""
    for version, place in found.items():
        print(f"python: {told(version)} at {place}")
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for classifier in project["classifiers"]:
        named = re.fullmatch(r"Programming Language :: Python :: (3)\.(\d+)", classifier)
        if named and not any(version[:2] == (3, int(named[2])) for version in found):
            print(f"python: 3.{named[2]} is not on this machine and was not tried")


def marked(marker: str) -> str:
    """The command that follows a marker in the README."""
    text = (HERE / "README.md").read_text(encoding="utf-8")
    return re.search(rf"<!-- {marker} -->\n```sh\n(.*?)\n```", text, re.DOTALL)[1]  # type: ignore[index]


def without_asserts(session: nox.Session, python: str) -> None:
    """A short form without asserts, which must hold nothing that the program needs."""
    run = [python, "-m", "pytest", "-q", "-n", "2", *SHORT, *NO_ASSERTS]
    session.run(*run, env={"PYTHONOPTIMIZE": "1"}, external=True)


def oldest(session: nox.Session, place: Path) -> None:
    """The README as it stands, with this Python as `python3`; then lint, format and types."""
    shim = Path(session.create_tmp()) / "python3"
    shim.write_text(f'#!/bin/sh\nexec "{place}" "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    path = {"PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}"}
    first = session.run("bash", "-euo", "pipefail", "-c", marked("first command"), env=path, silent=True)
    session.log(f"the first command printed:\n{first}")
    if str(first).split()[-1:] != ["INV00000001"]:
        session.error("the README's first command did not end with the number INV00000001")
    session.run("bash", "-euo", "pipefail", "-c", marked("test command"), env=path)
    on_a_server = ["-m", "pytest", "-q", "-n", "2", "--engine", "postgres", *ON_A_SERVER]
    session.run(".venv/bin/python", *on_a_server)
    for check in (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]):
        session.run(f".venv/bin/{check[0]}", *check[1:])
    warned = [".venv/bin/python", "-m", "pytest", "-q", "-n", "2", *SHORT]
    session.run(*warned, env={"PYTHONWARNINGS": "error"})
    without_asserts(session, ".venv/bin/python")


def between(session: nox.Session) -> None:
    """The quick part, with each warning as an error."""
    session.install("--quiet", "-e", ".[test]")
    session.run("python", "-m", "pytest", "-q", "-n", "2", *QUICK, env={"PYTHONWARNINGS": "error"})


def newest(session: nox.Session) -> None:
    """All of the tests, with each warning as an error; then what asserts might hide."""
    session.install("--quiet", "-e", ".[test]")
    session.run("python", "-m", "pytest", "-q", "-n", "2", env={"PYTHONWARNINGS": "error"})
    without_asserts(session, "python")


def coverage(session: nox.Session) -> None:
    """Lines and branches of seqctl that the suite runs through, in child processes too; prints what is not.

    `nox -s coverage -- tests/gaps` asks it of some tests. A test that a tracer disturbs fails nothing here.
    """
    session.install("--quiet", "-e", ".[test]", "coverage>=7.10,<8")
    session.run("coverage", "erase")
    left_out = [f"--ignore={name}" for name in UNTRACED]
    chosen = session.posargs or ["tests"]
    traced = ["coverage", "run", "-m", "pytest", "-q", "-n", "2", *left_out, *chosen]
    session.run(*traced, success_codes=[0, 1])
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


def define(found: dict[Version, Path]) -> None:
    """A session for each Python, and one that is asked for by its name."""
    nox.session(name="coverage", python=str(found[min(found)]), default=False)(coverage)
    for version, place in found.items():
        if version == min(found):
            made = nox.session(name=f"python-{told(version)}", venv_backend="none")
            made(lambda session, place=place: oldest(session, place))
        else:
            checks = newest if version == max(found) else between
            made = nox.session(name=f"python-{told(version)}", venv_backend="venv", python=str(place))
            made(checks)


FOUND = interpreters()
announce(FOUND)
define(FOUND)
