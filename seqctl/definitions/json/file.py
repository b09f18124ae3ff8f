"""One JSON file while it is read: its data, and the lines of what stands in it."""

import json
import re

from seqctl.definitions.json.lines import JsonLines
from seqctl.definitions.toml.lines import KeyPath, line_of
from seqctl.definitions.toml.sources import Source
from seqctl.model.finding import Finding

LONGEST_NUMBER = 30
"""Digits of a number that is read as one; a longer one stays text, and is refused where it is used."""


class JsonFile:
    """A file, and the lines of its keys, found only when one is needed.

    `aliases` says which key a field of a definition was read from, so that what is found wrong with the field
    later is shown at that key.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.aliases: dict[KeyPath, KeyPath] = {}
        self._lines: JsonLines | None = None
        self._repeats = False

    @property
    def name(self) -> str:
        """How messages name it."""
        return self.source.name

    def line(self, path: KeyPath) -> int:
        """The line of the longest known part of a path."""
        for length in range(len(path), 0, -1):
            alias = self.aliases.get(tuple(path[:length]))
            if alias is not None:
                return line_of(self.lines.index, (*alias, *path[length:]))
        return line_of(self.lines.index, path)

    def at(self, path: KeyPath) -> str:
        """Where a path stands, as `FILE:LINE`."""
        return f"{self.source.name}:{self.line(path)}"

    @property
    def lines(self) -> JsonLines:
        """Where everything stands. Only for a text that was parsed."""
        if self._lines is None:
            self._lines = JsonLines(self._text())
        return self._lines

    def column(self, path: KeyPath) -> str | None:
        """Keys stand in no columns."""
        return None

    def parse(self) -> tuple[object, list[Finding]]:
        """The data, or findings that say why there are none."""
        text = self._text()
        try:
            data = json.loads(
                text,
                parse_int=_number,
                parse_constant=_no_constant,
                object_pairs_hook=self._object,
            )
        except RecursionError:
            return None, [self._finding(1, "is nested too deeply")]
        except json.JSONDecodeError as error:
            hint = "put several objects into an array: [ ..., ... ]" if error.msg == "Extra data" else None
            message = f"is not valid JSON: {error.msg} (column {error.colno})"
            return None, [self._finding(error.lineno, message, hint)]
        except _Constant as error:
            found = re.search(rf"[:\[,\s]({re.escape(str(error))})\b|^{re.escape(str(error))}", text)
            line = text.count("\n", 0, found.end()) + 1 if found else 1
            return None, [self._finding(line, f"is not valid JSON: {error} is not a number")]
        half = _half_a_character(text, data)
        if half is not None:
            line = text.count("\n", 0, half) + 1
            return None, [self._finding(line, "holds half of a surrogate pair, which is not a character")]
        if self._repeats:
            return data, [self._repeated(path) for path in self.lines.repeated]
        return data, []

    def _text(self) -> str:
        return self.source.text.removeprefix("\ufeff")

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        table = dict(pairs)
        if len(table) < len(pairs):
            self._repeats = True
        return table

    def _repeated(self, path: KeyPath) -> Finding:
        return self._finding(self.line(path), f"the key {path[-1]!r} is a duplicate", "keep one of them")

    def _finding(self, line: int, message: str, hint: str | None = None) -> Finding:
        """A problem of the file as a whole: its subject is the place in the file itself."""
        return Finding("invalid_definition", "error", (f"{self.source.name}:{line}",), message, hint)


class _Constant(ValueError):
    """NaN and the infinities, which the standard parser takes although JSON has none."""


def _no_constant(name: str) -> object:
    raise _Constant(name)


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits


def _half_a_character(text: str, data: object) -> int | None:
    """Where an escape stands for half of a surrogate pair; such a text can be neither stored nor printed."""
    found = re.search(r"\\u[dD][89a-fA-F]", text)
    if found is None:
        return None
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        alone = re.search(r"\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]", text)
        return (alone or found).start()
    return None
