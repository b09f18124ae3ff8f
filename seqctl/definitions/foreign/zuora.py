"""Sequence sets of Zuora Billing.

Each document type of a set has a prefix and a run of numbers of its own. A prefix stands for one run: a set
that names the prefix of another set for the same document type draws from the sequence of that one.
"""

import re

from seqctl.definitions.foreign.envelope import Envelope
from seqctl.definitions.foreign.reading import Reading
from seqctl.definitions.foreign.record import Record
from seqctl.model.catalogue import Wanted
from seqctl.model.finding import nearest
from seqctl.model.sequence_set import SequenceSet
from seqctl.model.text import document_type_name

ENVELOPE = Envelope(("sequenceSets",), ("success", "processId", "reasons", "size"), ("nextPage",))
KEYS: dict[str, str] = {}
BOOKKEEPING = (
    "id",
    "success",
    "createdById",
    "createdDate",
    "createdOn",
    "updatedById",
    "updatedDate",
    "updatedOn",
)
DEFAULT = "DEFAULT"
LONGEST_NAME = 15
DOCUMENT_TYPES = ("invoice", "creditMemo", "debitMemo", "payment", "refund")
PREFIX = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,15}", re.ASCII)
RESERVED = ("PREVIEW-", "TMP-INV-", "TMP-CM-", "TMP-DM-")
LEAST_WIDTH, MOST_LENGTH = 8, 20


def zuora_prefixes(wanted: Wanted) -> dict[str, str]:
    """The document type of each prefix: once used for a type, a prefix is never used for another."""
    return {
        str(fields["prefix"]): str(fields.get("document_type"))
        for fields in wanted.sequences.values()
        if fields.get("prefix") is not None
    }


def read(reading: Reading, records: list[Record]) -> None:
    """Read every set, and the sequences of its members, into the definitions."""
    owners: dict[str, Record] = {}
    sequences: dict[tuple[str, str], str] = {}
    # The default set first, so that it holds the sequences that others share, in whatever order they come.
    for record in sorted(records, key=lambda record: record.given("name") != DEFAULT):
        name = record.name("name")
        if name is None or not record.claim("sets", name):
            continue
        if len(name) > LONGEST_NAME:
            record.error("name", f"has {len(name)} characters", f"a set has a name of 1 to {LONGEST_NAME}")
        members = {}
        for key in DOCUMENT_TYPES:
            member = record.table(key)
            if member is not None:
                document_type = document_type_name(key)
                sequence = _member(reading, member, name, document_type, owners, sequences)
                record.stands_for(key, "members", document_type)
                if sequence is not None:
                    members[document_type] = sequence
        _refuse_other_types(record)
        if not members and not record.errors:
            record.warning("name", "the set has no document type: everything comes from the default set")
        record.finish(BOOKKEEPING)
        reading.wanted.sets[name] = SequenceSet(name, members, name == DEFAULT)


def _member(
    reading: Reading,
    member: Record,
    set_name: str,
    document_type: str,
    owners: dict[str, Record],
    sequences: dict[tuple[str, str], str],
) -> str | None:
    """The name of the sequence that serves a document type; None where the member is wrong."""
    prefix = _prefix(member)
    start = member.whole("startNumber", 1)
    start = 1 if start is None else start
    member.finish()
    if prefix is None:
        return None
    owner = owners.setdefault(prefix, member)
    name = sequences.get((prefix, document_type))
    if name is None and owner is not member:
        place = f"{owner.file.source.name}:{owner.file.line(owner.path)}"
        message = f"{prefix!r} is the prefix of another document type, at {place}"
        member.error("prefix", message, "a prefix belongs to one document type for ever")
        return None
    if name is not None:
        _share(reading, member, name, start)
        return name
    name = f"{set_name}.{document_type}"
    sequences[(prefix, document_type)] = name
    member.reading.claim(("sequences", name), member.file, member.path)
    member.file.aliases[(*member.path, "counters", "all")] = (*member.path, member.written("startNumber"))
    reading.wanted.sequences[name] = {
        "document_type": document_type,
        "prefix": prefix,
        "width": LEAST_WIDTH,
        "max_length": MOST_LENGTH,
    }
    # Where counting begins is state, as in Zuora, where it may be raised: a counter that has passed it stays
    # as it is, so that the same set can be imported again at any time.
    reading.wanted.counters[name] = {"all": start}
    return name


def _prefix(member: Record) -> str | None:
    prefix = member.text("prefix")
    if prefix is None:
        if not member.has("prefix"):
            member.error("prefix", "is missing", "give each document type of a set its prefix")
        return None
    if not PREFIX.fullmatch(prefix):
        message = f"{prefix[:60]!r} is no prefix"
        hint = "write 1 to 16 letters, digits, _ and -, beginning with a letter or digit"
        member.error("prefix", message, hint)
        return None
    if prefix in RESERVED:
        member.error("prefix", f"{prefix!r} is reserved for temporary numbers", "choose another prefix")
        return None
    return prefix


def _share(reading: Reading, member: Record, name: str, start: int) -> None:
    """A prefix that another set has: both draw from one run, which begins at the higher start."""
    counters = reading.wanted.counters[name]
    other = int(str(counters["all"]))
    if start != other:
        counters["all"] = max(start, other)
        message = (
            f"{start} is {other} where {name!r} has the same prefix; the run begins at {max(start, other)}"
        )
        member.warning("startNumber", message)


def _refuse_other_types(record: Record) -> None:
    """A member that is lost would let the default set give its numbers."""
    for key, value in record.others().items():
        if isinstance(value, dict) and "prefix" in value:
            record.given(key)
            hint = nearest(key, DOCUMENT_TYPES) or f"write one of {', '.join(DOCUMENT_TYPES)}"
            record.error(key, "is no document type of a sequence set", hint)
