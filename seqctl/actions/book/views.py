"""The views for analysts: made when somebody asks for them, and taken away again. No event records them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store


def make_views(store: Store) -> list[str]:
    """Make the views, also in place of those of an earlier version; returns the names of all of them.

    Takes the write lock of the book for a moment.
    """
    with store.write() as transaction:
        transaction.views.make()
        transaction.commit()
    with store.read() as transaction:
        return transaction.views.names()


def drop_views(store: Store) -> list[str]:
    """Take the views away; returns the names of those that were there."""
    with store.write() as transaction:
        names = transaction.views.names()
        transaction.views.drop()
        transaction.commit()
    return names


def views_script(store: Store) -> str:
    """The statements that make the views for one connection alone. Changes nothing."""
    with store.read() as transaction:
        return transaction.views.script()
