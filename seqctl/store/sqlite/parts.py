"""What a transaction offers beside what every issue needs: each part is loaded when it is first asked for.

One property for each; the queries themselves are in the files that they name.
"""

from seqctl.store.sqlite.driver import Connection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.number.counter import Counter
    from seqctl.model.number.request import Choice, Request
    from seqctl.process import Clock
    from seqctl.store.sql.dated import DatedNumbers
    from seqctl.store.sql.definitions.catalogue import CatalogueTables
    from seqctl.store.sql.definitions.stored import StoredDefinitions
    from seqctl.store.sql.events import Events
    from seqctl.store.sql.gap_scan import GapScan
    from seqctl.store.sql.gaps import StoredGapRuns
    from seqctl.store.sql.held import HeldNumbers
    from seqctl.store.sql.history import History, Sources
    from seqctl.store.sql.invariants import Invariants
    from seqctl.store.sql.listing import Listing
    from seqctl.store.sql.log import Log
    from seqctl.store.sql.needed import Definitions
    from seqctl.store.sql.printed import PrintedTexts
    from seqctl.store.sql.standing import Standing
    from seqctl.store.sqlite.bulk.adopted import AdoptedNumbers
    from seqctl.store.sqlite.bulk.bulk import Bulk
    from seqctl.store.sqlite.bulk.documents import Documents
    from seqctl.store.sqlite.bulk.spool import Spool
    from seqctl.store.sqlite.bulk.staging import Staging
    from seqctl.store.sqlite.engine import SqliteStore
    from seqctl.store.sqlite.file.copying import Copying
    from seqctl.store.sqlite.file.soundness import Soundness
    from seqctl.store.sqlite.ledger import Ledger
    from seqctl.store.sqlite.mark.part import Mark


class Beside:
    """What a store offers beside its transactions."""

    __slots__ = ()

    def documents(self: "SqliteStore") -> "Documents":  # type: ignore[misc]
        """Room for the documents of a file beside the book; nothing of it is written to the book."""
        from seqctl.store.sqlite.bulk.documents import Documents

        return Documents(self)

    @property
    def staging(self: "SqliteStore") -> "Staging":  # type: ignore[misc]
        """Where numbers are put aside before a transaction enters them."""
        from seqctl.store.sqlite.bulk.staging import Staging

        return Staging(self)

    def rehearsal(self: "SqliteStore", clock: "Clock") -> "SqliteStore":  # type: ignore[misc]
        """A copy of one state of the book under another clock."""
        from seqctl.store.sqlite.file.rehearsal import open_rehearsal

        return open_rehearsal(self, clock)

    def copy_to(self: "SqliteStore", target: str) -> "Copying":  # type: ignore[misc]
        """A copy of one state of the book, in a temporary file beside `target`."""
        from seqctl.store.sqlite.file.copying import Copying

        return Copying(self, target)


class Parts:
    """The parts of a transaction over one connection."""

    __slots__ = ()

    connection: Connection
    definitions: "Definitions"
    ledger: "Ledger"
    log: "Log"
    store: "SqliteStore"
    writes: bool

    def recall(self, request: "Request") -> "Choice | None":
        """What served a request alike, and from now on counters as this store left them.

        That holds where nobody did more since than draw numbers; else nothing is recalled.
        """
        from seqctl.store.sql.memory import Memory

        store = self.store
        known = store.memory is not None and store.memory.still_holds(self.log)
        if store.memory is None or not known:
            store.memory = Memory()
        self.ledger.memory = store.memory
        return store.memory.choice(request)

    def remember(
        self, request: "Request", choice: "Choice", period: str, scope: str, counter: "Counter"
    ) -> None:
        """Remember what an issue found and left, once it is committed."""
        if self.ledger.memory is not None:
            self.ledger.memory.head = self.log.head
            self.ledger.memory.remember(request, choice, period, scope, counter)

    def forget(self) -> None:
        """Read everything anew: this transaction changes more than an issue does."""
        self.store.memory = self.ledger.memory = None

    @property
    def adopted(self) -> "AdoptedNumbers":
        """Staged numbers, held against the book and entered into it."""
        from seqctl.store.sqlite.bulk.adopted import AdoptedNumbers

        return AdoptedNumbers(self.connection)

    @property
    def bulk(self) -> "Bulk":
        """Many numbers of many counters at once."""
        from seqctl.store.sqlite.bulk.bulk import Bulk

        return Bulk(self.connection)

    @property
    def catalogue(self) -> "CatalogueTables":
        """The definitions as a whole, and changes to them."""
        from seqctl.store.sql.definitions.catalogue import CatalogueTables

        return CatalogueTables(self.connection)

    @property
    def dated(self) -> "DatedNumbers":
        """Document dates within one counter, for windows of time; keeps what it found."""
        from seqctl.store.sql.dated import DatedNumbers

        return DatedNumbers(self.connection)

    @property
    def events(self) -> "Events":
        """The event log, and the ledger as a verification reads it."""
        from seqctl.store.sql.events import Events
        from seqctl.store.sqlite.dialect import SQLITE

        return Events(self.connection, SQLITE)

    @property
    def gap_scan(self) -> "GapScan":
        """What the gaps of one counter are made of."""
        from seqctl.store.sql.gap_scan import GapScan

        return GapScan(self.connection)

    @property
    def gaps(self) -> "StoredGapRuns":
        """The stored gap runs."""
        from seqctl.store.sql.gaps import StoredGapRuns

        return StoredGapRuns(self.connection)

    @property
    def held(self) -> "HeldNumbers":
        """Held numbers one by one, and changes to them."""
        from seqctl.store.sql.held import HeldNumbers

        return HeldNumbers(self.connection)

    @property
    def invariants(self) -> "Invariants":
        """The ledger counted anew, for a check."""
        from seqctl.store.sql.invariants import Invariants

        return Invariants(self.connection)

    @property
    def history(self) -> "History":
        """What events tell of single numbers and of gap runs."""
        from seqctl.store.sql.history import History

        return History(self.connection)

    @property
    def listing(self) -> "Listing":
        """Lists for people: numbers, counters, events."""
        from seqctl.store.sql.listing import Listing

        return Listing(self.connection)

    @property
    def sources(self) -> "Sources":
        """Where adopted numbers come from."""
        from seqctl.store.sql.history import Sources

        return Sources(self.connection)

    @property
    def printed(self) -> "PrintedTexts":
        """Texts that numbers had before, and patterns that sequences had."""
        from seqctl.store.sql.printed import PrintedTexts

        return PrintedTexts(self.connection)

    @property
    def mark(self) -> "Mark":
        """How the high-water mark beside the book stands to it."""
        from seqctl.store.sqlite.mark.part import Mark

        return Mark(self)

    @property
    def soundness(self) -> "Soundness":
        """The database as a file, for a check."""
        from seqctl.store.sqlite.file.soundness import Soundness

        return Soundness(self.connection, self.store.real_path)

    @property
    def standing(self) -> "Standing":
        """How counters stand: what they hold, and how fast numbers go out."""
        from seqctl.store.sql.standing import Standing

        return Standing(self.connection)

    @property
    def stored_definitions(self) -> "StoredDefinitions":
        """The definitions as the tables hold them, for a verification."""
        from seqctl.store.sql.definitions.stored import StoredDefinitions
        from seqctl.store.sqlite.dialect import SQLITE

        return StoredDefinitions(self.connection, SQLITE)

    def spool(self) -> "Spool":
        """Room beside the book for what a long reading has to keep; to be closed."""
        from seqctl.store.sqlite.bulk.spool import Spool

        return Spool()
