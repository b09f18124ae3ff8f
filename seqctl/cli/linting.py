"""`lint`: findings on definitions that are valid and probably not meant."""

from __future__ import annotations

from typing import Annotated

import typer

from seqctl.cli import options
from seqctl.cli.definition_files import FiscalCalendar, From, read_files
from seqctl.cli.output import print_list
from seqctl.cli.session import Session, shared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.definitions.toml_reader import DefinitionFiles
    from seqctl.model.finding import Finding

COLUMNS = ("severity", "code", "subject", "message", "hint")
FOUND = 3


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("lint", epilog=options.EXAMPLE + "lint definitions.toml")(shared(lint_definitions))


def lint_definitions(
    session: Session,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH...]", help="Files, folders of such files, or -. Default: the book."),
    ] = None,
    source_format: From = "toml",
    calendar: FiscalCalendar = None,
) -> int:
    """Look for clashes, unreachable policies, ranges near their end and the like. Writes nothing.

    With PATHs the definitions are looked at as an import of them would leave the book.
    """
    from seqctl.actions.linting import lint

    if not paths:
        with session.open() as store:
            return _print(lint(store), None, session)
    from seqctl.cli.terminal import watching

    files = read_files(paths, source_format, calendar)
    with (
        session.open_or_empty() as store,
        watching("definitions", files.size) as watch,
    ):
        findings = lint(store, files.against, watch, files.describe)
    return _print(findings, files, session)


def _print(findings: list[Finding], files: DefinitionFiles | None, session: Session) -> int:
    """Print the findings and return the exit status; without any, only a format that was asked for."""
    columns = (*COLUMNS, "place") if files is not None else COLUMNS
    if findings or session.format is not None:
        print_list([finding_object(finding, files) for finding in findings], columns, session.format, 4)
    return FOUND if findings else 0


def finding_object(finding: Finding, files: DefinitionFiles | None) -> dict[str, object]:
    """A finding as lists and JSON show it; `place` is the file and line of what a file defines."""
    shown: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity,
        "subject": ".".join(finding.subject),
        "message": finding.message,
        "hint": finding.hint,
    }
    if files is not None:
        described = files.describe(finding)
        place = described.removesuffix(str(finding)).removesuffix(": ")
        shown["place"] = place or None
    return shown
