"""Defining sequences, sets, policies and calendars: one plan, whoever asks for it."""
