"""Writing definitions as TOML, in one stable order, so that two exports of the same book are equal."""

from collections.abc import Mapping
from datetime import date, datetime

import tomli_w

from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import CounterKey
from seqctl.model.policy.policy import FIELDS, Policy
from seqctl.model.policy.shown import condition_table
from seqctl.model.sequence.changes import EXHAUSTED, counter_shown, default_start, shown
from seqctl.model.sequence.fields import FIELD_TABLE
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar

Counters = Mapping[str, Mapping[CounterKey, Counter]]


def write_definitions(catalogue: Catalogue, counters: Counters | None = None) -> str:
    """The definitions as the text of one file. `counters` adds where each counter stands."""
    document: dict[str, object] = {"format": 1}
    book: dict[str, object] = {key: kinds for key, kinds in catalogue.book.items() if kinds}
    if catalogue.timezone is not None:
        book = {"timezone": catalogue.timezone, **book}
    if book:
        document["book"] = book
    if catalogue.calendars:
        document["calendars"] = {
            name: _calendar(calendar) for name, calendar in sorted(catalogue.calendars.items())
        }
    if catalogue.sequences:
        document["sequences"] = {
            name: _sequence(sequence, (counters or {}).get(name, {}))
            for name, sequence in sorted(catalogue.sequences.items())
        }
    if catalogue.sets:
        document["sets"] = {name: _set(item) for name, item in sorted(catalogue.sets.items())}
    if catalogue.policies:
        document["policies"] = {name: _policy(policy) for name, policy in sorted(catalogue.policies.items())}
    return _visible(tomli_w.dumps(document, multiline_strings=False))


def _visible(text: str) -> str:
    """TOML that means the same and has every character that a terminal could obey written as its escape.

    Without texts of several lines, such a character can stand in a basic string only.
    """
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(
        character if character.isprintable() or character in "\n\t" else f"\\U{ord(character):08X}"
        for character in text
    )


def _calendar(calendar: Calendar) -> dict[str, object]:
    return {"start": calendar.start, "named_by": calendar.named_by}


def _sequence(sequence: Sequence, counters: Mapping[CounterKey, Counter]) -> dict[str, object]:
    """The fields that are not at their default; the type and the pattern always."""
    table: dict[str, object] = {}
    for field in FIELD_TABLE:
        value = shown(sequence, field.name)
        if field.name == "name" or value is None or value in ([], {}):
            continue
        if field.name == "start" and value == default_start(sequence):
            continue
        if value != field.default or field.name == "pattern":
            table[field.name] = value
    standing: dict[str, object] = {}
    for (period, scope), counter in counters.items():
        upcoming = counter.last + sequence.step
        if upcoming == sequence.start:
            # A counter that stands where it would begin anyway says nothing.
            continue
        key = f"{period}/{scope}" if scope else period
        written = counter_shown(sequence, upcoming)
        standing[key] = written if sequence.alpha or written == EXHAUSTED else upcoming
    if standing:
        table["counters"] = standing
    return table


def _set(sequence_set: SequenceSet) -> dict[str, object]:
    table: dict[str, object] = {}
    if sequence_set.default:
        table["default"] = True
    if sequence_set.owners:
        table["assignments"] = sorted(sequence_set.owners)
    table["members"] = dict(sorted(sequence_set.members.items()))
    return table


def _policy(policy: Policy) -> dict[str, object]:
    table: dict[str, object] = {}
    for field in FIELDS[1:]:
        value = getattr(policy, field)
        if value is None or value == {"priority": 0, "status": "active"}.get(field):
            continue
        if field in ("effective_from", "effective_until"):
            value = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        if field != "conditions":
            table[field] = value
        elif value:
            table[field] = [condition_table(condition) for condition in policy.conditions]
    return table
