"""The store as the actions see it: Protocols of nouns, which each engine fulfils. Imported for types alone.

What all methods have in common, where they do not say otherwise:

- They work within the transaction that gave them, and see the book as it was when that began, with the
  transaction's own changes. Within `write` nobody else writes; within `read` others may.
- What is read locks nothing. What is written is seen by others from the commit on, and undone without it.
- They raise Busy where a lock was waited for longer than the store's timeout, and DatabaseUnusable where the
  book cannot be read or written; nothing was changed then. No error of a driver leaves the store.
- Lists are in the order that is named. An Iterator is read to its end, or given up, before the transaction
  ends. None stands for what is not there; what a caller names by an id is there.
"""

from seqctl.store.port.definitions import CatalogueTables, Definitions, StoredDefinitions
from seqctl.store.port.gaps import GapScan, StoredGapRuns
from seqctl.store.port.log import Events, History, Log, PrintedTexts
from seqctl.store.port.numbers import Bulk, HeldNumbers, Ledger, Sources
from seqctl.store.port.place import Mark, Soundness
from seqctl.store.port.reports import Invariants, Listing, Standing
from seqctl.store.port.staging import AdoptedNumbers, Documents, Spool, Staging
from seqctl.store.port.store import Copying, Store, Transaction

__all__ = [
    "AdoptedNumbers",
    "Bulk",
    "CatalogueTables",
    "Copying",
    "Definitions",
    "Documents",
    "Events",
    "GapScan",
    "HeldNumbers",
    "History",
    "Invariants",
    "Ledger",
    "Listing",
    "Log",
    "Mark",
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
]
