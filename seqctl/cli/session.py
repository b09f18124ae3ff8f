"""What every command has in common: the shared options, the open book, questions to a person."""

import sys
from os import isatty

from seqctl.errors import ConfirmationNeeded, NotFound, SeqctlError
from seqctl.process import STDOUT, ProcessClock, database_path, mark_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol, TypeVar

    from seqctl.store.port import Mark, Store

    Outcome = TypeVar("Outcome")

    class Confirmable(Protocol):
        """A request that a person may have said yes to."""

        confirmed: bool


class Agreement:
    """Whether a person said yes, for a command whose request has no place for it."""

    __slots__ = ("confirmed",)

    def __init__(self, confirmed: bool) -> None:
        self.confirmed = confirmed


LONGEST_WAIT = 2_000_000.0


def refuse_written_password(path: str, why: str) -> None:
    """Raise UsageError where the command line names a server's address with a password in it."""
    if why == "--db" and _on_server(path):
        from seqctl.store import refuse_password

        refuse_password(path)


def _mark(given: str | None, path: str) -> str | None:
    """The mark of the book at a path, which only a book on a server has elsewhere. Raises UsageError."""
    if _on_server(path):
        return mark_path(given)
    if given is not None:
        from seqctl.store import refuse_mark

        refuse_mark(given, path)
    return None


def _on_server(path: str) -> bool:
    """Whether a path names a book on a server; a file may be called `postgres.db`."""
    if not path.startswith("postgres"):
        return False
    from seqctl.store import SERVERS

    return path.startswith(SERVERS)


class Declined(Exception):
    """A person was asked, and did not say yes."""


class Session:
    """One run of a command: its shared options, resolved when they are first needed."""

    def __init__(self, options: "dict[str, Any]") -> None:
        self.options = options
        self.path, self.why = database_path(options.get("db"))
        refuse_written_password(self.path, self.why)
        self.mark = _mark(options.get("mark"), self.path)
        given = options.get("timeout")
        # SQLite counts milliseconds in 32 bits, so that no wait is longer than that.
        self.zone: str | None = None
        """The time zone in which a terminal shows instants; None until the book is opened, and in a pipe."""
        self._timeout = None if given is None else min(float(given), LONGEST_WAIT)

    @property
    def timeout(self) -> float:
        """How many seconds to wait for another writer."""
        from seqctl.process import DEFAULT_TIMEOUT

        return DEFAULT_TIMEOUT if self._timeout is None else self._timeout

    @property
    def format(self) -> str | None:
        """The output format that was asked for, or None; of two on one level the last one."""
        json, output = self.options.get("json"), self.options.get("output")
        if json and output:
            from seqctl.cli.errors import last_format

            return last_format(self.options.get("arguments", []))
        return "json" if json else output

    @property
    def actor(self) -> str:
        """Who acts."""
        from seqctl.process import actor_name

        return actor_name(self.options.get("actor"))

    @property
    def on_a_terminal(self) -> bool:
        """Whether a person reads the answer, as a table or in words, on a terminal."""
        return self.format in (None, "table", "wide") and isatty(STDOUT)

    def open(self) -> "Store":
        """The book, which must exist. On a terminal its time zone is noted: times are shown in it."""
        from seqctl.store import open_book

        store = self._heard(open_book(self.path, self.actor, ProcessClock(), self.timeout, self.mark))
        if self.on_a_terminal:
            self.zone = _zone_of(store)
        return store

    def open_or_create(self, timezone: str | None = None) -> "Store":
        """The book, made where there is none."""
        from seqctl.store import open_or_create

        clock = ProcessClock()
        return self._heard(open_or_create(self.path, self.actor, clock, self.timeout, timezone, self.mark))

    def _heard(self, store: "Store") -> "Store":
        """The book, of which is said on stderr that its server took over from another one."""
        if _on_server(self.path):
            from seqctl.store import hear

            hear(store, _tell_succession)
        return store

    def open_or_empty(self, timezone: str | None = None) -> "Store":
        """The book, or an empty one in memory where there is none: for plans that create nothing."""
        try:
            return self.open()
        except NotFound:
            from seqctl.store import open_in_memory

            return open_in_memory(self.actor, ProcessClock(), timezone)


def _tell_succession(mark: "Mark") -> None:
    from seqctl.actions.ledger.older_book import cannot_tell
    from seqctl.cli.errors import warn

    warn(cannot_tell(mark))


def _zone_of(store: "Store") -> str | None:
    """The book's time zone; None where the book is in no state to say."""
    try:
        with store.read() as transaction:
            return transaction.definitions.book_timezone()
    except SeqctlError:
        return None


def confirmed(question: str, yes: bool) -> None:
    """Go on where a person said yes: with --yes, or asked at a terminal.

    Raises ConfirmationNeeded where nobody can be asked, and Declined where the answer is no.
    """
    if yes:
        return
    if not (sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()):
        raise ConfirmationNeeded(question)
    from seqctl.cli.errors import line

    while True:
        print(f"{question}. Go on? [y/N]: ", end="", file=sys.stderr, flush=True)
        answer = sys.stdin.readline()
        if not answer:
            raise KeyboardInterrupt
        if answer.strip().lower() in ("y", "yes"):
            return
        if answer.strip().lower() in ("", "n", "no"):
            raise Declined
        line("Error: invalid input")


def asking(act: "Callable[[], Outcome]", request: "Confirmable") -> "Outcome":
    """Do it; where it needs a yes, ask for one at a terminal and do it again."""
    try:
        return act()
    except ConfirmationNeeded as needed:
        confirmed(needed.message, request.confirmed)
        request.confirmed = True
        return act()
