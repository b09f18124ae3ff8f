"""`assign`: numbers for the records of a file."""

from os import isatty

from seqctl.cli import options
from seqctl.cli.collecting import without_collecting
from seqctl.cli.errors import SALESFORCE, line, visible, warn
from seqctl.cli.grammar.declaration import Annotated, Command, argument, option
from seqctl.cli.layout import Layout
from seqctl.cli.linting.findings import tell_problems
from seqctl.cli.output import gathered, rendered_list
from seqctl.cli.session import Session, asking
from seqctl.errors import NotDelivered, UsageError
from seqctl.model.cell import guarded
from seqctl.model.reports.assignment import ADDED, Assignment, Batch
from seqctl.model.text import composed
from seqctl.process import check_stdout, interrupted, not_delivered, write_all

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from seqctl.cli.replacing import Write
    from seqctl.definitions.records.records import RecordFile

STDOUT = "-"
STDERR = 2
"""Its file descriptor: a person who reads it is told what became of the records, a cron job is not."""
LAYOUT = Layout(("id", *ADDED), noun="record")
AGAIN = "they are committed; run the command again: it gives the same numbers"
Type = Annotated[
    str,
    argument(metavar="TYPE", help="A document type.", complete="targets"),
]
Input = Annotated[
    str, option("--input", metavar="FILE", help="The records: CSV, JSON or Excel; - is standard input.")
]
IdColumn = Annotated[str, option("--id-column", metavar="COLUMN", help="What names each record.")]
DateColumn = Annotated[
    str | None,
    option(
        "--date-column", metavar="COLUMN", help="The document date. Default: a column `date`; else today."
    ),
]
OwnerColumns = Annotated[
    list[str] | None,
    option("--for-column", metavar="KIND=COLUMN", help="Whose set to use, most specific first."),
]
Order = Annotated[
    str, option("--order", choices=("file", "date"), help="Number in this order; file order on one date.")
]
WriteTo = Annotated[
    str | None,
    option("--write", metavar="FILE", help="Write the records with their numbers; - is output."),
]
Partial = Annotated[
    bool, option("--partial", help="Number what can be numbered; exit 3 if something failed.")
]


Source = Annotated[
    str | None,
    option("--from", metavar="FORMAT", help="What FILE is, if it is another system's request: salesforce."),
]
PolicyName = Annotated[
    str | None,
    option(
        "--policy",
        metavar="NAME",
        read=composed,
        help="Number all records by this policy, whose conditions must hold for each.",
        complete="policies",
    ),
]


PolicyColumn = Annotated[
    str | None,
    option("--policy-column", metavar="COLUMN", help="The policy of each record; a blank cell names none."),
]


def assign_numbers(
    session: Session,
    target: Type,
    input_file: Input,
    id_column: IdColumn = "id",
    date_column: DateColumn = None,
    owner_columns: OwnerColumns = None,
    policy: PolicyName = None,
    policy_column: PolicyColumn = None,
    set_name: options.SetName = None,
    sequence: options.SequenceName = None,
    order: Order = "file",
    write: WriteTo = None,
    partial: Partial = False,
    date_format: options.DateFormat = None,
    decimal: options.Decimal = None,
    encoding: options.Encoding = None,
    source: Source = None,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
) -> int:
    """Number the records of a file; a second run issues nothing new."""
    from seqctl.actions.assigning.assign import assign
    from seqctl.cli.progress import watching
    from seqctl.definitions.records.records import read_records
    from seqctl.definitions.tables.dates import SeenFormats, date_reader

    if len([name for name in (policy, set_name, sequence) if name is not None]) > 1:
        raise UsageError("--policy, --set and --sequence exclude each other", "give one of them")
    if policy_column is not None and (set_name, sequence) != (None, None):
        raise UsageError(
            "--policy-column names policies, and a set or a sequence is named", "give one of them"
        )
    if owner_columns and (policy is not None or sequence is not None):
        raise UsageError(
            "--for-column chooses sets, and a policy or a sequence is named", "leave one of them out"
        )
    found: str | None = None
    owners = tuple(options.pairs(owner_columns, "--for-column", "company=COLUMN", "KIND=COLUMN").items())
    single = [column for column in (date_column, policy_column) if column is not None]
    needed = (*single, *[column for _, column in owners])
    with without_collecting():
        if source is None:
            file = read_records(input_file, id_column, needed, options.encoding(encoding))
            # As with other files, a column that no option names is found by its heading.
            found = file.column("date") if date_column is None and file.records else None
        else:
            file, policy = _request(session, input_file, source, policy)
    date_column = date_column or found
    if order == "date" and date_column is None and file.records:
        raise UsageError("--order date needs dates", "name their column with --date-column")

    def spelled(column: str) -> str:
        return file.spelled.get(column, composed(column))

    seen = SeenFormats()
    batch = Batch(
        composed(target),
        visible(file.name),
        file.records,
        None if date_column is None else spelled(date_column),
        tuple((kind, spelled(column)) for kind, column in owners),
        order == "date",
        partial,
        dry_run,
        yes,
        kept=write is not None,
        policy=policy,
        policy_column=None if policy_column is None else spelled(policy_column),
        set_name=set_name,
        sequence=sequence,
        decimal_comma=decimal == "comma",
        read_date=seen if date_format is None else date_reader(date_format),
        seen_format=seen.only,
    )
    with _output(write, dry_run) as put, session.open() as store, without_collecting():
        with watching("records", len(file.records)) as watch:
            try:
                outcome = asking(lambda: assign(store, batch, watch), batch)
            except KeyboardInterrupt:
                if store.committed:
                    raise interrupted(AGAIN) from None
                raise
        _deliver(put, file, outcome, None if dry_run else write, session.format)
    if found is not None:
        line(f"seqctl: {visible(file.name)}: dates from {visible(repr(found))}")
    if write not in (None, STDOUT) and not dry_run and isatty(STDERR):
        line(f"seqctl: {outcome.counted()}; written to {visible(str(write))}")
    for warning in outcome.warnings:
        warn(warning)
    return tell_problems("failures", outcome.failures, batch.file, session.format)


