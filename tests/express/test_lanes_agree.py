"""The express lane against the full command line: the same output, status and ledger, or a hand-over."""

import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seqctl.__main__ import main
from seqctl.cli import app, express
from seqctl.errors import SeqctlError

DEFINITIONS = """
[sequences.invoice]
pattern = "INV-{YYYY}-{number:5}"
reset = "year"
[sequences.memo]
document_type = "credit_memo"
pattern = "{entity}-{number}"
scope = ["entity"]
[sequences.short]
end = 3
warn_at = "1 left"
[sequences.ordered]
pattern = "O{number:4}"
date_order = "refuse"
[sequences.other]
document_type = "invoice"
pattern = "OTHER{number}"
[sequences.closed]
status = "inactive"
[sequences.letters]
kind = "alpha"
[sets.default]
default = true
members = { invoice = "invoice" }
[sets.other]
assignments = ["account:ACME"]
members = { invoice = "other" }
"""

INSTANT = re.compile(rb"\d{4}-\d\d-\d\dT[\d:.]+Z")
TARGETS = ("invoice", "creditMemo", "memo", "short", "ordered", "closed", "letters", "nothing", "", "-x")
VALUES = {
    "--date": ("2026-11-21", "2026-01-02", "2031-01-01", "2026-13-01", "2026-11-21T10:00+02:00", "20261121"),
    "--set": ("default", "other", "none"),
    "--sequence": ("other", "closed", "nobody"),
    "--for": ("account:ACME", "account:X", "account", ":", "a:b:c"),
    "--attr": ("entity=DE", "entity=D1", "entity=", "entity", "x=y", "=v"),
    "--key": ("k1", "k2", "ké", 'k"', " "),
    "--record": ("R1", "tab\there", ""),
    "-n": ("1", "2", "4", "0", "-1", "x", "007"),
    "--actor": ("ada", "grace hopper", "a\nb"),
    "--timeout": ("5", "0", "1.5", "x"),
    "--yes": (),
    "--json": (),
    "--contiguous": (),
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lanes")
    (folder / "d.toml").write_text(DEFINITIONS)
    assert main(["--db", str(folder / "t.db"), "import", str(folder / "d.toml"), "--allow-collisions"]) == 0
    return folder / "t.db"


@contextmanager
def captured() -> Iterator[dict[str, bytes]]:
    """What is written to the descriptors 1 and 2 while the block runs."""
    result: dict[str, bytes] = {}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        saved = os.dup(1), os.dup(2)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        try:
            yield result
        finally:
            os.dup2(saved[0], 1)
            os.dup2(saved[1], 2)
            os.close(saved[0])
            os.close(saved[1])
            for name, file in (("out", out), ("err", err)):
                file.seek(0)
                result[name] = file.read()


def outcome(run: Callable[[list[str]], int | None], arguments: list[str]) -> tuple[object, bytes, bytes]:
    """The status (or error) and what was printed; None where the lane hands over."""
    with captured() as printed:
        try:
            status: object = run(arguments)
        except SeqctlError as error:
            status = (type(error).__name__, error.code, error.message, error.hint)
    return status, INSTANT.sub(b"INSTANT", printed["out"]), printed["err"]


def ledger(path: Path) -> list[object]:
    connection = sqlite3.connect(path)
    tables = {
        "counter": "*",
        "number": "*",
        "gap_run": "*",
        "uniqueness": "*",
        "event": "id, actor, action, subject, counter_id, first, last, serial, count, detail",
    }
    rows = [connection.execute(f"SELECT {what} FROM {name}").fetchall() for name, what in tables.items()]
    connection.close()
    return rows


def option(name: str) -> st.SearchStrategy[list[str]]:
    values = VALUES[name]
    return st.sampled_from(values).map(lambda value: [name, value]) if values else st.just([name])


@st.composite
def calls(draw: st.DrawFn) -> list[str]:
    """A call of `next`: options before the command, the target before or after its options."""
    before = draw(st.lists(st.sampled_from(["--actor", "--timeout"]).flatmap(option), max_size=2))
    target = draw(st.sampled_from(TARGETS))
    after = draw(st.lists(st.sampled_from(sorted(VALUES)).flatmap(option), max_size=4))
    words = [[target], *after] if draw(st.booleans()) else [*after, [target]]
    return [*chain.from_iterable(before), "next", *chain.from_iterable(words)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.lists(calls(), min_size=1, max_size=3))
def test_both_lanes_do_the_same_or_the_express_lane_hands_over(
    rounds: list[list[str]], template: Path
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fast, full = Path(folder) / "fast.db", Path(folder) / "full.db"
        shutil.copy(template, fast)
        shutil.copy(template, full)
        for call in rounds:
            arguments = ["--db", str(fast), *call]
            quick = outcome(express.run_express, arguments)
            if quick[0] is None:
                assert quick[1:] == (b"", b"")
                assert ledger(fast) == ledger(full), "a hand-over comes before any write"
                quick = outcome(app.run, arguments)
            slow = outcome(app.run, ["--db", str(full), *call])
            assert repr(quick).replace("fast.db", "full.db") == repr(slow)
            assert ledger(fast) == ledger(full)


@pytest.mark.parametrize(
    "call",
    [
        ["next", "invoice"],
        ["--db", "x.db", "next", "invoice"],
        ["next", "invoice", "--db", "x.db"],
        ["next", "--key", "k", "invoice", "-n", "5", "--date", "2026-11-21"],
        ["next", "invoice", "--for", "account:ACME", "--for", "branch:7", "--attr", "a=b", "--attr", "c="],
        ["--actor", "ada", "--timeout", "5", "next", "invoice", "--record", "R 1", "--set", "x"],
    ],
)
def test_the_plain_calls_take_the_express_lane(call: list[str]) -> None:
    options = express.parse(call)
    assert options is not None
    assert options["next"] == "invoice"


@pytest.mark.parametrize(
    "call",
    [
        [],
        ["next"],
        ["next", "--help"],
        ["next", "invoice", "--json"],
        ["next", "invoice", "-o", "csv"],
        ["next", "invoice", "extra"],
        ["next", "invoice", "--key"],
        ["next", "invoice", "--key", "--json"],
        ["next", "invoice", "--key=k"],
        ["next", "invoice", "--key", "a", "--key", "b"],
        ["next", "--", "invoice"],
        ["peek", "invoice"],
        ["sequence", "list"],
        ["invoice", "next"],
        ["--json", "next", "invoice"],
    ],
)
def test_everything_else_is_handed_over(call: list[str]) -> None:
    assert express.parse(call) is None
