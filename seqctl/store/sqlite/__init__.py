"""The book in a local SQLite file. All SQL lives in this package."""
