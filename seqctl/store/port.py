"""The store as the actions see it: a narrow port that speaks nouns of the model, never rows.

There is one engine, SQLite. The names here are what actions may use; whatever else an engine has is its
own affair. Only imported for type checking on the path of an issue.
"""

from seqctl.store.sqlite.adopted import Otherwise
from seqctl.store.sqlite.bulk import Lead
from seqctl.store.sqlite.documents import Documents
from seqctl.store.sqlite.engine import SqliteStore as Store
from seqctl.store.sqlite.engine import Transaction
from seqctl.store.sqlite.high_water_part import Mark
from seqctl.store.sqlite.printed import PrintedTexts
from seqctl.store.sqlite.staging import StagedProblem, StagedRow, Staging
from seqctl.store.sqlite.stored_definitions import StoredDefinition

__all__ = [
    "Documents",
    "Lead",
    "Mark",
    "Otherwise",
    "PrintedTexts",
    "StagedProblem",
    "StagedRow",
    "Staging",
    "Store",
    "StoredDefinition",
    "Transaction",
]
