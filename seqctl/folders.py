"""Folders: making private ones, putting files in their place, and making both survive a power cut.

A file is synced with its own descriptor, but that it is there at all is the folder's to remember.
"""

import os
import stat


def make_folder(path: str) -> None:
    """Make a folder and those above it that are missing, each 0700 whatever the umask is.

    Each is synced into the one above before anything is put in it. Raises OSError.
    """
    above = os.path.dirname(path)
    if not os.path.isdir(above):
        make_folder(above)
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        return
    os.chmod(path, 0o700)
    sync_folder(above)


def put_in_place(temporary: str, path: str) -> None:
    """Give a finished file its name, in the place of what had it, all at once and durably. Raises OSError."""
    os.replace(temporary, path)
    sync_folder(os.path.dirname(path))


def sync_folder(path: str) -> None:
    """Wait until the disk knows what the folder holds. Raises OSError."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def mode_of(path: str) -> int | None:
    """Type and permissions of what a name leads to; None where nothing is there. Raises OSError.

    The name is asked as it was given: a kernel that keeps other people's links in shared folders from being
    followed (Linux: `fs.protected_symlinks`) does so here.
    """
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


def is_regular(mode: int | None) -> bool:
    """Whether a file of that mode may be replaced: a regular one, or none yet."""
    return mode is None or stat.S_ISREG(mode)
