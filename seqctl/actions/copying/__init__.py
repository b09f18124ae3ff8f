"""Copies of a book."""
