"""What lies outside the book and the request: the time, who acts, which book, and where numbers are printed.

Issued numbers are handed over without ever losing one silently, written with `os.write`: `print` to a closed
standard output exits 0 and the number is lost.
"""

import os
import time

from seqctl.days import date
from seqctl.errors import NotDelivered, UsageError

ZONES = "/usr/share/zoneinfo/"
EPOCH = 719163
"""1970-01-01 as the ordinal of a date."""

SECOND = len("2026-11-28T12:00:00")

DEFAULT_TIMEOUT = 30.0
"""Seconds to wait for another writer, where nobody says otherwise."""

STDOUT = 1
"""The number of standard output among the open files."""

LONGEST = 128
"""Most characters of an actor's name."""

MOST_NAMED = 10
"""How many of the numbers that could not be printed an error names."""


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


def login_name() -> str:
    """The login name of the user whom the process runs as."""
    from pwd import getpwuid

    try:
        return getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"


def actor_name(given: "str | None") -> str:
    """The actor that was given, else SEQCTL_ACTOR, else the login name. Raises UsageError."""
    name = given if given is not None else os.environ.get("SEQCTL_ACTOR") or None
    if name is None:
        return login_name()
    if not name.strip() or not name.isprintable() or len(name) > LONGEST:
        raise UsageError(
            f"{name!r} cannot be an actor",
            f"an actor is one line of 1 to {LONGEST} printable characters",
        )
    return name


def database_path(given: "str | None") -> "tuple[str, str]":
    """The file, and what decided it: the option, SEQCTL_DB, XDG_DATA_HOME or the home directory.

    Raises UsageError for an empty option: it would quietly mean another book than the one that was meant.
    """
    if given is not None:
        if not given:
            raise UsageError(
                "--db names no file", "is a variable empty? leave --db out to use the default book"
            )
        return given, "--db"
    environment = os.environ.get("SEQCTL_DB")
    if environment:
        return environment, "SEQCTL_DB"
    data = os.environ.get("XDG_DATA_HOME", "")
    # The XDG base directory specification says to ignore a path that is not absolute.
    if data.startswith("/"):
        return data + "/seqctl/seqctl.db", "XDG_DATA_HOME"
    home = os.path.expanduser("~")
    return home + "/.local/share/seqctl/seqctl.db", "default"


def mark_path(given: "str | None") -> "str | None":
    """Where the mark of a book on a server lies: the option, else SEQCTL_MARK; None where none is named.

    Raises UsageError for an empty option.
    """
    if given == "":
        raise UsageError("--mark names no file", "is a variable empty? leave --mark out to use no mark")
    return given or os.environ.get("SEQCTL_MARK") or None


def check_stdout() -> None:
    """Refuse before anything is issued where there is no standard output to print to."""
    try:
        os.fstat(STDOUT)
    except OSError:
        raise NotDelivered(
            "standard output is closed; nothing was issued", "send the output to a file or a pipe"
        ) from None


def deliver(texts: "list[str]", again: str, shown: "str | None" = None) -> None:
    """Print numbers one a line, or as `shown`.

    Raises NotDelivered, which names them; `again` says how to get them.
    """
    try:
        write_all((shown or "\n".join(texts) + "\n").encode())
    except OSError as error:
        raise not_delivered(texts, str(error.strerror), again) from error
    except KeyboardInterrupt:
        raise not_delivered(texts, "interrupted", again) from None


def write_all(data: bytes) -> None:
    """Write all bytes to standard output, whatever a single write takes. Raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(STDOUT, rest) :]


def not_delivered(texts: "list[str]", reason: str, again: str) -> NotDelivered:
    """The error of numbers that are issued and could not be printed."""
    named = ", ".join(texts[:MOST_NAMED])
    if len(texts) > MOST_NAMED:
        named += f" ... {texts[-1]} ({len(texts)} numbers)"
    printed = "not printed" if len(texts) == 1 else "not all of them printed"
    return NotDelivered(f"issued, but {printed} ({reason}): {named}", again)


def interrupted(again: str) -> NotDelivered:
    """The error of an interruption between the commit and the output."""
    return NotDelivered(f"interrupted after the numbers were committed; {again}", "see: seqctl numbers")


def way_back(key: "str | None") -> str:
    """How to get the numbers of an issue again."""
    if key is not None:
        return "they are committed; repeat the very same command, --key included, to print them again"
    return "they are committed; see one with: seqctl show NUMBER (--key makes a request repeatable)"
