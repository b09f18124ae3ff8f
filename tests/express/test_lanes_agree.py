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
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seqctl.__main__ import main
from seqctl.cli import express
from seqctl.cli.grammar import typer_application
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
[sequences.noted]
pattern = "{note}-{number}"
max_length = 12
[sets.default]
default = true
members = { invoice = "invoice" }
[sets.other]
assignments = ["account:ACME"]
members = { invoice = "other" }
"""

INSTANT = re.compile(rb"\d{4}-\d\d-\d\dT[\d:.]+Z")
TARGETS = (
    "invoice",
    "creditMemo",
    "memo",
    "short",
    "ordered",
    "closed",
    "letters",
    "noted",
    "nothing",
    "",
    "-x",
)
ODD = (
    *("", " ", "  x", "x ", "\t", "a\tb", "a\nb", "a\rb", "\x07", "\x1b[31mred", "\x7f", "\x85"),
    *(
        "\u00a0",
        "x\u00a0",
        "\u00a0x",
        "\u200b",
        "x\u200b",
        "\ufeffx",
        "x\ufeff",
        "\u2028",
        "\u202ex",
        "\ufe0f",
    ),
    *("x" * 255, "x" * 256, "x" * 300, "x" * 10_000, "ü" * 300, "é", "e\u0301", "日本", "🧾", "ﬀ", "İ", "ß"),
    *(
        "'; DROP TABLE number; --",
        "[red]x[/red]",
        "{number} %s",
        "../x",
        '"',
        "\\",
        "a=b:c/d%",
        "-x",
        "--",
        "-",
    ),
)
"""What nobody expects in a value: blanks, what cannot be seen, long texts, marks of other languages."""

OWNERS = tuple(text for odd in ODD for text in (f"account:{odd}", f"{odd}:ACME"))
ATTRIBUTES = tuple(text for odd in ODD for text in (f"entity={odd}", f"{odd}=DE", f"note={odd}"))
VALUES = {
    "--date": (
        *("2026-11-21", "2026-01-02", "2031-01-01", "0001-01-01", "9999-12-31", "2028-02-29"),
        *(
            "2026-11-21T10:00+02:00",
            "2026-11-21 10:00",
            "2026-11-21T10:00:00Z",
            "2026-11-21T23:59:59.5-11:00",
        ),
        *(
            "2026-13-01",
            "2026-02-29",
            "20261121",
            "2026-W47-6",
            "2026-1-1",
            "21.11.2026",
            "today",
            "2026-11-21T",
        ),
        *(
            "2026-11-21t10:00",
            "2026-11-21 ",
            " 2026-11-21",
            "2026-11-21T25:00",
            "２０２６-11-21",
            "10000-01-01",
        ),
    ),
    "--set": ("default", "other", "none", "Other"),
    "--sequence": ("other", "closed", "nobody", "invoice", "memo"),
    "--for": ("account:ACME", "account:X", "account", ":", "a:b:c", "compani:ACME", *OWNERS),
    "--attr": (
        *("entity=DE", "entity=D1", "entity=", "entity", "x=y", "=v", "Entity=FR", "ENTITY=DE", "a=b=c"),
        *("note=N", "note=1", "note=", "Note=M", "\u00e9=1", "e\u0301=2", *ATTRIBUTES),
    ),
    "--key": ("k1", "k2", "ké", 'k"'),
    "--record": ("R1", "R2", "tab\there"),
    "-n": (
        *("1", "2", "4", "0", "-1", "x", "007", "+1", "1.0", "1e3", "1_0", " 2", "2 ", "0x1", "２", "٣", "²"),
        *("10000001", "999999999", "9999999999", "9" * 40),
    ),
    "--actor": ("ada", "grace hopper"),
    "--timeout": ("5", "0", "1.5", "x", "-1", "nan", "inf", "1e3", "1_0", " 5", "٣", "007", "9999999"),
    "--yes": (),
    "--json": (),
    "--contiguous": (),
}
TEXTS = ("--set", "--sequence", "--key", "--record", "--actor")
"""Options that take any text: the odd ones as well."""


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
    rows: list[Any] = [
        connection.execute(f"SELECT {what} FROM {name}").fetchall() for name, what in tables.items()
    ]
    connection.close()
    return rows


def option(name: str) -> st.SearchStrategy[list[str]]:
    """An option with one of its values: mostly as two words, else in the other forms that there are."""
    values = VALUES[name]
    if not values:
        return st.just([name])
    usual = st.sampled_from(values)
    value = st.one_of(usual, st.sampled_from(ODD)) if name in TEXTS else usual
    forms = st.sampled_from((False, False, False, False, True))
    return st.tuples(value, forms).map(lambda drawn: _words(name, *drawn))


def _words(name: str, value: str, joined: bool) -> list[str]:
    if not joined:
        return [name, value]
    return [f"{name}={value}"] if name.startswith("--") else [name + value]


@st.composite
def calls(draw: st.DrawFn) -> list[str]:
    """A call of `next`: options before the command, the target before or after its options."""
    before = draw(st.lists(st.sampled_from(["--actor", "--timeout"]).flatmap(option), max_size=2))
    target = draw(st.one_of(st.sampled_from(TARGETS), st.sampled_from(TARGETS + ODD)))
    after = draw(st.lists(st.sampled_from(sorted(VALUES)).flatmap(option), max_size=4))
    words = [[target], *after] if draw(st.booleans()) else [*after, [target]]
    return [*chain.from_iterable(before), "next", *chain.from_iterable(words)]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
                quick = outcome(typer_application.run, arguments)
            slow = outcome(typer_application.run, ["--db", str(full), *call])
            assert repr(quick).replace("fast.db", "full.db") == repr(slow)
            assert ledger(fast) == ledger(full)


@pytest.mark.parametrize("name", [name for name, values in VALUES.items() if values])
@pytest.mark.parametrize("target", ["invoice", "memo", "noted"])
def test_each_value_alone_goes_the_same_way_in_both_lanes(
    name: str, target: str, template: Path, tmp_path: Path
) -> None:
    for value in [*VALUES[name], *(ODD if name in TEXTS else ())]:
        for path in tmp_path.glob("*.db*"):
            path.unlink()
        fast, full = (Path(shutil.copy(template, tmp_path / f"{lane}.db")) for lane in ("fast", "full"))
        call = ["next", target, name, value]
        quick = outcome(express.run_express, ["--db", str(fast), *call])
        if quick[0] is not None:
            slow = outcome(typer_application.run, ["--db", str(full), *call])
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
