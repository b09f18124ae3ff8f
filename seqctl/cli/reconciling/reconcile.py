"""`reconcile`: the ledger against the documents that really exist."""

from seqctl.cli import options
from seqctl.cli.errors import visible, warn
from seqctl.cli.grammar.declaration import Annotated, Command, declared, option
from seqctl.cli.input_file import file_parameters, table_file, tell, words_for_states
from seqctl.cli.layout import Layout
from seqctl.cli.output import print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import difference_shown
from seqctl.errors import UsageError
from seqctl.model.cell import unguarded
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from seqctl.actions.reconciling.reconcile import Reconciliation
    from seqctl.definitions.tables.table import TableFile
    from seqctl.model.reports.reconciliation import Difference, Document

LAYOUT = Layout(
    ("severity", "code", "subject", "line", "message", "action", "hint", "sequence", "date"),
    ("date", "sequence", "severity", "line"),
    "difference",
)
ROLES = ("number", "date", "state")
"""What the columns of the file may hold."""

FOUND = 3
Target = Annotated[str | None, options.named_target("A sequence, else a document type.", "[TARGET]")]
Input = Annotated[
    str,
    option(
        "--input",
        metavar="FILE",
        help="The documents: a plain list, CSV, JSON or Excel; - is input.",
    ),
]
DateFrom = Annotated[
    str | None, option("--from", metavar="DATE", help="First date of numbers that need a document.")
]
DateTo = Annotated[
    str | None, option("--to", metavar="DATE", help="Last date of numbers that need a document.")
]
Apply = Annotated[
    bool, option("--apply", help="Put numbers dated up to --to that have no document under review.")
]


def reconcile_documents(
    session: Session,
    input_file: Input,
    target: Target = None,
    date_from: DateFrom = None,
    date_to: DateTo = None,
    period: options.Period = None,
    scope: options.Scope = None,
    set_name: options.InSet = None,
    apply: Apply = False,
    dry_run: options.DryRun = False,
    **form: "Any",
) -> int:
    """Compare the ledger with the documents that really exist, in both directions. Exit 3 where they differ.

    --from, --to, --period and --scope say which numbers of the ledger must have a document; every document of
    the file must be in the ledger in any case.
    """
    from seqctl.actions.reconciling.reconcile import Reconciliation
    from seqctl.model.reports.reconciliation import Limits

    if apply and date_to is None:
        raise UsageError("--apply needs a last document date", "give --to DATE")
    file = table_file(input_file, ROLES, form)
    wanted = Limits(
        *options.window(date_from, date_to),
        period,
        tuple(options.pairs(scope, "--scope").items()),
    )
    with session.open() as store, Reconciliation(store, target, wanted, set_name) as compared:
        _load(compared, file, words_for_states(form), _reading(compared, form))
        if apply:
            _review(compared, file, dry_run)
        found = _Counted(compared.differences())
        print_list(found, LAYOUT, session.format)
    return FOUND if found.any else 0


def _reading(compared: "Reconciliation", form: "dict[str, Any]") -> "Callable[[str], str]":
    """Reads the numbers of the file, as they are or with the zeros that they lost."""
    if not form["pad"]:
        return str
    comma = form["decimal"] == "comma"
    return lambda text: compared.with_zeros(text, comma)


def _load(
    compared: "Reconciliation", file: "TableFile", words: dict[str, str], read: "Callable[[str], str]"
) -> None:
    """Read the documents. Raises InvalidInput with everything that is wrong with the file."""
    problems = compared.load(_documents(file, words, read))
    if problems or file.faults:
        from seqctl.definitions.tables.opening import unfit

        raise unfit(visible(file.name), [*problems, *file.faults], "nothing was compared")
    tell(file)


def _documents(
    file: "TableFile", words: dict[str, str], read: "Callable[[str], str]"
) -> "Iterator[Document]":
    """The documents of the file; `words` are those for their states, and `read` reads a number."""
    from seqctl.model.reports.reconciliation import Document
    from seqctl.model.reports.state_words import VOID, folded

    for some in file:
        for line, number, date, state in some:
            try:
                day = None if date is None else file.read_date(date)
            except ValueError as error:
                file.faults.append((line, f"{number} has the document date {error}"))
                continue
            void = state is not None and words.get(folded(state)) == VOID
            yield Document(line, read(unguarded(number or "")), day, void)


def _review(compared: "Reconciliation", file: "TableFile", dry_run: bool) -> None:
    undated = compared.review(f"no document in {visible(composed(file.name))}", dry_run=dry_run)
    if undated:
        numbers = "number has" if undated == 1 else "numbers have"
        warn(f"{undated} issued {numbers} neither a document nor a date, and stay as they are")


class _Counted:
    """The differences as lists show them; `any` says whether there was one."""

    def __init__(self, found: "Iterator[Difference]") -> None:
        self._found = found
        self.any = False

    def __iter__(self) -> "Iterator[dict[str, object]]":
        for difference in self._found:
            self.any = True
            yield difference_shown(difference)


COMMAND = Command(
    reconcile_documents,
    [*declared(reconcile_documents), *file_parameters(*ROLES)],
    example="reconcile invoice --input posted.csv --column number",
)
