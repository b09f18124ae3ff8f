"""Checking a book: its file, definitions, counters, ledger and log, and what needs attention.

Nothing is written to the book, and nobody is blocked; the mark that a book on a server may have is brought up
to it. Each part reads one state of the book. A broken rule is a finding,
not an exception, so that one call tells all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from seqctl.actions.audit.schema import RESTORE, TABLE_CHANGED
from seqctl.actions.checking.counters import check_counters, readable_places
from seqctl.actions.checking.definitions import UNREADABLE_DEFINITION, check_definitions
from seqctl.actions.checking.file import check_pages, check_surroundings
from seqctl.actions.checking.ledger import check_ledger
from seqctl.actions.checking.mark import check_mark
from seqctl.actions.checking.numbering import check_numbering, check_windows
from seqctl.actions.checking.ranges import check_ranges
from seqctl.actions.ledger.targets import set_sequences
from seqctl.actions.planning.planning import Watch, unwatched
from seqctl.errors import SeqctlError
from seqctl.model.finding import Finding
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

Part = Callable[["Store"], list[Finding]]

DAMAGED = "damaged"


def check(store: Store, watch: Watch = unwatched, set_name: str | None = None) -> list[Finding]:
    """Everything that is wrong with a book or needs attention.

    With a set, what needs attention is told of the sequences that it names itself alone; what is wrong with
    the book concerns everybody. Reads all of it, which takes minutes for ten million numbers, and holds no
    lock that a writer waits for. Raises DatabaseUnusable where the file cannot be read at all.
    """
    watch("reading the pages of", 0, 3)
    findings = _found(store, check_surroundings, check_mark, check_pages)
    watch("counting the numbers of", 1, 3)
    findings = _found(store, partial(_counted, set_name=set_name), before=findings)
    if any(finding.code == UNREADABLE_DEFINITION for finding in findings):
        return findings
    return _found(store, partial(_verified, watch=watch), before=findings)


def check_quickly(store: Store, set_name: str | None = None) -> list[Finding]:
    """What can be told without reading the whole ledger and log: file, definitions, gaps, thresholds."""
    return _found(store, check_surroundings, check_mark, partial(_glanced, set_name=set_name))


def _found(store: Store, *parts: Part, before: list[Finding] | None = None) -> list[Finding]:
    """Add the findings of each part to those before, as far as the file can be read."""
    findings = before or []
    for part in parts:
        codes = {finding.code for finding in findings}
        if TABLE_CHANGED in codes:
            break
        try:
            findings += part(store)
        except Exception as error:
            # What stands in a damaged file may be of any kind; where the file is whole, this is a bug.
            if DAMAGED not in codes:
                damage = [] if isinstance(error, SeqctlError) else check_pages(store)
                if not damage:
                    raise
                findings += damage
            findings.append(_given_up(error))
            break
    return findings


def _given_up(error: Exception) -> Finding:
    """The finding that a damaged file cannot be checked any further."""
    message = "the rest of the book was not checked: it cannot be read"
    return Finding(DAMAGED, "error", ("database",), f"{message} ({error})", RESTORE)


def _glanced(store: Store, set_name: str | None) -> list[Finding]:
    """Definitions, and what their counters say of themselves."""
    with store.read() as transaction:
        findings, sequences = check_definitions(transaction)
        misplaced, places = readable_places(transaction, sequences)
        return [*findings, *misplaced, *_attention(transaction, sequences, places, set_name)]


def _counted(store: Store, set_name: str | None) -> list[Finding]:
    """The same, and the counters compared with a recount of the ledger, all in one state of the book."""
    with store.read() as transaction:
        findings, sequences = check_definitions(transaction)
        misplaced, places = readable_places(transaction, sequences)
        counted = [*check_counters(transaction, places), *check_ledger(transaction)]
        return [*findings, *misplaced, *counted, *_attention(transaction, sequences, places, set_name)]


def _attention(
    transaction: Transaction, sequences: list[Sequence], places: list[CounterPlace], set_name: str | None
) -> list[Finding]:
    """What needs attention in all sequences, or in those that a set names itself. Raises NotFound."""
    if set_name is not None:
        names = {sequence.name for sequence in set_sequences(transaction, set_name)}
        sequences = [sequence for sequence in sequences if sequence.name in names]
        places = [place for place in places if place.sequence.name in names]
    found = [*check_numbering(transaction, places), *check_windows(transaction, sequences)]
    return [*found, *check_ranges(transaction, sequences)]


def _verified(store: Store, watch: Watch) -> list[Finding]:
    """The chain of events, and what the tables hold against them."""
    from seqctl.actions.audit.verify import verify_log

    with store.read() as transaction:
        return verify_log(transaction, watch=watch).findings
