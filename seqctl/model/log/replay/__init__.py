"""Holding the ledger against the log: what the events say that rows, counters and gap runs must be."""
