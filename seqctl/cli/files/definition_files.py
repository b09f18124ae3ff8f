"""Reading the files that `import`, `diff` and `lint` name, in seqctl's own format or another system's."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, argument, option
from seqctl.errors import UsageError
from seqctl.model.classes import frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.definitions.toml.reader import DefinitionFiles

OWN = ("toml", "json", "csv", "xlsx")
"""The forms of seqctl's own; the end of a file's name tells which it is."""
SHEETS = ("csv", "xlsx")
SHEET_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls")
OTHER_ENDINGS = {"tsv": "csv", "xls": "xlsx", "xlsm": "xlsx"}
"""Ends of names of other sheets: what their bytes are is reported where they are read."""
SYSTEMS = ("salesforce", "intacct", "zuora", "business-central", "odoo")
FORMATS = (*OWN, *SYSTEMS)
Paths = Annotated[
    list[str], argument(metavar="PATH...", help="Files, folders of such files, or - for the input.")
]
From = Annotated[
    str | None,
    option(
        "--from",
        metavar="FORMAT",
        help=f"What the files hold: {', '.join(FORMATS)}. Default: as their names end; toml.",
    ),
]
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
DateFormat = options.DateFormat
Encoding = options.Encoding


@frozen
class Reading:
    """How files are said to be read; what is None nobody said."""

    source_format: str | None = None
    calendar: str | None = None
    update: str | None = None
    date_format: str | None = None
    encoding: str | None = None


def read_files(paths: list[str], reading: Reading) -> "DefinitionFiles":
    """The definitions of all files together, with what is wrong with their shape. Raises UsageError."""
    if reading.source_format in SYSTEMS:
        return _foreign(paths, reading.source_format, reading)
    if reading.source_format not in (None, *OWN):
        hint = f"write one of {', '.join(FORMATS)}"
        raise UsageError(f"--from {reading.source_format!r} is not known", hint)
    for flag, given in (("--calendar", reading.calendar), ("--update", reading.update)):
        if given is not None:
            words = f"{flag} is for another system's files: give --from {', '.join(SYSTEMS)}"
            raise UsageError(words, "seqctl's own files name what they define, and its calendar")
    from seqctl.definitions.toml.reader import read_definitions
    from seqctl.definitions.toml.sources import named_files, read_source

    forms = OWN if reading.source_format is None else (reading.source_format,)
    names = named_files(paths, tuple(f".{form}" for form in forms))
    forms_of = {name: reading.source_format or _form(name) for name in names}
    texts = [
        read_source(name, form, found=name not in paths)
        for name, form in forms_of.items()
        if form not in SHEETS
    ]
    files = read_definitions(texts)
    tables = [name for name, form in forms_of.items() if form in SHEETS]
    if not tables:
        _refuse_form(reading, "a sheet: CSV or .xlsx")
        return files
    from seqctl.definitions.sheets.reader import SheetFiles
    from seqctl.definitions.sheets.sheet import Sheet

    encoding = options.encoding(reading.encoding)
    return SheetFiles(files, [Sheet(name, reading.date_format, encoding) for name in tables])


def _foreign(paths: list[str], system: str, reading: Reading) -> "DefinitionFiles":
    from seqctl.definitions.foreign import TABLES, ForeignFiles
    from seqctl.definitions.foreign.payload_table import read_tables
    from seqctl.definitions.toml.sources import named_files, read_source

    captions = TABLES.get(system)
    endings = (".json",) if captions is None else (".json", ".csv", ".xlsx")
    names = named_files(paths, endings)
    sheets = [name for name in names if captions is not None and name.lower().endswith(SHEET_ENDINGS)]
    if not sheets:
        _refuse_form(reading, "a sheet: CSV or .xlsx")
    encoding = options.encoding(reading.encoding)
    tables = [table for name in sheets for table in read_tables(name, captions or TABLES[system], encoding)]
    sources = [read_source(name) for name in names if name not in sheets]
    return ForeignFiles(
        system, sources, reading.calendar, reading.update, tables, reading.date_format if sheets else None
    )


def _refuse_form(reading: Reading, meant: str) -> None:
    """Refuse the options of a sheet where there is none. Raises UsageError."""
    for flag, given in (("--date-format", reading.date_format), ("--encoding", reading.encoding)):
        if given is not None:
            raise UsageError(f"{flag} is for {meant}, and no file is one", "leave it out")


def _form(name: str) -> str:
    """The form of a file by the end of its name; TOML where that says nothing."""
    ending = name.lower().rpartition(".")[2]
    return OTHER_ENDINGS.get(ending, ending if ending in OWN else "toml")
