"""Findings on the database as a file: its pages, its schema, who may read it, and where it lies."""

from __future__ import annotations

from seqctl.actions.audit.schema import DATABASE, RESTORE, check_schema
from seqctl.model.finding import Finding
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store

NAMED = 20
"""Most findings of one kind: a file with more damage than that is not mended one by one."""


def check_surroundings(store: Store) -> list[Finding]:
    """The schema, the rights and the place of the file. Takes milliseconds."""
    findings = check_schema(store)
    with store.read() as transaction:
        mode, file, folder, strange, network = transaction.soundness.surroundings()
    if mode != "wal":
        message = f"the journal mode is {mode!r}, in which readers and writers wait for each other"
        way = f"while nobody uses it: sqlite3 {shell_word(store.path)} 'PRAGMA journal_mode = WAL'"
        findings.append(Finding("not_wal", "warning", DATABASE, message, way))
    if file is not None:
        message = f"users other than its owner may use {file.path} (rights {file.rights:04o})"
        way = f"chmod 600 {shell_word(file.path)}"
        findings.append(Finding("open_rights", "warning", DATABASE, message, way))
    if folder is not None:
        message = f"users other than its owner may put files into {folder.path} (rights {folder.rights:04o})"
        way = f"chmod go-w {shell_word(folder.path)}, or keep the database in a folder of its own"
        findings.append(Finding("open_rights", "warning", DATABASE, message, way))
    if strange is not None:
        message = (
            f"{strange} is a link, a pipe, a second name of another file, or not of the database's owner:"
            " it is ignored"
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
    findings = [Finding("damaged", "error", DATABASE, line, RESTORE) for line in damage]
    for table, row, other in dangling:
        which = f"row {row} of {table}" if row is not None else f"a row of {table}"
        message = f"{which} refers to a row of {other} that is not there"
        findings.append(Finding("broken_reference", "error", ("database", table), message, RESTORE))
    return findings
