"""Files of this program beside a book: for the book's owner alone, and touched only where nobody meddled."""

import os


def make_private(file: int, book: str) -> None:
    """Give a new file the rights 0600 whatever the umask is and, where root made it, the owner of the book.

    SQLite does the same with its log: or a command run once by root would shut the book's owner out. Raises
    OSError.
    """
    os.fchmod(file, 0o600)
    if os.geteuid() == 0:
        owner = os.stat(book)
        os.fchown(file, owner.st_uid, owner.st_gid)
