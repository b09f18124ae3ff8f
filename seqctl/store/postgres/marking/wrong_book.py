"""The refusal of another book than the one that is meant."""

from seqctl.errors import DatabaseUnusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.engine import PostgresStore


def wrong_book(store: "PostgresStore", found: str | None) -> DatabaseUnusable:
    """The error of a book that is not the one of the mark or of before; `found` is None for none."""
    named = store.named_mark
    if named is not None and named.book not in (None, found):
        answers = "no book" if found is None else "another book"
        return DatabaseUnusable(
            "wrong_book",
            f"{answers} answers at {store.path} than the one that the mark {named.shown} knows",
            "check the address, and what was restored there; a new book takes a mark of its own: --mark FILE",
        )
    return DatabaseUnusable(
        "wrong_book",
        f"another book answers at {store.path} than before the connection was lost",
        "check which servers the address leads to, and what was restored there",
    )
