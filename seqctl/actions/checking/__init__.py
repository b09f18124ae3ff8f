"""Checking every invariant of a book."""
