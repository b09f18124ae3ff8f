"""The open book, and its transactions."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from seqctl.days import date
from seqctl.model.number.counter import Counter
from seqctl.model.number.request import Choice, Request
from seqctl.process import Clock
from seqctl.store.port.place import Mark, Soundness, Views
from seqctl.store.port.staging import AdoptedNumbers, Aside, Documents, Spool, Staging
from seqctl.store.sql.bulk import Bulk
from seqctl.store.sql.definitions.catalogue import CatalogueTables
from seqctl.store.sql.definitions.spaces import TextSpaces
from seqctl.store.sql.definitions.stored import StoredDefinitions
from seqctl.store.sql.events import Events
from seqctl.store.sql.gap_scan import GapScan
from seqctl.store.sql.gaps import StoredGapRuns
from seqctl.store.sql.held import HeldNumbers
from seqctl.store.sql.history import History, Sources
from seqctl.store.sql.ledger import Ledger
from seqctl.store.sql.log import Log
from seqctl.store.sql.needed import Definitions
from seqctl.store.sql.printed import PrintedTexts
from seqctl.store.sql.ranges import Ranges
from seqctl.store.sql.reports.dated import DatedNumbers
from seqctl.store.sql.reports.invariants import Invariants
from seqctl.store.sql.reports.listing import Listing
from seqctl.store.sql.reports.standing import Standing


class Store(Protocol):
    """An open book. It serves the thread and the process that opened it.

    `path` names it for people; `actor` is whom its events name, `clock` the time of day; `schema` is the
    version of its tables; `committed` says that a transaction was, which an interruption must not hide.
    """

    path: str

    @property
    def real_path(self) -> str:
        """The file by its full name without links, or the address of the server, without a password."""
        ...

    actor: str
    clock: Clock
    committed: bool
    schema: int

    def write(self) -> Transaction:
        """A transaction in which nobody else writes, from its start on.

        Locks the book for writing when the `with` block is entered: whoever waits is served in the order of
        coming. Raises Busy after the timeout. Definitions and counters are read only behind the lock.
        """
        ...

    def write_much(self) -> Transaction:
        """The same for an action that does much.

        A server ends a transaction of `write` in which it hears nothing for two seconds, so that a process
        that is stopped holds nobody up; this one after a minute.
        """
        ...

    def read(self) -> Transaction:
        """A transaction that sees one state of the book, blocks no writer and waits for none."""
        ...

    def documents(self) -> Documents:
        """Room for the documents of a file beside the book; nothing of it is written to the book."""
        ...

    @property
    def staging(self) -> Staging:
        """Where numbers are put aside before a transaction enters them; nobody else sees them."""
        ...

    def rehearsal(self, clock: Clock) -> Store:
        """A copy of one state of the book, ledger and events included, under another clock.

        Blocks no writer. The copy is complete, so that every rule finds in it what it would find in the book;
        closing it throws it away.
        """
        ...

    def copy_to(self, target: str) -> Copying:
        """Copy one state of the book to a temporary file beside `target`, while others write.

        Raises UsageError where the target is the book itself or no regular file, NotDelivered where it cannot
        be written.
        """
        ...

    def size(self) -> int:
        """How many bytes the book takes where it lies."""
        ...

    def close(self) -> None:
        """Close the book; a transaction that was not committed is undone."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class Copying(Protocol):
    """A copy of a book that was made and is not in its place yet. `temporary` is the file that it is in."""

    temporary: str

    def put_in_place(self) -> None:
        """Put the copy in its place, all at once. Raises NotDelivered."""
        ...

    def give_up(self) -> None:
        """Take the copy away, unless it is in its place."""
        ...


