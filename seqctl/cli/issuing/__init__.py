"""Commands: issuing."""
