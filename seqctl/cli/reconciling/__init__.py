"""Commands: reconciling."""
