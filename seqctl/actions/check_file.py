"""Findings on the database as a file: its pages, its schema, who may read it, and where it lies."""

from __future__ import annotations

from seqctl.model.finding import Finding
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store

NAMED = 20
"""Most findings of one kind: a file with more damage than that is not mended one by one."""

DATABASE = ("database",)
TABLE_CHANGED = "table_changed"
"""The code of a table that is missing or not as the program made it: nothing else can then be relied on."""

STATES = {
    "missing": "is missing",
    "changed": "is not as this program made it",
    "strange": "is not of this program",
    "empty": "lost the row that it must have",
}
"""What may be wrong with something of the schema, in words."""

RESTORE = "restore the last backup; do not go on issuing from this file"


def check_schema(store: Store) -> list[Finding]:
    """Tables, views, indexes and triggers that are not as the program made them. Takes milliseconds."""
    with store.read() as transaction:
        return [_changed(*item) for item in transaction.soundness.schema_differences()]


def check_surroundings(store: Store) -> list[Finding]:
    """The schema, the rights and the place of the file. Takes milliseconds."""
    findings = check_schema(store)
    with store.read() as transaction:
        soundness = transaction.soundness
        mode = soundness.journal()
        file, folder = soundness.open_file(), soundness.open_folder()
        strange, network = soundness.strange_file(), soundness.network_disk()
    if mode != "wal":
        message = f"the journal mode is {mode!r}, in which readers and writers wait for each other"
        way = f"while nobody uses it: sqlite3 {shell_word(store.path)} 'PRAGMA journal_mode = WAL'"
        findings.append(Finding("not_wal", "warning", DATABASE, message, way))
    if file is not None:
        message = f"others than its owner may use {file[0]} (rights {file[1]:04o})"
        way = f"chmod 600 {shell_word(file[0])}"
        findings.append(Finding("open_rights", "warning", DATABASE, message, way))
    if folder is not None:
        message = f"others than the database's owner may put files into {folder[0]} (rights {folder[1]:04o})"
        way = f"chmod go-w {shell_word(folder[0])}, or keep the database in a folder of its own"
        findings.append(Finding("open_rights", "warning", DATABASE, message, way))
    if strange is not None:
        message = (
            f"{strange} is a link, a pipe, a second name of another file, or not of the database's owner:"
            " it is passed over, and what it is for is not done"
        )
        findings.append(Finding("strange_file", "warning", DATABASE, message, f"rm {shell_word(strange)}"))
    if network is not None:
        message = (
            f"the database lies on a network file system ({network}), where machines do not share its locks"
        )
        way = "move it to a local disk, and use it from that machine alone"
        findings.append(Finding("network_disk", "warning", DATABASE, message, way))
    return findings


def check_pages(store: Store) -> list[Finding]:
    """What SQLite itself finds wrong, and rows that refer to nothing. Reads the whole file."""
    with store.read() as transaction:
        damage = transaction.soundness.damage(NAMED)
        dangling = transaction.soundness.dangling(NAMED)
        damage += transaction.soundness.lost_rows()
    findings = [Finding("damaged", "error", DATABASE, line, RESTORE) for line in damage]
    for table, row, other in dangling:
        which = f"row {row} of {table}" if row is not None else f"a row of {table}"
        message = f"{which} refers to a row of {other} that is not there"
        findings.append(Finding("broken_reference", "error", ("database", table), message, RESTORE))
    return findings


def _changed(kind: str, name: str, what: str) -> Finding:
    """A difference of the schema in words."""
    subject = ("database", name)
    if what == "strange" and kind != "step":
        message = f"the {kind} {name!r} is not of this program, and can change or refuse what is written"
        return Finding(
            "schema_changed", "error", subject, message, f"remove it: DROP {kind.upper()} {name!r}"
        )
    state = STATES[what]
    if kind == "step":
        message = f"the schema step {name!r} {state} in the list of those that were applied"
        return Finding("schema_changed", "error", subject, message, RESTORE)
    if kind == "table":
        message = f"the table {name!r} {state}; the rest of the book was not checked"
        return Finding(TABLE_CHANGED, "error", subject, message, RESTORE)
    purpose = (
        "nothing keeps events from being changed" if kind == "trigger" else "it may be slow or let doubles in"
    )
    hint = "whoever did that could write past this program: look with seqctl audit verify, then " + RESTORE
    return Finding("schema_changed", "error", subject, f"the {kind} {name!r} {state}: {purpose}", hint)
