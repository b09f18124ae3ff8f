"""Findings on the ledger and the gap runs as a whole: what no counter can tell by itself."""

from __future__ import annotations

from seqctl.actions.audit.schema import RESTORE
from seqctl.actions.checking.counters import HINT, counter_subject
from seqctl.actions.checking.file import NAMED
from seqctl.model.finding import Finding
from seqctl.model.reports.recount import BadRun

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def check_ledger(transaction: Transaction) -> list[Finding]:
    """Texts that are held twice, keys of two requests, gap runs that cannot be, marks that are missing."""
    invariants = transaction.invariants
    findings = []
    for alike in invariants.alike(NAMED):
        message = f"{alike.text} is held {alike.times} times among numbers of {alike.document_type}"
        hint = f"see what they are: seqctl numbers --json; {RESTORE}"
        findings.append(Finding("duplicate_number", "error", ("numbers", alike.text), message, hint))
    for key in invariants.divided_keys(NAMED):
        message = f"the key {key!r} has numbers of more than one request"
        findings.append(Finding("divided_key", "error", ("keys", key), message, HINT))
    for found, what in (
        (
            invariants.misplaced_runs(NAMED),
            "does not lie within its counter, on its grid, in a state it can have",
        ),
        (invariants.overlapping_runs(NAMED), "overlaps another one"),
        (invariants.held_runs(NAMED), "holds a number that is held after all"),
    ):
        findings += [_bad_run(transaction, run, what) for run in found]
    for name in invariants.not_marked_used(NAMED):
        message = "issued numbers and is not marked as used, so that its fields could be changed"
        findings.append(Finding("not_marked_used", "error", ("sequences", name), message, HINT))
    for name in invariants.unused_policies(NAMED):
        message = "chose for a number and is not marked as used, so that it could be removed"
        findings.append(Finding("not_marked_used", "error", ("policies", name), message, HINT))
    return findings


def _bad_run(transaction: Transaction, run: BadRun, what: str) -> Finding:
    subject = counter_subject(*transaction.invariants.counter_name(run.counter_id))
    return Finding("gap_run", "error", subject, f"the {run.state} run {run.first}..{run.last} {what}", HINT)
