"""`lint`: findings on definitions that are valid and probably not meant."""

from seqctl.cli.files.definition_files import (
    DateFormat,
    Encoding,
    FiscalCalendar,
    From,
    Reading,
    read_files,
)
from seqctl.cli.grammar.declaration import Annotated, Command, argument
from seqctl.cli.linting.findings import FOUND, LAYOUT, PLACED, finding_object
from seqctl.cli.output import print_list
from seqctl.cli.session import Session
from seqctl.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.definitions.toml.reader import DefinitionFiles
    from seqctl.model.finding import Finding


def lint_definitions(
    session: Session,
    paths: Annotated[
        list[str] | None,
        argument(metavar="[PATH...]", help="Files, folders of such files, or -. Default: the book."),
    ] = None,
    source_format: From = None,
    calendar: FiscalCalendar = None,
    date_format: DateFormat = None,
    encoding: Encoding = None,
) -> int:
    """Look for clashes, unreachable policies and the like.

    Ranges near their end are among them. Writes nothing.
    With PATHs the definitions are looked at as an import of them would leave the book.
    """
    from seqctl.actions.linting.lint import lint

    if not paths:
        if any(given is not None for given in (source_format, calendar, date_format, encoding)):
            words = "--from, --calendar and the like tell how files are read, and no file is named"
            raise UsageError(words, "name the files")
        with session.open() as store:
            return _print(lint(store), None, session)
    from seqctl.cli.progress import watching

    files = read_files(paths, Reading(source_format, calendar, None, date_format, encoding))
    with (
        session.open_or_empty() as store,
        watching("definitions", files.size) as watch,
    ):
        findings = lint(store, files.against, watch, files.describe)
    return _print(findings, files, session)


def _print(findings: "list[Finding]", files: "DefinitionFiles | None", session: Session) -> int:
    """Print the findings and return the exit status; without any, only a format that was asked for."""
    if findings or session.format is not None:
        layout = LAYOUT if files is None else PLACED
        print_list([finding_object(finding, files) for finding in findings], layout, session.format)
    return FOUND if findings else 0


COMMAND = Command(lint_definitions, example="lint definitions.toml")
