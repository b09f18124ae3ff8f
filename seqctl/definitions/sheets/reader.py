"""What sheets want of a book: they change the fields that they have columns for, and nothing else.

An empty cell takes a value away where the field has no default; a field that has one keeps what it has.
"""

from __future__ import annotations

from collections.abc import Callable

from seqctl.definitions.sheets.cells import counters_cell, field_cell, list_cell
from seqctl.definitions.sheets.sheet import Cells, Sheet
from seqctl.definitions.toml.reader import DefinitionFiles, for_the_log
from seqctl.model.catalogue.catalogue import Catalogue, Wanted
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.classes import replaced
from seqctl.model.finding import Finding
from seqctl.model.sequence.changes import written
from seqctl.model.sequence.fields import FIELD_BY_NAME, SHORTHAND
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.sequence.shorthand import shorthand_of
from seqctl.model.text import composed, document_type_name
from seqctl.model.value import ValueProblem

COMPUTED_DEFAULT = ("document_type", "start", "timezone")
"""Fields whose default is no fixed value: the name, the first value of the kind, the zone of the book."""


class SheetFiles(DefinitionFiles):
    """Sheets, and definition files beside them, as one import.

    `wanted`, `findings` and `places` are those of the last book that they were held `against`.
    """

    def __init__(self, files: DefinitionFiles, sheets: list[Sheet]) -> None:
        names = [*([files.names] if files.names else []), *(sheet.name for sheet in sheets)]
        super().__init__(files.wanted, files.places, for_the_log(names))
        self._files = files
        self._sheets = sheets

    @property
    def size(self) -> int:
        """About how many definitions there are, to tell the progress by."""
        return self._files.size + sum(len(sheet.rows) for sheet in self._sheets)

    def against(self, read_book: Callable[[], Catalogue]) -> Wanted:
        """What the files want of a book: a sheet changes what it has columns for."""
        book = read_book()
        wanted = self._files.wanted
        self.places = dict(self._files.places)
        self.wanted = replaced(
            wanted,
            sequences=dict(wanted.sequences),
            sets=dict(wanted.sets),
            counters=dict(wanted.counters),
            findings=list(wanted.findings),
        )
        members = _Members(self, book)
        for sheet in self._sheets:
            self.findings.extend(sheet.findings)
            for row, cells in sheet.rows:
                _Row(self, book, sheet, row, cells).read(members)
        members.put()
        return self.wanted


