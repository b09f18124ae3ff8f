"""What must hold of a book and of its copy after a power cut while it moves from one file to the other."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from seqctl import open_store
from seqctl.actions import verify
from seqctl.actions.copying.leaving import address_of
from seqctl.actions.copying.move import move_book
from seqctl.actions.issuing.issue import issue
from seqctl.errors import NotFound, Refused, SeqctlError
from seqctl.model.number.request import Request
from seqctl.process import Clock
from seqctl.store.between.file_place import FilePlace
from seqctl.store.sqlite.engine import SqliteStore, open_book

from ..judging import Facts, examine

COPIED = "copy.db"
HELD = ["INV-00001", "INV-00002"]
MOVED = "numbers\t2"
"""What is printed of a move that is done."""


class LaidOut(FilePlace):
    """The place of a move, found where an image was laid out, under the name that the move knows."""

    def __init__(self, path: Path, address: str) -> None:
        super().__init__(str(path), "the judge", Clock(), 5)
        self.path, self.shown = path, address

    def opened(self) -> SqliteStore:
        """The book that it was filled with."""
        return open_book(str(self.path), "the judge", Clock(), 5)


def examine_move(path: Path) -> Facts:
    """Hold the book and its copy against each other: at most one gives numbers, and the move can be ended.

    `following` is what the copy gives, where it lives.
    """
    copy = path.with_name(COPIED)
    facts = Facts()
    try:
        lives, copy_lives = _number(path), _number(copy, UNFINISHED)
        if lives and copy_lives:
            facts.problems.append("the book and its copy both give numbers")
        facts.following = copy_lives
        facts.problems += [*examine(path, "").problems, *_ended(path, copy)]
    except (SeqctlError, sqlite3.Error) as error:
        facts.problems.append(f"it cannot be used: {error}")
    return facts


def _ended(path: Path, copy: Path) -> list[str]:
    """Move the book to the end; what is then not as it must be."""
    with open_store(str(path), actor="the judge") as source:
        with source.read() as transaction:
            address = address_of(transaction)[1] or str(copy)
        with closing(LaidOut(copy, address)) as place, suppress(Refused):
            # Refused where it is at its end, which the rest then shows.
            move_book(source, place, lambda work: None, print)
    found = ["the former book still gives numbers"] if _number(path) else []
    if _number(copy) is None:
        return [*found, "the move cannot be ended"]
    facts = examine(copy)
    with open_store(str(copy), actor="the judge") as store:
        found += [str(item) for item in verify(store).findings]
    if facts.numbers[:2] != HELD:
        found.append(f"the copy holds {facts.numbers}")
    return found + facts.problems


SILENT = ("moved", "moving")
"""Why a book that was moved gives no numbers."""
UNFINISHED = (*SILENT, "older_book")
"""Why a copy that is not finished gives none: its mark may reach the disk before its last event does."""


def _number(path: Path, silent: tuple[str, ...] = SILENT) -> str | None:
    """The number that a book gives; None where it gives none, or there is none."""
    if not path.exists() or not path.stat().st_size:
        return None
    try:
        with open_store(str(path), actor="the judge") as store:
            return issue(store, Request("invoice")).texts[0]
    except NotFound:
        return None
    except Refused as error:
        if error.code in silent:
            return None
        raise


def move_kept(facts: Facts, printed: str) -> list[str]:
    """Once a move was told of, the copy is what gives numbers."""
    return ["the move was told of and is lost"] if MOVED in printed and facts.following is None else []
