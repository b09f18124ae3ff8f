"""Writing definitions as TOML, in one stable order, so that two exports of the same book are equal."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import tomli_w

from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.catalogue.kinds import KINDS, NOTHING, Kind
from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import CounterKey
from seqctl.model.policy.policy import Policy
from seqctl.model.policy.shown import condition_table
from seqctl.model.range.range import Range
from seqctl.model.range.serving import in_range
from seqctl.model.sequence.changes import EXHAUSTED, counter_shown
from seqctl.model.sequence.scope import escape
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.listed_calendar import ListedCalendar

Counters = Mapping[str, Mapping[CounterKey, Counter]]


def write_definitions(catalogue: Catalogue, counters: Counters | None = None) -> str:
    """The definitions as the text of one file. `counters` adds where each counter stands."""
    return _visible(tomli_w.dumps(definition_document(catalogue, counters), multiline_strings=False))


def definition_document(catalogue: Catalogue, counters: Counters | None = None) -> dict[str, Any]:
    """The definitions as the tables of one file, in its order; dates are dates."""
    document: dict[str, Any] = {"format": 1}
    book: dict[str, object] = {key: kinds for key, kinds in catalogue.book.items() if kinds}
    if catalogue.timezone is not None:
        book = {"timezone": catalogue.timezone, **book}
    if book:
        document["book"] = book
    for kind in KINDS.values():
        defined = sorted(kind.of(catalogue).items())
        if defined:
            document[kind.table] = {name: _table(kind, definition) for name, definition in defined}
    for name, counted in (counters or {}).items():
        table = standing(catalogue.sequences[name], counted, catalogue.ranges)
        if table:
            document["sequences"][name]["counters"] = table
    return document


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


def _table(kind: Kind, definition: Any) -> dict[str, object]:
    """The fields that are not at their default; the members of a set always."""
    table: dict[str, object] = {}
    for field, value in kind.values(definition).items():
        if field == "members" or not (value in NOTHING or value == kind.default(definition, field)):
            table[field] = _typed(definition, field, value)
    return table


def _typed(definition: Any, field: str, value: Any) -> object:
    """A value as TOML has it: dates of policies are no texts, and what has no order is sorted."""
    if field == "conditions":
        return [condition_table(condition) for condition in definition.conditions]
    if isinstance(definition, Policy) and field in ("effective_from", "effective_until"):
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    if isinstance(definition, ListedCalendar):
        return _days(value)
    if isinstance(definition, Range) and field in ("valid_from", "valid_until", "granted_on"):
        return date.fromisoformat(value)
    if field == "members":
        return dict(sorted(value.items()))
    return sorted(value) if field == "assignments" else value


def _days(value: Any) -> object:
    """The days of a calendar as TOML has dates."""
    if isinstance(value, dict):
        return {name: _days(item) for name, item in value.items()}
    return [*map(_days, value)] if isinstance(value, list) else date.fromisoformat(value)


def standing(
    sequence: Sequence, counters: Mapping[CounterKey, Counter], ranges: Mapping[str, Range]
) -> dict[str, object]:
    """Where counters stand, but for those that stand where they would begin anyway.

    Of counters of ranges those are told whose range is among `ranges`.
    """
    told: dict[str, object] = {}
    for (period, scope), counter in counters.items():
        counted = sequence
        if sequence.reset == "range":
            if period not in ranges:
                continue
            counted, period = in_range(sequence, ranges[period]), escape(period)
        upcoming = counter.last + sequence.step
        if upcoming != counted.start:
            written = counter_shown(counted, upcoming)
            key = f"{period}/{scope}" if scope else period
            told[key] = written if sequence.alpha or written == EXHAUSTED else upcoming
    return told
