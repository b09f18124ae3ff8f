"""The objects of Salesforce that a query gives one by one: policies, their conditions, their gap records.

Conditions and gap records name their policy by its id, which the policy carries beside them, or which the
book keeps of an earlier import; or by its name, where the query asked for that.
"""

from collections.abc import Iterator

from seqctl.definitions.foreign.reading import Reading
from seqctl.definitions.foreign.record import Record
from seqctl.model.catalogue.catalogue import GapRecord
from seqctl.model.finding import nearest
from seqctl.model.text import composed

SYSTEM = "salesforce"
POLICY, CONDITION, GAP = "SequencePolicy", "SeqPolicySelectionCondition", "SequenceGapReconciliation"
KINDS = {POLICY: POLICY, CONDITION: CONDITION, "SequencePolicySelectionCondition": CONDITION, GAP: GAP}
OF_EVERY_OBJECT = (
    "attributes",
    "id",
    "isDeleted",
    "createdById",
    "createdDate",
    "lastModifiedById",
    "lastModifiedDate",
    "lastReferencedDate",
    "lastViewedDate",
    "systemModstamp",
    "currencyIsoCode",
)
"""The system's own bookkeeping."""
BOOKKEEPING = (*OF_EVERY_OBJECT, "ownerId", "success")
GAP_STATES = {
    "unassigned": "reusable",
    "assigned": "assigned",
    "blocked": "blocked",
    "underreview": "review",
}
ID_LENGTH = 15
"""Characters of an id that name an object; the three behind them only check the case of these."""


class Objects:
    """The objects of all files by their kind."""

    def __init__(self, reading: Reading, records: list[Record]) -> None:
        self.reading = reading
        self.policies: list[Record] = []
        self.gaps: list[Record] = []
        self._conditions: list[Record] = []
        self._names: dict[str, str] = {}
        self._rows: dict[str, list[Record]] = {}
        for name, policy in reading.book.policies.items():
            id = reading.origin(SYSTEM, policy.sequence).get("id")
            if id is not None:
                self._names[str(id)[:ID_LENGTH]] = name
        lists = {POLICY: self.policies, CONDITION: self._conditions, GAP: self.gaps}
        for record in records:
            kind = _kind(record)
            if kind in lists:
                lists[kind].append(record)
            else:
                record.error("attributes", f"objects of type {kind!r} are not understood")
        for record in self.policies:
            given = reading.update or record.text("name")
            if given and record.has("id"):
                self._names[str(record.given("id"))[:ID_LENGTH]] = composed(given)
        for record in self._conditions:
            owner = self.owner(record)
            if owner is not None:
                self._rows.setdefault(owner, []).append(record)

    def conditions_of(self, record: Record, name: str) -> list[Record]:
        """The conditions of a policy that stand by themselves."""
        return self._rows.pop(name, [])

    def other_conditions(self) -> Iterator[tuple[str, list[Record]]]:
        """The conditions of policies that are in the book alone; of others they are errors."""
        for name, rows in self._rows.items():
            if name in self.reading.book.policies:
                yield name, rows
            elif name not in self.reading.wanted.sequences:
                names = list(self.reading.book.policies)
                hint = nearest(name, names) or "import the policy beside its conditions"
                rows[0].error("sequencePolicyId", f"there is no policy {name!r}", hint)

    def owner(self, record: Record) -> str | None:
        """The name of the policy that a condition or a gap record belongs to; None, with a finding, else."""
        id = record.text("sequencePolicyId")
        relation = record.table("sequencePolicy")
        name = relation.text("name") if relation is not None else None
        if relation is not None:
            relation.finish(BOOKKEEPING)
        if name is None and id is not None:
            name = self._names.get(id[:ID_LENGTH])
        if name is None:
            name = self.reading.update
        if name is None:
            message = f"there is no policy with the id {id!r}" if id else "is missing"
            hint = "import the policy beside it, with its Id; or name it with --update NAME"
            record.error("sequencePolicyId", message, hint)
            return None
        return composed(name)


def read_gaps(reading: Reading, objects: Objects) -> None:
    """Read gap records: numbers that a policy passed over, and what became of them."""
    for record in objects.gaps:
        name = objects.owner(record)
        value = record.whole("sequenceValue")
        if value is None and not record.has("sequenceValue"):
            record.error("sequenceValue", "is missing", "say which number it is")
        status = record.text("status")
        state = GAP_STATES.get((status or "").replace(" ", "").replace("_", "").lower())
        if state is None:
            message = f"{status!r} is not known" if status else "is missing"
            record.error("status", message, "write Unassigned, Assigned, Blocked or Under Review")
        record.finish((*BOOKKEEPING, "sequenceGapReconciliationNumber", "name"))
        if name is None or value is None or state is None:
            continue
        known = reading.book.policies.get(name)
        sequence = str(
            reading.wanted.policies.get(name, {}).get("sequence") or (known.sequence if known else name)
        )
        if sequence not in reading.wanted.sequences and sequence not in reading.book.sequences:
            record.error(
                "sequencePolicyId", f"there is no policy {name!r}", "import it beside its gap records"
            )
            continue
        place = f"{record.file.name}:{record.file.line(record.path)}"
        reading.files.places.setdefault(("sequences", sequence), (record.file, record.path))
        reading.wanted.gaps.setdefault(sequence, []).append(GapRecord(value, state, place))


def _kind(record: Record) -> str:
    """Which object it is, as it says itself, or as its keys show."""
    attributes = record.given("attributes")
    kind = attributes.get("type") if isinstance(attributes, dict) else None
    if isinstance(kind, str):
        return KINDS.get(kind, kind)
    if record.says("filterField", "filterValue", "conditionNumber"):
        return CONDITION
    if record.says("sequenceValue", "sequenceGapReconciliationNumber"):
        return GAP
    return POLICY