def _request(
    session: Session, input_file: str, source: str, policy: str | None
) -> "tuple[RecordFile, str | None]":
    """The records of another system's request, and the policy that it or an option forces."""
    from seqctl.actions import read_catalogue
    from seqctl.definitions.foreign.salesforce.assignment_requests import read_assignment_request
    from seqctl.definitions.toml.sources import read_source

    if source != SALESFORCE:
        raise UsageError(f"--from {source!r} is not known", f"write {SALESFORCE}, or leave it out")
    with session.open() as store:
        catalogue = read_catalogue(store)
    file, forced = read_assignment_request(read_source(input_file, "json"), catalogue)
    if forced is not None and policy not in (None, forced):
        raise UsageError(f"the request names the policy {forced!r}, and --policy {policy!r}", "give one")
    return file, forced or policy


def _output(write: str | None, dry_run: bool) -> "AbstractContextManager[Write]":
    """Where the result goes, made sure of before anything is issued; a rehearsal goes to standard output."""
    if dry_run or write is None or write == STDOUT:
        from contextlib import nullcontext

        check_stdout()
        return nullcontext(_print)
    from seqctl.cli.replacing import replacing

    return replacing(write)


def _print(parts: "Iterable[str | bytes]") -> None:
    from seqctl.cli.replacing import encoded

    for part in parts:
        write_all(encoded(part))


def _deliver(
    put: "Write", file: "RecordFile", outcome: Assignment, write: str | None, output: str | None
) -> None:
    """Write the records with what they gained, or list their numbers. Raises NotDelivered."""
    try:
        if write is None:
            if output == SALESFORCE:
                from seqctl.definitions.foreign.salesforce.assignment_requests import assignment_answer

                put(gathered(assignment_answer(file, outcome)))
                return
            put(gathered(rendered_list(_objects(file, outcome), LAYOUT, output)))
            return
        from seqctl.definitions.records.writer import written_records

        gained = [assigned or (None,) * len(ADDED) for assigned in outcome.assigned]
        put(gathered(written_records(file, ADDED, gained, guarded)))
    except OSError as error:
        raise _undelivered(outcome, str(error.strerror)) from error
    except KeyboardInterrupt:
        raise _undelivered(outcome, "interrupted") from None


def _undelivered(outcome: Assignment, reason: str) -> NotDelivered:
    """The error of an output that failed, which says how to get the numbers again."""
    if not outcome.issued:
        return NotDelivered(f"the output could not be written: {reason}; nothing new was issued")
    texts = [assigned.number for assigned in outcome.assigned if assigned is not None]
    return not_delivered(texts, reason, AGAIN)


def _objects(file: "RecordFile", outcome: Assignment) -> "Iterator[dict[str, object]]":
    for record, assigned in zip(file.records, outcome.assigned, strict=True):
        if assigned is not None:
            yield {"id": record.id, **assigned._asdict()}


COMMAND = Command(
    assign_numbers,
    example="assign invoice --input orders.csv --date-column ordered_on --write numbered.csv",
    formats=(SALESFORCE,),
)
