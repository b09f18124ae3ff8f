"""Opening a book: the one place that knows which engines there are. All SQL is below.

Each engine is loaded when a book of it is opened.
"""

import os

from seqctl.process import DEFAULT_TIMEOUT

SERVERS = ("postgresql://", "postgres://")
"""How the name of a book on a server begins; any other names a file."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from seqctl.model.number.request import Request
    from seqctl.process import Clock
    from seqctl.store.port import Mark, Store
    from seqctl.store.port.moving import Place


def open_store(
    path: str,
    *,
    create: bool = False,
    actor: "str | None" = None,
    clock: "Clock | None" = None,
    timeout: float = DEFAULT_TIMEOUT,
    mark: "str | None" = None,
) -> "Store":
    """Open a book for the library: its file or URL, whom the events name, the clock and seconds to wait.

    `actor` is the login name by default; `mark` a file that knows how far a book on a server came.
    Raises NotFound where there is no book and `create` is not meant.
    The store serves the thread and the process that opened it, and no other: see docs/library.md. A server is
    dialed when the book is first needed.
    """
    if path.startswith(SERVERS):
        from seqctl.store.postgres.tables.create import open_store as on_server

        return on_server(path, create=create, actor=actor, clock=clock, timeout=timeout, mark=mark)
    refuse_mark(mark, path)
    from seqctl.store.sqlite.file.create import open_store

    return open_store(path, create=create, actor=actor, clock=clock, timeout=timeout)


def open_book(
    path: str, actor: str, clock: "Clock", timeout: float = DEFAULT_TIMEOUT, mark: "str | None" = None
) -> "Store":
    """Open an existing book. Raises NotFound where there is none, DatabaseUnusable where it is no book."""
    if path.startswith(SERVERS):
        from seqctl.store.postgres.engine import open_book as on_server

        return on_server(path, actor, clock, timeout, mark)
    from seqctl.store.sqlite.engine import open_book

    return open_book(path, actor, clock, timeout)


def hear(store: "Store", tells: "Callable[[Mark], None]") -> None:
    """Let `tells` say of a book on a server that the server took over, when a change has kept that."""
    from seqctl.store.postgres.engine import PostgresStore

    if isinstance(store, PostgresStore):
        store.tells = tells


def open_to_issue(
    path: str, actor: str, clock: "Clock", timeout: float, request: "Request", mark: "str | None" = None
) -> "Store | None":
    """Open an existing book to issue a request from it; None where that takes more than it should load.

    One on a server is looked for when it is first written to.
    """
    if path.startswith(SERVERS):
        from seqctl.store.postgres.lean import open_lean_book

        return open_lean_book(path, actor, clock, timeout, request, mark)
    from seqctl.store.sqlite.engine import open_book

    return open_book(path, actor, clock, timeout)


def open_or_create(
    path: str,
    actor: str,
    clock: "Clock",
    timeout: float = DEFAULT_TIMEOUT,
    timezone: "str | None" = None,
    mark: "str | None" = None,
) -> "Store":
    """Open a book, made where there is none; a new one takes `timezone`, by default the machine's."""
    if path.startswith(SERVERS):
        from seqctl.store.postgres.tables.create import open_or_create as on_server

        return on_server(path, actor, clock, timeout, timezone, mark)
    from seqctl.store.sqlite.file.create import open_or_create

    return open_or_create(path, actor, clock, timeout, timezone)


def open_in_memory(actor: str, clock: "Clock", timezone: "str | None" = None) -> "Store":
    """An empty book that is gone when it is closed: what a plan is compared with where there is none."""
    from seqctl.store.sqlite.file.create import open_in_memory

    return open_in_memory(actor, clock, timezone)


def upgrade(path: str, actor: str, clock: "Clock", timeout: float = DEFAULT_TIMEOUT) -> "list[str]":
    """Apply the schema steps that a book lacks, in one transaction; returns their names."""
    if path.startswith(SERVERS):
        from seqctl.store.postgres.tables.create import upgrade as on_server

        return on_server(path, actor, clock, timeout)
    from seqctl.store.sqlite.file.create import upgrade

    return upgrade(path, actor, clock, timeout)


def give_roles(path: str, actor: str, clock: "Clock", timeout: float, dry_run: bool) -> "list[str]":
    """Make the roles of a book on a server and give the book to its owner; the SQL that does it.

    With `dry_run` nothing is changed. Raises UsageError for a book in a file, where the system has rights.
    """
    if not path.startswith(SERVERS):
        from seqctl.errors import UsageError

        raise UsageError(
            "a book in a file has no roles of its own",
            "chown and chmod decide who may open the file; --roles is for a book on a server",
        )
    from seqctl.store.postgres.tables.roles import give_roles

    return give_roles(path, actor, clock, timeout, dry_run)


def pending_steps(path: str, actor: str, clock: "Clock", timeout: float = DEFAULT_TIMEOUT) -> "list[str]":
    """The names of the schema steps that `upgrade` would apply."""
    if path.startswith(SERVERS):
        from seqctl.store.postgres.tables.create import pending_steps as on_server

        return on_server(path, actor, clock, timeout)
    from seqctl.store.sqlite.file.create import pending_steps

    return pending_steps(path, actor, clock, timeout)


def open_place(path: str, actor: str, clock: "Clock", timeout: float = DEFAULT_TIMEOUT) -> "Place":
    """A file or a schema that a book may be moved to, made where there is none.

    Raises DatabaseUnusable where something else than a book lies there, ServerAway where it is not reached.
    """
    if path.startswith(SERVERS):
        from seqctl.store.between.server_place import ServerPlace

        return ServerPlace(path, actor, clock, timeout)
    from seqctl.store.between.file_place import FilePlace

    return FilePlace(path, actor, clock, timeout)


def reached_place(path: str, actor: str, clock: "Clock", timeout: float = DEFAULT_TIMEOUT) -> "Place":
    """The same for a place of which something must be known: raises ServerAway where its folder is gone."""
    folder = os.path.dirname(path)
    if not path.startswith(SERVERS) and not os.path.isdir(folder):
        from seqctl.errors import ServerAway

        raise ServerAway(
            "server_unreachable",
            f"the folder {folder} is not there, so that nobody knows what was copied to {path}",
            "mount it, or make it anew where it is gone for good",
        )
    return open_place(path, actor, clock, timeout)


def shown_path(path: str) -> str:
    """A book as people may see it named: its file, or the address of its server without a password."""
    if not path.startswith(SERVERS):
        return path
    from seqctl.store.postgres.address import address_of

    return address_of(path).shown


def refuse_password(path: str) -> None:
    """Raise UsageError where a path from a command line is a server's address with a password in it."""
    if path.startswith(SERVERS):
        from seqctl.store.postgres.address import refuse_password

        refuse_password(path)


def refuse_mark(mark: "str | None", path: str) -> None:
    """Raise UsageError where a mark is named for a book in a file."""
    from seqctl.errors import UsageError

    if mark is not None and not path.startswith(SERVERS):
        raise UsageError(
            "--mark is for a book on a server",
            f"a book in a file has its mark beside it: {path}-mark",
        )
