"""Definitions as they stand, compared with what the events left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from seqctl.model.catalogue.kinds import NOTHING, table_of
from seqctl.model.finding import Finding
from seqctl.model.log.replay.definitions import BOOK, DefinitionState, Key, LoggedDefinition
from seqctl.model.text import shell_word

SHOWN = 200
"""Most characters of a value in a message."""

NAMED = 5
"""Most entries of a list that a message names."""

HINT = "an earlier backup shows what it was: seqctl --db BACKUP "


def definition_findings(
    kind: str, name: str, fields: dict[str, object], state: DefinitionState
) -> Iterator[Finding]:
    """The fields of a definition that the events left otherwise; all of it where no event made it."""
    logged = state.definitions.get((kind, name))
    if logged is None:
        removed = state.removed.get((kind, name))
        message = (
            "is there, and no event made it"
            if removed is None
            else f"is there, and event {removed} removed it"
        )
        yield Finding("definition_inserted", "error", (table_of(kind), name), message, HINT + f"{kind} list")
        return
    for field in dict.fromkeys((*fields, *logged.fields)):
        wanted = logged.field(field)
        found = fields.get(field)
        if not same(found, wanted.value):
            words = _difference(found, wanted.value)
            message = f"{words[0]}, and event {wanted.event_id} left {words[1]}"
            yield _changed(kind, name, field, message)


def gone_findings(standing: Iterable[Key], state: DefinitionState) -> Iterator[Finding]:
    """The definitions that the events left and that are not there."""
    there = {*standing, BOOK}
    for (kind, name), logged in state.definitions.items():
        if (kind, name) not in there:
            message = f"is gone; event {_last(logged)} left it"
            yield Finding("definition_deleted", "error", (table_of(kind), name), message, _hint(kind, name))


def space_findings(stored: dict[str, str], state: DefinitionState) -> Iterator[Finding]:
    """Document types that share another space of texts than the definitions of the events say."""
    wanted = state.spaces()
    for name in sorted(name for name in {*stored, *wanted} if stored.get(name) != wanted.get(name)):
        message = (
            f"the document type {name!r} has its numbers in the space of {stored.get(name, name)!r},"
            f" and the definitions put them into that of {wanted.get(name, name)!r}"
        )
        yield Finding("definition_changed", "error", ("book", "unique_together"), message, _hint("book", ""))


def odd_finding(kind: str, name: str, column: str, found: object, right: object) -> Finding:
    """The finding on a column that does not hold what this program writes there."""
    return _changed(kind, name, column, f"is {_shown(found)}, where this program writes {_shown(right)}")


def same(found: object, wanted: object) -> bool:
    """Whether two values of a field mean the same. Tables must have the same order: they name counters."""
    if found in NOTHING or wanted in NOTHING:
        return found in NOTHING and wanted in NOTHING
    if isinstance(found, dict) and isinstance(wanted, dict):
        return list(found) == list(wanted) and all(same(found[key], wanted[key]) for key in found)
    if isinstance(found, list | tuple) and isinstance(wanted, list | tuple):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    return type(found) is type(wanted) and found == wanted


def _changed(kind: str, name: str, field: str, message: str) -> Finding:
    subject = ("book", field) if kind == "book" else (table_of(kind), name, field)
    return Finding("definition_changed", "error", subject, message, _hint(kind, name))


def _last(logged: LoggedDefinition) -> int:
    return max([logged.event_id, *(item.event_id for item in logged.fields.values())])


def _hint(kind: str, name: str) -> str:
    shown = "info" if kind == "book" else f"{kind} show {shell_word(name)}"
    return HINT + shown


def _difference(found: object, wanted: object) -> tuple[str, str]:
    """Both values in words; of long lists only the entries that one of them lacks."""
    lists = [item for item in (found, wanted) if isinstance(item, list | tuple)]
    if len(lists) == 2 and max(map(len, lists)) > NAMED:
        known = [set(map(repr, item)) for item in lists]
        more = [item for item in lists[0] if repr(item) not in known[1]]
        less = [item for item in lists[1] if repr(item) not in known[0]]
        if more or less:
            return f"has {_entries(more)} besides", f"{_entries(less)} in its place"
    return f"is {_shown(found)}", _shown(wanted)


def _entries(entries: list[object]) -> str:
    listed = ", ".join(map(_shown, entries[:NAMED]))
    rest = f" and {len(entries) - NAMED} more" if len(entries) > NAMED else ""
    return (listed or "nothing") + rest


def _shown(value: object) -> str:
    if value in NOTHING:
        return "nothing"
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} ... ({len(text)} characters)"
