"""`import`, `diff`, `export` and `schema`: definitions as files."""

from __future__ import annotations

from typing import Annotated

import typer

from seqctl.cli import options
from seqctl.cli.changes import print_changes, warn_of
from seqctl.cli.definition_files import FiscalCalendar, From, Paths, Update, read_files
from seqctl.cli.errors import warn
from seqctl.cli.output import print_text
from seqctl.cli.session import Session, confirmed, shared
from seqctl.errors import NotDelivered
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.defining import Wish
    from seqctl.actions.exporting import Export
    from seqctl.definitions.toml_reader import DefinitionFiles
    from seqctl.model.catalogue import Wanted
    from seqctl.model.plan import Plan
    from seqctl.store.port import Store, Transaction


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("import", epilog=options.EXAMPLE + "import definitions.toml --dry-run")(shared(import_files))
    app.command("diff", epilog=options.EXAMPLE + "diff definitions.toml --exit-code")(shared(diff_files))
    app.command("export", epilog=options.EXAMPLE + "export --to definitions.toml")(shared(export_definitions))
    app.command("schema", epilog=options.EXAMPLE + "schema > seqctl.schema.json")(shared(schema))


def import_files(
    session: Session,
    paths: Paths,
    source_format: From = "toml",
    calendar: FiscalCalendar = None,
    update: Update = None,
    dry_run: options.DryRun = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove unused definitions that no file names.")
    ] = False,
    allow_collisions: Annotated[
        bool,
        typer.Option("--allow-collisions", help="Take sequences whose numbers could be alike."),
    ] = False,
    yes: options.Yes = False,
) -> None:
    """Import definitions: all of them or, where anything is wrong, nothing."""
    from seqctl.actions.defining import define

    files = read_files(paths, source_format, calendar, update)

    def wish(transaction: Transaction) -> Wanted:
        wanted = files.against(transaction.catalogue.read)
        wanted.prune, wanted.allow_collisions = prune, allow_collisions
        return wanted

    zone = _known_zone(files.wanted.timezone)
    with session.open_or_empty(zone) as store:
        plan = _plan(store, files, wish)
    if not dry_run:
        gone = [change for change in plan.changes if change.action == "removed"]
        if gone:
            confirmed(f"{len(gone)} unused definitions will be removed", yes)
        if plan.far_moves:
            confirmed("; ".join(str(move) for move in plan.far_moves), yes)
        with session.open_or_create(zone) as store:
            plan = define(store, wish, "import", files.names, plan, files.describe)
    warn_of(plan, files.describe)
    print_changes(plan, session)


def diff_files(
    session: Session,
    paths: Paths,
    source_format: From = "toml",
    calendar: FiscalCalendar = None,
    update: Update = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 3 where an import would change something.")
    ] = False,
) -> int:
    """Show what an import would change, field by field."""
    files = read_files(paths, source_format, calendar, update)
    with session.open_or_empty(_known_zone(files.wanted.timezone)) as store:
        plan = _plan(store, files, lambda transaction: files.against(transaction.catalogue.read))
    warn_of(plan, files.describe)
    plan.changes = [change for change in plan.changes if change.action != "unchanged"]
    print_changes(plan, session)
    return 3 if exit_code and plan.changes else 0


def export_definitions(
    session: Session,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME...]", parser=composed, help="Sequences or sets, with what they need."),
    ] = None,
    with_counters: Annotated[
        bool, typer.Option("--with-counters", help="Say where each counter stands.")
    ] = False,
    to: Annotated[
        str, typer.Option("--to", metavar="FILE", help="Write to this file. Default: output.")
    ] = "-",
) -> None:
    """Export definitions as one TOML text in a stable order."""
    from seqctl.actions.exporting import export
    from seqctl.definitions.toml_writer import write_definitions

    with session.open() as store:
        exported = export(store, names or [], with_counters)
    text = write_definitions(exported.catalogue, exported.counters)
    if to == "-":
        print_text([text])
    else:
        _write(to, text)
    if with_counters:
        _warn_of_the_rest(exported)


def schema(session: Session) -> None:
    """Print the JSON Schema of the TOML format."""
    import json

    from seqctl.definitions.schema import definition_schema

    print_text([json.dumps(definition_schema(), indent=2, ensure_ascii=False) + "\n"])


def _warn_of_the_rest(exported: Export) -> None:
    """Say what of the state of the book does not travel with its counters."""
    if exported.gaps or exported.reserved:
        warn(
            f"{exported.gaps} numbers that no document holds and {exported.reserved} reservations"
            " stay behind: an export carries neither"
        )
    closed = [item for item in exported.catalogue.sequences.values() if item.closed_until is not None]
    if closed:
        listed = ", ".join(f"{item.name!r} through {item.closed_until}" for item in closed[:3])
        warn(
            f"an export does not carry which sequences are closed: {listed}{' ...' if closed[3:] else ''};"
            " close them in the other book with: seqctl close --sequence NAME --through DATE --reason TEXT"
        )


def _plan(store: Store, files: DefinitionFiles, wish: Wish) -> Plan:
    from seqctl.actions.defining import plan_definitions, raise_problems
    from seqctl.cli.terminal import watching

    with watching("definitions", files.size) as watch:
        plan = plan_definitions(store, wish, watch)
    raise_problems(plan, files.describe)
    return plan


def _known_zone(name: str | None) -> str | None:
    """The time zone of a new book, if the files name one that exists; else the plan refuses it."""
    from seqctl.model.values import ValueProblem, time_zone

    try:
        return None if name is None else time_zone(name)
    except ValueProblem:
        return None


def _write(path: str, text: str) -> None:
    """Replace a file at once: a reader sees the old text or the new one. Raises NotDelivered."""
    from seqctl.cli.replacing import replacing

    with replacing(path) as put:
        try:
            put([text])
        except OSError as error:
            raise NotDelivered(f"{path} could not be written: {error.strerror}") from error
