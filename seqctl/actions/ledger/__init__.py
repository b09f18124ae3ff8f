"""What several use cases need of the ledger: counters that are meant, printed texts, freeing, refusals."""
