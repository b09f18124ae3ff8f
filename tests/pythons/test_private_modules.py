"""What seqctl takes from modules that Python promises to nobody: without them it does the same."""

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.book import Book, Environment

PACKAGE = Path(__file__).parents[2] / "seqctl"

PRIVATE = [
    "_ctypes",
    "_datetime",
    "_json",
    "_sqlite3",
    "_sha2",
    "_sha256",
    "_thread",
    "re._parser",
    "re._compiler",
]

WITHOUT = """
import builtins, importlib, sys
hidden = sys.argv.pop(1).split(",")
standard = builtins.__import__, importlib.import_module

def imported(name, globals=None, locals=None, fromlist=(), level=0):
    if name in hidden and globals and globals["__name__"].startswith("seqctl"):
        raise ModuleNotFoundError(name)
    return standard[0](name, globals, locals, fromlist, level)

def import_module(name, package=None):
    if name in hidden:
        raise ModuleNotFoundError(name)
    return standard[1](name, package)

builtins.__import__, importlib.import_module = imported, import_module
from seqctl.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
"""A start in which seqctl finds some modules no more. The public ones have other ways to do without them."""

BOOK = """
[sequences.large]
document_type = "invoice"
pattern = "L-{number}"
[sequences.small]
document_type = "invoice"
pattern = "S-{number}"
[policies.large]
document_type = "invoice"
sequence = "large"
conditions = [{ field = "customer", operator = "matches", value = "^(key|KEY)-[0-9]+$" }]
[policies.small]
document_type = "invoice"
sequence = "small"
conditions = [{ field = "customer", operator = "matches", value = "^walk-?in" }]
"""


def imported(path: Path) -> set[str]:
    """The private modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module))
        elif isinstance(node, ast.Call) and "import_module" in ast.unparse(node.func):
            found.update(str(part.value) for part in node.args if isinstance(part, ast.Constant))
    return {
        name
        for name in found
        if any(part.startswith("_") and not part.startswith("__") for part in name.split("."))
    }


def test_all_private_modules_are_known_here() -> None:
    assert set().union(*map(imported, PACKAGE.rglob("*.py"))) == set(PRIVATE)


@pytest.fixture
def without(environment: Environment) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run seqctl in a Python that has no such modules: `without(names, *args)`."""

    def call(
        names: list[str], *args: str, env: None = None, **options: Any
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", WITHOUT, ",".join(names), *map(str, args)],
            env=environment(**(env or {})),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            **options,
        )

    return call


@pytest.mark.parametrize(
    "names",
    [*([name] for name in PRIVATE), PRIVATE],
    ids=lambda names: names[0] if len(names) == 1 else "all",
)
def test_without_a_private_module_the_same_is_done(
    names: list[str], nowhere: Book, without: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    file = nowhere.file(BOOK)

    def done(*args: str) -> str:
        result = without(names, *args)
        assert (result.returncode, result.stderr) == (0, ""), result
        return result.stdout

    done("import", file)
    assert done("next", "invoice", "--attr", "customer=KEY-7", "--date", "2026-05-04") == "L-1\n"
    assert done("next", "invoice", "--attr", "customer=walk-in", "-n", "2") == "S-1\nS-2\n"
    done("void", "S-1", "--reason", "misprint")
    done("check")
    done("audit", "verify")
    # What was written by it is what any other Python reads and goes on with.
    assert nowhere.next("invoice", "--attr", "customer=walkin") == ["S-3"]
    nowhere.ok("audit", "verify")


def test_what_cannot_be_followed_is_refused_by_the_standard_engine_too(
    nowhere: Book, without: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    file = nowhere.file(BOOK.replace("^walk-?in", "^(?=walk)"))
    result = without(["re._parser", "re._compiler"], "import", file)
    assert result.returncode == 6
    assert "looks ahead or behind" in result.stderr
    assert "Traceback" not in result.stderr


def test_without_the_module_of_threads_a_writer_waits_for_its_turn(
    invoices: Book, environment: Environment
) -> None:
    """Writers that meet need an usher, the one part that starts threads."""
    count, writers = 20, 3
    loop = f"[main(['next', 'invoice']) for _ in range({count})]"
    code = WITHOUT.replace("sys.exit(main(sys.argv[1:]))", f"sys.exit(max({loop}))")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, "_thread"],
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(writers)
    ]
    printed = []
    for process in started:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")
        printed += out.splitlines()
    assert sorted(printed) == [f"INV-{number:05}" for number in range(1, count * writers + 1)]
