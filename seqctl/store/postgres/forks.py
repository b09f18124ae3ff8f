"""Sessions that a forked process inherited: the parent's own, kept here so that nothing ends them."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection

_inherited: "list[ServerConnection]" = []


def leave(connection: "ServerConnection") -> None:
    """Let go of a session without a word to the server, and without closing what the parent uses."""
    _inherited.append(connection)
