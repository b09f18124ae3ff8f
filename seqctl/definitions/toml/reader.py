"""Reading definition files: from TOML to what is wanted, and from a finding back to its file and line."""

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Protocol

from seqctl.definitions.toml.keys import MOST_PARTS, long_key
from seqctl.definitions.toml.lines import line_index, line_of
from seqctl.definitions.toml.sources import Source
from seqctl.model.catalogue.catalogue import BOOK_LISTS, Catalogue, Wanted
from seqctl.model.catalogue.kinds import KINDS, Kind
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.classes import field, mutable
from seqctl.model.finding import Finding, nearest
from seqctl.model.text import composed, document_type_name

FORMAT = 1
TOP_LEVEL = ("format", "book", *(kind.table for kind in KINDS.values()))
BOOK_KEYS = ("timezone", *BOOK_LISTS)
SET_KEYS = ("default", "assignments", "members")

Path = tuple[str | int, ...]


class Place(Protocol):
    """A file that definitions stand in: its name, and the line of each path within it."""

    source: Source

    def line(self, path: Path) -> int:
        """The line of the longest known part of a path."""


class _File:
    """One file while it is read: its name, and the lines of its keys, found only when one is needed."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._index: Mapping[Path, int] | None = None

    def line(self, path: Path) -> int:
        """The line of the longest known part of a path."""
        if self._index is None:
            self._index = line_index(self.source.text)
        return line_of(self._index, path)


@mutable
class DefinitionFiles:
    """What a number of files want together, and what is wrong with their shape.

    `places` says where each definition stands: its subject -> the file and the path within it.
    """

    wanted: Wanted = field(factory=Wanted)
    places: dict[tuple[str, ...], tuple[Place, Path]] = field(factory=dict)
    names: str = ""
    """The files, as the log names them."""

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the files, known before the book is asked."""
        return self.wanted.findings

    @property
    def size(self) -> int:
        """About how many definitions there are, to tell the progress by."""
        return len(self.wanted.sequences)

    def against(self, read_book: Callable[[], Catalogue]) -> Wanted:
        """What the files want of a book: these definitions, whatever it holds."""
        return self.wanted

    def claim(self, subject: tuple[str, ...], file: Place, path: Path) -> bool:
        """Note where a definition stands; false, with a finding, where it stands elsewhere already."""
        place = (file, path)
        other = self.places.setdefault(subject, place)
        if other is place:
            return True
        there, here = (f"{where.source.name}:{where.line(at)}" for where, at in (other, place))
        message = f"is defined twice: at {there} and at {here}"
        self.findings.append(Finding("invalid_definition", "error", subject, message, "keep one of them"))
        return False

    def describe(self, finding: Finding) -> str:
        """A finding as `FILE:LINE: TABLE.KEY: what is wrong; what would be right`."""
        place = self.places.get(finding.subject)
        if place is None:
            return str(finding)
        file, path = place
        return f"{file.source.name}:{file.line((*path, *finding.field))}: {finding}"


def read_definitions(sources: list[Source]) -> DefinitionFiles:
    """Read files that are meant as one set of definitions. Problems are findings, all of them at once."""
    files = DefinitionFiles(names=for_the_log(sources))
    for source in sources:
        if source.problem is not None:
            files.findings.append(source.problem)
        else:
            _FileReader(files, source).read()
    return files


