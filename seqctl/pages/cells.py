"""Cells of a report as people read them: local times, counts with their thousands, nothing that acts."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from seqctl.model.cell import visible
from seqctl.model.report.sheets import COUNT, FLAG, INSTANT

SECONDS = len("2026-11-28T12:00:00")


class Cells:
    """Makes texts of values. Instants are shown in a time zone, to the second."""

    def __init__(self, zone: str) -> None:
        self.zone: ZoneInfo | None
        try:
            self.zone = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            # A machine without the zone shows UTC, and says so by its Z.
            self.zone = None
        self.local = lru_cache(maxsize=4096)(self._local)

    def text(self, value: object, kind: str) -> str:
        """A value of a column as a text; nothing where there is none."""
        if value is None:
            return ""
        if kind == INSTANT:
            return self.local(str(value))
        if kind == FLAG:
            return "yes" if value else "no"
        if kind == COUNT:
            return f"{value:,}" if isinstance(value, int) else visible(str(value))
        return visible(str(value))

    def _local(self, instant: str) -> str:
        try:
            moment = datetime.fromisoformat(instant)
        except ValueError:
            return visible(instant)
        if self.zone is None or moment.tzinfo is None:
            return visible(instant[:SECONDS].replace("T", " ") + ("Z" if moment.tzinfo is UTC else ""))
        return moment.astimezone(self.zone).strftime("%Y-%m-%d %H:%M:%S")


def escape(text: str) -> str:
    """A text as a page may hold it, in an attribute too; the module `html` loads every entity there is."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#x27;")
