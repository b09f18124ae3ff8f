"""The runs of numbers of Zuora's sequence sets: each document type and prefix has one, over all sets.

A run is a sequence. A set that changes its prefix leaves the old run as it is, and goes on behind its last
number when it comes back to it.
"""

import re
from itertools import count

from seqctl.definitions.foreign.reading import Reading
from seqctl.definitions.foreign.record import Record
from seqctl.model.catalogue.catalogue import StartNumber
from seqctl.model.pattern.compile import pattern_from_parts
from seqctl.model.pattern.compiled import NUMBER, TEXT
from seqctl.model.sequence.changes import written
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import shell_word

PREFIX = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,15}", re.ASCII)
RESERVED = ("PREVIEW-", "TMP-INV-", "TMP-CM-", "TMP-DM-")
BILLING = ("invoice", "credit_memo", "debit_memo")
LEAST_WIDTH, MOST_LENGTH = 8, 20
SYSTEM = "zuora"


class Runs:
    """The runs of the book and of the payloads while these are read."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._names: dict[tuple[str, str], str] = {}
        self._owners: dict[str, Sequence] = {}
        self._members: dict[str, tuple[str, Record]] = {}
        for name, sequence in reading.book.sequences.items():
            prefix = _text_before(sequence)
            if prefix:
                self._owners.setdefault(prefix, sequence)
                if _is_run(sequence, prefix):
                    self._names.setdefault((sequence.document_type, prefix), name)

    def read(self, member: Record, set_name: str, document_type: str, present: str | None) -> str | None:
        """The name of the sequence that serves a document type of a set; None where the member is wrong.

        `present` is the sequence that serves it so far: a member without a prefix keeps it.
        """
        start = member.whole("startNumber", 1)
        prefix = self._kept_prefix(member, present) if not member.has("prefix") else _prefix(member)
        member.finish()
        if prefix is None or not self._belongs(member, prefix, document_type):
            return None
        name = self._names.get((document_type, prefix))
        if name is None:
            name = self._names[(document_type, prefix)] = self._name(set_name, document_type, prefix)
            self._define(member, name, document_type, prefix, start if start is not None else 1)
        elif name in self.reading.wanted.sequences:
            self._share(member, name, start)
        else:
            self._go_on(member, name, prefix, start)
        return name

    def _kept_prefix(self, member: Record, present: str | None) -> str | None:
        sequence = self.reading.book.sequences.get(present or "")
        prefix = _text_before(sequence) if sequence is not None else None
        if prefix and sequence is not None and _is_run(sequence, prefix):
            return prefix
        member.error("prefix", "is missing", "give each document type of a set its prefix")
        return None

    def _belongs(self, member: Record, prefix: str, document_type: str) -> bool:
        """Whether a prefix may be used for a type: it has one for ever, over all sets."""
        if prefix.isdigit() and document_type not in BILLING:
            message = f"{prefix!r} has digits alone, which is for invoices, credit memos and debit memos"
            member.error("prefix", message, "choose a prefix with a letter")
            return False
        other, first = self._members.setdefault(prefix, (document_type, member))
        if other != document_type:
            place = f"{first.file.name}:{first.file.line(first.path)}"
            message = f"{prefix!r} is the prefix of another document type, at {place}"
            member.error("prefix", message, "a prefix belongs to one document type for ever")
            return False
        owner = self._owners.get(prefix)
        if owner is None or owner.document_type == document_type:
            return True
        message = f"{prefix!r} belongs to {owner.document_type!r} (sequence {owner.name!r})"
        hint = "a prefix belongs to one document type for ever; choose another"
        if not owner.used:
            hint += f", or take the unused sequence away: seqctl sequence remove {shell_word(owner.name)}"
        member.error("prefix", message, hint)
        return False

    def _name(self, set_name: str, document_type: str, prefix: str) -> str:
        """A name that nothing else has: the set and the type, for a later prefix with that behind it."""
        name = f"{set_name}.{document_type}"
        taken = (self.reading.book.sequences, self.reading.wanted.sequences)
        if not any(name in names for names in taken):
            return name
        name = later = f"{name}.{prefix}"
        numbers = count(2)
        while any(name in names for names in taken):
            name = f"{later}-{next(numbers)}"
        return name

    def _define(self, member: Record, name: str, document_type: str, prefix: str, start: int) -> None:
        self.reading.wanted.sequences[name] = {
            "document_type": document_type,
            "prefix": prefix,
            "width": LEAST_WIDTH,
            "max_length": MOST_LENGTH,
        }
        self._place(member, name)
        self._begin(member, name, prefix, start)

    def _go_on(self, member: Record, name: str, prefix: str, start: int | None) -> None:
        """A run that the book has stays as it is, but for where it shall begin."""
        self.reading.wanted.sequences[name] = written(self.reading.book.sequences[name])
        self._place(member, name)
        if start is not None:
            self._begin(member, name, prefix, start)

    def _place(self, member: Record, name: str) -> None:
        self.reading.files.claim(("sequences", name), member.file, member.path)
        member.file.aliases[(*member.path, "counters", "all")] = (*member.path, member.written("startNumber"))

    def _begin(self, member: Record, name: str, prefix: str, start: int) -> None:
        """Where counting begins is state, as in Zuora: the same again changes nothing, a higher one moves."""
        self.reading.wanted.counters[name] = {"all": start}
        known = self.reading.origin(SYSTEM, name).get("startNumber")
        reason = f"start number {start} of prefix {prefix} in {member.file.name}"
        self.reading.wanted.start_numbers[name] = StartNumber(known, reason)
        self.reading.remember(SYSTEM, name, startNumber=start)

    def _share(self, member: Record, name: str, start: int | None) -> None:
        """A prefix that another set has: both draw from one run, which begins at the higher start."""
        counters = self.reading.wanted.counters.get(name)
        if start is None:
            return
        if counters is None:
            self._begin(member, name, str(member.given("prefix")), start)
            return
        other = int(str(counters["all"]))
        if start != other:
            higher = counters["all"] = max(start, other)
            self.reading.remember(SYSTEM, name, startNumber=higher)
            message = f"{start} is {other} where {name!r} has the same prefix; the run begins at {higher}"
            member.warning("startNumber", message)


def _prefix(member: Record) -> str | None:
    prefix = member.text("prefix")
    if prefix is None:
        return None
    if not PREFIX.fullmatch(prefix):
        message = f"{prefix[:60]!r} is not a prefix"
        hint = "write 1 to 16 letters, digits, _ and -, beginning with a letter or digit"
        member.error("prefix", message, hint)
        return None
    if prefix in RESERVED:
        member.error("prefix", f"{prefix!r} is reserved for temporary numbers", "choose another prefix")
        return None
    return prefix


def run_prefix(sequence: Sequence) -> str | None:
    """The prefix of a sequence that writes its numbers as Zuora does; None of another one."""
    prefix = _text_before(sequence)
    return prefix if prefix and PREFIX.fullmatch(prefix) and _is_run(sequence, prefix) else None


def _text_before(sequence: Sequence) -> str | None:
    """The text in front of a number that has nothing else beside it."""
    segments = sequence.compiled.segments
    return segments[0][1] if [kind for kind, _ in segments] == [TEXT, NUMBER] else None


def _is_run(sequence: Sequence, prefix: str) -> bool:
    """Whether a sequence writes its numbers as Zuora does, with one counter for ever."""
    pattern = pattern_from_parts(prefix, "", LEAST_WIDTH)
    return sequence.pattern == pattern and sequence.reset == "never" and not sequence.scope
