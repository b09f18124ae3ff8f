"""Measurements: one command, `python -m tests.benchmarks`, prints them as a table. No timed tests."""
