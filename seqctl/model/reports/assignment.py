"""Numbering many records at once: what was asked for, and what became of each record."""

from collections.abc import Callable

from seqctl.model.classes import NamedTuple, field, frozen, mutable
from seqctl.model.reports.record import Record

RECORD_KEYS = 1
"""The name space of keys that name a record of a document type, apart from those of `next --key`."""

ADDED = ("number", "sequence", "policy")
"""The columns that a numbered record gains."""


@mutable
class Batch:
    """Records of one file that want a number of the document type `target` each.

    `file` is how messages and the log name the file. `owner_columns` are (kind, column) pairs, most specific
    first. `kept` says that the records will be written with their numbers, so that a column of theirs which
    says something else must not be lost. `policy`, `set_name` or `sequence` is what all records are numbered
    by; `policy_column` names a policy for each record, none where it is blank. `decimal_comma` says how
    numbers are written that conditions compare.
    """

    target: str
    file: str
    records: list[Record]
    date_column: str | None = None
    owner_columns: tuple[tuple[str, str], ...] = ()
    by_date: bool = False
    partial: bool = False
    dry_run: bool = False
    confirmed: bool = False
    kept: bool = False
    policy: str | None = None
    policy_column: str | None = None
    set_name: str | None = None
    sequence: str | None = None
    decimal_comma: bool = False
    read_date: Callable[[str], str] = str
    """From a date as the file writes it to one as ISO does; raises ValueError with what is wrong."""
    seen_format: Callable[[], str | None] = lambda: None
    """How the dates of the file seem to be written, as far as those show that are one day alone."""


class Assigned(NamedTuple):
    """The number of one record and what chose it, in the order of ADDED."""

    number: str
    sequence: str
    policy: str | None


@frozen
class Failure:
    """Why a record got no number. `status` is the exit status that its code stands for."""

    line: int
    record: str
    code: str
    message: str
    hint: str | None
    status: int

    def words(self, file: str) -> str:
        """One line for people: where, which record, and what is wrong."""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{file}:{self.line}: record {self.record!r}: {self.code}: {self.message}{hint}"


@mutable
class Assignment:
    """What became of a batch: `assigned` stands in the order of its records, None where one failed.

    `issued` counts the numbers that are new; all others had been given before.
    """

    assigned: list[Assigned | None]
    failures: list[Failure] = field(factory=list)
    warnings: list[str] = field(factory=list)
    issued: int = 0

    def counted(self) -> str:
        """How many records got a number, had one before, and failed, in words."""
        numbered = sum(assigned is not None for assigned in self.assigned)
        words = [f"{self.issued:,} {'number' if self.issued == 1 else 'numbers'} issued"]
        if before := numbered - self.issued:
            words.append(f"{before:,} given before")
        if self.failures:
            words.append(f"{len(self.failures):,} failed")
        return ", ".join(words)
