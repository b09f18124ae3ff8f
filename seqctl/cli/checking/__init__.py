"""Commands: checking."""
