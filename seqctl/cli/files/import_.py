"""`import`: definitions out of files."""

from seqctl.cli import options
from seqctl.cli.files.changes import print_changes, print_summary, warn_of
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
from seqctl.cli.session import Session, confirmed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.catalogue.catalogue import Wanted
    from seqctl.store.port import Transaction


def import_files(
    session: Session,
    paths: Paths,
    source_format: From = None,
    calendar: FiscalCalendar = None,
    update: Update = None,
    date_format: DateFormat = None,
    encoding: Encoding = None,
    dry_run: options.DryRun = False,
    prune: Annotated[bool, option("--prune", help="Remove unused definitions that no file names.")] = False,
    allow_collisions: Annotated[
        bool,
        option("--allow-collisions", help="Allow sequences that could print the same numbers."),
    ] = False,
    yes: options.Yes = False,
) -> None:
    """Import definitions: all of them, or nothing."""
    from seqctl.actions.definitions.define import define

    files = read_files(paths, Reading(source_format, calendar, update, date_format, encoding))

    def wish(transaction: "Transaction") -> "Wanted":
        wanted = files.against(transaction.catalogue.read)
        wanted.prune, wanted.allow_collisions = prune, allow_collisions
        return wanted

    zone = known_zone(files.wanted.timezone)
    with session.open_or_empty(zone) as store:
        plan = planned(store, files, wish)
    if not dry_run:
        gone = [change for change in plan.changes if change.action == "removed"]
        if gone:
            confirmed(f"{len(gone)} unused definitions will be removed", yes)
        if plan.far_moves:
            confirmed("; ".join(str(move) for move in plan.far_moves), yes)
        with session.open_or_create(zone) as store:
            plan = define(store, wish, "import", files.names, plan, files.describe, files.placed)
    warn_of(plan, files.describe)
    print_changes(plan, session)
    print_summary(plan, session, dry_run)


COMMAND = Command(import_files, example="import definitions.toml --dry-run")
