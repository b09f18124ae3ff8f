"""Instants as a person reads them: in the book's time zone, to the second."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

INSTANTS = frozenset(
    (
        *("at", "created_at", "expires_at", "issued_at", "last_at", "modified_at", "since", "source_at"),
        *("accepted_at", "newest_event_at", "reason_at"),
    )
)
"""The columns that hold instants of the log."""


def local_time(text: str, zone: str | None) -> str:
    """An instant of the log in a time zone; any other text, and one without a zone, as it stands."""
    if zone is None or not text.endswith("Z"):
        return text
    try:
        moment = datetime.fromisoformat(text).astimezone(ZoneInfo(zone))
    except (ValueError, OverflowError, OSError, ZoneInfoNotFoundError):
        return text
    return moment.strftime("%Y-%m-%d %H:%M:%S")
