"""Counters: where they go on, how they stand, and the periods that are closed."""
