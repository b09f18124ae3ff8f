"""The recipes: each script runs as it stands in docs/recipes.md, on a book that has what it is about."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

RECIPES = (Path(__file__).parents[2] / "docs" / "recipes.md").read_text(encoding="utf-8")
SCRIPTS = {
    re.match(r"# ([\w-]+)\.sh", text)[1]: text  # type: ignore[index]
    for text in re.findall(r"```sh\n(.*?)```", RECIPES, re.DOTALL)
}
UNITS = {
    re.match(r"# /etc/systemd/system/(\S+)", text)[1]: text  # type: ignore[index]
    for text in re.findall(r"```ini\n(.*?)```", RECIPES, re.DOTALL)
}
Shell = dict[str, str]


class Desk:
    """A folder with a book, in which the scripts of the recipes run."""

    def __init__(self, folder: Path, shell: Shell) -> None:
        self.folder = folder
        self.shell = shell
        for name, text in SCRIPTS.items():
            (folder / f"{name}.sh").write_text(text, encoding="utf-8")

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            words, cwd=self.folder, env=self.shell, capture_output=True, text=True, check=False
        )

    def ok(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout


@pytest.fixture
def desk(shell: Shell, tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, shell)
    desk.ok("seqctl", "sequence", "add", "invoice", "--pattern", "R2026-{number:5}")
    return desk


def test_a_script_that_asks_again_gets_one_number_for_an_order(desk: Desk) -> None:
    first = desk.ok("sh", "number-for.sh", "4711", "2026-05-04")
    assert first == desk.ok("sh", "number-for.sh", "4711", "2026-05-04") == "R2026-00001\n"
    assert desk.ok("sh", "number-for.sh", "4712", "2026-05-05") == "R2026-00002\n"
    desk.ok("seqctl", "sequence", "deactivate", "invoice")
    assert desk.run("sh", "number-for.sh", "4713", "2026-05-06").returncode == 5


def test_the_lines_for_cron_are_silent_while_all_is_well(desk: Desk) -> None:
    (table,) = re.findall(r"```text\n(MAILTO.*?)```", RECIPES, re.DOTALL)
    commands = [line.split(maxsplit=5)[5] for line in table.splitlines() if line[0].isdigit()]
    assert len(commands) == 2
    (desk.folder / "backups").mkdir()
    for command in commands:
        assert "%" not in command, "cron takes that for the end of a line"
        here = command.replace("/usr/local/bin/", "").replace("/srv/backups", "backups")
        assert desk.ok("sh", "-c", here) == ""
    assert (desk.folder / "backups" / "group.db").exists()


@pytest.mark.parametrize("name", UNITS)
def test_systemd_takes_the_units(name: str, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed: the units were not verified")
    for unit, text in UNITS.items():
        # Neither the user nor the mail service of the recipe exists here.
        fit = text.replace("/usr/local/bin/seqctl", "/bin/true").replace("User=finance\n", "")
        fit = fit.replace("OnFailure=mail-finance@%n.service\n", "")
        (tmp_path / unit).write_text(fit)
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / name)], capture_output=True, text=True, check=False
    )
    told = [line for line in done.stderr.splitlines() if name in line]
    assert not told, done.stderr


def test_a_month_is_closed_once_nothing_is_left_to_look_at(desk: Desk) -> None:
    desk.ok("seqctl", "next", "invoice", "-n", "3", "--date", "2026-04-30")
    month = ("sh", "month-end.sh", "invoice", "2026-04-01", "2026-04-30")
    (desk.folder / "documents.csv").write_text("number\nR2026-00001\nR2026-00002\n")
    refused = desk.run(*month)
    assert (refused.returncode, "R2026-00003" in refused.stdout) == (3, True)
    with (desk.folder / "documents.csv").open("a") as file:
        file.write("R2026-00003\n")
    desk.ok(*month)
    assert (desk.folder / "statement-2026-04-30.csv").read_text().count("R2026-00003") == 1
    assert desk.run("seqctl", "next", "invoice", "--date", "2026-04-30").returncode == 5


def test_a_year_gets_its_successor(desk: Desk) -> None:
    simulated = desk.ok("sh", "year-end.sh", "invoice", "invoice-2027", "2026")
    assert re.findall(r"^\S+,(R\d{4}-\d{5}),", simulated, re.MULTILINE) == ["R2026-00001", "R2027-00001"]


def test_numbers_of_another_program_come_in(desk: Desk) -> None:
    (desk.folder / "old.csv").write_text("number,date\nR2026-00007,2026-01-02\nR2026-00009,2026-01-03\n")
    shown = desk.ok("sh", "migrate.sh", "invoice", "old.csv")
    assert "R2026-00008" in shown
    assert desk.ok("seqctl", "next", "invoice", "--date", "2026-01-04") == "R2026-00010\n"


def test_backups_are_kept_and_one_is_restored(desk: Desk) -> None:
    (desk.folder / "safe").mkdir()
    desk.ok("seqctl", "next", "invoice", "--date", "2026-01-02")
    desk.ok("sh", "backup.sh", "safe")
    desk.ok("seqctl", "next", "invoice", "--date", "2026-01-02")
    (copy,) = (desk.folder / "safe").glob("book-?.db")
    told = desk.ok("sh", "restore.sh", str(copy))
    assert "R2026-00002" in told or "older_book" in told or "older" in told
    assert desk.run("seqctl", "next", "invoice", "--date", "2026-01-02").returncode == 5


def test_an_auditor_gets_a_folder(desk: Desk) -> None:
    desk.ok("seqctl", "next", "invoice", "-n", "2", "--date", "2026-01-02")
    desk.ok("sh", "audit.sh", "for-the-auditor")
    kept = {path.name: path.read_text() for path in (desk.folder / "for-the-auditor").iterdir()}
    assert kept["verified.txt"].startswith("verified ")
    assert kept["numbers.csv"].count("R2026-0000") == 2
    assert len(kept) == 7
    assert all(kept.values())


def test_every_script_is_run_by_a_test_here() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in SCRIPTS if f'"{name}.sh"' not in here] == []
