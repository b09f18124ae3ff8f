"""Definitions in plain sentences: the description of how numbers are issued that tax offices ask for.

Every field that a definition sets appears, one without a sentence of its own by name and value, so that a new
field is never left out.
"""

from __future__ import annotations

from collections.abc import Callable

from seqctl.json_text import to_json
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.catalogue.kinds import NOTHING, Kind
from seqctl.model.pattern.compiled import ATTRIBUTE, DATE, NUMBER, TEXT
from seqctl.model.policy.policy import Policy
from seqctl.model.policy.shown import condition_text
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Sentences = list[tuple[tuple[str, ...], str]]
"""Sentences, each with the fields that it describes."""

DATES = {
    "YYYY": "the year of the document date in four digits",
    "YY": "the year of the document date in two digits",
    "MM": "its month in two digits",
    "DD": "its day in two digits",
    "Q": "its quarter",
    "H": "its half of the year",
    "DDD": "its day of the year in three digits",
    "GGGG": "the year of its ISO week in four digits",
    "WW": "its ISO week in two digits",
    "FY": "the fiscal year of the document date in four digits",
    "FYS": "the year in which its fiscal year starts",
    "FYE": "the year in which its fiscal year ends",
    "FY:YY": "the fiscal year of the document date in two digits",
    "FYS:YY": "the year in which its fiscal year starts, in two digits",
    "FYE:YY": "the year in which its fiscal year ends, in two digits",
    "FM": "its fiscal month in two digits",
    "FQ": "its fiscal quarter",
}
MODES = {
    "gapless": "Numbers that are freed are issued again, the lowest first, and gaps must be explained.",
    "standard": "Numbers that are freed are not issued again; gaps are listed.",
}
ORDERS = {
    "off": "A later number may carry an earlier document date.",
    "warn": "A later number with an earlier document date causes a warning.",
    "refuse": "A later number with an earlier document date is refused.",
}
MOST_OWNERS = 100
"""How many owners of a set are named."""


def rules(kind: Kind, definition: Any) -> str:
    """A definition of a kind in sentences."""
    sentences = SENTENCES[kind.name](definition) if kind.name in SENTENCES else []
    told = {field for fields, _ in sentences for field in fields}
    words = [sentence for _, sentence in sentences if sentence]
    for field, value in kind.values(definition).items():
        if field not in told and value not in NOTHING and value != kind.default(definition, field):
            words.append(f"{field} is {_plain(value)}.")
    return " ".join(words)


def book_rules(catalogue: Catalogue) -> str:
    """The settings of the whole book in sentences."""
    words = [f"A document without a date of its own gets today's date in {catalogue.timezone}."]
    words += [f"{name} are {_plain(value)}." for name, value in catalogue.book.items() if value]
    return " ".join(words)


def _sequence(sequence: Sequence) -> Sentences:
    types = getattr(sequence, "document_types", None) or (sequence.document_type,)
    title = ". ".join(part.rstrip(".") for part in (sequence.title, sequence.description) if part)
    return [
        (("title", "description"), f"{title}." if title else ""),
        (("document_type",), f"Numbers documents of type {_joined(list(types))}."),
        (("pattern", "max_width", "max_length", "kind"), _pattern(sequence)),
        (("characters",), _characters(sequence)),
        (("reference", "reference_base"), _reference(sequence)),
        (("start", "end", "step", "reset", "calendar"), _counting(sequence)),
        (("scope",), _scope(sequence)),
        (("requires",), _requires(sequence)),
        (("mode",), MODES[sequence.mode]),
        (("unique",), _unique(sequence)),
        (("date_order",), ORDERS[sequence.date_order]),
        (("manual",), _manual(sequence)),
        (("warn_at",), f"It warns at {sequence.warn_at}." if sequence.warn_at else ""),
        (("reservation_ttl",), f"A reservation lasts {sequence.reservation_ttl}."),
        (("effective_from", "effective_until"), _window(sequence)),
        (("timezone",), f"Its time zone is {sequence.timezone}." if sequence.timezone else ""),
        (("status",), "" if sequence.status == "active" else "It is inactive and issues nothing."),
        ((), _closed(sequence)),
    ]


def _pattern(sequence: Sequence) -> str:
    """The pattern, token by token."""
    compiled = sequence.compiled
    parts = []
    for kind, value in compiled.segments:
        if kind == TEXT:
            parts.append(f"the text {value}")
        elif kind == DATE:
            parts.append(DATES.get(value, value))
        elif kind == NUMBER:
            parts.append(_counter_part(sequence))
        elif kind == ATTRIBUTE:
            width = compiled.exact.get(value)
            parts.append(f"the attribute {value}{f' of {width} characters' if width else ''}")
        else:
            parts.append(f"a check digit ({value})")
    words = f"A number reads {sequence.pattern}: {', '.join(parts)}."
    if sequence.max_length:
        words += f" It has at most {sequence.max_length} characters."
    return words


def _characters(sequence: Sequence) -> str:
    return f"Its numbers contain only the characters {sequence.characters}." if sequence.characters else ""


def _reference(sequence: Sequence) -> str:
    if not sequence.reference:
        return ""
    base = f" of {sequence.reference_base}" if sequence.reference_base else ""
    return f"Each number gives a payment reference by the scheme {sequence.reference}{base}."


