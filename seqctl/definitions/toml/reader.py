"""Reading definition files: from TOML or JSON to what is wanted, and from a finding back to its place."""

from collections.abc import Callable, Mapping
from typing import Protocol

from seqctl.definitions.json.file import JsonFile
from seqctl.definitions.toml.dated import with_dates
from seqctl.definitions.toml.file import TomlFile
from seqctl.definitions.toml.sources import Source
from seqctl.model.catalogue.catalogue import BOOK_LISTS, Catalogue, Wanted
from seqctl.model.catalogue.kinds import KINDS, Kind
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.classes import field, mutable
from seqctl.model.finding import Finding, nearest
from seqctl.model.reports.file_problems import FileFinding
from seqctl.model.text import composed, document_type_name

FORMAT = 1
TOP_LEVEL = ("format", "book", *(kind.table for kind in KINDS.values()))
BOOK_KEYS = ("timezone", *BOOK_LISTS)
SET_KEYS = ("default", "assignments", "members")

Path = tuple[str | int, ...]


class Place(Protocol):
    """A file that definitions stand in, which knows where each path within it stands."""

    def at(self, path: Path) -> str:
        """Where the longest known part of a path stands, as people look for it: `FILE:LINE`, `FILE:CELL`."""

    def column(self, path: Path) -> str | None:
        """The heading of the column that it stands in, where there are columns."""


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
        there, here = (where.at(at) for where, at in (other, place))
        message = f"is defined twice: at {there} and at {here}"
        self.findings.append(Finding("invalid_definition", "error", subject, message, "keep one of them"))
        return False

    def describe(self, finding: Finding) -> str:
        """A finding as `FILE:LINE: TABLE.KEY: what is wrong; what would be right`."""
        place = self.places.get(finding.subject)
        if place is None:
            return str(finding)
        file, path = place
        return f"{file.at((*path, *finding.field))}: {finding}"

    def placed(self, finding: Finding) -> FileFinding:
        """The same for programs."""
        file, path = self.places.get(finding.subject, (None, ()))
        place, column, message = "", None, finding.message
        if file is not None:
            whole = (*path, *finding.field)
            place, column = file.at(whole), file.column(whole)
            message = f"{finding.place}: {message}"
        elif finding.subject:
            place = finding.subject[0]
        name, colon, where = place.rpartition(":")
        line = where.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") if colon else ""
        known = line.isascii() and line.isdigit()
        return FileFinding(
            name if known else place or None,
            int(line) if known else 1,
            column,
            finding.code,
            message,
            finding.hint,
        )


def read_definitions(sources: list[Source]) -> DefinitionFiles:
    """Read files that are meant as one set of definitions. Problems are findings, all of them at once."""
    files = DefinitionFiles(names=for_the_log([source.name for source in sources]))
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
        self.file = JsonFile(source) if source.form == "json" else TomlFile(source)

    def read(self) -> None:
        parsed, findings = self.file.parse()
        self.files.findings.extend(findings)
        if not findings:
            self._read(_without_none(parsed))

    def _read(self, data: object) -> None:
        if not isinstance(data, dict) or (self.file.source.form == "json" and _is_foreign(data)):
            self._not_ours()
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

    def _not_ours(self) -> None:
        """Tell that the file is of another kind; one that lies in a folder beside others is passed over."""
        found = self.file.source.found
        message = "holds no definitions of seqctl" + (" and is passed over" if found else "")
        hint = "what another system gives is read with --from SYSTEM"
        subject, severity = (self.file.at(()),), "warning" if found else "error"
        self.files.findings.append(Finding("invalid_definition", severity, subject, message, hint))

    def _definition(self, kind: Kind, name: str, table: dict[str, object]) -> None:
        if kind.name == "sequence":
            self._sequence(composed(name), table, ("sequences", name))
        elif kind.name == "set":
            self._set(name, table)
        elif self.files.claim((kind.table, composed(name)), self.file, (kind.table, name)):
            kind.of(self.files.wanted)[composed(name)] = self._dated(kind, name, table)

    def _dated(self, kind: Kind, name: str, table: dict[str, object]) -> dict[str, object]:
        """A policy with the dates that its conditions name; any other definition as it is."""
        given = table.get("conditions")
        if kind.name != "policy" or not isinstance(given, list):
            return table
        conditions = list(given)
        for place, condition in enumerate(given):
            try:
                conditions[place] = with_dates(condition) if isinstance(condition, dict) else condition
            except ValueError as error:
                subject = (kind.table, composed(name))
                self._error(subject, ("conditions", place, "value"), str(error), "write it as 2026-01-31")
                conditions[place] = {key: condition[key] for key in condition if key != "type"}
        return {**table, "conditions": conditions}

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
        subject = (self.file.at(path),)
        text = ".".join(str(part) for part in path)
        self.files.findings.append(
            Finding("invalid_definition", "error", subject, f"{text}: {message}", hint)
        )


def _is_foreign(data: dict[str, object]) -> bool:
    """Whether an object has none of the keys of a definition file, and others."""
    return bool(data) and not set(data) & set(TOP_LEVEL)


def _without_none(value: object) -> object:
    """Data without what JSON gives as null: nothing is said of that."""
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    return [_without_none(item) for item in value] if isinstance(value, list) else value


def for_the_log(names: list[str]) -> str:
    """The names of the files in one line, whatever characters a file system allows."""
    listed = ", ".join(names)[:255]
    return "".join(character if character.isprintable() else "?" for character in listed)


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
