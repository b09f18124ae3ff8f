"""Commands: gaps."""
