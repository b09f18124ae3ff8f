"""The tables of definitions."""
