"""`diff`: what an import would change."""

from seqctl.cli.files.changes import print_changes, warn_of
from seqctl.cli.files.definition_files import (
    DateFormat,
    Encoding,
    FiscalCalendar,
    From,
    Paths,
    Reading,
    Update,
    read_files,
)
from seqctl.cli.files.planning import known_zone, planned
from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.session import Session


def diff_files(
    session: Session,
    paths: Paths,
    source_format: From = None,
    calendar: FiscalCalendar = None,
    update: Update = None,
    date_format: DateFormat = None,
    encoding: Encoding = None,
    exit_code: Annotated[
        bool, option("--exit-code", help="Exit 3 where an import would change something.")
    ] = False,
) -> int:
    """Show what an import would change, field by field."""
    files = read_files(paths, Reading(source_format, calendar, update, date_format, encoding))
    with session.open_or_empty(known_zone(files.wanted.timezone)) as store:
        plan = planned(store, files, lambda transaction: files.against(transaction.catalogue.read))
    warn_of(plan, files.describe)
    plan.changes = [change for change in plan.changes if change.action != "unchanged"]
    print_changes(plan, session)
    return 3 if exit_code and plan.changes else 0


COMMAND = Command(diff_files, example="diff definitions.toml --exit-code")
