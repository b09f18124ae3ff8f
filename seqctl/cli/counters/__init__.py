"""Commands: counters."""
