"""Findings on the high-water mark beside a book: whether the book is older, and whether that is noticed."""

from __future__ import annotations

from seqctl.actions.older_book import OLDER, doubted, doubtful, lagging, stood, way_on, way_out
from seqctl.model.finding import Finding
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store

DATABASE = ("database",)


def check_mark(store: Store) -> list[Finding]:
    """Every counter that stands below its mark, and freed numbers that may be taken; the command for each."""
    mark = store.high_water
    if mark is None:
        return []
    fault = mark.fault()
    if fault is not None:
        message = f"{mark.path} {fault}: that a copy is older would not be noticed"
        return [Finding("strange_file", "warning", DATABASE, message, f"rm {shell_word(mark.path)}")]
    with store.read() as transaction:
        behind = [
            Finding(
                "older_book",
                "error",
                DATABASE,
                f"{OLDER}: {stood(transaction, lag)}",
                way_on(transaction, lag),
            )
            for lag in lagging(transaction)
        ]
        doubts = [
            Finding(
                "older_book", "error", DATABASE, f"{OLDER}: {doubted(doubt)}", way_out(transaction, doubt)
            )
            for doubt in doubtful(transaction)
        ]
    return behind + doubts
