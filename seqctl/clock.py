"""The time of day, the one thing that the actions take from outside the book and the request."""

import os
import time

from seqctl.days import date

ZONES = "/usr/share/zoneinfo/"
EPOCH = 719163
"""1970-01-01 as the ordinal of a date."""

SECOND = len("2026-11-28T12:00:00")

DEFAULT_TIMEOUT = 30.0
"""Seconds to wait for another writer, where nobody says otherwise."""


class Clock:
    """The machine's clock. Tests and rehearsals bring a clock of their own with the same two methods."""

    def now(self) -> str:
        """The present instant in UTC, ISO 8601 with microseconds, as the event log stores it.

        Raises UsageError where the clock stands in a year that has no four digits.
        """
        try:
            seconds, micro = divmod(time.time_ns() // 1000, 1_000_000)
            second = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
        except (OSError, OverflowError, ValueError):
            second = ""
        if len(second) != SECOND:
            from seqctl.machine import unusable_clock

            raise unusable_clock(second)
        return f"{second}.{micro:06}Z"

    def today(self, zone: str, now: str) -> date:
        """The day that an instant of `now` is in a time zone, given by its IANA name."""
        if zone == "UTC":
            return date.fromisoformat(now[:10])
        from datetime import datetime
        from zoneinfo import ZoneInfo

        return datetime.fromisoformat(now).astimezone(ZoneInfo(zone)).date()


class ProcessClock(Clock):
    """The clock of a process that is seqctl and nothing else.

    It asks the C library for the day in a zone, which spares loading `zoneinfo` but sets the time zone of
    the whole process: never for use as a library.
    """

    def today(self, zone: str, now: str) -> date:
        """The day of an instant in a zone, asked of the C library where it knows the zone."""
        moved = "TZDIR" in os.environ or "PYTHONTZPATH" in os.environ
        if zone == "UTC" or moved or not os.path.isfile(ZONES + zone):
            return super().today(zone, now)
        os.environ["TZ"] = zone
        time.tzset()
        days = date.fromisoformat(now[:10]).toordinal() - EPOCH
        seconds = ((days * 24 + int(now[11:13])) * 60 + int(now[14:16])) * 60 + int(now[17:19])
        return date(*time.localtime(seconds)[:3])
