"""Which column of a table holds what: named by an option, else found by its heading."""

from __future__ import annotations

from collections.abc import Sequence

from seqctl.definitions.tables.lines import Unreadable
from seqctl.model.finding import nearest
from seqctl.model.text import composed

NUMBER = "number"
HEADINGS: dict[str, tuple[str, ...]] = {
    NUMBER: ("number", "first_number"),
    "date": ("date",),
    "state": ("state",),
    "reason": ("reason",),
    "record": ("record",),
    "sequence": ("sequence",),
    "policy": ("policy",),
    "actor": ("source_actor", "actor"),
    "at": ("source_at", "issued_at", "since"),
    "last": ("last_number",),
}
"""What a column may hold, and the headings under which it is found: those of seqctl's own lists."""

OPTIONS = {role: f"--{role}-column" for role in HEADINGS} | {NUMBER: "--column"}
"""The option that names the column of each."""

SAID = {NUMBER: "numbers", "date": "dates", "actor": "who did it", "at": "when"}
"""What a role is called in a message; else by its own name with an s."""

MOST_NAMED = 10


def placed(
    columns: Sequence[str], given: dict[str, str], roles: Sequence[str], started: int
) -> tuple[dict[str, str], list[str]]:
    """The column of each role that is there, and those roles that were found by their headings.

    `given` are the columns that options name, by role. Raises Unreadable, at the line of the headings, where
    one of them is not there and where there is none for the numbers.
    """
    folded = {composed(name).strip().casefold(): name for name in columns}
    found: dict[str, str] = {}
    guessed = []
    for role in roles:
        if role in given:
            found[role] = named(given[role], columns, started)
            continue
        heading = next((folded[name] for name in HEADINGS[role] if name in folded), None)
        if heading is not None and heading not in given.values():
            found[role] = heading
            guessed.append(role)
    if roles and roles[0] not in found:
        raise Unreadable(started, f"{table_words(columns)}; name that of the numbers: --column {columns[0]}")
    return found, guessed


def table_words(columns: Sequence[str]) -> str:
    """That a file is a table, with the columns that it has."""
    listed = ", ".join(map(repr, columns[:MOST_NAMED]))
    return f"the file is a table with the columns {listed}" + (" ..." if len(columns) > MOST_NAMED else "")


def taken(found: dict[str, str], guessed: Sequence[str]) -> str:
    """One line that says which columns were taken by their headings."""
    return ", ".join(f"{SAID.get(role, role + 's')} from {found[role]!r}" for role in guessed)


def named(name: str, columns: Sequence[str], started: int) -> str:
    """The column that an option names, whatever its capital letters. Raises Unreadable."""
    wanted = composed(name)
    if wanted in columns:
        return wanted
    folded = wanted.strip().casefold()
    heading = next((column for column in columns if column.strip().casefold() == folded), None)
    if heading is None:
        near = nearest(name, list(columns)) or table_words(columns)
        raise Unreadable(started, f"there is no column {name!r}; {near}")
    return heading
