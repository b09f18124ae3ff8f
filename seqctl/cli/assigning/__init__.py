"""Commands: assigning."""
