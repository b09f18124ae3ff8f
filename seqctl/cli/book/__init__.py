"""Commands: book."""
