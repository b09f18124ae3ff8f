"""The time of day, the one thing that the actions take from outside the book and the request."""

import os
import time

from seqctl.days import date

ZONES = "/usr/share/zoneinfo/"


class Clock:
    """The machine's clock. Tests and rehearsals bring a clock of their own with the same two methods."""

    def now(self) -> str:
        """The present instant in UTC, ISO 8601 with microseconds, as the event log stores it."""
        seconds, micro = divmod(time.time_ns() // 1000, 1_000_000)
        return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{micro:06}Z"

    def today(self, zone: str) -> date:
        """The day that it is now in a time zone, given by its IANA name."""
        if zone == "UTC":
            return date(*time.gmtime()[:3])
        from datetime import datetime
        from zoneinfo import ZoneInfo

        return datetime.now(ZoneInfo(zone)).date()


class ProcessClock(Clock):
    """The clock of a process that is seqctl and nothing else.

    It asks the C library for the day in a zone, which spares loading `zoneinfo` but sets the time zone of
    the whole process: never for use as a library.
    """

    def today(self, zone: str) -> date:
        """The day that it is now in a time zone, asked of the C library where it knows the zone."""
        moved = "TZDIR" in os.environ or "PYTHONTZPATH" in os.environ
        if zone == "UTC" or moved or not os.path.isfile(ZONES + zone):
            return super().today(zone)
        os.environ["TZ"] = zone
        time.tzset()
        return date(*time.localtime()[:3])


def machine_zone() -> str:
    """The IANA name of the machine's time zone: TZ, else the link /etc/localtime, else UTC."""
    from zoneinfo import ZoneInfo

    named = os.environ.get("TZ", "").removeprefix(":")
    linked = os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]
    try:
        with open("/etc/timezone", encoding="ascii") as file:
            written = file.read().strip()
    except (OSError, ValueError):
        written = ""
    for name in (named, linked, written):
        try:
            if name:
                return ZoneInfo(name.removeprefix("posix/").removeprefix("right/")).key
        except (KeyError, OSError, ValueError):
            continue
    return "UTC"
