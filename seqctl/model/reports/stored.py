"""What a verification reads of the tables, as they stand: definitions, settings, the schema."""

from seqctl.model.classes import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class OddColumn(NamedTuple):
    """A column that does not hold what the program writes there, and what it would have written."""

    name: str
    found: object
    right: object


class StoredDefinition(NamedTuple):
    """One definition of a table; `value` is None where it cannot be read. `used` is the number of its row.

    `origin` is what other systems said of a sequence.
    """

    kind: str
    name: str
    value: "Any"
    odd: list[OddColumn]
    used: int = 0
    origin: object = None


class StoredBook(NamedTuple):
    """The book's own settings, and the instant at which it was made."""

    settings: StoredDefinition
    created_at: str


class StoredReference(NamedTuple):
    """A number with the reference that is kept beside it; whoever tampers may have written anything."""

    serial: int
    text: str
    value: int
    sequence: str
    reference: str | None


class CompiledPattern(NamedTuple):
    """A sequence with its pattern, and the compiled pattern as it is stored."""

    sequence: str
    kind: str
    pattern: str
    compiled: str


class CompiledPolicy(NamedTuple):
    """A policy with its stored form, and the one that its conditions have; None where they cannot be read."""

    id: int
    name: str
    compiled: str
    right: str | None


class OtherType(NamedTuple):
    """A set or policy that gives a document type a sequence of another one."""

    kind: str
    name: str
    document_type: str
    sequence: str
    its_type: str


class SchemaDifference(NamedTuple):
    """Something of the schema, and what is wrong: `missing`, `changed`, `strange` or `empty`."""

    kind: str
    name: str
    problem: str


class Dangling(NamedTuple):
    """A row that refers to a row that is not there: its table, its number, the other table."""

    table: str
    row: int | None
    other: str


class Surroundings(NamedTuple):
    """Where a book lies: how its file keeps what is being written, and what others could do to it.

    `file` and `folder` are what others may use or write into; `strange` is a file beside the book that cannot
    be used, `network` the kind of network file system that it lies on. None where there is nothing to say.
    """

    journal: str
    file: "OpenPlace | None"
    folder: "OpenPlace | None"
    strange: str | None
    network: str | None


class OpenPlace(NamedTuple):
    """A file or folder that others may use, and its rights."""

    path: str
    rights: int
