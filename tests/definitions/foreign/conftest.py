"""What tests of other systems' payloads share: importing an object that is written in the test."""

import json
from collections.abc import Sequence
from typing import Protocol

import pytest

from tests.book import Book, Result


class Take(Protocol):
    """Imports objects of a system."""

    def __call__(
        self, system: str, *bodies: object, update: str | None = None, options: Sequence[str] = ()
    ) -> Result: ...


class Refuse(Protocol):
    """Imports objects of a system that are refused; gives every line that is wrong."""

    def __call__(
        self,
        system: str,
        status: int,
        code: str,
        *bodies: object,
        update: str | None = None,
        options: Sequence[str] = (),
    ) -> list[str]: ...


@pytest.fixture
def take(nowhere: Book) -> Take:
    """Import objects of a system, each in a file of its own; `update` names what they change."""

    def importing(
        system: str, *bodies: object, update: str | None = None, options: Sequence[str] = ()
    ) -> Result:
        result = nowhere.run(*arguments(nowhere, system, bodies, update), *options)
        assert result.status == 0, result
        return result

    return importing


@pytest.fixture
def refuse(nowhere: Book) -> Refuse:
    """Import objects of a system and expect a refusal; returns every line that is wrong."""

    def importing(
        system: str,
        status: int,
        code: str,
        *bodies: object,
        update: str | None = None,
        options: Sequence[str] = (),
    ) -> list[str]:
        error = nowhere.fails(status, code, *arguments(nowhere, system, bodies, update), *options)
        return error.get("problems") or [f"{error['message']}; {error.get('hint')}"]

    return importing


def arguments(nowhere: Book, system: str, bodies: Sequence[object], update: str | None) -> list[str]:
    files = [
        nowhere.file(json.dumps(body, indent=1), f"{number}.json") for number, body in enumerate(bodies, 1)
    ]
    return ["import", "--from", system, *files, *(["--update", update] if update else [])]


def fields(result: Result, name: str) -> str:
    """The fields of the change of a definition, as the list shows them."""
    (row,) = [row for row in result.rows if row["name"] == name]
    return row["fields"]


def actions(result: Result) -> dict[str, str]:
    return {f"{row['kind']} {row['name']}": row["action"] for row in result.rows}
