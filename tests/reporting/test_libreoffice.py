"""The workbook of a report, opened by LibreOffice: numbers keep their zeros, and nothing is computed."""

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.book import Book
from tests.reporting.conftest import AT, STRANGE, Told

MISSING = "no LibreOffice here: apt-get install --no-install-recommends libreoffice-calc"
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
"""Comma, double quotes, UTF-8, cells as they are shown, and a file for each sheet."""


def test_libreoffice_reads_what_was_written(full: Book, told: Told, place: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip(MISSING)
    assert full("report", "audit.xlsx", "--at", AT).status == 3
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", EVERY_SHEET, "audit.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=180, cwd=place)
    sheets = told(full, "--at", AT)
    files = {path.stem.removeprefix("audit-"): path for path in place.glob("audit-*.csv")}
    assert len(files) == len(sheets)
    with files["Numbers"].open(newline="", encoding="utf-8") as file:
        said, heads, *rows = csv.reader(file)
    assert said[0].startswith("All numbers in the order of their counters")
    assert heads[0] == "Number"
    assert [row[0] for row in rows] == [row["number"] for row in sheets["numbers"]]
    assert "000003" in {row[0] for row in rows}
    with files["Voids"].open(newline="", encoding="utf-8") as file:
        assert STRANGE in {cell for row in csv.reader(file) for cell in row}
