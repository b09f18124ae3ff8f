"""The store as the actions see it: a narrow port that speaks nouns of the model, never rows.

There is one engine, SQLite. The names here are what actions may use; whatever else an engine has is its
own affair. Only imported for type checking on the path of an issue.
"""

from seqctl.store.sql.definitions.stored import StoredDefinition
from seqctl.store.sql.printed import PrintedTexts
from seqctl.store.sqlite.bulk.adopted import Otherwise
from seqctl.store.sqlite.bulk.bulk import Lead
from seqctl.store.sqlite.bulk.documents import Documents
from seqctl.store.sqlite.bulk.spool import Spool
from seqctl.store.sqlite.bulk.staging import StagedProblem, StagedRow, Staging
from seqctl.store.sqlite.engine import SqliteStore as Store
from seqctl.store.sqlite.engine import Transaction
from seqctl.store.sqlite.mark.part import Mark

__all__ = [
    "Documents",
    "Lead",
    "Mark",
    "Otherwise",
    "PrintedTexts",
    "Spool",
    "StagedProblem",
    "StagedRow",
    "Staging",
    "Store",
    "StoredDefinition",
    "Transaction",
]
