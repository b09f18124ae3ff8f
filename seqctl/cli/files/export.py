"""`export`: definitions as one TOML text."""

from seqctl.cli.errors import warn
from seqctl.cli.grammar.declaration import Annotated, Command, argument, option
from seqctl.cli.output import print_text
from seqctl.cli.session import Session
from seqctl.errors import NotDelivered
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.definitions.export import Export


def export_definitions(
    session: Session,
    names: Annotated[
        list[str] | None,
        argument(metavar="[NAME...]", read=composed, help="Sequences or sets, with what they need."),
    ] = None,
    with_counters: Annotated[bool, option("--with-counters", help="Say where each counter stands.")] = False,
    to: Annotated[str, option("--to", metavar="FILE", help="Write to this file. Default: output.")] = "-",
) -> None:
    """Export definitions as one TOML text in a stable order."""
    from seqctl.actions.definitions.export import export
    from seqctl.definitions.toml.writer import write_definitions

    with session.open() as store:
        exported = export(store, names or [], with_counters)
    text = write_definitions(exported.catalogue, exported.counters)
    if to == "-":
        print_text([text])
    else:
        _write(to, text)
    if with_counters:
        _warn_of_the_rest(exported)


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
