"""Gathering the report that an auditor gets."""
