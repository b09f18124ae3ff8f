"""What `next` must not load: its start is the product's speed."""

import subprocess
import sys
from pathlib import Path

import pytest

from seqctl.__main__ import main

ROOT = Path(__file__).parents[2]
HEAVY = (
    *("typer", "click", "rich", "pydantic", "sqlite_utils", "tomli_w", "dataclasses", "typing", "re", "json"),
    *("pathlib", "hashlib", "zoneinfo", "enum", "tomllib", "importlib.metadata", "argparse", "contextlib"),
    *("inspect", "logging", "decimal", "string", "random", "tempfile", "subprocess", "locale", "difflib"),
)
CODE = """
import sys
before = set(sys.modules)
from seqctl.__main__ import main
status = main(sys.argv[1:])
sys.stderr.write(" ".join(sorted(set(sys.modules) - before)))
sys.exit(status)
"""
WITH_POLICIES = (
    '[sequences.big]\ndocument_type = "invoice"\nprefix = "BIG-"\n'
    '[policies.big]\ndocument_type = "invoice"\nsequence = "big"\n'
    'conditions = [{ field = "total", operator = "greater", value = 1000 }]\n'
)
COLD = (
    "seqctl.cli.app",
    "seqctl.definitions",
    "seqctl.model.fields",
    "seqctl.model.finding",
    "seqctl.store.port",
)


@pytest.fixture
def book(tmp_path: Path) -> str:
    path = str(tmp_path / "b.db")
    definitions = tmp_path / "d.toml"
    definitions.write_text(
        '[book]\ntimezone = "Europe/Berlin"\n'
        '[sequences.invoice]\npattern = "INV-{YYYY}-{number:5}"\nreset = "year"\n'
        'end = 9999\nwarn_at = "90%"\n'
        '[sets.default]\ndefault = true\nmembers = { invoice = "invoice" }\n'
    )
    assert main(["--db", path, "import", str(definitions)]) == 0
    return path


@pytest.mark.parametrize("extra", [[], ["--key", "k"], ["-n", "3", "--date", "2026-11-21", "--record", "R"]])
def test_next_loads_nothing_heavy(book: str, extra: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE, "--db", book, "next", "invoice", *extra],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert "INV-" in done.stdout
    loaded = done.stderr.split()
    assert "seqctl.actions.issuing" in loaded
    assert [name for name in loaded if name in HEAVY or name.startswith(COLD)] == []


@pytest.mark.parametrize(("total", "number"), [("2000", "BIG-1"), ("20", "INV-")])
def test_policies_load_nothing_heavy_either(book: str, tmp_path: Path, total: str, number: str) -> None:
    definitions = tmp_path / "policies.toml"
    definitions.write_text(WITH_POLICIES)
    assert main(["--db", book, "import", str(definitions)]) == 0
    done = subprocess.run(
        [sys.executable, "-c", CODE, "--db", book, "next", "invoice", "--attr", f"total={total}"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert done.stdout.startswith(number)
    loaded = done.stderr.split()
    assert "seqctl.actions.choosing" in loaded
    assert [name for name in loaded if name in HEAVY or name.startswith(COLD)] == []
