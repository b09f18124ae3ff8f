"""Numbering the records of a file, all at once."""
