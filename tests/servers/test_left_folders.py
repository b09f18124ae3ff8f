"""What killed runs of these tests left in memory goes; what a run still uses stays."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres_server import LEFT, PREFIX, remove_left


def folder(memory: Path, name: str, process: int | None, age: float) -> Path:
    """A folder of a server that noted its process, with nothing new in it for some seconds."""
    made = memory / name
    (made / "data").mkdir(parents=True)
    if process is not None:
        (made / "data" / "postmaster.pid").write_text(f"{process}\n{made}/data\n")
    now = made.stat().st_mtime
    os.utime(made, (now - age, now - age))
    return made


@pytest.fixture
def gone() -> int:
    """The number of a process that was."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_only_what_nobody_uses_goes(tmp_path: Path, gone: int) -> None:
    stays = [
        folder(tmp_path, f"{PREFIX}runs", os.getpid(), LEFT + 60),
        folder(tmp_path, f"{PREFIX}begins", None, 0),
        folder(tmp_path, f"{PREFIX}between", gone, 0),
        folder(tmp_path, "another", gone, LEFT + 60),
    ]
    folder(tmp_path, f"{PREFIX}killed", gone, LEFT + 60)
    folder(tmp_path, f"{PREFIX}stopped", None, LEFT + 60)
    remove_left(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(stays)
