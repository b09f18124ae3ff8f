"""Files without a name, in which rows are put aside: where the system makes them, and where it does not."""

import os
import tempfile
from pathlib import Path

import pytest

from seqctl.store.aside.put_aside import PutAside, nameless_file


def test_it_leaves_nothing_in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with nameless_file() as file:
        file.write(b"abc")
        file.seek(0)
        assert file.read() == b"abc"
        assert list(tmp_path.iterdir()) == []
        assert os.fstat(file.fileno()).st_mode & 0o777 == 0o600


@pytest.mark.parametrize("without", ["the system's way", "its folder"])
def test_it_is_made_in_another_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: str) -> None:
    if without == "its folder":
        monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere"))
    else:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
        monkeypatch.setattr(tempfile, "_O_TMPFILE_WORKS", False, raising=False)
    with PutAside() as aside:
        aside.add((1, "a", None))
        aside.add([2])
        assert list(aside.items()) == list(aside.items()) == [(1, "a", None), [2]]
