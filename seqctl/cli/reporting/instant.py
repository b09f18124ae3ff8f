"""The instant of a report: that of the clock, or one that is given."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from seqctl.cli.errors import warn
from seqctl.errors import UsageError
from seqctl.process import Clock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store


class FixedClock(Clock):
    """A clock that stands still."""

    def __init__(self, instant: str) -> None:
        self.instant = instant

    def now(self) -> str:
        """The instant."""
        return self.instant


def stand_still(store: "Store", given: str | None) -> None:
    """Let a book see one instant from now on: the present one, or the one that is given.

    Warns where the book was changed after it. Raises UsageError for a text that is no instant.
    """
    if given is None:
        store.clock = FixedClock(store.clock.now())
        return
    with store.read() as transaction:
        instant = _instant(given, transaction.definitions.book_timezone())
        last = transaction.log.last().id
        newest = next(transaction.events.after(last - 1), None) if last else None
    if newest is not None and newest.at > instant:
        warn(f"the book was changed after {given}; the report shows it as it is now")
    store.clock = FixedClock(instant)


def _instant(given: str, zone: str) -> str:
    """An instant in UTC as events carry it; without an offset it is meant in the zone."""
    try:
        moment = datetime.fromisoformat(given)
        if len(given) <= len("2026-11-28") or given[10] not in "T ":
            raise ValueError(given)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(zone))
        return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    except (OverflowError, ValueError):
        raise UsageError(
            f"--at {given!r} is not an instant", "write a date and a time, as in 2026-11-28T12:00"
        ) from None
