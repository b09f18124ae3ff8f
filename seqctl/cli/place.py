"""Which database file is meant, and why."""

import os

from seqctl.errors import UsageError


def database_path(given: str | None) -> tuple[str, str]:
    """The file, and what decided it: the option, SEQCTL_DB, XDG_DATA_HOME or the home directory.

    Raises UsageError for an empty option: it would quietly mean another book than the one that was meant.
    """
    if given is not None:
        if not given:
            raise UsageError(
                "--db names no file", "a variable may be empty; without --db the usual one is meant"
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
