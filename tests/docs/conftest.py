"""What tests of the documents share: a shell in which `seqctl` is this program."""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """An environment whose `seqctl` is this program, on a fresh book."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "seqctl"
    script.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m seqctl "$@"\n')
    script.chmod(0o755)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SEQCTL")}
    book = {"SEQCTL_DB": str(tmp_path / "numbers.db"), "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    return {**kept, **book, "PATH": f"{folder}:{os.environ['PATH']}", "SEQCTL_ACTOR": "ada"}
