"""Line numbers for the tables, keys and array elements of a TOML text.

The standard parser gives values without positions, but an error message has to name the line.
This module walks a text which that parser has accepted and notes where each path stands. Only
positions belong here: values are never interpreted, and whether the text is valid TOML is for
the parser to say.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
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
        self._at = 0
        self._line = 1
        self._counted = 0

    def run(self) -> dict[KeyPath, int]:
        section: KeyPath = ()
        while self._skip(_BLANKS):
            header = self._take(_HEADER)
            line = self._line_at(self._at)
            key = self._key()
            if header:
                section = self._open_section(header, key, line)
                self._take(_HEADER_END)
            else:
                self._value(self._define(section, key, line))
        return self._index

    def _take(self, run: re.Pattern[str]) -> str:
        """Go behind a run of characters, which may be empty, and return it."""
        start = self._at
        self._at = run.match(self._text, start).end()  # type: ignore[union-attr]
        return self._text[start : self._at]

    def _skip(self, blanks: re.Pattern[str]) -> str:
        """Go behind blanks and comments; return the character that stands there, "" at the end."""
        while True:
            self._take(blanks)
            here = self._text[self._at : self._at + 1]
            if here != "#":
                return here
            end = self._text.find("\n", self._at)
            self._at = len(self._text) if end < 0 else end

    def _key(self) -> str:
        """Go behind a key, dotted or not, and return it as it is written."""
        start = self._at
        self._take(_BARE_KEY)
        while self._text.startswith(QUOTES, self._at):
            self._at = string_end(self._text, self._at)
            self._take(_BARE_KEY)
        key = self._text[start : self._at].strip(" \t")
        if not key:
            raise ValueError(f"no TOML statement after line {self._line}")
        return key

    def _value(self, path: KeyPath) -> None:
        """Go behind an equals sign and the value."""
        self._take(_EQUALS)
        if self._text.startswith(OPENING, self._at):
            self._walk_brackets(path)
        else:
            self._scalar()

    def _scalar(self) -> None:
        if self._text.startswith(QUOTES, self._at):
            self._at = string_end(self._text, self._at)
        elif not self._take(_BARE):
            raise ValueError(f"no TOML value after line {self._line}")

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

    def _walk_brackets(self, path: KeyPath) -> None:
        """Index what the array or inline table that begins here holds, and go behind it."""
        # A stack instead of recursion: the parser's own depth must not be too deep for this walk.
        # Whatever is deeper than the interpreter's limit the parser cannot have accepted.
        inside = _Brackets(path, self._take(_ONE) == "{")
        enclosing: list[_Brackets] = []
        while here := self._skip(_BLANKS_AND_COMMAS):
            if here in CLOSING:
                self._at += 1
                if not enclosing:
                    return
                inside = enclosing.pop()
                continue
            line = self._line_at(self._at)
            if inside.is_table:
                inner = self._define(inside.path, self._key(), line)
                self._take(_EQUALS)
            else:
                inner = inside.next_path()
                self._index[inner] = line
            if self._text.startswith(OPENING, self._at):
                enclosing.append(inside)
                inside = _Brackets(inner, self._take(_ONE) == "{")
                if len(enclosing) > sys.getrecursionlimit():
                    raise ValueError(f"values nested too deeply at line {line}")
            else:
                self._scalar()
        raise ValueError(f"no end of the value after line {self._line}")


class _Brackets:
    """An array or inline table whose end has not been seen."""

    __slots__ = ("is_table", "path", "position")

    def __init__(self, path: KeyPath, is_table: bool) -> None:
        self.path = path
        self.is_table = is_table
        self.position = -1

    def next_path(self) -> KeyPath:
        """The path of the element that comes now."""
        self.position += 1
        return (*self.path, self.position)


@lru_cache(maxsize=4096)
def _key_parts(key: str) -> tuple[str, ...]:
    if '"' in key or "'" in key:
        return tuple(_quoted_parts(key))
    return tuple(part.strip(" \t") for part in key.split(".")) if "." in key else (key,)


def _quoted_parts(key: str) -> Iterator[str]:
    at = 0
    while match := _PART.match(key, at):
        at = match.end()
        if match[1]:
            yield match[1]
        else:
            end = string_end(key, at)
            yield _decoded(key[at:end])
            at = end


def _decoded(part: str) -> str:
    if "\\" not in part:
        return part[1:-1]
    # The parser itself reads the escapes, so that both always agree on the spelling of a key.
    return str(tomllib.loads(f"key = {part}")["key"])


def string_end(text: str, start: int) -> int:
    """Where the string of TOML or JSON that begins here ends; the end of the text where nothing closes it."""
    quote = text[start]
    is_long = text.startswith(quote * 3, start)
    at = start + (3 if is_long else 1)
    while match := _STRING_END[quote, is_long].search(text, at):
        # After an odd number of backslashes the first quote belongs to the string.
        if len(match[1]) % 2 == 0:
            return match.end()
        at = match.end(1) + 1
    return len(text)


# The grammar, only as fine as finding keys and elements needs: runs of characters of one kind, so that no
# text makes them slow. Repetitions that give nothing back would say more at once, but Python 3.11.0 to
# 3.11.4 read them wrongly.
OPENING, CLOSING, QUOTES = ("[", "{"), ("]", "}"), ('"', "'")
_ONE = re.compile(r"[\s\S]")
_BLANKS = re.compile(r"[ \t\r\n]*")
# Between brackets a comma says nothing that the next item does not say.
_BLANKS_AND_COMMAS = re.compile(r"[ \t\r\n,]*")
_HEADER = re.compile(r"\[{0,2}")
_HEADER_END = re.compile(r"\]{0,2}")
_BARE_KEY = re.compile(r"[A-Za-z0-9_. \t-]*")
_EQUALS = re.compile(r"=?[ \t]*")
# Numbers, booleans, dates and times; a space may part a date from its time.
_BARE = re.compile(r"[^\r\n,#=\[\]{}\"']*")
# A part of a key; the group is empty where a quote begins one.
_PART = re.compile(r"[ \t.]*(?:([A-Za-z0-9_-]+)|(?=[\"']))")
# By quote, and whether the string may have several lines. Up to two quotes right before the three closing
# ones belong to the string.
_STRING_END = {
    ('"', False): re.compile(r'(?<!\\)(\\*)"'),
    ('"', True): re.compile(r'(?<!\\)(\\*)"{3,5}'),
    ("'", False): re.compile(r"()'"),
    ("'", True): re.compile(r"()'{3,5}"),
}
