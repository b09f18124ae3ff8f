"""What this machine says of its time: its time zone, and a clock that cannot be right."""

import os

from seqctl.errors import UsageError


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


def unusable_clock(instant: str) -> UsageError:
    """The refusal of a clock from which no document date and no event can be taken."""
    where = f"at {instant}" if instant else "beyond every date"
    return UsageError(f"the clock of this machine stands {where}", "set the clock; to see it: date")
