"""The sheet of evidence: the head of the log, what a verification found, hashes, and how to repeat it."""

from __future__ import annotations

from hashlib import sha256

from seqctl.actions.reporting.totals import Totals
from seqctl.model.report.report import Made, Report, Sheet
from seqctl.model.report.words import counted
from seqctl.model.text import shell_word


def add_evidence(report: Report, totals: Totals) -> None:
    """Add the rows of the sheet; all others are complete by now."""
    made, sheet, verified = report.made, report.sheets["evidence"], totals.verified
    assert verified is not None
    number, digest = made.head
    sheet.add("Head of the log", f"event {number}, {digest}")
    seen = f"{counted(verified.events, 'event')} and {counted(verified.numbers, 'number')} were verified"
    sheet.add("seqctl audit verify", f"{seen}: {_found(len(verified.findings))}")
    for finding in verified.findings:
        sheet.add(f"{finding.severity}: {finding.code}", f"{'.'.join(finding.subject)}: {finding.message}")
    if made.documents is not None:
        name, hash = made.documents
        sheet.add("Documents compared", f"{name}, SHA-256 {hash}")
    for other in report.sheets.values():
        if other is not sheet:
            sheet.add(f"Sheet {other.form.title}", f"{counted(other.rows, 'row')}, SHA-256 {_hash(other)}")
    sheet.add("Verify the log again", f"seqctl audit verify --anchor {digest}")
    sheet.add("Make this report again", repeated(made))


def _found(findings: int) -> str:
    return "nothing was found" if not findings else f"{counted(findings, 'finding')}, listed below"


def _hash(sheet: Sheet) -> str:
    """The SHA-256 over the rows of a sheet as JSON, each with a line end."""
    hash = sha256()
    for line in sheet.lines():
        hash.update(line.encode("utf-8", "backslashreplace") + b"\n")
    return hash.hexdigest()


def repeated(made: Made) -> str:
    """The command that makes a report again, but for the columns of its documents."""
    words = ["seqctl", "report", "OUT", *map(shell_word, made.targets)]
    if made.set_name is not None:
        words += ["--set", shell_word(made.set_name)]
    for flag, day in (("--from", made.window.first), ("--to", made.window.last)):
        words += [flag, day] if day is not None else []
    if made.documents is not None:
        words += ["--documents", shell_word(made.documents[0])]
    return " ".join([*words, "--at", made.at])
