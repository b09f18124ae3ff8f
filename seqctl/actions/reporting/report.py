"""The report that an auditor gets: everything about one state of a book, gathered once, written afterwards.

The actions that state, list and verify are asked within one read transaction. Rows are put aside in files
without a name, so that memory is bounded by the definitions and the counters, and the book is let go before
anything is written.
"""

from __future__ import annotations

from seqctl import __version__
from seqctl.actions.audit.verify import Watch, unwatched, verify_within
from seqctl.actions.ledger.targets import counters_of, sequences_of
from seqctl.actions.reporting.answers import answers
from seqctl.actions.reporting.changes import add_changes
from seqctl.actions.reporting.counters import CounterSheets
from seqctl.actions.reporting.evidence import add_evidence
from seqctl.actions.reporting.ranges import add_ranges
from seqctl.actions.reporting.scheme import Scheme
from seqctl.actions.reporting.totals import Totals
from seqctl.model.classes import frozen
from seqctl.model.report.report import Made, Report, Sheet
from seqctl.model.report.sheets import SHEETS, WITH_DOCUMENTS
from seqctl.model.reports.windows import Window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.reconciling.reconcile import Reconciliation
    from seqctl.store.port import Store, Transaction

ALWAYS = Window()


@frozen
class ReportFilter:
    """What a report is narrowed to: targets and a set choose sequences, the window document dates."""

    targets: tuple[str, ...] = ()
    set_name: str | None = None
    window: Window = ALWAYS


@frozen
class ComparedDocuments:
    """Documents that were loaded to be compared, and the file that they come from: its name and SHA-256."""

    documents: Reconciliation
    file: str
    digest: str


def make_report(
    store: Store,
    wanted: ReportFilter,
    compared: ComparedDocuments | None = None,
    watch: Watch = unwatched,
) -> Report:
    """Gather a report out of one state of the book, as at the instant of the store's clock. Writes nothing.

    The report is to be closed. Raises NotFound for a target or a set that does not exist, UsageError where a
    set names nothing of the targets.
    """
    with store.read() as transaction:
        sequences = sequences_of(transaction, wanted.targets, wanted.set_name)
        scheme = Scheme(transaction, None if _whole(wanted) else sequences)
        report = _empty(transaction, _made(transaction, wanted, compared), bool(scheme.ranges))
        try:
            totals = Totals()
            scheme.add_to(report.sheets["scheme"])
            places = counters_of(transaction, sequences)
            places.sort(key=lambda place: (place.sequence.name, place.scope, place.period))
            CounterSheets(transaction, report, totals, wanted.window, watch).add(places)
            add_ranges(transaction, report, scheme.ranges)
            if compared is not None:
                _add_differences(transaction, compared.documents, report, totals)
            add_changes(transaction, report.sheets["changes"], totals, scheme.names)
            totals.verified = verify_within(transaction, watch=watch)
            add_evidence(report, totals)
            report.answers = answers(report, totals)
        except BaseException:
            report.close()
            raise
    return report


def _whole(wanted: ReportFilter) -> bool:
    """Whether a report is of the whole book."""
    return not wanted.targets and wanted.set_name is None


def _made(transaction: Transaction, wanted: ReportFilter, compared: ComparedDocuments | None) -> Made:
    """Of what the report is, and how it is made."""
    store, events = transaction.store, transaction.events
    head = transaction.log.last()
    newest = next(events.after(head.id - 1), None) if head.id else None
    identity = transaction.stored_definitions.book().settings.value.get("identity")
    return Made(
        store.path,
        str(identity or ""),
        transaction.definitions.book_timezone(),
        transaction.now,
        store.actor,
        __version__,
        (head.id, head.hash.hex()),
        wanted.targets,
        wanted.set_name,
        wanted.window,
        None if compared is None else (compared.file, compared.digest),
        None if newest is None else newest.at,
    )


def _empty(transaction: Transaction, made: Made, ranges: bool) -> Report:
    """A report without rows; sheets that answer nothing here are left out."""
    left_out = (*(WITH_DOCUMENTS if made.documents is None else ()), *(() if ranges else ("ranges",)))
    forms = [form for form in SHEETS if form.key not in left_out]
    sheets = {form.key: Sheet(form, transaction.put_aside()) for form in forms}
    return Report(made, sheets, transaction.put_aside())


def _add_differences(
    transaction: Transaction, documents: Reconciliation, report: Report, totals: Totals
) -> None:
    """What is wrong between documents and ledger: duplicates on a sheet of their own."""
    for found in documents.differences_within(transaction):
        key = "duplicates" if found.code == "duplicate" else "reconciliation"
        words = (found.number, found.line, found.code, found.message, found.hint)
        report.sheets[key].add(*words, found.date, found.state, found.sequence)
        totals.count(key)
