"""The programs of docs/log.md, run as they stand, on a book in which everything happened."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.audit.conftest import Tamper
from tests.book import Book

DOCUMENT = (Path(__file__).parents[2] / "docs" / "log.md").read_text(encoding="utf-8")
EXPORT, ROWS, CHAIN = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)


@pytest.fixture
def python(old: Book) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run a program beside the book, with nothing but the standard library."""

    def run(program: str, given: str = "") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-I", "-c", program.replace("numbers.db", str(old.path))],
            input=given.encode("utf-8"),
            capture_output=True,
            timeout=60,
        )

    return run


def test_the_exported_chain_verifies(
    old: Book, python: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    done = python(EXPORT, old.ok("audit", "list", "-o", "jsonl").out)
    assert (done.stderr, done.stdout.decode()) == (b"", old.ok("audit", "head").out)


@pytest.mark.parametrize("line", [0, 7, 38])
def test_an_edited_export_does_not_verify(
    old: Book, python: Callable[..., subprocess.CompletedProcess[bytes]], line: int
) -> None:
    lines = old.ok("audit", "list", "-o", "jsonl").lines
    lines[line] = lines[line].replace('"ada"', '"eve"')
    done = python(EXPORT, "\n".join(lines))
    assert f"the chain is broken at event {line + 1}" in done.stderr.decode()


def test_the_chain_in_the_file_verifies(
    old: Book, python: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    assert python(CHAIN).stdout.decode() == old.ok("audit", "head").out


def test_the_rows_verify(python: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    assert python(ROWS).stderr == b""


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE number SET record = 'x' WHERE text = 'INV-2026-002'", None),
        ("UPDATE number SET date = '2020-01-01' WHERE text = 'INV-2026-001'", "the numbers of event 5 are"),
        ("DELETE FROM number WHERE text = 'OLD-4'", "the numbers of event 36 are"),
        ("UPDATE number SET event_id = 1 WHERE text = 'N111'", "the numbers of event 23 are"),
        (
            "INSERT INTO number SELECT 99, counter_id, 99, 'X', uniqueness_id, date, state, record, key,"
            " key_space, policy, set_name, reused, expires_at, 1, NULL, NULL, NULL FROM number"
            " WHERE serial = 1",
            "no event wrote the numbers of [1]",
        ),
    ],
)
def test_changed_rows_do_not_verify(
    tamper: Tamper,
    python: Callable[..., subprocess.CompletedProcess[bytes]],
    statement: str,
    message: str | None,
) -> None:
    """What was changed after an event changed the row is left to `audit verify`: the program looks at rows
    as they were written."""
    tamper(statement)
    said = python(ROWS).stderr.decode()
    assert (message in said) if message else said == ""


def test_the_page_names_every_kind_of_finding() -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for pattern in ("actions/audit/*.py", "model/log/chain/*.py", "model/log/replay/*.py")
        for path in (Path(__file__).parents[2] / "seqctl").glob(pattern)
    ]
    codes = set(
        re.findall(
            r'"((?:number|gap|counter|closing|event)_[a-z]+|edited|deleted|inserted|reordered)"',
            "".join(sources),
        )
    )
    codes -= {"event_id", "counter_id"}
    assert {code for code in codes if f"`{code}`" not in DOCUMENT} == set()
