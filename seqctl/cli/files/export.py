"""`export`: definitions as one text, in seqctl's own forms or in those of other systems."""

from seqctl.cli.errors import warn
from seqctl.cli.grammar.declaration import Annotated, Command, argument, option
from seqctl.cli.output import print_text
from seqctl.cli.session import Session
from seqctl.errors import NotDelivered, UsageError
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.definitions.export import Export

SYSTEMS = ("salesforce", "intacct", "zuora")
"""Other systems whose payloads are written; those of more are read."""

FORMATS = ("toml", "json", "csv", *SYSTEMS)
BY_ENDING = (".json", ".csv")
"""Ends of names of files that say how to write them."""


def export_definitions(
    session: Session,
    names: Annotated[
        list[str] | None,
        argument(
            metavar="[NAME...]",
            read=composed,
            help="Sequences, ranges, sets, policies or calendars, with what they need.",
        ),
    ] = None,
    with_counters: Annotated[
        bool, option("--with-counters", help="Include where each counter stands.")
    ] = False,
    to: Annotated[str, option("--to", metavar="FILE", help="Write to this file. Default: output.")] = "-",
    to_format: Annotated[
        str | None,
        option(
            "--to-format",
            metavar="FORMAT",
            help=f"What to write: {', '.join(FORMATS)}. Default: as FILE ends; toml.",
        ),
    ] = None,
) -> None:
    """Export definitions as one text in a stable order.

    What the text cannot hold is a warning.
    What goes to another system always says where counters stand.
    """
    from seqctl.actions.definitions.export import export

    form = _form(to, to_format)
    counted = with_counters or form in SYSTEMS
    with session.open() as store:
        exported = export(store, names or [], counted)
    text, left_out = _written(form, exported)
    if to == "-":
        print_text([text])
    else:
        _write(to, text)
    for words in left_out:
        warn(words)
    if counted:
        _warn_of_the_rest(exported)


def _form(to: str, given: str | None) -> str:
    """The format to write: the one that was named, else the one that the name of the file tells."""
    if given is None:
        return next((ending[1:] for ending in BY_ENDING if to.lower().endswith(ending)), "toml")
    if given not in FORMATS:
        raise UsageError(f"--to-format {given!r} is not known", f"write one of {', '.join(FORMATS)}")
    return given


def _written(form: str, exported: "Export") -> tuple[str, list[str]]:
    """The text, and in words what it leaves out."""
    if form == "toml":
        from seqctl.definitions.toml.writer import write_definitions

        return write_definitions(exported.catalogue, exported.counters), []
    if form == "json":
        from seqctl.definitions.json.writer import write_json

        return write_json(exported.catalogue, exported.counters), []
    if form == "csv":
        from seqctl.definitions.sheets.writer import write_sheet

        return write_sheet(exported.catalogue, exported.counters)
    from seqctl.definitions.foreign.writing import write_foreign

    return write_foreign(form, exported.catalogue, exported.counters or {})


def _warn_of_the_rest(exported: "Export") -> None:
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


def _write(path: str, text: str) -> None:
    """Replace a file at once: a reader sees the old text or the new one. Raises NotDelivered."""
    from seqctl.cli.replacing import replacing

    with replacing(path) as put:
        try:
            put([text])
        except OSError as error:
            raise NotDelivered(f"{path} could not be written: {error.strerror}") from error


COMMAND = Command(export_definitions, example="export --to definitions.toml")
