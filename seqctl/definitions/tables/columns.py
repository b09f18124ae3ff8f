"""Which column of a table holds what: named by an option, else found by its heading."""

from __future__ import annotations

from collections.abc import Sequence

from seqctl.definitions.tables.headings import folded
from seqctl.definitions.tables.lines import Unreadable
from seqctl.model.finding import nearest
from seqctl.model.text import composed, shell_word

SAID = {
    "number": "numbers",
    "first_number": "numbers",
    "owner": "owners",
    "last_number": "last numbers",
    "first": "first integers",
    "last": "last integers",
    "period": "periods",
    "scope": "scopes",
    "date": "dates",
    "record": "records",
    "state": "states",
    "reason": "reasons",
    "note": "notes",
    "sequence": "sequences",
    "policy": "policies",
    "actor": "who issued them",
    "issued_at": "when they were issued",
    "source_actor": "who issued them first",
    "source_at": "when they were issued first",
    "document_type": "document types",
}
"""What a column may hold, by the heading under which it is found, and what a message calls that."""

PROBABLE = {
    "owner": ("owner", "account", "customer"),
    "first_number": ("first", "number", "nummer"),
    "number": ("number", "nummer", "numéro", "numero", "número", "numer", "nr", "nº", "n°", "no.", "#"),
    "date": ("date", "datum", "fecha", "data"),
    "sequence": ("sequence", "series", "nummernkreis", "serie", "document type", "document_type"),
    "state": ("state", "status", "zustand", "estado", "stato", "statut", "état", "stav"),
    "reason": ("reason", "grund", "motif", "motivo", "reden", "powód"),
}
"""Parts of headings that a hint takes for those of a role."""

DOCUMENTS = (
    *("invoice", "document", "receipt", "rechnung", "beleg", "facture", "factura", "fattura", "fatura"),
    *("factuur", "faktura", "note"),
)
"""Parts of headings of the numbers that are meant rather than those of a customer or an order."""

MOST_NAMED = 10


def placed(
    columns: Sequence[str],
    given: dict[str, str],
    roles: Sequence[str],
    started: int,
    needed: Sequence[str] = (),
    unwanted: Sequence[str] = (),
) -> tuple[dict[str, str], list[str]]:
    """The column of each role that is there, and those roles that were found by their headings.

    `given` are the columns that options name, by role; `unwanted` roles are not looked for by their headings.
    Raises Unreadable, at the line of the headings, where a column that is given is not there, and where there
    is none for the numbers or for a role that is `needed`.
    """
    by_name: dict[str, list[str]] = {}
    for name in columns:
        by_name.setdefault(folded(name), []).append(name)
    found: dict[str, str] = {}
    guessed = []
    for role in roles:
        if role in given:
            found[role] = named(given[role], columns, started)
            continue
        headings = [] if role in unwanted else by_name.get(role, [])
        if len(headings) > 1 and not set(headings) & {*given.values()}:
            raise Unreadable(started, _several(headings, role))
        if headings and headings[0] not in given.values():
            found[role] = headings[0]
            guessed.append(role)
    if not columns:
        raise Unreadable(started, "the objects have no values that are texts or numbers")
    if roles and roles[0] not in found:
        others = [role for role in roles[1:] if role not in found]
        flags = [f"--column {shell_word(_probable(roles[0], columns) or columns[0])}"]
        for role in others:
            column = _probable(role, columns)
            flags += [] if column is None else [f"--{role}-column {shell_word(column)}"]
        named_by = f"name that of the numbers: {flags[0]}"
        if len(flags) > 1:
            named_by = f"name those that are meant: {' '.join(flags)}"
        raise Unreadable(started, f"{table_words(columns)}; {named_by}")
    for role in needed:
        if role not in found:
            column = _probable(role, columns)
            option = f"name that of the {SAID[role]}: --{role}-column {shell_word(column or '')}"
            words = f"{option}, or give a TARGET"
            if column is None:
                words = f"give a TARGET, or name the column of the {SAID[role]} with --{role}-column"
            raise Unreadable(started, f"{table_words(columns)}; {words}")
    return found, guessed


def _probable(role: str, columns: Sequence[str]) -> str | None:
    """The column that a person might mean for a role, for a hint: nothing is read by it."""
    found = [name for name in columns if _says(name, PROBABLE.get(role, ()))]
    if role == "number":
        found = [
            name for name in found or columns if _says(name, DOCUMENTS) and not _says(name, PROBABLE["date"])
        ] or found
    return found[0] if found else None


def _says(name: str, words: Sequence[str]) -> bool:
    return any(word in name.casefold() for word in words)


def _several(headings: list[str], role: str) -> str:
    """That several columns could be meant, in words."""
    if len(set(headings)) == 1:
        return f"the column {headings[0]!r} is a duplicate in the header"
    option = "--column" if SAID[role] == SAID["number"] else f"--{role}-column"
    listed = " and ".join(map(repr, headings))
    return (
        f"the columns {listed} could both be the {SAID[role]}; name one: {option} {shell_word(headings[0])}"
    )


def check_headings(columns: Sequence[str], started: int) -> None:
    """Raise Unreadable where there are none."""
    if not any(columns):
        raise Unreadable(started, "there are no headings; the first line names the columns")


def check_unique(columns: Sequence[str], started: int) -> None:
    """Raise Unreadable where two columns have one name: nobody could say which is meant."""
    named = [name for name in columns if name.strip()]
    if len(set(named)) != len(named):
        double = next(name for at, name in enumerate(named) if name in named[:at])
        raise Unreadable(started, f"the column {double!r} is a duplicate in the header")


def table_words(columns: Sequence[str]) -> str:
    """That a file is a table, with the columns that it has."""
    listed = ", ".join(map(repr, columns[:MOST_NAMED]))
    return f"the file is a table with the columns {listed}" + (" ..." if len(columns) > MOST_NAMED else "")


def taken(found: dict[str, str], guessed: Sequence[str]) -> str:
    """One line that says which columns were taken by their headings."""
    return ", ".join(f"{SAID[role]} from {found[role]!r}" for role in guessed)


def named(name: str, columns: Sequence[str], started: int) -> str:
    """The column that an option names, whatever its capital letters. Raises Unreadable."""
    wanted = composed(name)
    found = [column for column in columns if column == wanted]
    found = found or [column for column in columns if folded(column) == folded(wanted)]
    if len(found) > 1 and len(set(found)) == 1:
        raise Unreadable(started, f"the column {found[0]!r} is a duplicate in the header")
    if len(found) > 1:
        listed = " and ".join(map(repr, found))
        raise Unreadable(started, f"there are {len(found)} columns for {name!r}: {listed}; keep one of them")
    if not found:
        near = nearest(name, list(columns)) or table_words(columns)
        raise Unreadable(started, f"there is no column {name!r}; {near}")
    return found[0]
