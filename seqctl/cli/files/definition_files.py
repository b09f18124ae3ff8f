"""Reading the files that `import`, `diff` and `lint` name, in seqctl's own format or another system's."""

from seqctl.cli.grammar.declaration import Annotated, argument, option
from seqctl.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.definitions.toml.reader import DefinitionFiles

FORMATS = ("toml", "salesforce", "intacct", "zuora")
Paths = Annotated[
    list[str], argument(metavar="PATH...", help="Files, folders of such files, or - for the input.")
]
From = Annotated[str, option("--from", metavar="FORMAT", help=f"What the files hold: {', '.join(FORMATS)}.")]
FiscalCalendar = Annotated[
    str | None,
    option(
        "--calendar",
        metavar="NAME",
        help="The calendar of another system's fiscal years. Default: the calendar year.",
        complete="calendars",
    ),
]
Update = Annotated[
    str | None,
    option(
        "--update",
        metavar="NAME",
        help="With --from: what a body without a name changes. The fields that it lacks stay.",
    ),
]


def read_files(
    paths: list[str], source_format: str, calendar: str | None = None, update: str | None = None
) -> "DefinitionFiles":
    """The definitions of all files together, with what is wrong with their shape. Raises UsageError."""
    from seqctl.definitions.toml.sources import read_sources

    if source_format == "toml":
        from seqctl.definitions.toml.reader import read_definitions

        if calendar is not None:
            raise UsageError("--calendar goes with --from", "a TOML file names the calendar of each sequence")
        if update is not None:
            raise UsageError("--update goes with --from", "a TOML file names what it defines")
        return read_definitions(read_sources(paths, ".toml"))
    from seqctl.definitions.foreign import ForeignFiles

    if source_format not in FORMATS:
        raise UsageError(f"--from {source_format!r} is not known", f"write one of {', '.join(FORMATS)}")
    return ForeignFiles(source_format, read_sources(paths, ".json"), calendar, update)
