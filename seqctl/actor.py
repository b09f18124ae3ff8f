"""Who acts: the name that the event log keeps."""

import os

from seqctl.errors import UsageError

LONGEST = 128


def login_name() -> str:
    """The login name of the user whom the process runs as."""
    from pwd import getpwuid

    try:
        return getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"


def actor_name(given: str | None) -> str:
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
