"""Sequence sets of Zuora Billing.

Each document type of a set has a prefix and a run of numbers of its own, which is read in `runs.py`. A
set that is known changes the members that a body names; all others stay.
"""

from seqctl.definitions.foreign.envelope import Envelope
from seqctl.definitions.foreign.reading import Reading
from seqctl.definitions.foreign.record import Record
from seqctl.definitions.foreign.zuora.runs import Runs
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.finding import nearest
from seqctl.model.text import document_type_name

UPDATED = "set"
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


def read(reading: Reading, records: list[Record]) -> None:
    """Read every set, and the sequences of its members, into the definitions."""
    runs = Runs(reading)
    # The default set first, so that it holds the sequences that others share, in whatever order they come.
    for record in sorted(records, key=lambda record: record.given("name") != DEFAULT):
        name = record.name("name")
        if name is not None and record.claim("sets", name):
            _read_set(reading, record, name, runs)


def _read_set(reading: Reading, record: Record, name: str, runs: Runs) -> None:
    before = reading.book.sets.get(name)
    if before is None and len(name) > LONGEST_NAME:
        record.error("name", f"has {len(name)} characters", f"a set has a name of 1 to {LONGEST_NAME}")
    members = dict(before.members) if before is not None else {}
    for key in DOCUMENT_TYPES:
        member = record.table(key)
        if member is not None:
            document_type = document_type_name(key)
            record.stands_for(key, "members", document_type)
            sequence = runs.read(member, name, document_type, members.get(document_type))
            if sequence is not None:
                members[document_type] = sequence
    _refuse_other_types(record)
    if not members and not record.errors:
        record.warning("name", "the set has no document type: everything comes from the default set")
    record.finish(BOOKKEEPING)
    default = before.default if before is not None else name == DEFAULT
    reading.wanted.sets[name] = SequenceSet(name, members, default)


def _refuse_other_types(record: Record) -> None:
    """A member that is lost would let the default set give its numbers."""
    for key, value in record.others().items():
        if isinstance(value, dict) and ("prefix" in value or "startNumber" in value):
            record.given(key)
            hint = nearest(key, DOCUMENT_TYPES) or f"write one of {', '.join(DOCUMENT_TYPES)}"
            record.error(key, "is not a document type of a sequence set", hint)
