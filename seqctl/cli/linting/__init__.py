"""Commands: linting."""