class Transaction(Protocol):
    """One transaction. Leaving the `with` block without `commit` undoes all of it.

    `writes` says whether it holds the write lock; else it only sees the book.
    """

    @property
    def store(self) -> Store:
        """The book that it is of."""
        ...

    @property
    def writes(self) -> bool:
        """Whether it holds the write lock."""
        ...

    @property
    def now(self) -> str:
        """The instant of this transaction, in UTC, read from the clock once, when it is first asked for."""
        ...

    def today(self, zone: str) -> date:
        """The day that the instant of this transaction is in a time zone."""
        ...

    def mark_in_step(self) -> bool:
        """Whether the mark of the book ends with its newest event, as it does unless something happened.

        The mark of a book that gave nothing out yet is begun here, where the transaction writes. A reader may
        be told No while others write; `mark` then tells what it is.
        """
        ...

    def confirm_mark(self) -> None:
        """Say in the mark that the newest event is durable, where whoever wrote it could not say so."""
        ...

    def recall(self, request: Request) -> Choice | None:
        """What served a request alike before, and from now on counters as this store left them.

        That holds where nobody did more since than draw numbers; else nothing is recalled. To be asked before
        anything is read.
        """
        ...

    def remember(self, request: Request, choice: Choice, period: str, scope: str, counter: Counter) -> None:
        """Remember for the next issue what this one found and left; to be told behind the commit."""
        ...

    def forget(self) -> None:
        """Read everything anew: this transaction changes more than an issue does."""
        ...

    def commit(self) -> None:
        """Make the changes durable: when this returns, they survive a power cut. Nothing is read afterwards.

        Raises a SeqctlError where nothing was changed, and NotDelivered where nobody knows whether it was.
        Rows that changed without an event are a bug, and a RuntimeError.
        """
        ...

    @property
    def definitions(self) -> Definitions:
        """The definitions that an issue needs."""
        ...

    @property
    def catalogue(self) -> CatalogueTables:
        """The definitions as a whole, and changes to them."""
        ...

    @property
    def stored_definitions(self) -> StoredDefinitions:
        """The definitions as the tables hold them, for a verification."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Counters, and numbers as they are issued."""
        ...

    @property
    def held(self) -> HeldNumbers:
        """Held numbers one by one, and changes to them."""
        ...

    @property
    def bulk(self) -> Bulk:
        """Many numbers of many counters at once."""
        ...

    @property
    def gaps(self) -> StoredGapRuns:
        """The stored gap runs."""
        ...

    @property
    def gap_scan(self) -> GapScan:
        """What the gaps of one counter are made of."""
        ...

    @property
    def log(self) -> Log:
        """The end of the event log, and what is added to it."""
        ...

    @property
    def events(self) -> Events:
        """The event log, and the ledger as a verification reads it."""
        ...

    @property
    def history(self) -> History:
        """What events tell of single numbers and of gap runs."""
        ...

    @property
    def sources(self) -> Sources:
        """Where adopted numbers come from."""
        ...

    @property
    def printed(self) -> PrintedTexts:
        """Texts that numbers had before, and patterns that sequences had."""
        ...

    @property
    def ranges(self) -> Ranges:
        """Ranges as they serve, and that they are annulled."""
        ...

    @property
    def listing(self) -> Listing:
        """Lists for people."""
        ...

    @property
    def dated(self) -> DatedNumbers:
        """Document dates within one counter, for windows of time; each one keeps what it found."""
        ...

    @property
    def spaces(self) -> TextSpaces:
        """Document types whose numbers never have one text."""
        ...

    @property
    def standing(self) -> Standing:
        """How counters stand: what they hold, and how fast numbers go out."""
        ...

    @property
    def invariants(self) -> Invariants:
        """The ledger counted anew, for a check."""
        ...

    @property
    def adopted(self) -> AdoptedNumbers:
        """Staged numbers, compared with the book and entered into it."""
        ...

    def put_aside(self) -> Aside:
        """Room for values that are read again in their order, outside of the book and of memory.

        It is there until it is closed, however long the transaction lasts.
        """
        ...

    def spool(self) -> Spool:
        """Room for values that are put aside and read later, outside of the book and of memory."""
        ...

    @property
    def mark(self) -> Mark:
        """How the high-water mark of the book stands to it."""
        ...

    @property
    def views(self) -> Views:
        """The views for analysts."""
        ...

    @property
    def soundness(self) -> Soundness:
        """The database where it lies, for a check."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
