"""`expire`: reservations whose deadline has passed."""

from seqctl.cli.grammar.declaration import Command
from seqctl.cli.numbers.changing import show_changed
from seqctl.cli.session import Session


def expire_reservations(session: Session) -> None:
    """Record reservations past their deadline as freed, and list them."""
    from seqctl.actions.numbers.change import expire

    with session.open() as store:
        show_changed(session, expire(store))


COMMAND = Command(expire_reservations, example="expire")
