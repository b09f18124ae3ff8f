"""The logs of golden_stories.py, byte for byte as they were written when the kinds of events were new.

A log that was written once is read for ever, so that no change of the code may change what an event says.
"""

import io
import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from textwrap import dedent

import pytest

from seqctl.__main__ import main
from seqctl.model.log.event import Event
from seqctl.model.log.events.book import Defined
from seqctl.model.log.events.kinds import KINDS, read
from seqctl.model.log.moving import MOVES
from seqctl.model.time.instant import later
from seqctl.process import Clock
from tests.audit.golden_stories import FILES, STORIES

GOLDEN = Path(__file__).parent / "golden"
OLD_BOOK = Path(__file__).parents[1] / "store" / "book-of-schema-1.sql"
DOCUMENT = (Path(__file__).parents[2] / "docs" / "log.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
DIFFERENCES = 3
"""Statuses of a call that did its work: as wished, or with something to tell."""


def log_of(path: Path) -> str:
    """The events of a book as they are stored, one a line: as text their columns, in hexadecimal the hash."""
    with closing(sqlite3.connect(path)) as connection:
        cursor = connection.execute("SELECT * FROM event ORDER BY id")
        names = [column[0] for column in cursor.description]
        events = [{**dict(zip(names, row, strict=True)), "hash": row[-1].hex()} for row in cursor]
    return "".join(f"{json.dumps(event, ensure_ascii=False)}\n" for event in events)


def golden(story: str) -> Path:
    return GOLDEN / f"{story.replace(' ', '-')}.jsonl"


@pytest.fixture
def told(place: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Tell a story, and give the book that it leaves."""
    clock = {"now": "2026-03-01T12:00:00.000000Z"}
    monkeypatch.setattr(Clock, "now", lambda self: clock["now"])
    monkeypatch.setattr("seqctl.store.sqlite.file.migrations.urandom", lambda size: bytes(range(size)))
    monkeypatch.setenv("SEQCTL_ACTOR", "ada")
    monkeypatch.setenv("SEQCTL_DB", "book.db")
    for name, text in FILES.items():
        Path(name).write_text(dedent(text), encoding="utf-8")

    def tell(story: str) -> Path:
        book = place / "book.db"
        if story == "an older schema":
            with closing(sqlite3.connect(book)) as connection:
                connection.executescript(OLD_BOOK.read_text(encoding="utf-8"))
                connection.execute("PRAGMA journal_mode = WAL")
            book.chmod(0o600)
        for line in STORIES[story].splitlines():
            match shlex.split(line):
                case []:
                    continue
                case ["at", instant]:
                    clock["now"] = f"{instant}.000000Z"
                case ["keep"]:
                    shutil.copy(book, "kept.db")
                case ["put", "back"]:
                    shutil.copy("kept.db", book)
                case words:
                    clock["now"] = later(clock["now"], 1)
                    _call(words, line, monkeypatch)
        return book

    return tell


def _call(words: list[str], line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        # The program sets the time zone of its process; here that must not outlive the call.
        patch.setenv("TZ", os.environ["TZ"])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FILES["-"].encode()), encoding="utf-8"))
        assert main(words) in (0, DIFFERENCES), line


@pytest.mark.parametrize("story", STORIES)
def test_a_story_leaves_the_same_bytes_in_a_sound_book(story: str, told: Callable[[str], Path]) -> None:
    book = told(story)
    log, path = log_of(book), golden(story)
    found = Path(path.name)
    found.write_text(log, encoding="utf-8")
    assert log == path.read_text(encoding="utf-8"), f"{found.absolute()} is the log as it is now"
    assert main(["audit", "verify"]) == 0
    head = json.loads(log.splitlines()[-1])["hash"]
    assert [_run(program, book, log) for program in PROGRAMS] == [head, "", head]


def _run(program: str, book: Path, log: str) -> str:
    """What a program of the document says of a book and of its log."""
    source = program.replace("numbers.db", str(book))
    command = [sys.executable, "-I", "-c", source]
    done = subprocess.run(command, input=log.encode(), capture_output=True, timeout=60)
    assert done.stderr == b""
    return done.stdout.decode().strip()


def events() -> list[dict[str, object]]:
    """All events of all golden logs."""
    lines = [line for story in STORIES for line in golden(story).read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines]


DEFINED_BY_FILES = ("range add", "range edit", "range remove")
"""Ranges are imported in these stories; what one command says of one is what an import says."""


def test_every_kind_of_event_occurs() -> None:
    # What moves name are places of this machine: tests/copying/test_moving.py has them.
    assert {str(event["action"]) for event in events()} == set(KINDS) - {*MOVES, "abandon", *DEFINED_BY_FILES}


def test_the_document_lists_every_kind_of_event() -> None:
    table = DOCUMENT.partition("| action | columns")[2].partition("\n\n")[0]
    listed = {name for row in table.splitlines()[2:] for name in re.findall(r"`([^`]+)`", row.split("|")[1])}
    assert listed == {name for name, kind in KINDS.items() if kind is not Defined} | {
        "import",
        "sequence add",
    }


def test_every_part_of_a_detail_that_the_document_names_occurs() -> None:
    table = DOCUMENT.partition("| action | columns")[2].partition("\n\n")[0]
    named = re.findall(r"`([a-z_]+)`", " ".join(row.split("|")[3] for row in table.splitlines()[2:]))
    states = {"reusable", "missing", "review", "blocked"}
    occurring = {key for event in events() for key in json.loads(str(event["detail"]))}
    changes = [json.loads(str(event["detail"])).get("changes", []) for event in events()]
    occurring |= {key for listed in changes for change in listed for key in change}
    turned = {json.loads(str(event["detail"])).get("to") for event in events()} - {None}
    assert set(named) - {"field", "address"} == occurring | turned
    assert turned == states


def test_every_event_is_read_back_as_it_was_written() -> None:
    """What an event says is one value, whether it is written or read."""
    for stored in events():
        event = Event(**{**stored, "hash": bytes.fromhex(str(stored["hash"]))})  # type: ignore[arg-type]
        content = read(event)
        assert content is not None
        columns = [getattr(content, name) for name in Event._fields[3:10]]
        assert (columns, content.detail()) == ([*event[3:10]], event.detail)
