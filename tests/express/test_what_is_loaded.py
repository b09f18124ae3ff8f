"""What each class of calls must not load: the start of a command is its speed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from seqctl.__main__ import main
from tests.book import copy_book

ROOT = Path(__file__).parents[2]
LIBRARIES = ("typer", "click", "rich", "pydantic", "sqlite_utils", "tomli_w", "shellingham", "pygments")
HEAVY = (
    *LIBRARIES,
    *("dataclasses", "typing", "re", "json", "csv", "calendar", "pathlib", "hashlib", "zoneinfo", "enum"),
    *("tomllib", "importlib.metadata", "argparse", "contextlib", "inspect", "logging", "decimal", "string"),
    *("random", "tempfile", "subprocess", "locale", "difflib", "shlex", "datetime", "sqlite3", "ast"),
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
    "seqctl.cli.grammar",
    "seqctl.definitions",
    "seqctl.model.sequence.fields",
    "seqctl.model.finding",
    "seqctl.store.port",
)
"""What no plain `next` needs."""

PLAIN = [
    "void INV-2026-00002 --reason x",
    "confirm INV-2026-00004 --record 7",
    "release INV-2026-00005",
    "release INV-2026-00001 --reason x",
    "expire",
    "show INV-2026-00001",
    "show INV-2026-00001 --json",
    "numbers",
    "numbers invoice --json --limit 2",
    "gaps",
    "gaps invoice -o jsonl",
    "status",
    "statement",
    "peek invoice",
    "explain invoice",
    "next invoice --json",
    "reserve invoice",
    "sequence list",
    "sequence show invoice",
    "set list",
    "policy list",
    "info",
]
LEAN = [
    *PLAIN,
    *("check", "check --quick", "audit verify", "audit list", "lint", "schema", "export", "backup x.db"),
    "report x.html",
    *("sequence edit invoice --title x", "gaps block invoice INV-2026-00006 --reason x"),
    *("calendar list", "set edit default invoice=invoice"),
]


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


@pytest.fixture
def used(book: str) -> str:
    """A book with three issued and two reserved numbers of 2026."""
    day = ("--date", "2026-05-04")
    assert main(["--db", book, "next", "invoice", "-n", "3", *day]) == 0
    assert main(["--db", book, "reserve", "invoice", "-n", "2", *day]) == 0
    return book


def loaded(book: str, *words: str, status: int = 0, cwd: Path | None = None) -> list[str]:
    """The modules that one call loads, in a pipe."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, "--db", book, *words],
        capture_output=True,
        text=True,
        cwd=cwd or Path(book).parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == status, done
    return done.stderr.splitlines()[-1].split()


@pytest.mark.parametrize("extra", [[], ["--key", "k"], ["-n", "3", "--date", "2026-11-21", "--record", "R"]])
def test_next_loads_nothing_heavy(book: str, extra: list[str]) -> None:
    found = loaded(book, "next", "invoice", *extra)
    assert "seqctl.actions.issuing.issue" in found
    assert [name for name in found if name in HEAVY or name.startswith(COLD)] == []


@pytest.mark.parametrize("call", ["next invoice", "void INV-2026-00002 --reason x", "numbers"])
def test_a_file_may_be_called_after_a_server(used: str, call: str) -> None:
    copy_book(used, Path(used).parent / "postgres.db")
    found = loaded("postgres.db", *call.split(), cwd=Path(used).parent)
    assert [name for name in found if name.startswith("seqctl.store.postgres")] == []


@pytest.mark.parametrize("total", ["2000", "20"])
def test_policies_load_nothing_heavy_either(book: str, tmp_path: Path, total: str) -> None:
    definitions = tmp_path / "policies.toml"
    definitions.write_text(WITH_POLICIES)
    assert main(["--db", book, "import", str(definitions)]) == 0
    found = loaded(book, "next", "invoice", "--attr", f"total={total}")
    assert "seqctl.actions.issuing.choose_policy" in found
    assert [name for name in found if name in HEAVY or name.startswith(COLD)] == []


def test_open_reservations_load_nothing_heavy_either(used: str) -> None:
    found = loaded(used, "next", "invoice")
    assert "seqctl.actions.ledger.free" in found
    assert [name for name in found if name in HEAVY or name.startswith(COLD)] == []


@pytest.mark.parametrize("call", PLAIN)
def test_plain_calls_in_a_pipe_load_nothing_heavy(used: str, call: str) -> None:
    found = loaded(used, *call.split())
    assert "seqctl.cli.grammar.plain" in found
    assert [name for name in found if name in HEAVY] == []


@pytest.mark.parametrize("call", LEAN)
def test_no_plain_call_in_a_pipe_loads_a_library_that_it_does_not_need(used: str, call: str) -> None:
    found = loaded(used, *call.split())
    needed = {"export": ["tomli_w"]}.get(call, [])
    assert [name for name in found if name in LIBRARIES] == needed


def test_one_file_of_one_command_is_loaded(used: str) -> None:
    rooms = [
        name for name in loaded(used, "show", "INV-2026-00001") if name.startswith("seqctl.cli.numbers.")
    ]
    assert rooms == ["seqctl.cli.numbers.show"]


@pytest.mark.parametrize("line", ["seqctl ", "seqctl nu", "seqctl void --", "seqctl next ", "seqctl gaps bl"])
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_press_of_tab_loads_nothing_heavy(
    book: str, monkeypatch: pytest.MonkeyPatch, shell: str, line: str
) -> None:
    monkeypatch.setenv("SEQCTL_DB", book)
    monkeypatch.setenv("_SEQCTL_COMPLETE", f"complete_{shell}")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
    found = loaded(book)
    assert "seqctl.cli.grammar.completion" in found
    assert [name for name in found if name in HEAVY] == []


@pytest.mark.parametrize(
    ("call", "status"), [("void --help", 0), ("gaps --help", 0), ("show", 2), ("numbers --limit x", 2)]
)
def test_help_and_mistakes_load_typer_and_not_what_draws_tables(used: str, call: str, status: int) -> None:
    found = loaded(used, *call.split(), status=status)
    assert "typer" in found
    assert [
        name for name in found if name in ("rich.console", "rich.table", "pydantic", "sqlite_utils")
    ] == []
    rooms = {name for name in found if name.startswith("seqctl.cli.") and name.count(".") > 2}
    assert not rooms & {"seqctl.cli.adopting.adopt", "seqctl.cli.files.import_", "seqctl.cli.definitions.add"}


SEARCHES = """
import gc, sys
from seqctl.__main__ import main
settings = gc.get_threshold(), gc.get_freeze_count()
main(sys.argv[1:])
left_alone = (gc.get_threshold(), gc.get_freeze_count()) == settings
before = gc.get_stats()
main()
searches = sum(item["collections"] for item in gc.get_stats()) - sum(item["collections"] for item in before)
sys.stderr.write(f"{left_alone} {searches} {gc.get_freeze_count() > 1000}")
"""


def test_a_process_does_not_search_for_cycles_while_it_loads_its_code(tmp_path: Path) -> None:
    """A program that calls `main` keeps its own settings; a process of seqctl finds no cycle, nor looks."""
    book = str(tmp_path / "b.db")
    assert main(["--db", book, "sequence", "add", "invoice"]) == 0
    words = [sys.executable, "-c", SEARCHES, "--db", book, "next", "invoice"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("1\n2\n", "True 0 True")
