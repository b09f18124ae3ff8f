"""What a transaction offers in every engine beside what an issue needs: each part is loaded when asked for.

One property for each; the queries themselves are in the files that they name.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.model.number.counter import Counter
    from seqctl.model.number.request import Choice, Request
    from seqctl.store.aside.put_aside import PutAside
    from seqctl.store.aside.spool import Spool
    from seqctl.store.sql.connection import Connection, Dialect
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


class SharedParts:
    """The parts that every engine has alike, over one connection."""

    __slots__ = ()

    connection: "Connection"
    definitions: "Definitions"
    ledger: "Ledger"
    log: "Log"
    store: "Any"

    @property
    def dialect(self) -> "Dialect":
        """What the engine says in words of its own."""
        raise NotImplementedError

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
        choice: Choice | None = store.memory.choice(request)
        return choice

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
    def catalogue(self) -> "CatalogueTables":
        """The definitions as a whole, and changes to them."""
        from seqctl.store.sql.definitions.catalogue import CatalogueTables

        return CatalogueTables(self.connection)

    @property
    def dated(self) -> "DatedNumbers":
        """Document dates within one counter, for windows of time; keeps what it found."""
        from seqctl.store.sql.reports.dated import DatedNumbers

        return DatedNumbers(self.connection, self.dialect)

    @property
    def events(self) -> "Events":
        """The event log, and the ledger as a verification reads it."""
        from seqctl.store.sql.events import Events

        return Events(self.connection, self.dialect)

    @property
    def gap_scan(self) -> "GapScan":
        """What the gaps of one counter are made of."""
        from seqctl.store.sql.gap_scan import GapScan

        return GapScan(self.connection, self.dialect)

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
        from seqctl.store.sql.reports.invariants import Invariants

        return Invariants(self.connection)

    @property
    def history(self) -> "History":
        """What events tell of single numbers and of gap runs."""
        from seqctl.store.sql.history import History

        return History(self.connection)

    @property
    def listing(self) -> "Listing":
        """Lists for people: numbers, counters, events."""
        from seqctl.store.sql.reports.listing import Listing

        return Listing(self.connection, self.dialect)

    @property
    def ranges(self) -> "Ranges":
        """Ranges as they serve."""
        from seqctl.store.sql.ranges import Ranges

        return Ranges(self.connection)

    @property
    def sources(self) -> "Sources":
        """Where adopted numbers come from."""
        from seqctl.store.sql.history import Sources

        return Sources(self.connection)

    @property
    def printed(self) -> "PrintedTexts":
        """Texts that numbers had before, and patterns that sequences had."""
        from seqctl.store.sql.printed import PrintedTexts

        return PrintedTexts(self.connection, self.dialect)

    @property
    def spaces(self) -> "TextSpaces":
        """Document types whose numbers never have one text."""
        from seqctl.store.sql.definitions.spaces import TextSpaces

        return TextSpaces(self.connection)

    @property
    def standing(self) -> "Standing":
        """How counters stand: what they hold, and how fast numbers go out."""
        from seqctl.store.sql.reports.standing import Standing

        return Standing(self.connection)

    @property
    def stored_definitions(self) -> "StoredDefinitions":
        """The definitions as the tables hold them, for a verification."""
        from seqctl.store.sql.definitions.stored import StoredDefinitions

        return StoredDefinitions(self.connection, self.dialect)

    def put_aside(self) -> "PutAside":
        """Room beside the book for what is read again in its order; to be closed."""
        from seqctl.store.aside.put_aside import PutAside

        return PutAside()

    def spool(self) -> "Spool":
        """Room beside the book for what a long reading has to keep; to be closed."""
        from seqctl.store.aside.spool import Spool

        return Spool()