def _counter_part(sequence: Sequence) -> str:
    width, most = sequence.compiled.width, sequence.max_width
    if sequence.alpha:
        return f"the counter in {width} letters" if width else "the counter in letters"
    if width and width == most:
        return f"the counter in {width} digits"
    words = f"the counter in at least {width} digits" if width else "the counter"
    return f"{words}, at most {most}" if most else words


def _counting(sequence: Sequence) -> str:
    """From where to where it counts, and when it starts again."""
    words = f"It counts from {sequence.start}"
    words += f" to {sequence.end}" if sequence.end is not None else ""
    words += f" in steps of {sequence.step}" if sequence.step != 1 else ""
    if sequence.reset == "never":
        return f"{words} and never starts again."
    if sequence.reset == "range":
        return f"{words}, out of ranges, each with a counter of its own."
    calendar = f" of the calendar {sequence.calendar}" if sequence.calendar else ""
    return f"{words} and starts again every {sequence.reset.replace('-', ' ')}{calendar}."


def _scope(sequence: Sequence) -> str:
    if not sequence.scope:
        return ""
    names = [name + (f" ({', '.join(values)})" if values else "") for name, values in sequence.scope.items()]
    return f"Each {_joined(names)} has a counter of its own."


def _requires(sequence: Sequence) -> str:
    wanted = [
        f"{name} {'of ' + ', '.join(values) if values else 'given'}"
        for name, values in sequence.requires.items()
    ]
    return f"It serves only requests with {_joined(wanted)}." if wanted else ""


def _unique(sequence: Sequence) -> str:
    if sequence.unique == "period":
        return "The same text may come again in another period."
    return "No text is issued twice among the numbers of its document type."


def _manual(sequence: Sequence) -> str:
    if sequence.manual:
        return "Numbers that exist already may be adopted at any time."
    return "Numbers that exist already may be adopted only before it issues its first number."


def _window(definition: Any) -> str:
    first, last = definition.effective_from, definition.effective_until
    if first is None and last is None:
        return ""
    from_, until = f" from {first}" if first else "", f" until {last}" if last else ""
    return f"It serves documents dated{from_}{until}."


def _closed(sequence: Sequence) -> str:
    if sequence.closed_until is None:
        return ""
    return f"It is closed through {sequence.closed_until}: documents dated on or before that day are refused."


def _policy(policy: Policy) -> Sentences:
    conditions = "; ".join(f"{item.id}: {condition_text(item)}" for item in policy.conditions)
    records = f"Records of type {policy.document_type}"
    if conditions:
        logic = policy.logic or "all of them"
        records += f" that meet the conditions {conditions} (by the logic: {logic})"
    return [
        (("description",), f"{policy.description.rstrip('.')}." if policy.description else ""),
        (
            ("document_type", "sequence", "conditions", "logic"),
            f"{records} get numbers of {policy.sequence}.",
        ),
        (
            ("priority",),
            f"Its priority is {policy.priority}; of the policies that match, the highest decides.",
        ),
        (("effective_from", "effective_until"), _window(policy)),
        (("timezone",), f"Its time zone is {policy.timezone}." if policy.timezone else ""),
        (("status",), "" if policy.status == "active" else "It is inactive and chooses nothing."),
    ]


def _set(sequence_set: Any) -> Sentences:
    members = [f"{name} for {type_}" for type_, name in sorted(sequence_set.members.items())]
    owners = list(sequence_set.owners or ())
    named = ", ".join(owners[:MOST_OWNERS])
    if owners[MOST_OWNERS:]:
        named += f" and {len(owners) - MOST_OWNERS:,} more"
    return [
        (("members",), f"It uses {_joined(members)}." if members else "It names no sequence."),
        (("default",), "It serves every owner that has no set." if sequence_set.default else ""),
        (("assignments",), f"It serves {named}." if owners else ""),
    ]


def _calendar(calendar: Any) -> Sentences:
    if calendar.start is None:
        return []
    named = {"start": "in which they start", "end": "in which they end"}.get(calendar.named_by)
    words = f"Fiscal years start on {calendar.start} and are named by the year {named}."
    return [(("start", "named_by"), words if named else "")]


def _range(of: Any) -> Sentences:
    until = f"to {of.last}" if of.last is not None else "on, without an end"
    days = f"from {of.valid_from}" if of.valid_from else ""
    days += f" until {of.valid_until}" if of.valid_until else ""
    days = f", for documents dated {days.strip()}" if days else ""
    values = " and ".join(f"{name} {value}" for name, value in of.values.items())
    granted = " ".join(
        part
        for part in (
            f"by {of.authority}" if of.authority else "",
            f"on {of.granted_on}" if of.granted_on else "",
        )
        if part
    )
    return [
        (
            ("sequence", "first", "last", "valid_from", "valid_until"),
            f"It grants {of.sequence} the numbers from {of.first} {until}{days}.",
        ),
        (("values",), f"It is for {values}." if values else ""),
        (("authority", "granted_on"), f"It was granted {granted}." if granted else ""),
        ((), "It is annulled: it issues no more numbers." if of.annulled is not None else ""),
    ]


SENTENCES: dict[str, Callable[[Any], Sentences]] = {
    "sequence": _sequence,
    "policy": _policy,
    "set": _set,
    "calendar": _calendar,
    "range": _range,
}
"""The kinds that have sentences of their own."""


def _joined(words: list[str]) -> str:
    """Words as a list in a sentence."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def _plain(value: object) -> str:
    """The value of a field in a sentence."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return to_json(value)
