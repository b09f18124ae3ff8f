"""The documents: every example really runs, every command is described, every link leads somewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from seqctl.model.sequence.fields import FIELD_TABLE
from tests.docs.command_reference import DOCUMENT, every_command, reference

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
TOML = re.compile(r"```toml\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def named(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", [p for p in DOCUMENTS if CONSOLE.search(p.read_text("utf-8"))], ids=named)
def test_the_console_examples_run_as_they_stand(path: Path, shell: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "sample-configs").symlink_to(ROOT / "sample-configs")
    for block in CONSOLE.findall(path.read_text(encoding="utf-8")):
        for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            done = subprocess.run(
                ["bash", "-c", command],
                cwd=tmp_path,
                env=shell,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            shown_by_it = done.stdout if expected or done.returncode else ""
            assert shown_by_it == expected, command


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_the_definitions_in_a_document_import(path: Path, shell: dict[str, str], tmp_path: Path) -> None:
    for number, text in enumerate(TOML.findall(path.read_text(encoding="utf-8"))):
        (tmp_path / "d.toml").write_text(text, encoding="utf-8")
        done = subprocess.run(
            ["seqctl", "--db", f"{number}.db", "import", "d.toml"],
            cwd=tmp_path,
            env=shell,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_the_library_example_of_the_readme_runs(shell: dict[str, str], tmp_path: Path) -> None:
    (program,) = PYTHON.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    add = ["seqctl", "--db", "numbers.db", "sequence", "add", "invoice"]
    subprocess.run(add, cwd=tmp_path, env=shell, check=True, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**shell, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "1\n"


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_the_table_of_fields_has_every_field_with_its_default_and_its_lock() -> None:
    text = (ROOT / "docs" / "definitions.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| (.*) \| (.*) \|$", text, re.MULTILINE)
    table = {name: row[1:] for row in rows for name in re.findall(r"\w+", row[0])}
    assert list(table) == [field.name for field in FIELD_TABLE]
    for field in FIELD_TABLE:
        default, lock = table[field.name]
        rules = ("not below the highest", "its values may grow", "every number in use", "may be added")
        words = {"rule": rules}.get(field.lock, (field.lock,))
        assert any(word in lock for word in words), field.name
        assert field.default is None or f"`{field.default}`".lower() in default, field.name


def test_the_command_reference_is_the_present_help() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == reference(), "run: python tests/docs/command_reference.py"


@pytest.mark.parametrize(("path", "command"), [c[:2] for c in every_command()], ids=lambda x: str(x)[:30])
def test_every_command_says_what_it_does_and_shows_an_example(path: str, command: object) -> None:
    help, epilog = getattr(command, "help", None), getattr(command, "epilog", None)
    assert help and len(help) > 10
    assert epilog and epilog.startswith("Example: seqctl "), path


def test_the_feed_of_events_sees_each_event_once(shell: dict[str, str], tmp_path: Path) -> None:
    (script,) = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "scripts.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "feed.sh").write_text(script, encoding="utf-8")
    run = {"cwd": tmp_path, "env": shell, "check": True, "capture_output": True}
    subprocess.run(["seqctl", "sequence", "add", "invoice"], **run)  # type: ignore[call-overload]
    for expected in (3, 4):
        subprocess.run(["seqctl", "next", "invoice"], **run)  # type: ignore[call-overload]
        subprocess.run(["sh", "feed.sh"], **run)  # type: ignore[call-overload]
        told = (tmp_path / "events.csv").read_text(encoding="utf-8").splitlines()
        assert [line.partition(",")[0] for line in told] == [str(id) for id in range(1, expected + 1)]
        assert told[-1] == f"{expected},issue,invoice"
