"""The manual page is the present one, and man can show it."""

import shutil
import subprocess

import pytest

from seqctl.cli.grammar.commands import listed
from tests.docs.man_page import PAGE, manual


def test_the_manual_page_is_the_present_help() -> None:
    assert PAGE.read_text(encoding="utf-8") == manual(), "run: python tests/docs/man_page.py"


def test_every_command_has_a_part() -> None:
    text = manual().replace("\\-", "-")
    for item in listed():
        assert f".SS {' '.join(item.words)}" in text


def test_man_shows_it_without_a_complaint() -> None:
    groff = shutil.which("groff") or shutil.which("mandoc")
    if groff is None:
        pytest.skip("neither groff nor mandoc is installed: the manual page was not set")
    words = [groff, "-man", "-Tutf8", "-ww"] if groff.endswith("groff") else [groff, "-Tlint"]
    done = subprocess.run([*words, str(PAGE)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
