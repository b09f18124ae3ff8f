"""Commands: numbers."""
