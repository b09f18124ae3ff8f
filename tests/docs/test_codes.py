"""The table of exit statuses in docs/scripts.md: every code that is raised by its name stands in its row."""

import ast
import re
from pathlib import Path

import pytest

from seqctl.errors import (
    ConfirmationNeeded,
    DatabaseUnusable,
    InvalidInput,
    NotFound,
    Refused,
    SeqctlError,
    ServerAway,
)

ROOT = Path(__file__).parents[2]
RAISED: tuple[type[SeqctlError], ...] = (Refused, InvalidInput, DatabaseUnusable, ServerAway)


def named(kind: type[SeqctlError]) -> set[str]:
    """The codes that the program gives to errors of a class as plain texts."""
    codes = set()
    for path in (ROOT / "seqctl").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == kind.__name__
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    codes.add(str(first.value))
    return codes


def rows() -> dict[int, set[str]]:
    """The codes of the table by their exit status."""
    text = (ROOT / "docs" / "scripts.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| (\d+) \| .* \| (?:`([a-z_ ]+)`)? ?\|$", text, re.MULTILINE)
    return {int(status): set(codes.split()) for status, codes in found}


@pytest.mark.parametrize("kind", RAISED, ids=lambda kind: kind.__name__)
def test_every_code_stands_in_the_row_of_its_exit_status(kind: type[SeqctlError]) -> None:
    codes = named(kind)
    assert codes
    assert codes - rows()[kind.exit_status] == set()


def test_codes_that_a_class_gives_stand_in_the_table() -> None:
    for error in (NotFound(""), ConfirmationNeeded("")):
        assert error.code in rows()[error.exit_status]
