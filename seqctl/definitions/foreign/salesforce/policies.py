"""Sequence policies of Salesforce Revenue Cloud Billing, with their conditions and gap records.

A policy is two things at once: how numbers are counted and written, and which records they are for. It
becomes a sequence and a policy of the same name. How numbers are written is read in `pattern.py`,
which records it chooses in `selection.py`. A query gives policies, conditions and gap records as
lists of their own, which `objects.py` joins. A body changes the fields that it names.
"""

import re
from datetime import date, datetime

from seqctl.definitions.foreign.envelope import Envelope
from seqctl.definitions.foreign.reading import Reading
from seqctl.definitions.foreign.record import Record
from seqctl.definitions.foreign.salesforce.objects import BOOKKEEPING, SYSTEM, Objects, read_gaps
from seqctl.definitions.foreign.salesforce.pattern import PATTERN_KEYS, read_pattern
from seqctl.definitions.foreign.salesforce.selection import (
    CONDITION_LISTS,
    merged_conditions,
    read_selection,
    refuse_lost_conditions,
)
from seqctl.definitions.foreign.salesforce.writer import GROUPS, OBJECT_KEYS, OPERATORS, SELECTION, payload
from seqctl.model.policy.check import check_policy
from seqctl.model.policy.shown import written_policy
from seqctl.model.sequence.changes import written
from seqctl.model.sequence.check import check_sequence
from seqctl.model.text import composed, document_type_name

UPDATED = "policy"
ENVELOPE = Envelope(
    ("records", "sequencePolicies", "result"),
    ("totalSize", "count", "success", "errors", "attributes", "status", "warnings"),
    ("nextRecordsUrl", "done"),
)
KEYS = {
    "incrementByNumber": "incrementNumber",
    **dict.fromkeys(CONDITION_LISTS, "selectionCondition"),
}
OWN = ("attributes", "id", *BOOKKEEPING)
MODES = {"basic": "standard", "gapless": "gapless"}


def read(reading: Reading, records: list[Record]) -> None:
    """Read every policy into the definitions, then conditions and gap records of policies elsewhere."""
    objects = Objects(reading, records)
    for record in objects.policies:
        name = record.name("name")
        known = reading.book.policies.get(name or "")
        # A policy of the book may have been given another sequence since.
        counted = known.sequence if known is not None else name
        if name is None or counted is None or not record.claim("sequences", counted):
            continue
        sequence = _Sequence(reading, record, counted).read()
        record.claim("policies", name)
        policy = _policy(reading, record, name, objects.conditions_of(record, name))
        if record.has("id"):
            reading.remember(SYSTEM, counted, id=str(record.given("id")))
        refuse_lost_conditions(record, BOOKKEEPING)
        record.finish(BOOKKEEPING)
        reading.wanted.sequences[counted] = sequence
        # What is wrong with a policy has been said; checking what is left of it would only say it again.
        if not record.errors:
            reading.wanted.policies[name] = policy
            _keep_words(reading, record, counted)
    for name, rows in objects.other_conditions():
        known = reading.book.policies[name]
        conditions = merged_conditions(rows, known)
        reading.files.places[("policies", name)] = (rows[0].file, rows[0].path)
        reading.wanted.policies[name] = {**written_policy(known), "conditions": conditions}
    read_gaps(reading, objects)


def _keep_words(reading: Reading, record: Record, counted: str) -> None:
    """Keep how the body spells what the definitions hold, and which form of the two interfaces it has."""
    name = str(record.text("name") or reading.update or "")
    fields = reading.wanted.policies.get(composed(name), {})
    policy, _ = check_policy(name, fields)
    sequence, _ = check_sequence(counted, reading.wanted.sequences[counted], reading.calendars())
    if (
        policy is None
        or sequence is None
        or any(item.operator not in OPERATORS for item in policy.conditions)
    ):
        return
    said = record.body((*OWN, *(() if record.says("selectionCondition") else SELECTION)))
    reading.keep_words(SYSTEM, counted, said, payload(name, sequence, policy), GROUPS)
    if record.says("name"):
        as_object = record.written("name") == "Name"
        keys = {key: record.written(key) for key in OBJECT_KEYS if record.says(key)}
        usual = {key: OBJECT_KEYS[key] if as_object else key for key in keys}
        other = {key: written_key for key, written_key in keys.items() if written_key != usual[key]}
        form = "object" if as_object else None
        reading.remember(SYSTEM, counted, form=form, keys=other or None)


class _Sequence:
    """How the numbers of one policy are counted and written. The date stamp never restarts the counter."""

    def __init__(self, reading: Reading, record: Record, name: str) -> None:
        self.reading = reading
        self.record = record
        self.before = reading.book.sequences.get(name)
        self.fields: dict[str, object] = written(self.before) if self.before is not None else {}

    def read(self) -> dict[str, object]:
        """The fields as a definition file writes them."""
        record, fields = self.record, self.fields
        if self._named("targetObject"):
            fields["document_type"] = _document_type(record)
        if self._named(*PATTERN_KEYS):
            fields["pattern"] = read_pattern(self.reading, record, fields, self.before)
        if self._named("sequenceStartNumber"):
            fields["start"] = record.whole("sequenceStartNumber")
        if self._named("incrementNumber"):
            fields["step"] = record.whole("incrementNumber", 1)
        if self._named("maximumSequenceNumber"):
            fields["end"] = record.whole("maximumSequenceNumber")
        if self._named("sequenceMode"):
            fields["mode"] = _mode(record)
        if self._named("timeZone"):
            fields["timezone"] = record.text("timeZone") or None
        for key, field in (
            ("targetObject", "document_type"),
            ("sequencePattern", "pattern"),
            ("sequenceStartNumber", "start"),
            ("incrementNumber", "step"),
            ("maximumSequenceNumber", "end"),
            ("timeZone", "timezone"),
            ("name", "name"),
        ):
            record.stands_for(key, field)
        return _without_none(fields)

    def _named(self, *keys: str) -> bool:
        """Whether fields are to be read: of a new policy all, of a known one what the body names."""
        return self.before is None or self.record.says(*keys)


def _policy(reading: Reading, record: Record, name: str, rows: list[Record]) -> dict[str, object]:
    """Which records the numbers are for. `rows` are conditions from elsewhere than the policy itself."""
    before = reading.book.policies.get(name)
    fields: dict[str, object] = {"sequence": name}
    if before is not None:
        fields = written_policy(before)
    if before is None or record.says("targetObject"):
        fields["document_type"] = document_type_name(record.text("targetObject") or "") or None
    if before is None or record.says("description"):
        fields["description"] = record.text("description") or None
    if before is None or record.says("isActive"):
        fields["status"] = _status(record)
    if before is None or record.says("timeZone"):
        fields["timezone"] = record.text("timeZone") or None
    for key, field in (
        ("effectiveFromDateTime", "effective_from"),
        ("expirationDateTime", "effective_until"),
    ):
        if before is None or record.says(key):
            fields[field] = _moment(record, key)
        record.stands_for(key, field)
    fields["conditions"], fields["logic"] = read_selection(record, rows, before, fields.get("timezone"))
    _warn_of_all_records(record, fields)
    for key, field in (
        ("name", "name"),
        ("description", "description"),
        ("timeZone", "timezone"),
        ("selectionLogic", "logic"),
        ("selectionCondition", "conditions"),
    ):
        record.stands_for(key, field)
    return _without_none(fields)


def _warn_of_all_records(record: Record, fields: dict[str, object]) -> None:
    """A queried policy without conditions may have them in a query of their own."""
    if record.has("attributes") and not fields.get("conditions") and fields.get("status") == "active":
        message = "no conditions came with it, so that it matches every record of its type"
        hint = "import its conditions beside it: a query of SeqPolicySelectionCondition"
        record.warning("name", message, hint)


def _document_type(record: Record) -> str | None:
    target = record.text("targetObject")
    if not target:
        record.error("targetObject", "is missing", "write Invoice or CreditMemo")
        return None
    return document_type_name(target)


def _mode(record: Record) -> str:
    """Basic leaves gaps; only Gapless gives freed numbers out again."""
    given = record.text("sequenceMode")
    mode = MODES.get((given or "basic").lower())
    if not given:
        record.warning("sequenceMode", "is missing; Basic is taken")
    if mode is None:
        record.error("sequenceMode", f"{given!r} is neither Basic nor Gapless")
    return mode or "standard"


def _status(record: Record) -> str:
    """A policy that does not say so is a draft, as in Salesforce."""
    if not record.has("isActive"):
        record.warning("isActive", "is missing; the policy is imported as inactive")
    return "active" if record.flag("isActive") else "inactive"


def _moment(record: Record, key: str) -> str | None:
    """An end of the window: a date stays one, an instant keeps its offset.

    Without an offset it is meant in the policy's time zone.
    """
    given = record.text(key)
    if not given:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", given, re.ASCII):
            return date.fromisoformat(given).isoformat()
        moment = datetime.fromisoformat(given)
    except ValueError:
        hint = "write a date, 2026-01-01, or an instant, 2026-01-01T00:00:00Z"
        record.error(key, f"{given[:60]!r} is not a date", hint)
        return None
    return moment.isoformat()


def _without_none(fields: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value is not None}
