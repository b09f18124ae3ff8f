"""Findings on the high-water mark beside a book: whether the book is older, and whether that is noticed."""

from __future__ import annotations

from seqctl.actions.ledger.older_book import (
    OLDER,
    OLDER_HISTORY,
    cannot_tell,
    copied,
    doubted,
    lost_history,
    stood,
    way_on,
    way_out,
)
from seqctl.model.finding import Finding
from seqctl.model.reports.high_water import (
    ABSENT,
    BEHIND,
    COPIED,
    IN_STEP,
    NOT_WHOLE,
    PROMOTED,
    REACHED,
    UNUSABLE,
)
from seqctl.model.reports.high_water import OLDER as OLDER_BOOK
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Mark, Store, Transaction

DATABASE = ("database",)

NEXT = "compare its last numbers with the documents; the next number that it issues begins a mark that knows"


def check_mark(store: Store) -> list[Finding]:
    """Whether the mark knows what the book knows, and the other way round; what is to be done if not.

    In an older book: every counter that stands below its mark, and freed numbers that may be taken.
    """
    with store.read() as transaction:
        mark = transaction.mark
        kind = mark.kind
        if kind in (IN_STEP, REACHED):
            return [] if mark.note() else [_not_written(mark)]
        if kind == OLDER_BOOK:
            return _older(transaction, mark)
        if kind == COPIED:
            untouched = mark.is_untouched_copy()
            return [] if untouched else [Finding("older_book", "error", DATABASE, *copied(mark))]
        if kind == PROMOTED:
            return [Finding("no_mark", "warning", DATABASE, cannot_tell(mark), NEXT)]
        if kind == UNUSABLE or (kind == NOT_WHOLE and not mark.newest()):
            what = "cannot be read and written" if kind == UNUSABLE else "was not written by seqctl"
            message = f"{mark.path} {what}: an older copy would not be noticed"
            return [Finding("strange_file", "warning", DATABASE, message, f"rm {shell_word(mark.path)}")]
        needed = kind == NOT_WHOLE or mark.gave_out()
        if not needed or (kind == ABSENT and mark.is_untouched_copy()):
            return []
        code = "mark_behind" if kind == BEHIND else "no_mark"
        findings = [Finding(code, "warning", DATABASE, cannot_tell(mark), NEXT)]
        return findings if mark.note() else [*findings, _not_written(mark)]


def _not_written(mark: Mark) -> Finding:
    """The finding of a mark on which nothing can be written, so that it lags behind ever more."""
    message = f"{mark.called} cannot be written, so that it does not know what was issued since"
    return Finding("strange_file", "warning", DATABASE, message, "check its folder and its rights")


def _older(transaction: Transaction, mark: Mark) -> list[Finding]:
    """Everything in which an older book lags behind its mark."""
    told = [(OLDER, stood(transaction, lag), way_on(transaction, lag)) for lag in mark.lags()]
    told += [(OLDER, doubted(doubt), way_out(transaction, doubt)) for doubt in mark.doubts()]
    if not told:
        told = [(OLDER_HISTORY, *lost_history(transaction, mark))]
    return [Finding("older_book", "error", DATABASE, f"{older}: {what}", way) for older, what, way in told]
