"""`python -O`, `-OO` and `-W error`: the same work in the same words."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.book import Environment

DEFINITIONS = """
[calendars.april]
start = "04-01"
[sequences.invoice]
pattern = "INV-{FY}-{number:5}"
reset = "fiscal-year"
calendar = "april"
date_order = "refuse"
[sequences.payment]
pattern = "P{number}"
end = 3
[policies.large]
document_type = "payment"
sequence = "payment"
conditions = [{ field = "amount", operator = "greater", value = 10 }]
[sets.company]
members = { invoice = "invoice" }
assignments = ["company:DE"]
"""

CALLS = [
    ["import", "definitions.toml"],
    ["import", "definitions.toml"],
    ["export"],
    ["lint"],
    ["next", "invoice", "--date", "2026-03-31", "--key", "k"],
    ["next", "invoice", "--date", "2026-03-31", "--key", "k"],
    ["next", "invoice", "--date", "2026-03-30"],
    ["next", "invoice", "--date", "2026-04-01", "-n", "300"],
    ["reserve", "invoice", "--date", "2026-04-02", "--ttl", "0s"],
    ["reserve", "invoice", "--date", "2026-04-02", "--ttl", "9d"],
    ["confirm", "INV-2027-00301"],
    ["void", "INV-2027-00007", "--reason", "misprint"],
    ["void", "INV-2027-00007", "--reason", "misprint"],
    ["release", "INV-2027-00008", "--reason", "never came to be"],
    ["reinstate", "INV-2027-00007", "--reason", "a mistake"],
    ["next", "payment", "--attr", "amount=11", "-n", "4"],
    ["next", "payment", "--attr", "amount=eleven"],
    ["next", "payment", "--attr", "amount=9"],
    ["explain", "payment", "--attr", "amount=9"],
    ["next", "nothing"],
    ["next"],
    ["frobnicate"],
    ["--json", "next", "nothing"],
    ["adopt", "payment", "P2", "P3", "Q4"],
    ["adopt", "payment", "P2", "P3"],
    ["assign", "invoice", "--input", "records.csv", "--date-column", "date"],
    ["assign", "invoice", "--input", "nowhere.csv"],
    ["reconcile", "payment", "--input", "records.csv", "--column", "id"],
    ["sequence", "set-next", "payment", "9", "--reason", "a jump"],
    ["sequence", "edit", "invoice", "--pattern", "{nonsense}"],
    ["gaps"],
    ["gaps", "block", "invoice", "--all", "--reason", "lost"],
    ["gaps", "block", "invoice", "8", "--reason", "lost"],
    ["statement"],
    ["numbers", "--last", "2"],
    ["numbers", "--limit", "2"],
    ["close", "invoice", "--through", "2026-03-31", "--reason", "filed"],
    ["simulate", "invoice", "--from", "2026-12-30", "--to", "2027-01-02", "--every", "day"],
    ["status"],
    ["check"],
    ["audit", "verify"],
    ["audit", "list", "--limit", "3"],
    ["schema"],
]

RUN = """
import json, sys
from seqctl.__main__ import main
for words in json.loads(sys.argv[1]):
    print(">", *words, flush=True)
    try:
        status = main(words)
    except SystemExit as left:
        status = left.code
    sys.stdout.flush()
    print("=", status, flush=True)
"""

CHANGING = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z|\b[0-9a-f]{64}\b")
"""Instants and hashes, which differ from one book to the next."""

HELP = """
import typer
from seqctl.cli.grammar.typer_application import application

def describe(command, path):
    print(path, repr(command.help))
    for name in sorted(getattr(command, "commands", ())):
        describe(command.commands[name], path + " " + name)

describe(typer.main.get_command(application(None)), "seqctl")
"""


@pytest.fixture
def python(environment: Environment, place: Path) -> Callable[..., str]:
    """Run code in a Python of its own with some options: `python(options, code, *words)`."""

    def call(options: list[str], code: str, *words: str, **changes: str) -> str:
        done = subprocess.run(
            [sys.executable, *options, "-c", code, *words],
            env=environment(PYTHONWARNINGS=None, PYTHONOPTIMIZE=None, **changes),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=place,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    return call


@pytest.fixture
def work(python: Callable[..., str], place: Path) -> Callable[[list[str]], str]:
    """What all calls print and return, in a book of their own: `work(options)`."""

    def call(options: list[str]) -> str:
        (place / "definitions.toml").write_text(DEFINITIONS)
        (place / "records.csv").write_text("id,date\n1,2026-05-01\n2,2026-05-02\n")
        book = place / f"book{len(list(place.glob('*.db')))}.db"
        printed = python(options, RUN, json.dumps(CALLS), SEQCTL_DB=str(book), SEQCTL_ACTOR="tester")
        return CHANGING.sub("...", printed.replace(str(book), "book.db"))

    return call


def test_options_of_the_interpreter_change_nothing(work: Callable[[list[str]], str]) -> None:
    plain = work([])
    assert "Traceback" not in plain
    statuses = re.findall(r"^= (\d+)$", plain, re.MULTILINE)
    assert len(statuses) == len(CALLS)
    assert {"0", "2", "4", "5", "6"} <= set(statuses)
    for options in (["-O"], ["-OO"], ["-W", "error", "-X", "dev"]):
        assert work(options) == plain, options


def test_without_docstrings_every_command_keeps_its_help(python: Callable[..., str]) -> None:
    told = python([], HELP)
    assert told.count("\n") > 50
    assert "None" not in told
    assert python(["-OO"], HELP) == told
