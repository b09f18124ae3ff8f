"""The store as the actions see it, noun by noun. Imported for types alone.

What engines share is a class of `store/sql/`, and named here; what each does in its own way is a Protocol in
this folder, which each engine fulfils. A method's docstring is its contract.

What all methods have in common, where they do not say otherwise:

- They work within the transaction that gave them, and see the book as it was when that began, with the
  transaction's own changes. Within `write` nobody else writes; within `read` others may.
- What is read locks nothing. What is written is seen by others from the commit on, and undone without it.
- They raise Busy where a lock was waited for longer than the store's timeout, and DatabaseUnusable where the
  book cannot be read or written; nothing was changed then. No error of a driver leaves the store.
- Lists are in the order that is named. An Iterator is read to its end, or given up, before the transaction
  ends. None stands for what is not there; what a caller names by an id is there.
"""

from seqctl.store.port.moving import HeldPlace, Place
from seqctl.store.port.place import Mark, Soundness, Views
from seqctl.store.port.staging import AdoptedNumbers, Aside, Documents, Spool, Staging
from seqctl.store.port.store import Copying, Store, Transaction
from seqctl.store.sql.bulk import Bulk
from seqctl.store.sql.definitions.catalogue import CatalogueTables
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
from seqctl.store.sql.reports.dated import DatedNumbers
from seqctl.store.sql.reports.invariants import Invariants
from seqctl.store.sql.reports.listing import Listing
from seqctl.store.sql.reports.standing import Standing

__all__ = [
    "AdoptedNumbers",
    "Aside",
    "Bulk",
    "CatalogueTables",
    "Copying",
    "DatedNumbers",
    "Definitions",
    "Documents",
    "Events",
    "GapScan",
    "HeldNumbers",
    "HeldPlace",
    "History",
    "Invariants",
    "Ledger",
    "Listing",
    "Log",
    "Mark",
    "Place",
    "PrintedTexts",
    "Soundness",
    "Sources",
    "Spool",
    "Staging",
    "Standing",
    "Store",
    "StoredDefinitions",
    "StoredGapRuns",
    "Transaction",
    "Views",
]
