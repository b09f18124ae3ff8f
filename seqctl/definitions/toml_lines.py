"""Line numbers for the tables, keys and array elements of a TOML text.

The standard parser gives values without positions, but an error message has to name the line.
This module walks a text which that parser has accepted and notes where each path stands. Only
positions belong here: values are never interpreted, and whether the text is valid TOML is for
the parser to say.
"""

import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache

KeyPath = tuple[str | int, ...]


def line_index(text: str) -> dict[KeyPath, int]:
    """Return the 1-based line of every path in a text that tomllib has parsed without error.

    A table stands at its header or, without one, at the first key that creates it; a key where it
    is written; an array element, its position counted from 0, where it starts. `()` is line 1.
    Text that tomllib rejects gives either an incomplete index or a ValueError.
    """
    return _Walk(text).run()


def line_of(index: Mapping[KeyPath, int], path: Sequence[str | int]) -> int:
    """Return the line of the longest prefix of the path that the index knows."""
    for length in range(len(path), 0, -1):
        line = index.get(tuple(path[:length]))
        if line is not None:
            return line
    return index.get((), 1)


class _Walk:
    """One pass over a text, from its first statement to its last."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._index: dict[KeyPath, int] = {(): 1}
        # For each array of tables the position of its newest element: the one later headers mean.
        self._newest: dict[KeyPath, int] = {}
        self._line = 1
        self._counted = 0

    def run(self) -> dict[KeyPath, int]:
        section: KeyPath = ()
        offset = 0
        while match := _STATEMENT.match(self._text, offset):
            header, key, bracket = match.groups()
            if key is None:
                return self._index
            offset = match.end()
            line = self._line_at(match.start(2))
            if header:
                section = self._open_section(header, key, line)
                continue
            path = self._define(section, key, line)
            if bracket:
                offset = self._walk_brackets(path, bracket, offset)
        raise ValueError(f"no TOML statement after line {self._line}")

    def _line_at(self, offset: int) -> int:
        # Counting on from the previous call, never from the start, keeps the pass linear.
        self._line += self._text.count("\n", self._counted, offset)
        self._counted = offset
        return self._line

    def _open_section(self, header: str, key: str, line: int) -> KeyPath:
        *parents, last = _key_parts(key)
        path = (*self._descend((), parents, line), last)
        if header == "[":
            # The header wins over a child table that mentioned this table earlier.
            self._index[path] = line
            return path
        self._index.setdefault(path, line)
        self._newest[path] = self._newest.get(path, -1) + 1
        element = (*path, self._newest[path])
        self._index[element] = line
        return element

    def _define(self, table: KeyPath, key: str, line: int) -> KeyPath:
        parts = _key_parts(key)
        if len(parts) > 1:
            table = self._descend(table, parts[:-1], line)
        path = (*table, parts[-1])
        self._index[path] = line
        return path

    def _descend(self, table: KeyPath, parts: Sequence[str], line: int) -> KeyPath:
        for part in parts:
            table = (*table, part)
            self._index.setdefault(table, line)
            if table in self._newest:
                table = (*table, self._newest[table])
        return table

    def _walk_brackets(self, path: KeyPath, bracket: str, offset: int) -> int:
        """Index what the array or inline table opened before the offset holds; return its end."""
        # A stack instead of recursion: the parser's own depth must not be too deep for this walk.
        # Whatever is deeper than the interpreter's limit the parser cannot have accepted.
        enclosing: list[tuple[KeyPath, int]] = []
        position = 0
        while match := _ITEM.match(self._text, offset):
            closing, key, bracket = match.group(2, 3, 4)
            offset = match.end()
            if closing:
                if not enclosing:
                    return offset
                path, position = enclosing.pop()
                continue
            line = self._line_at(match.start(1))
            if key is not None:
                inner = self._define(path, key, line)
            else:
                inner = (*path, position)
                self._index[inner] = line
                position += 1
            if bracket:
                enclosing.append((path, position))
                path, position = inner, 0
                if len(enclosing) > sys.getrecursionlimit():
                    raise ValueError(f"values nested too deeply at line {line}")
        raise ValueError(f"no end of the value after line {self._line}")


@lru_cache(maxsize=4096)
def _key_parts(key: str) -> tuple[str, ...]:
    if '"' in key or "'" in key:
        return tuple(_decoded(part) for part in _PART.findall(key))
    return tuple(part.strip(" \t") for part in key.split(".")) if "." in key else (key,)


def _decoded(part: str) -> str:
    if part[0] not in "\"'":
        return part
    if "\\" not in part:
        return part[1:-1]
    # The parser itself reads the escapes, so that both always agree on the spelling of a key.
    return str(tomllib.loads(f"key = {part}")["key"])


# The grammar, only as fine as finding keys and elements needs. Every repetition is possessive and
# every alternative is told by its first character, so that no text makes the expressions slow.
_SPACE = r"[ \t]*+"
_FILL = r"(?:[ \t\r\n]++|#[^\n]*+)*+"
# Between brackets a comma says nothing that the next item does not say.
_COMMA_FILL = r"(?:[ \t\r\n,]++|#[^\n]*+)*+"
_BASIC = r'"(?!"")(?:[^"\\\n]++|\\.)*+"'
_LITERAL = r"'(?!'')[^'\n]*+'"
# Up to two quotes right before the three closing ones belong to the string.
_LONG_BASIC = r'"""(?:[^"\\]++|\\[\s\S]|"(?!""))*+"{3,5}+'
_LONG_LITERAL = r"'''(?:[^']++|'(?!''))*+'{3,5}+"
# Numbers, booleans, dates and times; a space may part a date from its time.
_BARE = r"[^\r\n,#=\[\]{}\"']++"
_VALUE = rf"(?:([\[{{])|{_BARE}|{_BASIC}|{_LITERAL}|{_LONG_BASIC}|{_LONG_LITERAL})"
_KEY_PART = rf"(?:[A-Za-z0-9_-]++|{_BASIC}|{_LITERAL})"
_KEY = rf"({_KEY_PART}(?:{_SPACE}\.{_SPACE}{_KEY_PART})*+){_SPACE}"

_PART = re.compile(_KEY_PART)
# Groups: opening of a header, key, opening bracket of the value; none of them at the end of text.
_STATEMENT = re.compile(
    rf"{_FILL}(?:(\[\[?+)?{_SPACE}{_KEY}(?:={_SPACE}{_VALUE}|\]{{1,2}}+)|\Z)",
)
# Groups: the item, closing bracket, key inside an inline table, opening bracket of the value.
_ITEM = re.compile(rf"{_COMMA_FILL}(([\]}}])|(?:{_KEY}={_SPACE})?{_VALUE})")
