"""Records from JSON Lines: one flat object a line, its numbers kept as they are written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain

from seqctl.model.text import composed


class Written(str):
    """A number as it was written: 1.10 stays 1.10."""

    __slots__ = ()


class JsonTable:
    """The lines of one JSON Lines file as texts by name. `problems` are lines that are none.

    `first` is the first line that is not blank and `started` its place in the file.
    """

    def __init__(self, lines: Iterator[str], first: str, started: int) -> None:
        self.problems: list[tuple[int, str]] = []
        self.notes: list[str] = []
        self._started = started
        self._texts = chain([first], lines)

    def rows(self) -> Iterator[tuple[int, dict[str, str], str]]:
        """Each object: its line, its values as texts, and the line itself."""
        for number, line in enumerate(self._texts, self._started):
            source = line.strip()
            if not source:
                continue
            try:
                attributes = _attributes(source)
            except (ValueError, RecursionError) as error:
                self.problems.append((number, words_of(error)))
                continue
            yield number, attributes, source


def read_object(source: str) -> dict[str, object]:
    """One line as a table of its values, its numbers as Written. Raises ValueError or RecursionError."""
    values = DECODER.decode(source)
    if not isinstance(values, dict):
        raise ValueError("the line is not a JSON object; write one object on each line")
    return values


def _attributes(source: str) -> dict[str, str]:
    """The values of one line as texts; null is not set."""
    attributes = texts_of(read_object(source))
    if "\\u" in source:
        _refuse_halves(attributes)
    return attributes


def texts_of(values: dict[str, object]) -> dict[str, str]:
    """The values of an object as texts by their names; null is not set."""
    attributes: dict[str, str] = {}
    for name, value in values.items():
        key = name if name.isascii() else composed(name)
        if isinstance(value, str):
            attributes[key] = value
        elif isinstance(value, bool):
            attributes[key] = "true" if value else "false"
        elif value is not None:
            raise ValueError(f"{name!r} holds a list or an object; values are text, numbers, true or false")
    return attributes


def _refuse_halves(attributes: dict[str, str]) -> None:
    """Refuse half a pair of UTF-16, which is not a character and could be neither stored nor written."""
    for name, value in attributes.items():
        if any("\ud800" <= character <= "\udfff" for character in name + value):
            raise ValueError(f"{name!r} holds half a character")


def _table(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) != len(pairs) or not all(map(str.isascii, values)):
        names = [composed(name) for name, _ in pairs]
        double = next((name for at, name in enumerate(names) if name in names[:at]), None)
        if double is not None:
            raise ValueError(f"the name {double!r} is a duplicate")
    return values


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is not a number in JSON")


DECODER = json.JSONDecoder(
    object_pairs_hook=_table, parse_float=Written, parse_int=Written, parse_constant=_no_number
)


def words_of(error: Exception) -> str:
    """Why a text is no JSON, in words."""
    if isinstance(error, json.JSONDecodeError):
        return f"it is not JSON: {error.msg.lower()} at character {error.colno}"
    return "the line is nested too deeply" if isinstance(error, RecursionError) else str(error)