class _FileReader:
    """Reads one file into the definitions of all."""

    def __init__(self, files: DefinitionFiles, source: Source) -> None:
        self.files = files
        self.file = _File(source)

    def read(self) -> None:
        data = self._parse()
        if data is None:
            return
        written = data.get("format", FORMAT)
        if type(written) is not int or written != FORMAT:
            self._top_error(("format",), f"the format {data['format']!r} is not known", "write format = 1")
        for key in data:
            if key not in TOP_LEVEL:
                self._top_error((key,), "unknown key", nearest(key, TOP_LEVEL))
        self._book(self._table(data, "book"))
        for kind in KINDS.values():
            for name, table in self._tables(data, kind.table):
                self._definition(kind, name, table)

    def _definition(self, kind: Kind, name: str, table: dict[str, object]) -> None:
        if kind.name == "sequence":
            self._sequence(composed(name), table, ("sequences", name))
        elif kind.name == "set":
            self._set(name, table)
        elif self.files.claim((kind.table, composed(name)), self.file, (kind.table, name)):
            kind.of(self.files.wanted)[composed(name)] = table

    def _parse(self) -> dict[str, object] | None:
        try:
            place = long_key(self.file.source.text)
            if place is None:
                return tomllib.loads(self.file.source.text)
            message, line = f"has a key of more than {MOST_PARTS} parts", place
        except RecursionError:
            message, line = "is nested too deeply", 1
        except ValueError as error:
            found = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
            line = int(found[1]) if found else self.file.source.text.count("\n") + 1
            message = f"is not valid TOML: {str(error)[: found.start()] if found else error}"
        subject = (f"{self.file.source.name}:{line}",)
        self.files.findings.append(Finding("invalid_definition", "error", subject, message))
        return None

    def _book(self, table: dict[str, object]) -> None:
        if not table:
            return
        for key in table:
            if key not in BOOK_KEYS:
                self._top_error(("book", key), "unknown key", nearest(key, BOOK_KEYS))
        given = [("book", key) for key in BOOK_KEYS if key in table]
        named = [path[1] for path in given if self.files.claim(path, self.file, path)]
        self.files.places.setdefault(("book",), (self.file, ("book",)))
        self.files.wanted.book.update((key, table[key]) for key in named if key in BOOK_LISTS)
        timezone = table.get("timezone") if "timezone" in named else None
        if isinstance(timezone, str):
            self.files.wanted.timezone = timezone
        elif timezone is not None:
            self._error(("book",), ("timezone",), f"{timezone!r} is not a text")

    def _sequence(self, name: str, table: dict[str, object], path: Path) -> None:
        if not self.files.claim(("sequences", name), self.file, path):
            return
        fields = dict(table)
        if fields.pop("name", None) is not None:
            message = "unknown key: the name of a sequence is the name of its table"
            self._error(("sequences", name), ("name",), message, "name the table instead")
        counters = fields.pop("counters", None)
        self.files.wanted.sequences[name] = fields
        if isinstance(counters, dict):
            self.files.wanted.counters[name] = counters
        elif counters is not None:
            message = f"{counters!r} is not a table"
            self._error(("sequences", name), ("counters",), message, 'write "2026" = 43 below it')

    def _set(self, name: str, table: dict[str, object]) -> None:
        path: Path = ("sets", name)
        name = composed(name)
        subject = ("sets", name)
        if not self.files.claim(subject, self.file, path):
            return
        for key in table:
            if key not in SET_KEYS:
                self._error(subject, (key,), "unknown key", nearest(key, SET_KEYS))
        default = table.get("default", False)
        if not isinstance(default, bool):
            self._error(subject, ("default",), f"{default!r} is neither true nor false")
        owners = table.get("assignments")
        if owners is not None and not _is_list_of_texts(owners):
            self._error(subject, ("assignments",), "is not a list of texts", 'write ["account:ACME"]')
            owners = None
        members = {}
        for document_type, member in self._table(table, "members", subject).items():
            if isinstance(member, str):
                members[document_type] = composed(member)
            elif isinstance(member, dict):
                members[document_type] = self._member(path, name, document_type, member)
            else:
                message = f"{member!r} is neither a sequence's name nor a table"
                self._error(subject, ("members", document_type), message)
        texts = tuple(owners) if isinstance(owners, list) else None
        self.files.wanted.sets[name] = SequenceSet(name, members, default is True, texts)

    def _member(self, path: Path, set_name: str, written: str, table: dict[str, object]) -> str:
        """A sequence that is defined in place, and named after its set and document type."""
        document_type = document_type_name(written)
        name = f"{set_name}.{document_type}"
        fields = {"document_type": document_type, **table}
        self._sequence(name, fields, (*path, "members", written))
        return name

    def _table(
        self, data: Mapping[str, object], key: str, subject: tuple[str, ...] = ()
    ) -> dict[str, object]:
        table = data.get(key, {})
        if isinstance(table, dict):
            return table
        if subject:
            self._error(subject, (key,), f"{table!r} is not a table")
        else:
            header = f"[{key}]" if key == "book" else f"[{key}.NAME]"
            self._top_error((key,), f"{table!r} is not a table", f"write {header}")
        return {}

    def _tables(self, data: dict[str, object], key: str) -> list[tuple[str, dict[str, object]]]:
        tables = []
        for name, table in self._table(data, key).items():
            if isinstance(table, dict):
                tables.append((name, table))
            else:
                self._top_error((key, name), f"{table!r} is not a table", f"write [{key}.{name}]")
        return tables

    def _error(self, subject: tuple[str, ...], path: Path, message: str, hint: str | None = None) -> None:
        finding = Finding("invalid_definition", "error", subject, message, hint, path)
        self.files.findings.append(finding)

    def _top_error(self, path: Path, message: str, hint: str | None = None) -> None:
        """A problem outside any definition: its subject is the place in the file itself."""
        subject = (f"{self.file.source.name}:{self.file.line(path)}",)
        text = ".".join(str(part) for part in path)
        self.files.findings.append(
            Finding("invalid_definition", "error", subject, f"{text}: {message}", hint)
        )


def for_the_log(sources: list[Source]) -> str:
    """The names of the files in one line, whatever characters a file system allows."""
    names = ", ".join(source.name for source in sources)[:255]
    return "".join(character if character.isprintable() else "?" for character in names)


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
