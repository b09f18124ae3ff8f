"""The kinds of definitions: the one table of what each of them is.

Files, lists, plans, the log and its verification go by this table, whatever the kind: a kind that comes anew
is a row here, one in `actions/planning/kinds.py` and one in `cli/definitions/kinds.py`.
"""

from __future__ import annotations

from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.classes import frozen
from seqctl.model.policy.policy import FIELDS as POLICY_FIELDS
from seqctl.model.policy.policy import Policy
from seqctl.model.policy.shown import policy_shown
from seqctl.model.range.range import FIELDS as RANGE_FIELDS
from seqctl.model.range.range import Range
from seqctl.model.sequence.changes import default_start, same_value, shown
from seqctl.model.sequence.fields import FIELD_TABLE
from seqctl.model.sequence.sequence import FIELDS, Sequence
from seqctl.model.sequence.warning import warning_parts
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.listed_calendar import ListedCalendar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

NOTHING: tuple[Any, ...] = (None, [], {}, ())
"""The values of a field of which nothing is said."""


@frozen
class Kind:
    """One kind of definition.

    `name` is what people and the log call it, `table` what a definition file, a catalogue and a plan do.
    `fields` come in the order in which lists and files show them, without the name; `shown` gives the value
    of one as a definition file writes it, and `names` the definitions that one refers to, as (kind, name).
    `defaults` are the values that are not nothing and that events and
    files leave out; a default may never become another one, for what an event left out has it for ever.
    """

    name: str
    table: str
    fields: tuple[str, ...]
    defaults: dict[str, object]
    shown: Callable[[Any, str], object]
    names: Callable[[Any], list[tuple[str, str]]]

    def of(self, holder: Any) -> Any:
        """The definitions of this kind that a catalogue or a plan holds, or that are wanted."""
        return getattr(holder, self.table)

    def values(self, definition: Any) -> dict[str, object]:
        """The fields of a definition as files write them."""
        return {field: self.shown(definition, field) for field in self.fields}

    def logged(self, definition: Any) -> dict[str, object]:
        """The fields of a definition as events write them: each member of a set is a field of its own."""
        values = self.values(definition)
        members = values.pop("members", {})
        assert isinstance(members, dict)
        return {**{f"members.{key}": members[key] for key in sorted(members)}, **values}

    def default(self, definition: Any, field: str) -> object:
        """What a field of a definition is where nothing is said of it."""
        if self.name == "sequence" and field == "start":
            return default_start(definition)
        return self.defaults.get(field)

    def changes(self, old: Any, new: Any) -> dict[str, list[object]]:
        """The fields that differ, as `{field: [old, new]}`; of a new definition those that are said."""
        before, after = {} if old is None else self.logged(old), self.logged(new)
        fields = {**after, **before}
        if len(fields) > len(after):
            # A member that went stands where its name puts it.
            fields = dict.fromkeys(sorted(fields, key=lambda field: field if "." in field else "~"))
        changes = {}
        for field in fields:
            pair = [before.get(field), after.get(field)]
            said = old is not None or not (pair[1] in NOTHING or pair[1] == self.default(new, field))
            if said and not _same(field, *pair):
                changes[field] = pair
        return changes


def _same(field: str, before: Any, after: Any) -> bool:
    if field == "assignments":
        # In which order a set names its owners means nothing.
        return sorted(before) == sorted(after)
    return same_value(before, after)


def _set_shown(sequence_set: SequenceSet, field: str) -> object:
    return list(sequence_set.owners or ()) if field == "assignments" else getattr(sequence_set, field)


def _calendar_shown(calendar: Calendar, field: str) -> object:
    if not isinstance(calendar, ListedCalendar):
        return getattr(calendar, field) if field in ("start", "named_by") else None
    if field in ("start", "named_by"):
        return None
    value = getattr(calendar, field)
    return {name: list(days) for name, days in value.items()} if field in PARTS else value


def _range_shown(of: Range, field: str) -> object:
    value = getattr(of, field)
    if field == "warn_at" and value is not None:
        parts = warning_parts(value)
        return parts if len(parts) > 1 else value
    return dict(value) if field == "values" else value


def _range_names(of: Range) -> list[tuple[str, str]]:
    return [("sequence", of.sequence)]


def _set_names(sequence_set: SequenceSet) -> list[tuple[str, str]]:
    return [("sequence", name) for name in sequence_set.members.values()]


def _sequence_names(sequence: Sequence) -> list[tuple[str, str]]:
    return [("calendar", sequence.calendar)] if sequence.calendar is not None else []


def _policy_names(policy: Policy) -> list[tuple[str, str]]:
    return [("sequence", policy.sequence)]


PARTS = ("months", "quarters")
CALENDAR_FIELDS = ("start", "named_by", "years", "until", *PARTS)
_SEQUENCE = {field.name: field.default for field in FIELD_TABLE if field.name != "pattern"}
_POLICY: dict[str, object] = {"priority": 0, "status": "active"}

KINDS = {
    kind.name: kind
    for kind in (
        Kind("calendar", "calendars", CALENDAR_FIELDS, {}, _calendar_shown, lambda calendar: []),
        Kind("sequence", "sequences", FIELDS[1:], _SEQUENCE, shown, _sequence_names),
        Kind("range", "ranges", RANGE_FIELDS[1:], {}, _range_shown, _range_names),
        Kind(
            "set", "sets", ("default", "members", "assignments"), {"default": False}, _set_shown, _set_names
        ),
        Kind("policy", "policies", POLICY_FIELDS[1:], _POLICY, policy_shown, _policy_names),
    )
}
"""Each refers only to kinds that stand before it."""


def table_of(kind: str) -> str:
    """The table of a definition file that holds a kind; what belongs to the whole book is `book`."""
    return KINDS[kind].table if kind in KINDS else kind