class _Row:
    """One row: a sequence as the book has it, with what the cells say."""

    def __init__(self, files: SheetFiles, book: Catalogue, sheet: Sheet, row: int, cells: Cells) -> None:
        self.files = files
        self.sheet = sheet
        self.row = row
        self.cells = cells
        self.name = composed(cells["name"].strip())
        self.before: Sequence | None = book.sequences.get(self.name)

    def read(self, members: _Members) -> None:
        """Take the row into what is wanted."""
        if not self.name:
            place = self.sheet.at((self.row, "name"))
            finding = Finding("invalid_input", "error", (place,), "the row names no sequence")
            self.files.findings.append(finding)
            return
        subject = ("sequences", self.name)
        if not self.files.claim(subject, self.sheet, (self.row,)):
            return
        fields = written(self.before) if self.before is not None else {}
        for name, text in self.cells.items():
            field = FIELD_BY_NAME.get(name)
            if field is None or name == "name":
                continue
            if text.strip():
                fields[name] = self._value(name, text)
            elif field.default is None and name not in COMPUTED_DEFAULT:
                fields[name] = None
        self._shorthand(fields)
        told = {name: value for name, value in fields.items() if value is not None}
        self.files.wanted.sequences[self.name] = told
        if self.cells.get("counters", "").strip():
            counters = self._value("counters", self.cells["counters"])
            if isinstance(counters, dict):
                self.files.wanted.counters[self.name] = counters
        if "set" in self.cells:
            kind = told.get("document_type") or document_type_name(self.name)
            types = [kind] if isinstance(kind, str) else list(kind) if isinstance(kind, list) else []
            members.take(self, types)

    def list_of(self, column: str) -> list[str]:
        """The texts in a cell."""
        found = self._value(column, self.cells.get(column, ""))
        return found if isinstance(found, list) else []

    def error(self, column: str, message: str, hint: str | None = None) -> None:
        """Note what is wrong with a cell."""
        subject = ("sequences", self.name)
        self.files.findings.append(Finding("invalid_definition", "error", subject, message, hint, (column,)))

    def _value(self, column: str, text: str) -> object:
        try:
            if column == "counters":
                return counters_cell(text)
            if column in ("set", "member"):
                return list_cell(text)
            return field_cell(column, FIELD_BY_NAME.get(column), text, self.sheet.read_date)
        except ValueProblem as problem:
            self.error(column, str(problem), problem.hint)
            return None

    def _shorthand(self, fields: dict[str, object]) -> None:
        """The parts of a pattern: those without a column stay as they are, and an empty cell is no part."""
        given = {part: self.cells[part] for part in SHORTHAND if self.cells.get(part, "").strip()}
        if not given:
            return
        if self.cells.get("pattern", "").strip():
            self.error(
                next(iter(given)), "cannot be combined with a pattern", "fill either the pattern or its parts"
            )
            return
        known = shorthand_of(self.before) if self.before is not None else {}
        if known is None and not all(part in self.cells for part in SHORTHAND):
            message = "the pattern has tokens beside its number, which its other parts do not tell"
            self.error(next(iter(given)), message, "give the whole pattern in the column 'pattern'")
            return
        fields.pop("pattern", None)
        for part in SHORTHAND:
            text = self.cells.get(part)
            if text is None:
                fields[part] = (known or {}).get(part)
            else:
                fields[part] = (text.strip() or None) if part == "width" else text


class _Members:
    """Which sets name the sequences of the sheets, gathered over all rows."""

    def __init__(self, files: SheetFiles, book: Catalogue) -> None:
        self.files = files
        self.book = book
        self._named: set[str] = set()
        self._wanted: dict[str, dict[str, tuple[str, _Row]]] = {}

    def take(self, row: _Row, types: list[str]) -> None:
        """What the cells `set` and `member` of a row say; without a member it is the row's own type."""
        self._named.add(row.name)
        names, members = row.list_of("set"), row.list_of("member")
        if members and not names:
            row.error("member", "is given without a set", "name the set in the column 'set'")
        if not names:
            return
        members = [document_type_name(member) for member in members] or types
        if len(names) == 1:
            names = names * len(members)
        elif len(members) == 1:
            members = members * len(names)
        if len(names) != len(members):
            message = f"there are {len(names)} sets and {len(members)} members"
            row.error("member", message, "name a document type for each set, or one for all")
            return
        for name, document_type in zip(map(composed, names), members, strict=True):
            taken = self._wanted.setdefault(name, {})
            other = taken.setdefault(document_type, (row.name, row))[1]
            if other is not row:
                place = other.sheet.at((other.row, "set"))
                message = f"set {name!r} has {other.name!r} for {document_type!r} already, at {place}"
                row.error("set", message, "a set has one sequence for each document type")

    def put(self) -> None:
        """Change the sets: members of the sequences that sheets name are as the sheets say."""
        wanted = self.files.wanted
        touched = set(self._wanted)
        touched |= {
            name for name, known in self.book.sets.items() if self._named & set(known.members.values())
        }
        for name in sorted(touched):
            given = self._wanted.get(name, {})
            beside, known = wanted.sets.get(name), self.book.sets.get(name)
            if beside is not None:
                members, default, owners = dict(beside.members), beside.default, beside.owners
            else:
                stays = known.members.items() if known is not None else ()
                members = {kind: member for kind, member in stays if member not in self._named}
                default, owners = known is not None and known.default, None
            members.update({kind: member for kind, (member, _) in given.items()})
            wanted.sets[name] = SequenceSet(name, members, default, owners)
            for _, row in given.values():
                self.files.places.setdefault(("sets", name), (row.sheet, (row.row, "set")))
