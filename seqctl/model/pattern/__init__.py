"""Patterns: text and tokens that render a number, and read a rendered number back."""
