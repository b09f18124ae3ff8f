"""Comparing the ledger with the documents that really exist."""
