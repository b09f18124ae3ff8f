"""`adopt`: numbers that exist already enter the book."""

from seqctl.cli import options
from seqctl.cli.collecting import without_collecting
from seqctl.cli.errors import visible, warn
from seqctl.cli.grammar.declaration import Annotated, Command, argument, declared, option
from seqctl.cli.input_file import (
    file_parameters,
    names_a_list,
    refuse_form,
    table_file,
    tell,
    words_for_states,
)
from seqctl.cli.layout import Layout
from seqctl.cli.linting.findings import tell_problems
from seqctl.cli.output import print_list, print_record
from seqctl.cli.session import Session, confirmed
from seqctl.cli.shown import gap_shown, problem_shown, shown
from seqctl.errors import UsageError
from seqctl.model.reports.adoption import Adoption, AdoptionOutcome
from seqctl.model.text import shell_word
from seqctl.process import interrupted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.definitions.tables.table import TableFile

LAYOUT = Layout(
    (
        *("sequence", "scope", "period", "adopted", "unchanged", "first", "last", "next", "missing"),
        *("gap_runs", "void"),
    ),
    ("gap_runs", "first", "last"),
    "counter",
)
ROLES = (
    *("number", "date", "record", "state", "reason", "note", "actor", "issued_at"),
    *("source_actor", "source_at", "sequence", "period", "scope", "document_type"),
)
"""What the columns of a file may hold."""

AGAIN = "run the command again: it leaves them unchanged"
UNKNOWN = 1_000_000
"""How many numbers a file is taken to have for the progress bar, until it was read."""
Target = Annotated[
    str | None,
    options.named_target(
        "A sequence, else all sequences of a document type. Default: the one that each line of a file names."
    ),
]
Numbers = Annotated[list[str] | None, argument(metavar="NUMBER", help="The numbers as printed.")]
Input = Annotated[
    str | None,
    option(
        "--input",
        metavar="FILE",
        help="A file: a plain list, CSV, JSON or Excel; - is standard input.",
    ),
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
    option("--skip-invalid", help="Skip numbers that cannot be adopted; exit 3 if there were any."),
]


def adopt_numbers(
    session: Session,
    target: Target = None,
    numbers: Numbers = None,
    input_file: Input = None,
    date: DocumentDate = None,
    record: options.Record = None,
    document_type: options.DocumentType = None,
    period: Period = None,
    scope: Scope = None,
    skip_invalid: SkipInvalid = False,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
    **form: "Any",
) -> int:
    """Enter numbers that exist already, and go on behind the highest.

    What is missing between them is listed, and what does not fit is reported.
    """
    from contextlib import ExitStack

    from seqctl.actions.adopting.adopt import adopt
    from seqctl.cli.progress import watching

    scope_values = options.pairs(scope, "--scope")
    file = None
    if input_file is None:
        refuse_form(form)
        adoption = _given(target, numbers or [], date, record)
    else:
        _refuse(("--date", date), ("--record", record))
        if target is None:
            _refuse_without_target(("--period", period), ("--scope", scope))
        needed, unwanted = (("sequence",), ()) if target is None else ((), ("sequence",))
        file = table_file(input_file, ROLES, form, needed, unwanted)
        adoption = _from_file(target, numbers or [], file)
        adoption.by_sequence = target is None or form["sequence_column"] is not None
        adoption.states, adoption.pad = words_for_states(form), form["pad"]
        adoption.decimal_comma = form["decimal"] == "comma"
    adoption.document_type = options.type_name(document_type)
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
    if file is not None:
        tell(file)
    return _told(adoption, outcome, session.format)


def _given(target: str | None, numbers: list[str], date: str | None, record: str | None) -> Adoption:
    """The adoption of numbers that stand on the command line."""
    from seqctl.model.number.request import check_line
    from seqctl.model.time.instant import check_date

    if target is None:
        raise UsageError("TARGET is missing", "name the sequence, or give a file that does")
    if not numbers and names_a_list(target):
        hint = f"read the file with: seqctl adopt SEQUENCE --input {shell_word(target)}"
        raise UsageError("no number is given", hint)
    if not numbers:
        hint = "name numbers, or a file of them with --input FILE"
        if any(character.isdigit() for character in target):
            hint = f"where {target} is the number, its sequence comes first: seqctl adopt SEQUENCE {target}"
        raise UsageError("no number is given", hint)
    if len(numbers) == 1 and names_a_list(numbers[0]):
        raise UsageError(
            f"{numbers[0]!r} looks like a file", f"read it with: --input {shell_word(numbers[0])}"
        )
    if date is not None:
        check_date(date)
    check_line("record", record)
    if record is not None and len(numbers) > 1:
        raise UsageError("--record names the document of one number", "give one number, or --record-column")
    return Adoption(target, [[(at, text, date, record) for at, text in enumerate(numbers, 1)]])


def _from_file(target: str | None, numbers: list[str], file: "TableFile") -> Adoption:
    """The adoption of the numbers of a file."""
    if numbers:
        raise UsageError("both numbers and a file are given", "give one of them")
    adoption = Adoption(target, file, visible(file.name), file.faults, read_date=file.read_date)
    adoption.columns, adoption.seen_format = file.found, file.seen_format
    return adoption


def _refuse(*given: tuple[str, str | None]) -> None:
    """Refuse options for single numbers beside a file."""
    for name, value in given:
        if value is not None:
            where = "numbers on the command line; a file has --date-column and --record-column"
            raise UsageError(f"{name} is for {where}")


def _refuse_without_target(*given: tuple[str, object]) -> None:
    """Refuse what is said of all numbers where each line of a file names its sequence."""
    for name, value in given:
        if value:
            raise UsageError(f"{name} is for the numbers of one TARGET; a file may have a column for it")


def _told(adoption: Adoption, outcome: AdoptionOutcome, output: str | None) -> int:
    """Print the counters, and on stderr what was warned of or skipped; 3 where something was."""
    if output in ("json", "jsonl"):
        print_record(_shown(outcome), output)
    else:
        print_list(map(shown, outcome.counters), LAYOUT, output)
    for warning in outcome.warnings:
        warn(warning)
    return tell_problems("problems", outcome.problems, adoption.file, output)


def _shown(outcome: AdoptionOutcome) -> dict[str, object]:
    """What became of an input as one object."""
    return {
        "adopted": sum(counter.adopted for counter in outcome.counters),
        "void": sum(counter.void for counter in outcome.counters),
        "unchanged": sum(counter.unchanged for counter in outcome.counters),
        "skipped": len(outcome.problems),
        "counters": list(map(shown, outcome.counters)),
        "gaps": list(map(gap_shown, outcome.gaps)),
        "problems": list(map(problem_shown, outcome.problems)),
    }


COMMAND = Command(
    adopt_numbers,
    [*declared(adopt_numbers), *file_parameters(*ROLES)],
    example="adopt invoice --input invoices-2025.csv --column number --date-column date",
)
