"""`adopt`: numbers that exist already enter the book."""

from seqctl.cli import options
from seqctl.cli.collecting import without_collecting
from seqctl.cli.deliver import interrupted
from seqctl.cli.errors import line, line_of_json, visible, warn
from seqctl.cli.grammar.declaration import Annotated, Command, argument, option
from seqctl.cli.output import print_list, print_record
from seqctl.cli.session import Session, confirmed
from seqctl.errors import UsageError
from seqctl.model.reports.adoption import Adoption, AdoptionOutcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.definitions.records.number_lines import NumberFile

COLUMNS = (
    *("sequence", "scope", "period", "adopted", "unchanged", "first", "last", "next", "missing"),
    "gap_runs",
)
AGAIN = "run the command again: it leaves them unchanged"
UNKNOWN = 1_000_000
"""How many numbers a file is taken to have for the progress bar, until it was read."""
Target = Annotated[
    str,
    options.named_target("A sequence, else all sequences of a document type."),
]
Numbers = Annotated[list[str] | None, argument(metavar="NUMBER", help="The numbers as printed.")]
Input = Annotated[
    str | None,
    option("--input", metavar="FILE", help="A file with one number a line; - is standard input."),
]
Column = Annotated[
    str | None,
    option("--column", metavar="COLUMN", help="FILE is CSV or JSON Lines: where the number stands."),
]
DateColumn = Annotated[
    str | None, option("--date-column", metavar="COLUMN", help="Where its document date stands.")
]
RecordColumn = Annotated[
    str | None, option("--record-column", metavar="COLUMN", help="Where its document stands.")
]
DocumentDate = Annotated[
    str | None,
    option("--date", metavar="DATE", help="The document date of the numbers given. Default: unknown."),
]
Period = Annotated[
    str | None,
    option("--period", metavar="KEY", help="Their period, where the numbers do not show it: 2026-05."),
]
Scope = Annotated[
    list[str] | None,
    option("--scope", metavar="NAME=VALUE", help="A scope attribute that the numbers do not show."),
]
SkipInvalid = Annotated[
    bool,
    option("--skip-invalid", help="Adopt the others where some cannot be; exit 3 if some were skipped."),
]


def adopt_numbers(
    session: Session,
    target: Target,
    numbers: Numbers = None,
    input_file: Input = None,
    column: Column = None,
    date_column: DateColumn = None,
    record_column: RecordColumn = None,
    date: DocumentDate = None,
    record: options.Record = None,
    period: Period = None,
    scope: Scope = None,
    skip_invalid: SkipInvalid = False,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
) -> int:
    """Enter numbers that exist already, and go on behind the highest; tells of gaps and misfits."""
    from contextlib import ExitStack

    from seqctl.actions.adopting.adopt import adopt
    from seqctl.cli.progress import watching

    scope_values = options.pairs(scope, "--scope")
    if input_file is None:
        _refuse(("--column", column), ("--date-column", date_column), ("--record-column", record_column))
        adoption = _given(target, numbers or [], date, record)
    else:
        _refuse(("--date", date), ("--record", record), of_file=True)
        adoption = _from_file(target, numbers or [], _file(input_file, column, date_column, record_column))
    adoption.period, adoption.scope = period, scope_values
    adoption.skip_invalid, adoption.dry_run, adoption.confirmed = skip_invalid, dry_run, yes
    bar = ExitStack()

    def agree(question: str) -> None:
        bar.close()
        confirmed(question, False)

    with session.open() as store, without_collecting(), bar:
        many = UNKNOWN if input_file is not None else len(numbers or [])
        watch = bar.enter_context(watching("numbers", many))
        try:
            outcome = adopt(store, adoption, watch, agree)
        except KeyboardInterrupt:
            if store.committed:
                raise interrupted(AGAIN) from None
            raise
    return _show(adoption, outcome, session.format)


def _given(target: str, numbers: list[str], date: str | None, record: str | None) -> Adoption:
    """The adoption of numbers that stand on the command line."""
    from seqctl.model.number.request import check_line
    from seqctl.model.time.instant import check_date

    if not numbers:
        raise UsageError("no number is given", "name numbers, or a file of them with --input FILE")
    if date is not None:
        check_date(date)
    check_line("record", record)
    if record is not None and len(numbers) > 1:
        raise UsageError("--record names the document of one number", "give one number, or --record-column")
    return Adoption(target, [[(at, text, date, record) for at, text in enumerate(numbers, 1)]])


def _from_file(target: str, numbers: list[str], file: "NumberFile") -> Adoption:
    """The adoption of the numbers of a file."""
    if numbers:
        raise UsageError("numbers are given, and a file of them too", "give the one or the other")
    return Adoption(target, file, visible(file.name), file.faults)


def _file(path: str, column: str | None, date_column: str | None, record_column: str | None) -> "NumberFile":
    from seqctl.definitions.records.number_lines import NumberColumns, NumberFile

    if column is not None:
        return NumberFile(path, NumberColumns(column, date_column, record_column))
    if date_column is not None or record_column is not None:
        raise UsageError("a file has columns only where --column names one", "name that of the number")
    return NumberFile(path)


def _refuse(*given: tuple[str, str | None], of_file: bool = False) -> None:
    """Refuse options that belong to the other way to give numbers."""
    for name, value in given:
        if value is not None:
            where = "numbers on the command line; a file has --date-column and --record-column"
            raise UsageError(f"{name} is for {where if of_file else 'a file: give --input FILE'}")


def _show(adoption: Adoption, outcome: AdoptionOutcome, output: str | None) -> int:
    """Print the counters, and on stderr what was warned of or skipped; 3 where something was."""
    if output in ("json", "jsonl"):
        print_record(outcome.object(), output)
    else:
        print_list((counter.object() for counter in outcome.counters), COLUMNS, output)
    for warning in outcome.warnings:
        warn(warning)
    if not outcome.problems:
        return 0
    if output in ("json", "jsonl"):
        line_of_json({"problems": [problem.object() for problem in outcome.problems]})
    else:
        for problem in outcome.problems:
            line(visible(problem.words(adoption.file)))
    return 3


COMMAND = Command(
    adopt_numbers, example="adopt invoice --input invoices-2025.csv --column number --date-column date"
)
