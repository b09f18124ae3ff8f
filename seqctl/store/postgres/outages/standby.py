"""Whether a server that waits for a standby at each commit has one: else a commit would wait for ever."""

from seqctl.errors import ServerAway

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.address import Address

ALONE = (
    "SELECT current_setting('synchronous_standby_names') <> '' AND NOT EXISTS"
    " (SELECT FROM pg_stat_get_wal_senders() WHERE sync_state IS NULL OR sync_state IN ('sync', 'quorum'))"
)
"""Whether nobody can confirm a commit that must be confirmed. A role without the rights of pg_monitor sees
that there are standbys and not of which kind; those count."""


def standby_missing(address: "Address") -> ServerAway:
    """The refusal to issue what no standby would confirm."""
    return ServerAway(
        "standby_missing",
        f"{address.shown} has no synchronous standby at present, and nothing is issued without one: a number"
        " that is printed survives the loss of the primary",
        "bring a standby back; or, to give that promise up, empty synchronous_standby_names on the server",
    )
