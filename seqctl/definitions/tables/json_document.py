"""A whole file of JSON that holds a list of objects: an array, or what an interface wraps around one.

Pages of one list may stand behind one another or in an array, as tools put them together. The text is in
memory as a whole, its objects one at a time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from seqctl.definitions.tables.json_lines import DECODER, texts_of, words_of
from seqctl.definitions.tables.lines import Unreadable

LISTS = ("records", "items", "data", "results", "result", "value", "values", "entries", "rows", "ia::result")
"""Names under which systems give the list of what was asked for, if it is one of objects."""

GOES_ON = ("next", "next_page", "nextPage", "nextRecordsUrl", "next_cursor", "has_more", "hasMore")
"""Names that say, where they hold anything, that the list has other pages."""

PAGING = frozenset(
    {*GOES_ON, *("object", "url", "success", "done", "status", "count", "total", "total_count", "totalSize")}
    | {*("page", "per_page", "page_size", "limit", "offset", "cursor", "previous", "prev", "total_pages")}
)
"""Names of what stands beside the list of a page; an object with any other value is no page but a record."""

BLANKS = re.compile(r"[ \t\r\n]*")
Path = tuple[str, ...]


def is_document(first: str) -> bool:
    """Whether a file whose first line is that is one JSON text, rather than one object a line."""
    text = first.strip()
    if text.startswith("["):
        return True
    try:
        value, end = DECODER.raw_decode(text)
    except json.JSONDecodeError as error:
        # An object that goes on in the next line.
        return error.pos >= len(text)
    except (ValueError, RecursionError):
        return False
    return end == len(text) and isinstance(value, dict) and _listed(value) is not None


def is_record(first: str) -> bool:
    """Whether a line is a whole object with values of its own, as a record has that holds a list."""
    try:
        value, end = DECODER.raw_decode(first.strip())
    except (ValueError, RecursionError):
        return False
    return end == len(first.strip()) and isinstance(value, dict) and not _own(value) <= PAGING


def _own(value: dict[str, object]) -> set[str]:
    """The names of an object under which there is one value."""
    return {name for name, inner in value.items() if not isinstance(inner, dict | list)}


def _listed(value: dict[str, object], depth: int = 0) -> object:
    """The list of objects in an envelope, or None."""
    for name, inner in value.items():
        if name in LISTS and isinstance(inner, list) and all(isinstance(item, dict) for item in inner):
            return inner
        if isinstance(inner, dict) and depth < 3 and (found := _listed(inner, depth + 1)) is not None:
            return found
    return None


class JsonDocument:
    """The objects of one JSON text as texts by name. `problems` are those that are none.

    `notes` is what somebody should know of the file that was read: that it is one page of several. `single`
    is the name under which the texts of an array of texts are given; None: they are problems.
    """

    def __init__(self, text: str) -> None:
        self.single: str | None = None
        self.problems: list[tuple[int, str]] = []
        self.notes: list[str] = []
        self._text = text
        self._at = 0
        self._line = 1
        self._counted = 0
        self._last_line = 0
        self._goes_on: str | None = None
        self._beside: set[str] = set()
        self._within: set[str] = set()

    def rows(self) -> Iterator[tuple[int, dict[str, str], str]]:
        """Each object: its line, its values as texts, and its own text. Raises Unreadable.

        A list inside of an object is left out; whoever asks for it finds nothing there.
        """
        found = False
        try:
            for page in self._pages():
                self._goes_on, several = None, False
                self._beside, self._within = set(), set()
                for started in page:
                    found = True
                    before = several
                    for row in self._objects(started):
                        if before:
                            words = "the file holds two lists of objects, and nothing says which is meant"
                            raise Unreadable(row[0], f"{words}; keep one of them")
                        several = True
                        yield row
                self._check_meaning()
        except (ValueError, RecursionError) as error:
            place = error.pos if isinstance(error, json.JSONDecodeError) else self._at
            place = min(place, len(self._text.rstrip()) - 1)
            raise Unreadable(self._line_at(place), words_of(error)) from error
        if not found:
            names = ", ".join(LISTS[:3])
            raise Unreadable(1, f"the file holds no list of objects, under a name such as {names}")
        if self._goes_on is not None:
            self.notes.append(f"{self._goes_on!r} says that the list goes on: read the other pages with it")

    def _check_meaning(self) -> None:
        """Refuse one record that holds a list: what it says of itself would be taken from its parts."""
        both = sorted((self._beside & self._within) - PAGING)
        if both:
            words = f"{both[0]!r} stands beside the list and in its objects, and nothing says which is meant"
            raise Unreadable(1, f"{words}; put one record in an array: [...]")

    def _pages(self) -> Iterator[Iterator[int]]:
        """Where the list of each page begins; what is behind it is read after it was."""
        self._skip()
        yield from self._page()
        self._skip()
        while self._at < len(self._text):
            if self._text[self._at] != "[" and not self._is_page(self._at):
                raise json.JSONDecodeError("Extra data", self._text, self._at)
            yield from self._page()
            self._skip()

    def _page(self) -> Iterator[Iterator[int]]:
        """The list of the text that begins here; of an array of pages those of each."""
        if self._text[self._at : self._at + 1] != "[":
            yield self._members(0)
        elif not self._is_page(self._behind_blanks(self._at + 1)):
            yield iter((self._at,))
        else:
            self._at += 1
            while True:
                self._skip()
                if not self._is_page(self._at):
                    raise Unreadable(self._line_at(self._at), "there is no page like those before it")
                yield self._members(0)
                self._skip()
                if self._text[self._at : self._at + 1] == "]":
                    self._at += 1
                    return
                self._expect(",", "Expecting ',' delimiter")

    def _is_page(self, at: int) -> bool:
        """Whether an object begins there that is but an envelope around a list, with nothing of its own."""
        if self._text[at : at + 1] != "{":
            return False
        value, _ = DECODER.raw_decode(self._text, at)
        return _own(value) <= PAGING and _listed(value) is not None

    def _members(self, depth: int) -> Iterator[int]:
        """The members of an object; the list in it, where it stands under a name for one."""
        for name in self._names():
            following = self._text[self._at : self._at + 1]
            if following == "[" and name in LISTS and self._holds_objects():
                yield self._at
            elif following == "{" and depth < 3:
                yield from self._members(depth + 1)
            else:
                value, self._at = DECODER.raw_decode(self._text, self._at)
                if depth == 0 and not isinstance(value, list):
                    self._beside.add(name)
                if name in GOES_ON and value not in (None, False, ""):
                    self._goes_on = name

    def _names(self) -> Iterator[str]:
        """The names of an object; whoever takes one reads its value before the next."""
        self._expect("{", "Expecting an object")
        self._skip()
        if self._text[self._at : self._at + 1] == "}":
            self._at += 1
            return
        while True:
            if self._text[self._at : self._at + 1] != '"':
                raise json.JSONDecodeError("Expecting a name in double quotes", self._text, self._at)
            name, self._at = DECODER.raw_decode(self._text, self._at)
            self._skip()
            self._expect(":", "Expecting ':' delimiter")
            self._skip()
            yield name
            self._skip()
            if self._text[self._at : self._at + 1] == "}":
                self._at += 1
                return
            self._expect(",", "Expecting ',' delimiter")
            self._skip()

    def _objects(self, started: int) -> Iterator[tuple[int, dict[str, str], str]]:
        """The objects of the list that begins there.

        No two have one line: where several stand in one they are counted on, so that in a text of a single
        line it is the place of an object in the list.
        """
        self._at, line = started + 1, self._last_line
        self._skip()
        if self._text[self._at : self._at + 1] == "]":
            self._at += 1
            return
        of_texts = self.single is not None and self._text[self._at : self._at + 1] != "{"
        while True:
            at = self._at
            line = self._last_line = max(self._line_at(at), line + 1)
            value, self._at = DECODER.raw_decode(self._text, at)
            if isinstance(value, dict):
                if not self._within:
                    self._within.update(value)
                plain = {name: item for name, item in value.items() if not isinstance(item, (dict, list))}
                yield line, texts_of(plain), self._text[at : self._at]
            elif isinstance(value, str) and of_texts:
                yield line, {str(self.single): value}, self._text[at : self._at]
            else:
                self.problems.append((line, f"{self._text[at : self._at][:40]} is not an object"))
            self._skip()
            if self._text[self._at : self._at + 1] == "]":
                self._at += 1
                return
            self._expect(",", "Expecting ',' delimiter")
            self._skip()

    def _holds_objects(self) -> bool:
        """Whether the list that begins here holds objects, or nothing."""
        at = self._behind_blanks(self._at + 1)
        return self._text[at : at + 1] in ("{", "]")

    def _behind_blanks(self, at: int) -> int:
        found = BLANKS.match(self._text, at)
        return at if found is None else found.end()

    def _skip(self) -> None:
        self._at = self._behind_blanks(self._at)

    def _expect(self, character: str, words: str) -> None:
        if self._text[self._at : self._at + 1] != character:
            raise json.JSONDecodeError(words, self._text, self._at)
        self._at += 1

    def _line_at(self, place: int) -> int:
        """The line of a place that lies behind the last one that was asked for."""
        if place < self._counted:
            return self._text.count("\n", 0, place) + 1
        self._line += self._text.count("\n", self._counted, place)
        self._counted = place
        return self._line
