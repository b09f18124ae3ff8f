"""`report`: what an auditor gets, in one file or a folder."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, Command, argument, declared, option
from seqctl.cli.input_file import file_parameters, refuse_form, table_file
from seqctl.cli.layout import Layout
from seqctl.cli.output import print_list
from seqctl.cli.session import Session
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.actions.reporting.report import ComparedDocuments, ReportFilter
    from seqctl.cli.progress import Watch
    from seqctl.model.report.report import Report
    from seqctl.store.port import Store

ROLES = ("number", "date", "state")
"""What the columns of the file of documents may hold."""

FOUND = 3
LAYOUT = Layout(("good", "question", "answer", "sheet"), ("sheet",), "answer")
Out = Annotated[
    str,
    argument("OUT", help="A file that ends in .html, .xlsx or .json, or a folder; - prints JSON."),
]
Targets = Annotated[
    list[str] | None,
    argument(
        "[TARGET]...", read=composed, help="Sequences or document types. Default: all.", complete="targets"
    ),
]
DocumentsFile = Annotated[
    str | None,
    option("--documents", metavar="FILE", help="The documents that really exist, to be compared."),
]
At = Annotated[
    str | None,
    option(
        "--at", metavar="INSTANT", help="The instant of the report; without an offset in the book's zone."
    ),
]


def report(
    session: Session,
    out: Out,
    targets: Targets = None,
    set_name: options.InSet = None,
    date_from: options.DateFrom = None,
    date_to: options.DateTo = None,
    documents: DocumentsFile = None,
    at: At = None,
    **form: "Any",
) -> int:
    """Write what an auditor asks for: one page, workbook or folder.

    Exit 3 where an answer is not good.
    Everything is read from one state of the book: the scheme in sentences, the completeness of each counter
    and month, gaps, void and reused numbers, the order of dates, the cut-off, changes, all numbers, and the
    evidence. The same book and the same instant give the same bytes. The lines of the summary are printed.
    """
    from seqctl.actions.reporting.report import ReportFilter
    from seqctl.cli.progress import watching
    from seqctl.cli.reporting.instant import stand_still
    from seqctl.cli.reporting.writing import form_of

    write = form_of(out)
    if documents is None:
        refuse_form(form, "--documents")
    wanted = ReportFilter(tuple(targets or ()), set_name, options.window_of(date_from, date_to))
    with session.open() as store:
        stand_still(store, at)
        with store.read() as transaction:
            total = transaction.standing.rows()
        with watching("numbers", total) as watch, _made(store, wanted, documents, form, watch) as made:
            write(out, made)
            good = made.good
            answers = made.answers
    if out != "-":
        shown = ({name: getattr(answer, name) for name in LAYOUT.columns} for answer in answers)
        print_list(shown, LAYOUT, session.format)
    return 0 if good else FOUND


def _made(
    store: "Store", wanted: "ReportFilter", documents: str | None, form: "dict[str, Any]", watch: "Watch"
) -> "Report":
    """The report, with the documents of a file beside the ledger where one is given."""
    from seqctl.actions.reporting.report import make_report

    if documents is None:
        return make_report(store, wanted, watch=watch)
    from seqctl.actions.reconciling.reconcile import Reconciliation
    from seqctl.model.reports.reconciliation import Limits

    limits = Limits(wanted.window.first, wanted.window.last)
    with Reconciliation(store, None, limits, wanted.set_name, wanted.targets) as compared:
        return make_report(store, wanted, _loaded(compared, documents, form), watch)


def _loaded(compared: "Any", documents: str, form: "dict[str, Any]") -> "ComparedDocuments":
    """The documents of a file, loaded, with its name and the SHA-256 of what it holds."""
    from seqctl.actions.reporting.report import ComparedDocuments
    from seqctl.cli.reconciling.documents import load_documents

    file = table_file(documents, ROLES, form)
    load_documents(compared, file, form)
    return ComparedDocuments(compared, file.name, _digest(documents))


def _digest(path: str) -> str:
    """The SHA-256 of a file; what came through standard input is not there to be read again."""
    from hashlib import file_digest

    if path == "-":
        return "unknown, since it was read from standard input"
    with open(path, "rb") as file:
        return file_digest(file, "sha256").hexdigest()


COMMAND = Command(
    report,
    [*declared(report), *file_parameters(*ROLES)],
    example="report audit-2026.html --from 2026-01-01 --to 2026-12-31",
)
