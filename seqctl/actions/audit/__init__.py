"""The event log: looking into it, and verifying the book against it."""
