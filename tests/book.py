"""A book under test, how a test calls seqctl on it, and what a call gives back."""

import csv
import io
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypedDict, Unpack

import pytest

Rows = list[tuple[Any, ...]]
"""What SQL gives."""
Changes = Mapping[str, str | None]
"""Variables of an environment; None takes one away."""


class Given(TypedDict, total=False):
    """What a call may be given besides its words."""

    input: str | bytes | None
    env: Changes | None


@dataclass(frozen=True)
class Result:
    """What one call did: exit status, standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of a list in TSV as tables column -> text."""
        header, *rows = self.out.splitlines()
        return [dict(zip(header.split("\t"), row.split("\t"), strict=True)) for row in rows]

    @property
    def csv(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.out)))

    @property
    def error(self) -> dict[str, Any]:
        """The one object that stands on stderr under --json."""
        parsed: dict[str, dict[str, Any]] = json.loads(self.err)
        assert list(parsed) == ["error"], self.err
        return parsed["error"]


class Run(Protocol):
    """Runs seqctl in this process."""

    def __call__(self, *args: object, **given: Unpack[Given]) -> Result: ...


class Program(Protocol):
    """Runs the real program, with any option of `subprocess.run`."""

    def __call__(self, *args: object, env: Changes | None = None, **options: Any) -> Result: ...


class Shell(Protocol):
    """Runs a shell line in which `seqctl` is the real program."""

    def __call__(self, line: str, env: Changes | None = None) -> Result: ...


class Environment(Protocol):
    """Makes the environment of a child process."""

    def __call__(self, **changes: str | None) -> dict[str, str]: ...


class Sql(Protocol):
    """Runs one statement on the database as a stranger would, and gives back its rows."""

    def __call__(self, statement: str, *values: object) -> Rows: ...


Tell = Callable[[str], None]


class Book:
    """A runner bound to one database; every call starts from the same environment."""

    def __init__(self, path: Path, run: Run) -> None:
        self._path = path
        self.folder = Path(path).parent
        self.run = run

    @property
    def path(self) -> Path:
        """The file of the book."""
        return self._path

    def __call__(self, *args: object, **given: Unpack[Given]) -> Result:
        return self.run(*args, **given)

    def ok(self, *args: object, **given: Unpack[Given]) -> Result:
        """The result of a call that must succeed in silence."""
        result = self.run(*args, **given)
        assert (result.status, result.err) == (0, ""), result
        return result

    def next(self, *args: object, **given: Unpack[Given]) -> list[str]:
        """The numbers that `next` prints, in silence."""
        return self.ok("next", *args, **given).lines

    def warned(self, *args: object, **given: Unpack[Given]) -> Result:
        """The result of a call that must succeed and say something on stderr."""
        result = self.run(*args, **given)
        assert result.status == 0, result
        assert result.err.startswith("seqctl: warning: "), result
        return result

    def fails(self, status: int, code: str, *args: object, **given: Unpack[Given]) -> dict[str, Any]:
        """The error of a call that must fail, asked twice: in words, then as one JSON object."""
        spoken = self.run(*args, **given)
        assert spoken.status == status, spoken
        assert spoken.out == "", spoken
        assert "Traceback" not in spoken.err
        told = self.run("--json", *args, **given)
        assert (told.status, told.out) == (status, ""), told
        error = told.error
        assert error["code"] == code, error
        lines = [*error.get("problems", ()), f"seqctl: error: {error['message']}"]
        lines += [f"hint: {error['hint']}"] if "hint" in error else []
        assert spoken.err == "".join(f"{_visible(line)}\n" for line in lines)
        return error

    def numbers(self, *args: object) -> list[dict[str, Any]]:
        """The ledger as a list of objects."""
        listed: list[dict[str, Any]] = self.ok("numbers", "--json", *args).json
        return listed

    def texts(self, *args: object) -> list[str]:
        return [number["number"] for number in self.numbers(*args)]

    def file(self, text: str, name: str = "definitions.toml") -> str:
        """A definition file beside the database."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    def made(self, *args: object, **given: Unpack[Given]) -> Result:
        """The result of a call that must succeed, whether or not it warns of sequences that overlap."""
        result = self.run(*args, **given)
        assert result.status == 0, result
        told = [line for line in result.err.splitlines() if "and nothing chooses" not in line]
        assert told == [], result
        return result

    def load(self, text: str, *args: object) -> Result:
        """Import a definition text, in silence but for sequences that overlap."""
        return self.made("import", self.file(text), *args)


class ServerBook(Book):
    """A book on a server; `folder` has what a test puts beside it."""

    @property
    def path(self) -> Path:
        """There is no file: what a test asks of one is asked of SQLite alone."""
        pytest.skip("it is about a book in a file")


def copy_book(source: str | Path, target: str | Path) -> None:
    """Copy a book at rest with the mark beside it, as who moves a book does."""
    for ending in ("", "-mark"):
        if os.path.exists(f"{source}{ending}"):
            shutil.copy(f"{source}{ending}", f"{target}{ending}")


def _visible(text: str) -> str:
    """A line as a terminal may see it: what cannot be printed is escaped."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )
