"""Sequence policies of Salesforce Revenue Cloud Billing.

A policy is two things at once: how numbers are counted and written, and which records they are for. It
becomes a sequence and a policy of the same name. How numbers are written is read in `salesforce_pattern.py`,
which records it chooses in `salesforce_selection.py`.
"""

import re
from datetime import date, datetime

from seqctl.definitions.foreign.envelope import Envelope
from seqctl.definitions.foreign.reading import Reading
from seqctl.definitions.foreign.record import Record
from seqctl.definitions.foreign.salesforce_pattern import read_pattern
from seqctl.definitions.foreign.salesforce_selection import read_selection
from seqctl.model.text import document_type_name

ENVELOPE = Envelope(
    ("records", "sequencePolicies"),
    ("totalSize", "count", "success", "errors", "attributes"),
    ("nextRecordsUrl", "done"),
)
KEYS = {
    "incrementByNumber": "incrementNumber",
    "selectionConditions": "selectionCondition",
    "sequencePolicySelectionConditions": "selectionCondition",
    "sequencePolicySelConditions": "selectionCondition",
}
BOOKKEEPING = (
    "attributes",
    "id",
    "ownerId",
    "isDeleted",
    "createdById",
    "createdDate",
    "lastModifiedById",
    "lastModifiedDate",
    "lastReferencedDate",
    "lastViewedDate",
    "systemModstamp",
    "currencyIsoCode",
    "success",
)
MODES = {"basic": "standard", "gapless": "gapless"}


def read(reading: Reading, records: list[Record]) -> None:
    """Read every policy into the definitions."""
    for record in records:
        name = record.name("name")
        if name is None or not record.claim("sequences", name):
            continue
        sequence = _sequence(reading, record)
        record.claim("policies", name)
        policy = _policy(record, name)
        record.finish(BOOKKEEPING)
        reading.wanted.sequences[name] = sequence
        # What is wrong with a policy has been said; checking what is left of it would only say it again.
        if not record.errors:
            reading.wanted.policies[name] = policy


def _sequence(reading: Reading, record: Record) -> dict[str, object]:
    """How the numbers are counted and written. The date stamp never restarts the counter."""
    fields: dict[str, object] = {}
    fields["document_type"] = _document_type(record)
    fields["pattern"] = read_pattern(reading, record, fields)
    fields["start"] = record.whole("sequenceStartNumber")
    fields["step"] = record.whole("incrementNumber", 1)
    fields["end"] = record.whole("maximumSequenceNumber")
    fields["mode"] = _mode(record)
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


def _policy(record: Record, name: str) -> dict[str, object]:
    """Which records the numbers are for."""
    fields: dict[str, object] = {"sequence": name}
    fields["document_type"] = document_type_name(record.text("targetObject") or "") or None
    fields["description"] = record.text("description") or None
    fields["status"] = _status(record)
    fields["timezone"] = record.text("timeZone") or None
    fields["effective_from"] = _moment(record, "effectiveFromDateTime")
    fields["effective_until"] = _moment(record, "expirationDateTime")
    fields["conditions"], fields["logic"] = read_selection(record)
    for key, field in (
        ("name", "name"),
        ("description", "description"),
        ("timeZone", "timezone"),
        ("effectiveFromDateTime", "effective_from"),
        ("expirationDateTime", "effective_until"),
        ("selectionLogic", "logic"),
        ("selectionCondition", "conditions"),
    ):
        record.stands_for(key, field)
    return _without_none(fields)


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
