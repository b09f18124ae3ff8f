"""`reconcile`: the ledger against the documents that really exist."""

from seqctl.cli import options
from seqctl.cli.errors import visible, warn
from seqctl.cli.grammar.declaration import Annotated, Command, declared, option
from seqctl.cli.input_file import file_parameters, table_file
from seqctl.cli.layout import Layout
from seqctl.cli.output import print_list
from seqctl.cli.reconciling.documents import load_documents
from seqctl.cli.session import Session
from seqctl.cli.shown import difference_shown
from seqctl.errors import UsageError
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from seqctl.actions.reconciling.reconcile import Reconciliation
    from seqctl.definitions.tables.table import TableFile
    from seqctl.model.reports.reconciliation import Difference

LAYOUT = Layout(
    ("severity", "code", "subject", "line", "message", "action", "hint", "sequence", "date"),
    ("date", "sequence", "severity", "line"),
    "difference",
    beneath="hint",
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
    """Compare the ledger with the documents that exist.

    Both directions are compared. Exit 3 where they differ.
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
        load_documents(compared, file, form)
        if apply:
            _review(compared, file, dry_run)
        found = _Counted(compared.differences())
        print_list(found, LAYOUT, session.format)
    return FOUND if found.any else 0


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
