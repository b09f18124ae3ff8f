"""Folders: making private ones, putting files in their place, and making both survive a power cut.

A file is synced with its own descriptor, but that it is there at all is the folder's to remember. Where a
file goes is settled here too: links are followed, but not those that a stranger may have laid in wait.
"""

import errno
import os
import stat

DATABASE = b"SQLite format 3\0"
"""How every database of SQLite begins."""

COMPANIONS = ("-wal", "-shm", "-journal", "-mark", "-queue", "-turn")
"""What the names of files end in that SQLite and this program keep beside a database."""

MOST_LINKS = 40
"""As many links as Linux follows for one name."""


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
    if stat.S_IMODE(os.lstat(path).st_mode) & 0o777 != 0o700:
        # The umask took from the owner too. Only then: a folder of others may have another one by now.
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


def destination(path: str) -> str:
    """The full name of the file that a name leads to, whether it is there yet or not.

    In a folder where everybody may put files, such as /tmp, another user's link or pipe leads nowhere: it may
    have been put there to make this user write where that one cannot, or to read along. It is the rule of
    Linux's `fs.protected_symlinks` and `fs.protected_fifos`, which are not set everywhere. Raises OSError.
    """
    found = "/"
    parts = os.path.join(os.getcwd() if not os.path.isabs(path) else "/", path).split("/")[::-1]
    links = 0
    while parts:
        part = parts.pop()
        if part in ("", "."):
            continue
        if part == "..":
            found = os.path.dirname(found)
            continue
        folder, found = found, os.path.join(found, part)
        try:
            here = os.lstat(found)
        except FileNotFoundError:
            continue
        if not (stat.S_ISLNK(here.st_mode) or stat.S_ISFIFO(here.st_mode)):
            continue
        if _laid_by_a_stranger(here, os.stat(folder)):
            raise PermissionError(
                errno.EACCES, f"{found} is another user's, in a folder where everybody may put files"
            )
        if stat.S_ISLNK(here.st_mode):
            links += 1
            if links > MOST_LINKS:
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
            target = os.readlink(found)
            found = "/" if target.startswith("/") else folder
            parts += target.split("/")[::-1]
    return found


def _laid_by_a_stranger(here: os.stat_result, folder: os.stat_result) -> bool:
    shared = folder.st_mode & stat.S_ISVTX and folder.st_mode & stat.S_IWOTH
    return bool(shared) and here.st_uid not in (os.geteuid(), folder.st_uid)


def database_at(path: str) -> str | None:
    """The database that a file is, or lies beside as a part of it; None for any other file."""
    for ending in ("", *COMPANIONS):
        book = path.removesuffix(ending) if path.endswith(ending) else ""
        if book and os.path.isfile(book):
            try:
                with open(book, "rb") as file:
                    if file.read(len(DATABASE)) == DATABASE:
                        return book
            except PermissionError:
                continue
    return None


def standing_at(path: str) -> os.stat_result | None:
    """What a name leads to, as the system tells it; None where nothing is there. Raises OSError."""
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def is_regular(found: os.stat_result | None) -> bool:
    """Whether that may be replaced by a file: a regular one, or none yet."""
    return found is None or stat.S_ISREG(found.st_mode)
