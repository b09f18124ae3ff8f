"""Policies: conditions, their logic, and how policies overlap."""
